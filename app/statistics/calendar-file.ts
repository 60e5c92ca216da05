/** Days as an iCalendar file (RFC 5545), for programs that subscribe to it. Pure. */
import ical, { ICalEventBusyStatus, ICalEventClass, ICalEventTransparency } from "ical-generator";
import { Temporal } from "temporal-polyfill";
import type { CalendarDate } from "./calendar-date.ts";

export interface CalendarWords {
  /** The calendar's name in the reader's program. */
  readonly name: string;
  /** What stands in the reader's calendar on the day; others may see it over the shoulder. */
  readonly summaryOf: (date: CalendarDate) => string;
}

/** How often a program is asked to look again. */
const REFRESH_SECONDS = 4 * 60 * 60;

/**
 * The bytes of a calendar with whole days.
 * @param origin of the portal, such as https://portal.example: what a day's link begins with
 */
export function writeCalendar(dates: readonly CalendarDate[], origin: string, words: CalendarWords): string {
  const calendar = ical({
    name: words.name,
    prodId: { company: "WhoLooked", product: "dates", language: "EN" },
    ttl: REFRESH_SECONDS,
  });
  for (const date of dates) {
    const link = `${origin}${date.path}`;
    calendar.createEvent({
      id: date.uid,
      sequence: date.revision.sequence,
      // Without a METHOD it says when the day last moved; the present instant would be news at every reading.
      stamp: date.revision.since,
      start: Temporal.PlainDate.from(date.on),
      allDay: true,
      summary: words.summaryOf(date),
      // Many programs show no URL, and all of them a description.
      description: link,
      url: link,
      // A deadline keeps nobody from a meeting, and is no business of those with whom a calendar is shared.
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
      class: ICalEventClass.PRIVATE,
    });
  }
  // Each line ends with a line break, the last one too.
  return `${calendar.toString()}\r\n`;
}
