/** What supervisors said of a proposal's lines, one by one. Pure. */
import { Refused } from "#app/platform/failure.ts";
import { REASON_LENGTH } from "./decision.ts";
import type { Sample } from "./sample.ts";

export const LOOK_VERDICTS = ["agree", "back"] as const;
export type LookVerdict = (typeof LOOK_VERDICTS)[number];

export interface Look {
  readonly eventId: string;
  readonly verdict: LookVerdict;
  /** What is to be changed; the agency alone reads it. */
  readonly remark: string | null;
  readonly by: string;
  readonly at: Date;
}

/** A look as somebody asks for it. */
export interface AskedLook {
  readonly eventId: string;
  readonly verdict: LookVerdict;
  readonly remark: string | null;
}

/** @throws Refused when a line goes back without a word of why */
export function checkLook(asked: AskedLook): AskedLook {
  const remark = asked.remark?.trim() ?? "";
  if (asked.verdict === "agree") return { ...asked, remark: null };
  if (remark === "" || remark.length > REASON_LENGTH) {
    throw new Refused("approval.refusedRemark", "Say in up to 2,000 characters what should be changed on this line.", {
      field: `remark-${asked.eventId}`,
    });
  }
  return { ...asked, remark };
}

/** What counts of each line: of several looks the newest, whoever took it. @param looks oldest first */
export function standingLooks(looks: readonly Look[]): ReadonlyMap<string, Look> {
  return new Map(looks.map((look) => [look.eventId, look]));
}

/** Lines on which somebody stands by a remark. */
export function linesToSendBack(looks: readonly Look[]): Look[] {
  return [...standingLooks(looks).values()].filter((look) => look.verdict === "back");
}

/** Lines of the sample at which this very person has not looked yet: nobody approves by another's eyes. */
export function notLookedAt(sample: Sample, looks: readonly Look[], accountId: string): string[] {
  const own = new Set(looks.filter(({ by }) => by === accountId).map(({ eventId }) => eventId));
  return [...sample.always.keys(), ...sample.drawn].filter((eventId) => !own.has(eventId));
}
