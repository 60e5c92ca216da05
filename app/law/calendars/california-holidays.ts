/** Every holiday of Gov. Code § 6700 and Code Civ. Proc. § 135 since 2000, as data. */
import { Temporal } from "temporal-polyfill";
import type { LocalDate } from "../local-date.ts";
import type { Evidence, Words } from "../words.ts";
import { DIWALI, DIWALI_COMPUTED, LUNAR_NEW_YEAR } from "./california-moons.ts";

const MONDAY = 1;
const THURSDAY = 4;
const FRIDAY = 5;

/** Years, both included; an end left out is open. */
export interface Years {
  readonly from?: number;
  readonly to?: number;
}

export interface Holiday {
  readonly id: string;
  readonly words: Words;
  readonly cite: string;
  readonly evidence: Evidence;
  readonly on: (year: number) => LocalDate | null;
  /** In which years § 135 closes the courts on it; null: never. */
  readonly judicial: Years | null;
  /** In which years § 6700 lists it; null: never. */
  readonly government: Years | null;
  /** Gov. Code § 6701: a Sunday moves to the Monday, and for 11 November alone a Saturday to the Friday. */
  readonly moves: "no" | "sunday" | "sunday-and-saturday";
}

function fixed(monthAndDay: string): (year: number) => LocalDate {
  return (year) => `${year}-${monthAndDay}`;
}

/** The nth such weekday of a month, from 1. */
function nth(count: number, weekday: number, month: number): (year: number) => LocalDate {
  return (year) => {
    const first = Temporal.PlainDate.from({ year, month, day: 1 });
    return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + (count - 1) * 7 }).toString();
  };
}

function lastMonday(month: number): (year: number) => LocalDate {
  return (year) => {
    const last = Temporal.PlainDate.from({ year, month, day: 1 }).add({ months: 1 }).subtract({ days: 1 });
    return last.subtract({ days: (last.dayOfWeek - MONDAY + 7) % 7 }).toString();
  };
}

function dayAfterThanksgiving(year: number): LocalDate {
  return Temporal.PlainDate.from(nth(4, THURSDAY, 11)(year))
    .add({ days: 1 })
    .toString();
}

function listed(table: ReadonlyMap<number, string>): (year: number) => LocalDate | null {
  return (year) => {
    const day = table.get(year);
    return day === undefined ? null : `${year}-${day}`;
  };
}

const ALWAYS: Years = {};
const BOTH_LISTS = "Code Civ. Proc. § 135; Gov. Code § 6700";
const STATE_LIST = "Gov. Code § 6700";

