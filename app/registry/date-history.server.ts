import type { Law } from "#app/law/law.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, type LocalDate } from "#app/platform/time/local-date.ts";
import { lawOf, switchedOn } from "./law-in-force.server.ts";

/** What dates are worked out from beside a case's own events, as it was known at an instant. */
export interface DateHistory {
  /** When something that can move the agency's dates was entered. */
  instantsOf(agencyId: string): readonly Date[];
  closuresAt(agencyId: string, known: Date): readonly LocalDate[];
  lawAt(known: Date): Law;
}

/** Whoever must say since when a date stands plays it through again with this. */
export async function getDateHistory(portal: Pick<Portal, "db">): Promise<DateHistory> {
  const [closures, switches] = await Promise.all([
    portal.db.agencyClosure.findMany({ select: { agencyId: true, on: true, at: true }, orderBy: { on: "asc" } }),
    portal.db.lawSwitch.findMany({ orderBy: [{ at: "asc" }, { id: "asc" }] }),
  ]);
  const byAgency = Map.groupBy(closures, (closure) => closure.agencyId);
  return {
    instantsOf: (agencyId) => [
      ...(byAgency.get(agencyId) ?? []).flatMap(({ at }) => at ?? []),
      ...switches.map(({ at }) => at),
    ],
    // A closure that does not say when it was entered was there from the beginning.
    closuresAt: (agencyId, known) =>
      (byAgency.get(agencyId) ?? []).filter(({ at }) => at === null || at <= known).map(({ on }) => fromDbDate(on)),
    lawAt: (known) => lawOf(switchedOn(switches.filter(({ at }) => at <= known))),
  };
}
