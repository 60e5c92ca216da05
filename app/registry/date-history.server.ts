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
  const [closures, reopened, switches] = await Promise.all([
    portal.db.agencyClosure.findMany({ select: { agencyId: true, on: true, at: true } }),
    portal.db.reopenedDay.findMany(),
    portal.db.lawSwitch.findMany({ orderBy: [{ at: "asc" }, { id: "asc" }] }),
  ]);
  const known: KnownDay[] = [
    ...closures.map(({ agencyId, on, at }) => ({ agencyId, on: fromDbDate(on), from: at, to: null })),
    ...reopened.map(({ agencyId, on, closedAt, reopenedAt }) => ({
      agencyId,
      on: fromDbDate(on),
      from: closedAt,
      to: reopenedAt,
    })),
  ];
  const byAgency = Map.groupBy(known, ({ agencyId }) => agencyId);
  return {
    instantsOf: (agencyId) => [
      ...(byAgency.get(agencyId) ?? []).flatMap(({ from, to }) => [from, to].filter((at) => at !== null)),
      ...switches.map(({ at }) => at),
    ],
    closuresAt: (agencyId, at) => {
      const days = (byAgency.get(agencyId) ?? []).filter((day) => isKnown(day, at)).map(({ on }) => on);
      return [...new Set(days)].sort();
    },
    lawAt: (at) => lawOf(switchedOn(switches.filter((one) => one.at <= at))),
  };
}

/** A closed day, and while it was known as one. */
interface KnownDay {
  readonly agencyId: string;
  readonly on: LocalDate;
  /** Null: from the beginning. */
  readonly from: Date | null;
  /** From this instant on it was none any more; null: it still is one. */
  readonly to: Date | null;
}

function isKnown({ from, to }: KnownDay, at: Date): boolean {
  return (from === null || from <= at) && (to === null || at < to);
}
