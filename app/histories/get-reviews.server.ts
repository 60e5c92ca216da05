import type { Actor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { openCaseFile } from "#app/requests/case-file.server.ts";
import { sayInstant } from "./cells.ts";
import type { Target } from "./decision.ts";
import { listOpenReviews } from "./reviews.server.ts";

/** What of a case is held back until a day. */
export interface Reviews {
  /** Came back and waits for a new decision, one row for each line or field. */
  readonly waiting: readonly {
    readonly eventId: string;
    /** When the look-up was, in words. */
    readonly when: string;
    readonly field: Target;
    readonly on: LocalDate;
  }[];
  /** How many lines and fields come back on which day, the earliest first. */
  readonly next: readonly { readonly on: LocalDate; readonly count: number }[];
}

/** For those who decide; the page that shows it records that the case was opened. @throws NotFound */
export async function getReviews(
  portal: Portal,
  actor: Actor,
  input: { caseId: string; locale: "en" | "es" },
): Promise<Reviews> {
  const { id, agency } = await openCaseFile(portal, actor, "case.read", input.caseId);
  const open = await listOpenReviews(portal, [id]);
  const waiting = open.filter((one) => one.returnedAt !== null);
  const days = Map.groupBy(
    open.filter((one) => one.returnedAt === null),
    ({ on }) => on,
  );
  return {
    waiting: waiting.map(({ eventId, eventAt, field, on }) => {
      const when = sayInstant(eventAt, { locale: input.locale, zone: agency.zone });
      return { eventId, when, field, on };
    }),
    next: [...days].map(([on, reviews]) => ({ on, count: reviews.length })),
  };
}