export const HOLIDAYS: readonly Holiday[] = [
  {
    id: "new-year",
    words: { en: "New Year's Day", es: "Año Nuevo" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: fixed("01-01"),
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "sunday",
  },
  {
    id: "king",
    words: { en: "Martin Luther King Jr. Day", es: "Día de Martin Luther King Jr." },
    cite: BOTH_LISTS,
    evidence: "V",
    on: nth(3, MONDAY, 1),
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "no",
  },
  {
    // AB 2596 (Stats. 2022), in force from 2023; § 135 leaves it out.
    id: "lunar-new-year",
    words: { en: "Lunar New Year", es: "Año Nuevo Lunar" },
    cite: STATE_LIST,
    evidence: "B",
    on: listed(LUNAR_NEW_YEAR),
    judicial: null,
    government: { from: 2023 },
    moves: "no",
  },
  {
    id: "lincoln",
    words: { en: "Lincoln's Birthday", es: "Natalicio de Lincoln" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: fixed("02-12"),
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "sunday",
  },
  {
    id: "washington",
    words: { en: "Presidents' Day", es: "Día de los Presidentes" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: nth(3, MONDAY, 2),
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "no",
  },
  {
    // A holiday since 2001; the day's key is its date, because AB 2156 (2026) changes its name.
    id: "03-31",
    words: { en: "César Chávez Day", es: "Día de César Chávez" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: fixed("03-31"),
    judicial: { from: 2001, to: 2025 },
    government: { from: 2001, to: 2025 },
    moves: "sunday",
  },
  {
    id: "03-31",
    words: {
      en: "Farmworkers Day (formerly César Chávez Day)",
      es: "Día de los Trabajadores Agrícolas (antes Día de César Chávez)",
    },
    cite: BOTH_LISTS,
    evidence: "V",
    on: fixed("03-31"),
    judicial: { from: 2026 },
    government: { from: 2026 },
    moves: "sunday",
  },
  {
    // AB 1801 (Stats. 2022), in force from 2023; § 135 leaves it out.
    id: "genocide-remembrance",
    words: { en: "Genocide Remembrance Day", es: "Día de Conmemoración del Genocidio" },
    cite: STATE_LIST,
    evidence: "S",
    on: fixed("04-24"),
    judicial: null,
    government: { from: 2023 },
    moves: "no",
  },
  {
    id: "memorial",
    words: { en: "Memorial Day", es: "Día de los Caídos" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: lastMonday(5),
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "no",
  },
  {
    // AB 1655 (Stats. 2022), in force from 2023. § 6701 as read does not move it.
    id: "juneteenth",
    words: { en: "Juneteenth", es: "Juneteenth (19 de junio)" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: fixed("06-19"),
    judicial: { from: 2023 },
    government: { from: 2023 },
    moves: "no",
  },
  {
    id: "independence",
    words: { en: "Independence Day", es: "Día de la Independencia" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: fixed("07-04"),
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "sunday",
  },
  {
    id: "labor",
    words: { en: "Labor Day", es: "Día del Trabajo" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: nth(1, MONDAY, 9),
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "no",
  },
  {
    id: "admission",
    words: { en: "Admission Day", es: "Día de la Admisión" },
    cite: STATE_LIST,
    evidence: "V",
    on: fixed("09-09"),
    judicial: null,
    government: ALWAYS,
    moves: "sunday",
  },
  {
    // Listed in § 6700 from 2015 (AB 1973); a judicial holiday from 2022 (AB 855).
    id: "native-american",
    words: { en: "Native American Day", es: "Día de los Pueblos Nativos Americanos" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: nth(4, FRIDAY, 9),
    judicial: { from: 2022 },
    government: { from: 2015 },
    moves: "no",
  },
  {
    // A judicial holiday until 2021 (AB 855); § 6700 keeps it.
    id: "columbus",
    words: { en: "Columbus Day", es: "Día de la Raza" },
    cite: STATE_LIST,
    evidence: "V",
    on: nth(2, MONDAY, 10),
    judicial: { to: 2021 },
    government: ALWAYS,
    moves: "no",
  },
  {
    // AB 268 (Stats. 2025, ch. 358), in force from 2026; § 135 leaves it out.
    id: "diwali",
    words: { en: "Diwali", es: "Diwali" },
    cite: STATE_LIST,
    evidence: "B",
    on: listed(DIWALI),
    judicial: null,
    government: { from: 2026 },
    moves: "no",
  },
  {
    id: "diwali",
    words: { en: "Diwali (day worked out, not confirmed)", es: "Diwali (fecha calculada, sin confirmar)" },
    cite: STATE_LIST,
    evidence: "B-",
    on: listed(DIWALI_COMPUTED),
    judicial: null,
    government: { from: 2036 },
    moves: "no",
  },
  {
    id: "veterans",
    words: { en: "Veterans Day", es: "Día de los Veteranos" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: fixed("11-11"),
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "sunday-and-saturday",
  },
  {
    id: "thanksgiving",
    words: { en: "Thanksgiving Day", es: "Día de Acción de Gracias" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: nth(4, THURSDAY, 11),
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "no",
  },
  {
    id: "day-after-thanksgiving",
    words: { en: "the day after Thanksgiving", es: "el día después de Acción de Gracias" },
    cite: "Code Civ. Proc. § 135",
    evidence: "V",
    on: dayAfterThanksgiving,
    judicial: ALWAYS,
    government: null,
    moves: "no",
  },
  {
    id: "christmas",
    words: { en: "Christmas Day", es: "Navidad" },
    cite: BOTH_LISTS,
    evidence: "V",
    on: fixed("12-25"),
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "sunday",
  },
];
