import { Temporal } from "temporal-polyfill";

/** A calendar day without a clock or a zone, as "YYYY-MM-DD". Legal dates are these, never instants. */
export type LocalDate = string;

/** The calendar day on which an instant falls in a zone such as "America/Los_Angeles". */
export function localDate(instant: Date, zone: string): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The hour that the clock on the wall shows in a zone, 0 to 23. */
export function localHour(instant: Date, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).hour;
}

/** The first instant of a local day in a zone; DST makes some days start at 01:00. */
export function startOfDay(day: LocalDate, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds);
}

export function addDays(day: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Whole days from one day to another; negative when `to` is the earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" }).days;
}

/** A `date` column travels through Prisma as midnight UTC. */
export function toDbDate(day: LocalDate): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

export function fromDbDate(value: Date): LocalDate {
  return value.toISOString().slice(0, 10);
}
