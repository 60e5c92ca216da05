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
