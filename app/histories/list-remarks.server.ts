import type { Actor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openCaseFile } from "#app/requests/case-file.server.ts";
import { sayInstant } from "./cells.ts";
import { linesToSendBack } from "./look.ts";
import { loadMatter } from "./matter.server.ts";
import { listLooks } from "./proposed-content.server.ts";

/** What a supervisor asks to be changed on one line. */
export interface Remark {
  readonly eventId: string;
  /** When the look-up was, in words. */
  readonly when: string;
  readonly remark: string;
  /** Something was decided of the line since. */
  readonly answered: boolean;
}

/**
 * The remarks with which the newest proposal was sent back, for those who make the next one; none once that is made.
 * The page that shows them records that the case was opened.
 * @throws NotFound
 */
export async function listRemarks(
  portal: Portal,
  actor: Actor,
  input: { caseId: string; locale: "en" | "es" },
): Promise<Remark[]> {
  const file = await openCaseFile(portal, actor, "case.read", input.caseId);
  const matter = await loadMatter(portal, file);
  if (matter.road.stage !== "sent-back") return [];
  const back = linesToSendBack(await listLooks(portal, file, matter.road.proposal));
  const whenOf = new Map(matter.matches.map((match) => [match.eventId, match.eventAt]));
  return back.flatMap(({ eventId, remark, at }) => {
    const when = whenOf.get(eventId);
    if (when === undefined || remark === null) return [];
    const newest = matter.decisions.filter((one) => one.eventId === eventId).map((one) => one.at.getTime());
    const reading = { locale: input.locale, zone: file.agency.zone };
    return [{ eventId, when: sayInstant(when, reading), remark, answered: Math.max(0, ...newest) > at.getTime() }];
  });
}
