/**
 * Occasions that more than one law keeps: what they are called and when they come. Which law keeps one,
 * since when, and what it does on a weekend stands with that law.
 */
import type { LocalDate } from "../local-date.ts";
import type { Words } from "../words.ts";
import { fixed, fromEaster, last, MONDAY, nth, THURSDAY } from "./recurring.ts";

export interface Occasion {
  /** Stable key, which becomes that of the day off. */
  readonly id: string;
  readonly words: Words;
  /** Null in a year without it. */
  readonly on: (year: number) => LocalDate | null;
}

export const NEW_YEAR = {
  id: "new-year",
  words: { en: "New Year's Day", es: "Año Nuevo" },
  on: fixed("01-01"),
};
export const CHRISTMAS = {
  id: "christmas",
  words: { en: "Christmas Day", es: "Navidad" },
  on: fixed("12-25"),
};

export const GOOD_FRIDAY = {
  id: "good-friday",
  words: { en: "Good Friday", es: "Viernes Santo" },
  on: fromEaster(-2),
};
export const EASTER_MONDAY = {
  id: "easter-monday",
  words: { en: "Easter Monday", es: "Lunes de Pascua" },
  on: fromEaster(1),
};

export const KING = {
  id: "king",
  words: { en: "Martin Luther King Jr. Day", es: "Día de Martin Luther King Jr." },
  on: nth(3, MONDAY, 1),
};
/** The third Monday of February has one name in federal law and another in California's. */
export const WASHINGTON = {
  id: "washington",
  words: { en: "Washington's Birthday", es: "Natalicio de Washington" },
  on: nth(3, MONDAY, 2),
};
export const MEMORIAL = {
  id: "memorial",
  words: { en: "Memorial Day", es: "Día de los Caídos" },
  on: last(MONDAY, 5),
};
export const JUNETEENTH = {
  id: "juneteenth",
  words: { en: "Juneteenth", es: "Juneteenth (19 de junio)" },
  on: fixed("06-19"),
};
export const INDEPENDENCE = {
  id: "independence",
  words: { en: "Independence Day", es: "Día de la Independencia" },
  on: fixed("07-04"),
};
export const LABOR = {
  id: "labor",
  words: { en: "Labor Day", es: "Día del Trabajo" },
  on: nth(1, MONDAY, 9),
};
export const COLUMBUS = {
  id: "columbus",
  words: { en: "Columbus Day", es: "Día de la Raza" },
  on: nth(2, MONDAY, 10),
};
export const VETERANS = {
  id: "veterans",
  words: { en: "Veterans Day", es: "Día de los Veteranos" },
  on: fixed("11-11"),
};
export const THANKSGIVING = {
  id: "thanksgiving",
  words: { en: "Thanksgiving Day", es: "Día de Acción de Gracias" },
  on: nth(4, THURSDAY, 11),
};
