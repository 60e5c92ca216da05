/** The day of Easter, worked out and not looked up. */
import type { LocalDate } from "../local-date.ts";

/**
 * Easter Sunday of the western churches: the Sunday after the first full moon of spring, both as the
 * Gregorian calendar reckons them (Knuth, The Art of Computer Programming, vol. 1, 1.3.2, exercise 14).
 * @param year Gregorian, from 1583
 */
export function easterOf(year: number): LocalDate {
  const golden = (year % 19) + 1;
  const century = Math.floor(year / 100) + 1;
  const leapDaysLeftOut = Math.floor((3 * century) / 4) - 12;
  const moonCorrection = Math.floor((8 * century + 5) / 25) - 5;
  const sunday = Math.floor((5 * year) / 4) - leapDaysLeftOut - 10;
  const epact = (11 * golden + 20 + moonCorrection - leapDaysLeftOut + 30) % 30;
  const age = epact === 24 || (epact === 25 && golden > 11) ? epact + 1 : epact;
  // Days of March: 32 is the first of April.
  const fullMoon = age > 23 ? 74 - age : 44 - age;
  const easter = fullMoon + 7 - ((sunday + fullMoon) % 7);
  const [month, day] = easter > 31 ? ["04", easter - 31] : ["03", easter];
  return `${year}-${month}-${String(day).padStart(2, "0")}`;
}
