/** The grounds on which something may be withheld in a case, as one chooses them and as one reads them. */
import { type Citation, citationsOf, findExemption, listExemptions } from "#app/law/exemptions.ts";
import type { CustodianKind } from "#app/registry/agency.ts";

/** Which law binds the case. */
export interface Bound {
  readonly custodian: CustodianKind;
  /** Id of the rule that the case is answered under. */
  readonly rule: string;
}

/** An exemption as a decision records it. */
export type Ground = Citation;

/** Every ground that this case may use. */
export function listGrounds(bound: Bound): Ground[] {
  return listExemptions(bound).flatMap(citationsOf);
}

/** The ground of a recorded decision when the case may use it, or null. */
export function findGround(id: string, bound: Bound): Ground | null {
  return listGrounds(bound).find((ground) => ground.id === id) ?? null;
}

/** The ground of a decision that was recorded, whatever binds today. @throws when it never was one */
export function getGround(id: string): Ground {
  const exemption = findExemption(id.split("/", 1)[0] ?? "");
  const ground = exemption && citationsOf(exemption).find((one) => one.id === id);
  if (!ground) throw new Error("A decision names a ground that the law module does not know.");
  return ground;
}

/**
 * Of the look-ups that somebody wants to hold back by this ground in one go, those to look at first. What needs a
 * person's judgement is weighed look-up by look-up: applied to several at once, each must have been open before him.
 */
export function listUnweighed(
  ground: Pick<Ground, "needsJudgement">,
  eventIds: readonly string[],
  opened: ReadonlySet<string>,
): string[] {
  if (!ground.needsJudgement || eventIds.length <= 1) return [];
  return eventIds.filter((eventId) => !opened.has(eventId));
}
