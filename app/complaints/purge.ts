/** How long a request is kept after it has ended. Pure. */
import { addPeriod } from "#app/law/local-date.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";

/**
 * Gov. Code § 34090(d): a city may not destroy records less than two years old. No statute names a time for a request
 * for a log; an operator may set another.
 */
export const KEPT_DAYS = 731;

/** Pen. Code § 832.5(b): complaints and reports or findings, five years where not sustained, fifteen where sustained. */
const NOT_SUSTAINED_YEARS = 5;
const SUSTAINED_YEARS = 15;

/** What ended, and when. */
export interface EndedComplaint {
  readonly endedOn: LocalDate;
  readonly sustained: boolean;
}

/** The first local day on which a request may be purged. */
export function purgeableFrom(
  endedOn: LocalDate,
  keptDays: number,
  complaints: readonly EndedComplaint[] = [],
): LocalDate {
  const days = [
    addPeriod(endedOn, keptDays, "days"),
    ...complaints.map(({ endedOn: on, sustained }) =>
      addPeriod(on, sustained ? SUSTAINED_YEARS : NOT_SUSTAINED_YEARS, "years"),
    ),
  ];
  return days.reduce((latest, day) => (day > latest ? day : latest));
}
