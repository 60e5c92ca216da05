/**
 * The United Kingdom, each jurisdiction for itself: DPA 2018 s. 205(2) counts periods by article 3 of
 * Regulation 1182/71, which passes over Saturdays, Sundays and the public holidays of the place where
 * the act is to be done.
 */
import type { DayOff, NamedCalendar, YearOfDays } from "../calendar.ts";
import { calendarOf } from "../calendar.ts";
import type { LocalDate } from "../local-date.ts";
import { dayAfter } from "../local-date.ts";
import type { Words } from "../words.ts";
import type { BankHoliday, Nation } from "./united-kingdom-holidays.ts";
import {
  BANK_HOLIDAYS,
  LISTS_READ,
  NATIONS,
  NEVER_PROCLAIMED,
  ONE_OFFS,
  SUBSTITUTE,
} from "./united-kingdom-holidays.ts";
import type { Source } from "./year.ts";
import { dayOffOf, inForce, isWeekend, listHolidays, movedDayOff, weekendsOf } from "./year.ts";

/** Only a public holiday of the place counts; of one closed office the law says nothing. */
const CLOSURE_CITE = "DPA 2018 s. 205(2); Reg. (EEC, Euratom) No 1182/71 art. 2(1)";
const WEEKENDS: Source = { cite: "Reg. (EEC, Euratom) No 1182/71 art. 3(4)", evidence: "V" };

const NAMES: Readonly<Record<Nation, Words>> = {
  "england-wales": {
    en: "England and Wales: weekends and bank holidays",
    es: "Inglaterra y Gales: fines de semana y días festivos",
  },
  scotland: { en: "Scotland: weekends and bank holidays", es: "Escocia: fines de semana y días festivos" },
  "northern-ireland": {
    en: "Northern Ireland: weekends and bank holidays",
    es: "Irlanda del Norte: fines de semana y días festivos",
  },
};

function bankYear(nation: Nation, year: number): YearOfDays {
  const days = weekendsOf(year, { saturday: WEEKENDS, sunday: WEEKENDS });
  const oneOffs = ONE_OFFS.filter(({ on, nations }) => on.startsWith(`${year}-`) && nations.includes(nation));
  const kept = listHolidays(BANK_HOLIDAYS[nation], year).filter(
    ({ on }) => !oneOffs.some(({ insteadOf }) => insteadOf === on),
  );
  for (const { on, holiday } of kept) days.set(on, dayOffOf(holiday));
  for (const oneOff of oneOffs) days.set(oneOff.on, dayOffOf(oneOff));
  for (const { on, holiday } of kept) {
    if (holiday.substituted && isWeekend(on)) addSubstitute(days, nation, on, holiday);
  }
  return days;
}

/** The next day that is not off already: of two holidays on one weekend, the second comes after the first. */
function addSubstitute(days: Map<LocalDate, DayOff>, nation: Nation, on: LocalDate, holiday: BankHoliday): void {
  let substitute = on;
  while (days.has(substitute)) substitute = dayAfter(substitute);
  if (NEVER_PROCLAIMED[nation]?.includes(substitute)) return;
  const evidence = inForce(LISTS_READ, Number(on.slice(0, 4))) ? "V" : "B";
  days.set(substitute, movedDayOff(holiday, { ...SUBSTITUTE, evidence }));
}

export const UNITED_KINGDOM_CALENDARS: readonly NamedCalendar[] = NATIONS.map((nation) => ({
  ...calendarOf(`uk.${nation}`, CLOSURE_CITE, (year) => bankYear(nation, year), "?"),
  words: NAMES[nation],
}));
