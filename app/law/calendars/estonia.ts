/**
 * Estonia: the Public Holidays and Days of National Importance Act (pühade ja tähtpäevade seadus, PTS),
 * in force since 1998, makes each of these a day of rest. It gives no other day for one on a weekend.
 */
import type { NamedCalendar } from "../calendar.ts";
import { calendarOf } from "../calendar.ts";
import type { Occasion } from "./occasions.ts";
import { CHRISTMAS, GOOD_FRIDAY, NEW_YEAR } from "./occasions.ts";
import { fixed, fromEaster } from "./recurring.ts";
import type { Holiday, Source, Years } from "./year.ts";
import { ALWAYS, plainYear } from "./year.ts";

/** A period that ends on a holiday or a day of rest ends on the next working day; of one closed office it says nothing. */
const CLOSURE_CITE = "TsÜS § 136(8)";
const WEEKENDS: Source = { cite: "TsÜS § 136(8)", evidence: "B" };

function publicHoliday(point: string, occasion: Occasion, years: Years = ALWAYS): Holiday {
  return { ...occasion, cite: `PTS § ${point}`, evidence: "V", years };
}

const HOLIDAYS: readonly Holiday[] = [
  publicHoliday("2 p 1", NEW_YEAR),
  publicHoliday("1", {
    id: "independence",
    words: { en: "Independence Day", es: "Día de la Independencia" },
    on: fixed("02-24"),
  }),
  publicHoliday("2 p 2", GOOD_FRIDAY),
  publicHoliday("2 p 3", {
    id: "easter-sunday",
    words: { en: "Easter Sunday", es: "Domingo de Pascua" },
    on: fromEaster(0),
  }),
  publicHoliday("2 p 4", {
    id: "spring",
    words: { en: "Spring Day, May 1", es: "Día de la Primavera, 1 de mayo" },
    on: fixed("05-01"),
  }),
  publicHoliday("2 p 5", {
    id: "pentecost",
    words: { en: "Pentecost", es: "Pentecostés" },
    on: fromEaster(49),
  }),
  publicHoliday("2 p 6", {
    id: "victory",
    words: { en: "Victory Day", es: "Día de la Victoria" },
    on: fixed("06-23"),
  }),
  publicHoliday("2 p 7", {
    id: "midsummer",
    words: { en: "Midsummer Day", es: "Día de San Juan" },
    on: fixed("06-24"),
  }),
  publicHoliday("2 p 8", {
    id: "restoration",
    words: { en: "Day of Restoration of Independence", es: "Día de la Restauración de la Independencia" },
    on: fixed("08-20"),
  }),
  // RT I 2005, 24, 185, in force since 20 May 2005.
  publicHoliday(
    "2 p 8¹",
    { id: "christmas-eve", words: { en: "Christmas Eve", es: "Nochebuena" }, on: fixed("12-24") },
    { from: 2005 },
  ),
  publicHoliday("2 p 9", CHRISTMAS),
  publicHoliday("2 p 10", {
    id: "second-christmas",
    words: { en: "Second Day of Christmas", es: "segundo día de Navidad" },
    on: fixed("12-26"),
  }),
];

export const ESTONIA_CALENDARS: readonly NamedCalendar[] = [
  {
    ...calendarOf(
      "ee",
      CLOSURE_CITE,
      (year) => plainYear(year, { saturday: WEEKENDS, sunday: WEEKENDS }, HOLIDAYS),
      "?",
    ),
    words: { en: "Estonia: weekends and public holidays", es: "Estonia: fines de semana y días festivos" },
  },
];
