import { LAW, type Law, type LawSwitch, lawWith } from "#app/law/law.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate } from "#app/platform/time/local-date.ts";

/** Built once for each set of switches: a law holds the worked-out years of its calendars. */
const built = new Map<string, Law>([["[]", LAW]]);

/** The law with the pending changes that operators have switched on here. */
export async function getLaw(portal: Pick<Portal, "db">): Promise<Law> {
  return lawOf(await listSwitches(portal));
}

/** The law with these switches, the same object for the same ones. */
export function lawOf(switches: readonly LawSwitch[]): Law {
  const key = JSON.stringify(switches);
  const law = built.get(key) ?? lawWith(switches);
  built.set(key, law);
  return law;
}

/** The changes that are switched on, the earliest first. */
export async function listSwitches(portal: Pick<Portal, "db">): Promise<LawSwitch[]> {
  return switchedOn(await portal.db.lawSwitch.findMany({ orderBy: [{ at: "asc" }, { id: "asc" }] }));
}

/** The same from the rows themselves, the oldest first. */
export function switchedOn(
  rows: readonly { readonly change: string; readonly from: Date | null; readonly detail: string | null }[],
): LawSwitch[] {
  const newest = new Map(rows.map((row) => [row.change, row]));
  return [...newest.values()]
    .flatMap(({ change, from, detail }) => (from ? [{ change, from: fromDbDate(from), detail }] : []))
    .sort((a, b) => a.from.localeCompare(b.from) || a.change.localeCompare(b.change));
}
