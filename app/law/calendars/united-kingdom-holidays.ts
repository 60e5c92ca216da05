/**
 * The bank holidays of the three jurisdictions of the United Kingdom, as data.
 *
 * Schedule 1 to the Banking and Financial Dealings Act 1971 lists some. Others are proclaimed by the
 * King under s. 1(3) year after year, as are days in place of those on a weekend; Good Friday and
 * Christmas Day are holidays by common law outside Scotland. For years to come the custom is taken to
 * go on. The lists of 2012 to 2023 were read as the government publishes them.
 */
import type { LocalDate } from "../local-date.ts";
import type { Words } from "../words.ts";
import { CHRISTMAS, EASTER_MONDAY, GOOD_FRIDAY, NEW_YEAR } from "./occasions.ts";
import { fixed, last, MONDAY, nth } from "./recurring.ts";
import type { Holiday, Moved, Source, Years } from "./year.ts";
import { ALWAYS } from "./year.ts";

export const NATIONS = ["england-wales", "scotland", "northern-ireland"] as const;
export type Nation = (typeof NATIONS)[number];

const ACT = "Banking and Financial Dealings Act 1971";
const PROCLAIMED: Source = { cite: `${ACT} s. 1(3)`, evidence: "V" };
const COMMON_LAW: Source = { cite: "common law", evidence: "V" };

/** 1 England and Wales (read), 2 Scotland, 3 Northern Ireland (their days as in the published lists). */
function schedule(paragraph: 1 | 2 | 3): Source {
  return { cite: `${ACT} Sch. 1 para. ${paragraph}`, evidence: "V" };
}

export interface BankHoliday extends Holiday {
  /** On a Saturday or Sunday, the next working day is off in its place. */
  readonly substituted: boolean;
}

const SUBSTITUTED = { years: ALWAYS, substituted: true } as const;
const ON_A_WEEKDAY = { years: ALWAYS, substituted: false } as const;

const BOXING = {
  id: "boxing",
  words: { en: "Boxing Day (December 26)", es: "Boxing Day (26 de diciembre)" },
  on: fixed("12-26"),
};
const EARLY_MAY = {
  id: "early-may",
  words: { en: "early May bank holiday", es: "festivo de principios de mayo" },
  on: nth(1, MONDAY, 5),
};
const SPRING = {
  id: "spring",
  words: { en: "spring bank holiday", es: "festivo de primavera" },
  on: last(MONDAY, 5),
};
const SUMMER = { id: "summer", words: { en: "summer bank holiday", es: "festivo de verano" } };

const ENGLAND_WALES: readonly BankHoliday[] = [
  { ...NEW_YEAR, ...PROCLAIMED, ...SUBSTITUTED },
  { ...GOOD_FRIDAY, ...COMMON_LAW, ...ON_A_WEEKDAY },
  { ...EASTER_MONDAY, ...schedule(1), ...ON_A_WEEKDAY },
  { ...EARLY_MAY, ...PROCLAIMED, ...ON_A_WEEKDAY },
  { ...SPRING, ...schedule(1), ...ON_A_WEEKDAY },
  { ...SUMMER, on: last(MONDAY, 8), ...schedule(1), ...ON_A_WEEKDAY },
  { ...CHRISTMAS, ...COMMON_LAW, ...SUBSTITUTED },
  { ...BOXING, ...schedule(1), ...SUBSTITUTED },
];

const SCOTLAND: readonly BankHoliday[] = [
  { ...NEW_YEAR, ...schedule(2), ...SUBSTITUTED },
  {
    id: "second-january",
    words: { en: "January 2", es: "2 de enero" },
    on: fixed("01-02"),
    ...schedule(2),
    ...SUBSTITUTED,
  },
  { ...GOOD_FRIDAY, ...schedule(2), ...ON_A_WEEKDAY },
  { ...EARLY_MAY, ...schedule(2), ...ON_A_WEEKDAY },
  { ...SPRING, ...PROCLAIMED, ...ON_A_WEEKDAY },
  { ...SUMMER, on: nth(1, MONDAY, 8), ...schedule(2), ...ON_A_WEEKDAY },
  {
    // St Andrew's Day Bank Holiday (Scotland) Act 2007 (asp 2), s. 1.
    id: "st-andrew",
    words: { en: "St Andrew's Day", es: "San Andrés" },
    on: fixed("11-30"),
    ...schedule(2),
    years: { from: 2007 },
    substituted: true,
  },
  { ...CHRISTMAS, ...schedule(2), ...SUBSTITUTED },
  { ...BOXING, ...PROCLAIMED, ...SUBSTITUTED },
];

