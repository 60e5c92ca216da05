import { citeOn } from "#app/law/rule.ts";
import type { Words } from "#app/law/words.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { listCustodies } from "#app/registry/queries.server.ts";
import { listOffered } from "./draft.server.ts";

/** An agency that can be asked: what its logs are of, and what the law gives there. */
export interface OfferedCustodian {
  readonly id: string;
  readonly name: string;
  readonly kind: "state-agency" | "local-agency";
  /** The systems whose logs it keeps, each in plain words. */
  readonly systems: readonly { readonly name: string; readonly about: Words }[];
  readonly law: { readonly title: Words; readonly cite: string; readonly reason: Words; readonly gives: Words };
}

/** Every agency that keeps a log here, by name. Who takes part is public. */
export async function listCustodians(portal: Pick<Portal, "db" | "time">): Promise<OfferedCustodian[]> {
  const [custodies, law] = await Promise.all([listCustodies(portal), getLaw(portal)]);
  return (await listOffered(portal)).map((agency) => {
    const today = localDate(portal.time.now(), agency.zone);
    const duty = law.dutyOf(agency.kind, "copy-of-access-log", today);
    const rule = law.getRule(duty.rule, today);
    return {
      id: agency.id,
      name: agency.name,
      kind: agency.kind,
      systems: custodies.flatMap(({ agencyId, system }) =>
        agencyId === agency.id ? [{ name: system.name, about: system.about }] : [],
      ),
      law: {
        title: rule.title,
        cite: citeOn(rule, today),
        reason: duty.reason,
        gives: duty.gives,
      },
    };
  });
}
