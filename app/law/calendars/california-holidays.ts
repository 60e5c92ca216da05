/** Every holiday of Gov. Code § 6700 and Code Civ. Proc. § 135 since 2000, as data. */
import { DIWALI, DIWALI_COMPUTED, LUNAR_NEW_YEAR } from "./california-moons.ts";
import type { Occasion } from "./occasions.ts";
import {
  CHRISTMAS,
  COLUMBUS,
  INDEPENDENCE,
  JUNETEENTH,
  KING,
  LABOR,
  MEMORIAL,
  NEW_YEAR,
  THANKSGIVING,
  VETERANS,
  WASHINGTON,
} from "./occasions.ts";
import { after, FRIDAY, fixed, listed, nth } from "./recurring.ts";
import type { Source, Years } from "./year.ts";
import { ALWAYS } from "./year.ts";

export interface CaliforniaHoliday extends Occasion, Source {
  /** In which years § 135 closes the courts on it; null: never. */
  readonly judicial: Years | null;
  /** In which years § 6700 lists it; null: never. */
  readonly government: Years | null;
  /** Gov. Code § 6701: a Sunday moves to the Monday, and for 11 November alone a Saturday to the Friday. */
  readonly moves: "no" | "sunday" | "sunday-and-saturday";
}

const BOTH_LISTS = "Code Civ. Proc. § 135; Gov. Code § 6700";
const STATE_LIST = "Gov. Code § 6700";

export const CALIFORNIA_HOLIDAYS: readonly CaliforniaHoliday[] = [
  {
    ...NEW_YEAR,
    cite: BOTH_LISTS,
    evidence: "V",
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "sunday",
  },
  {
    ...KING,
    cite: BOTH_LISTS,
    evidence: "V",
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
    ...WASHINGTON,
    words: { en: "Presidents' Day", es: "Día de los Presidentes" },
    cite: BOTH_LISTS,
    evidence: "V",
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
    ...MEMORIAL,
    cite: BOTH_LISTS,
    evidence: "V",
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "no",
  },
  {
    // AB 1655 (Stats. 2022), in force from 2023. § 6701 as read does not move it.
    ...JUNETEENTH,
    cite: BOTH_LISTS,
    evidence: "V",
    judicial: { from: 2023 },
    government: { from: 2023 },
    moves: "no",
  },
  {
    ...INDEPENDENCE,
    cite: BOTH_LISTS,
    evidence: "V",
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "sunday",
  },
  {
    ...LABOR,
    cite: BOTH_LISTS,
    evidence: "V",
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
    ...COLUMBUS,
    cite: STATE_LIST,
    evidence: "V",
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
    ...VETERANS,
    cite: BOTH_LISTS,
    evidence: "V",
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "sunday-and-saturday",
  },
  {
    ...THANKSGIVING,
    cite: BOTH_LISTS,
    evidence: "V",
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "no",
  },
  {
    id: "day-after-thanksgiving",
    words: { en: "the day after Thanksgiving", es: "el día después de Acción de Gracias" },
    on: after(THANKSGIVING.on, 1),
    cite: "Code Civ. Proc. § 135",
    evidence: "V",
    judicial: ALWAYS,
    government: null,
    moves: "no",
  },
  {
    ...CHRISTMAS,
    cite: BOTH_LISTS,
    evidence: "V",
    judicial: ALWAYS,
    government: ALWAYS,
    moves: "sunday",
  },
];