const NORTHERN_IRELAND: readonly BankHoliday[] = [
  { ...NEW_YEAR, ...PROCLAIMED, ...SUBSTITUTED },
  {
    id: "st-patrick",
    words: { en: "St Patrick's Day", es: "San Patricio" },
    on: fixed("03-17"),
    ...schedule(3),
    ...SUBSTITUTED,
  },
  { ...GOOD_FRIDAY, ...COMMON_LAW, ...ON_A_WEEKDAY },
  { ...EASTER_MONDAY, ...schedule(3), ...ON_A_WEEKDAY },
  { ...EARLY_MAY, ...PROCLAIMED, ...ON_A_WEEKDAY },
  { ...SPRING, ...schedule(3), ...ON_A_WEEKDAY },
  {
    id: "boyne",
    words: { en: "Battle of the Boyne (July 12)", es: "Batalla del Boyne (12 de julio)" },
    on: fixed("07-12"),
    ...PROCLAIMED,
    ...SUBSTITUTED,
  },
  { ...SUMMER, on: last(MONDAY, 8), ...schedule(3), ...ON_A_WEEKDAY },
  { ...CHRISTMAS, ...COMMON_LAW, ...SUBSTITUTED },
  { ...BOXING, ...schedule(3), ...SUBSTITUTED },
];

export const BANK_HOLIDAYS: Readonly<Record<Nation, readonly BankHoliday[]>> = {
  "england-wales": ENGLAND_WALES,
  scotland: SCOTLAND,
  "northern-ireland": NORTHERN_IRELAND,
};

/** Years whose published lists were read. */
export const LISTS_READ: Years = { from: 2012, to: 2023 };

export const SUBSTITUTE: Omit<Moved, "evidence"> = {
  key: "substitute",
  words: { en: "substitute day", es: "día sustituto" },
  cite: `${ACT} s. 1(2)-(3), Sch. 1`,
};

/**
 * Days that went as substitute days although none was proclaimed (so the Scottish Government when asked in
 * January 2014), while Schedule 1 moves a Sunday only and these stood for a Saturday.
 */
export const NEVER_PROCLAIMED: Readonly<Partial<Record<Nation, readonly LocalDate[]>>> = {
  scotland: ["2010-01-04", "2011-01-04"],
};

/** What was proclaimed for one year: a bank holiday moved to another day, or a day more. */
export interface OneOff extends Source {
  readonly on: LocalDate;
  /** The day of the bank holiday that was moved to it; null: a day more. */
  readonly insteadOf: LocalDate | null;
  readonly nations: readonly Nation[];
  readonly id: string;
  readonly words: Words;
}

function moved(from: LocalDate, to: LocalDate, occasion: { id: string; words: Words }, evidence: "V" | "S"): OneOff {
  const { id, words } = occasion;
  return { on: to, insteadOf: from, nations: NATIONS, id, words, cite: `${ACT} s. 1(2)-(3)`, evidence };
}

function extra(
  on: LocalDate,
  id: string,
  words: Words,
  evidence: "V" | "S" | "B",
  nations = NATIONS as readonly Nation[],
): OneOff {
  return { on, insteadOf: null, nations, id, words, cite: `${ACT} s. 1(3)`, evidence };
}

export const ONE_OFFS: readonly OneOff[] = [
  extra("2002-06-03", "golden-jubilee", { en: "Golden Jubilee", es: "Jubileo de Oro" }, "S"),
  moved("2002-05-27", "2002-06-04", SPRING, "S"),
  extra("2011-04-29", "royal-wedding", { en: "Royal Wedding", es: "Boda Real" }, "B"),
  moved("2012-05-28", "2012-06-04", SPRING, "V"),
  extra("2012-06-05", "diamond-jubilee", { en: "Diamond Jubilee", es: "Jubileo de Diamante" }, "V"),
  // Seventy-five years after the end of the war in Europe.
  moved("2020-05-04", "2020-05-08", EARLY_MAY, "V"),
  moved("2022-05-30", "2022-06-02", SPRING, "V"),
  extra("2022-06-03", "platinum-jubilee", { en: "Platinum Jubilee", es: "Jubileo de Platino" }, "V"),
  extra(
    "2022-09-19",
    "queen-funeral",
    { en: "Queen Elizabeth II's funeral", es: "funeral de la reina Isabel II" },
    "V",
  ),
  extra("2023-05-08", "coronation", { en: "Coronation of Charles III", es: "coronación de Carlos III" }, "B"),
  extra("2026-06-15", "world-cup", { en: "World Cup bank holiday", es: "festivo por el Mundial de fútbol" }, "S", [
    "scotland",
  ]),
];
