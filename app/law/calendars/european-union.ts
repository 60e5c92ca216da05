/**
 * The European Union where the country is not known. Regulation 1182/71 art. 2(1) takes the holidays of
 * the Member State or institution in which the act is to be done, so that a country's own calendar goes
 * before these two.
 *
 * `eu.generic`: what is off in at least 25 of the 27 Member States. No others are: 1 May is no holiday in
 * Denmark, the Netherlands and (but for a Monday) Ireland; Easter Monday is none in Estonia, Malta,
 * Portugal and Spain, and comes on another day in Bulgaria, Cyprus, Greece and Romania. A day that the
 * agency's own country does not keep would give it a date that its law does not allow.
 * `eu.widespread`: what is off in at least 8 of them, and so moves the later, arguable date alone.
 */
import type { NamedCalendar } from "../calendar.ts";
import { calendarOf } from "../calendar.ts";
import type { Evidence } from "../words.ts";
import type { Occasion } from "./occasions.ts";
import { CHRISTMAS, EASTER_MONDAY, GOOD_FRIDAY, NEW_YEAR } from "./occasions.ts";
import { fixed, fromEaster } from "./recurring.ts";
import type { Holiday, Source } from "./year.ts";
import { ALWAYS, plainYear } from "./year.ts";

/** An institution's own list counts; of one closed office of a Member State the Regulation says nothing. */
const HOLIDAYS_CITE = "Reg. (EEC, Euratom) No 1182/71 art. 2(1)";
const WEEKENDS: Source = { cite: "Reg. (EEC, Euratom) No 1182/71 art. 3(4)", evidence: "V" };

function european(occasion: Occasion, evidence: Evidence): Holiday {
  return { ...occasion, cite: HOLIDAYS_CITE, evidence, years: ALWAYS };
}

const NEARLY_EVERYWHERE: readonly Holiday[] = [european(NEW_YEAR, "S"), european(CHRISTMAS, "S")];

const IN_MANY_COUNTRIES: readonly Holiday[] = [
  european({ id: "epiphany", words: { en: "Epiphany", es: "Epifanía" }, on: fixed("01-06") }, "?"),
  european(GOOD_FRIDAY, "?"),
  european(EASTER_MONDAY, "?"),
  european(
    { id: "labour", words: { en: "Labour Day, May 1", es: "Día del Trabajo, 1 de mayo" }, on: fixed("05-01") },
    "?",
  ),
  european({ id: "ascension", words: { en: "Ascension Day", es: "Ascensión" }, on: fromEaster(39) }, "?"),
  european({ id: "whit-monday", words: { en: "Whit Monday", es: "Lunes de Pentecostés" }, on: fromEaster(50) }, "?"),
  european({ id: "assumption", words: { en: "Assumption Day", es: "Asunción" }, on: fixed("08-15") }, "?"),
  european({ id: "all-saints", words: { en: "All Saints' Day", es: "Todos los Santos" }, on: fixed("11-01") }, "?"),
  european(
    {
      id: "second-christmas",
      words: { en: "the day after Christmas", es: "el día después de Navidad" },
      on: fixed("12-26"),
    },
    "?",
  ),
];

export const EUROPEAN_UNION_CALENDARS: readonly NamedCalendar[] = [
  {
    ...calendarOf(
      "eu.generic",
      HOLIDAYS_CITE,
      (year) => plainYear(year, { saturday: WEEKENDS, sunday: WEEKENDS }, NEARLY_EVERYWHERE),
      "?",
    ),
    words: {
      en: "European Union: weekends and days off in nearly every country",
      es: "Unión Europea: fines de semana y días festivos en casi todos los países",
    },
  },
  {
    ...calendarOf(
      "eu.widespread",
      HOLIDAYS_CITE,
      (year) => plainYear(year, { saturday: null, sunday: null }, IN_MANY_COUNTRIES),
      "?",
    ),
    words: {
      en: "European Union: other days off in many countries",
      es: "Unión Europea: otros días festivos en muchos países",
    },
  },
];
