/** Cases with dates, and a clerk's calendar of them as a program reads it. */

import type { AccountActor } from "#app/people/actor.ts";
import { makeCalendarFeed } from "#app/people/calendar-feeds.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { type NewClockEvent, recordClockEvent } from "#app/requests/case-file.server.ts";
import { writeCalendar } from "#app/statistics/calendar-file.ts";
import { exportCalendar } from "#app/statistics/export-calendar.server.ts";
import { givenActor, givenFiled, givenWorld, PERSON } from "#test/requests/given-request.ts";
import { type IcsCalendar, readIcs } from "#test/statistics/ics.ts";
import type { TestPortal } from "#test/support/database.ts";

/** A request at two agencies: ten days at the sheriff's, thirty at the state's; and people there. */
export async function givenDates(portal: TestPortal) {
  const world = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const at = (role: "clerk" | "supervisor", email: string, agencies: string[]) =>
    givenActor(
      portal,
      { email },
      agencies.map((agencyId) => ({ role, agencyId })),
    );
  const clerk = await at("clerk", "clerk@example.gov", [world.sheriff, world.state]);
  const colleague = await at("supervisor", "colleague@example.gov", [world.sheriff]);
  const filed = await givenFiled(portal, resident, [world.sheriff, world.state]);
  const caseOf = (agencyId: string) => filed.cases.find((one) => one.agencyId === agencyId)!;
  return {
    ...world,
    ...{ resident, clerk, colleague },
    requestId: filed.requestId,
    ofSheriff: caseOf(world.sheriff),
    ofState: caseOf(world.state),
  };
}

export function record(portal: TestPortal, event: NewClockEvent) {
  return inTransaction(portal, (tx) => recordClockEvent(portal, tx, event));
}

/** What a program reads at somebody's secret address, checked on the way. */
export async function subscribe(portal: TestPortal, actor: AccountActor): Promise<() => Promise<IcsCalendar>> {
  const { secret } = await makeCalendarFeed(portal, actor);
  return async () => {
    portal.time.advance({ minutes: 1 });
    const { dates } = await exportCalendar(portal, secret);
    const words = {
      name: "Dates",
      summaryOf: (date: { number: string; kind: string }) => `${date.number}: ${date.kind}`,
    };
    return readIcs(Buffer.from(writeCalendar(dates, "https://portal.example", words)));
  };
}

/** "kind on", by the kind of a case's days. */
export function daysOf({ events }: IcsCalendar, number: string): Record<string, string> {
  const own = events.filter(({ summary }) => summary.startsWith(`${number}: `));
  return Object.fromEntries(own.map(({ summary, on }) => [summary.slice(number.length + 2), on]));
}
