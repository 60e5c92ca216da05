/**
 * The two state holidays that follow the moon, as "MM-DD" by year.
 *
 * Neither is a judicial holiday, so that a wrong entry could move only the later, arguable date of a
 * clock and never the date by which an agency must act.
 */

function byYear(from: number, days: string): ReadonlyMap<number, string> {
  return new Map(
    days
      .trim()
      .split(/\s+/)
      .map((day, index) => [from + index, day]),
  );
}

/**
 * Lunar New Year, Gov. Code § 6700: the second new moon after the winter solstice, or the third
 * should a month be intercalated. New moons computed by Meeus, Astronomical Algorithms, chapter 49, in
 * China's time, as the calendar is kept (2027 falls four minutes before midnight, 2030 eight after).
 */
export const LUNAR_NEW_YEAR = byYear(
  2023,
  `01-22 02-10 01-29 02-17 02-06 01-26 02-13 02-03 01-23 02-11 01-31 02-19 02-08 01-28 02-15 02-04 01-24 02-12
   02-01 01-22 02-10 01-30 02-17 02-06 01-26 02-14 02-02 01-23 02-11 02-01 02-19 02-08 01-28 02-15 02-04 01-24
   02-12 02-02 01-21 02-09 01-29 02-17 02-05 01-26 02-14 02-03 01-23 02-11 01-31 02-19 02-07 01-27 02-15 02-05
   01-24 02-12 02-02 01-22 02-09 01-29 02-17 02-06 01-26 02-14 02-03 01-24 02-10 01-30 02-18 02-07 01-27 02-15
   02-05 01-25 02-12 02-01 01-21 02-09`,
);

/** Diwali, Gov. Code § 6700 as amended by AB 268 (2025): the days as commonly published. */
export const DIWALI = byYear(2026, "11-08 10-29 10-17 11-05 10-26 11-14 11-02 10-22 11-10 10-30");

/**
 * Diwali further on, worked out and confirmed nowhere: the evening in India on which the moon of
 * Kartik is dark. Published almanacs may differ by a day (and by a month where the Sun enters Libra
 * within a day of the new moon: 2039, 2058, 2077).
 */
export const DIWALI_COMPUTED = byYear(
  2036,
  `10-18 11-06 10-27 10-17 11-04 10-24 11-12 11-01 10-20 11-08 10-28 10-18 11-05 10-26 11-14 11-03 10-22 11-09
   10-30 10-19 11-06 10-27 10-17 11-04 10-23 11-11 10-31 10-21 11-08 10-28 10-18 11-06 10-25 11-13 11-02 10-22
   11-09 10-30 10-19 11-07 10-27 11-15 11-04 10-24 11-11 10-31 10-21 11-09 10-28 10-18 11-05 10-25 11-12 11-02
   10-22 11-10 10-30 10-19 11-07 10-27 11-14 11-03 10-23 11-11 11-01`,
);
