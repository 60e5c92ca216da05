/** How dates were kept, counted. Pure. */
import { daysBetween, type LocalDate } from "#app/platform/time/local-date.ts";

/** One case, as far as it is counted. */
export interface CountedCase {
  /** Local date at the agency. */
  readonly receivedOn: LocalDate;
  readonly answeredOn: LocalDate | null;
  /** Today the safe date is passed without an answer, or the answer came after it, as it is or as it was then. */
  readonly late: boolean;
  /** It was so at least once, whatever moved the date afterwards. */
  readonly everOverdue: boolean;
  readonly extended: boolean;
  /** Extensions confirmed in one go share it. */
  readonly groupId: string | null;
}

export interface Figures {
  readonly cases: number;
  readonly inTime: number;
  readonly late: number;
  readonly open: number;
  /** Of the open ones. */
  readonly overdueNow: number;
  readonly everOverdue: number;
  readonly extended: number;
  /** Of the extended ones: together with others in one go. */
  readonly together: number;
  /** From receipt to answer; null while none is answered. */
  readonly medianDays: number | null;
}

export interface MonthFigures extends Figures {
  /** Of receipt, YYYY-MM. */
  readonly month: string;
}

/** The goes in which more than one case was extended. */
export function findSharedGroups(cases: readonly CountedCase[]): ReadonlySet<string> {
  const byGroup = Map.groupBy(cases, ({ groupId }) => groupId);
  return new Set([...byGroup].flatMap(([group, held]) => (group !== null && held.length > 1 ? group : [])));
}

/** @param shared of findSharedGroups, over every case that may be counted, not over these alone */
export function figuresOf(cases: readonly CountedCase[], shared: ReadonlySet<string>): Figures {
  const count = (holds: (one: CountedCase) => boolean) => cases.filter(holds).length;
  return {
    cases: cases.length,
    inTime: count((one) => one.answeredOn !== null && !one.late),
    late: count((one) => one.answeredOn !== null && one.late),
    open: count((one) => one.answeredOn === null),
    overdueNow: count((one) => one.answeredOn === null && one.late),
    everOverdue: count((one) => one.everOverdue),
    extended: count((one) => one.extended),
    together: count((one) => one.groupId !== null && shared.has(one.groupId)),
    medianDays: medianOf(
      cases.flatMap(({ receivedOn, answeredOn }) => (answeredOn === null ? [] : daysBetween(receivedOn, answeredOn))),
    ),
  };
}

/** Every month from the first with a case to the last, also those without one. */
export function figuresByMonth(cases: readonly CountedCase[], shared: ReadonlySet<string>): MonthFigures[] {
  const byMonth = Map.groupBy(cases, (one) => one.receivedOn.slice(0, 7));
  const months = [...byMonth.keys()].sort();
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return [];
  const all: MonthFigures[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) {
    all.push({ month, ...figuresOf(byMonth.get(month) ?? [], shared) });
  }
  return all;
}

/** The middle one, or the mean of the two in the middle. */
function medianOf(numbers: readonly number[]): number | null {
  const ordered = numbers.toSorted((one, other) => one - other);
  const upper = ordered[Math.floor(ordered.length / 2)];
  const lower = ordered[Math.floor((ordered.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
}
