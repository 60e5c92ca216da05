/** Every use case of the figures and of the calendars, by everybody: who may not finds nothing. */
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { AccountActor, Actor } from "#app/people/actor.ts";
import { findCalendarFeed, makeCalendarFeed, revokeCalendarFeed } from "#app/people/calendar-feeds.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { OUTSIDE_RULE } from "#app/requests/outside-queue.ts";
import { getAgencyFigures, getPortalFigures } from "#app/statistics/agency-figures.server.ts";
import { type AuditScope, exportLedger, listAuditScopes, readLedger } from "#app/statistics/audit-ledger.server.ts";
import { listCalendar } from "#app/statistics/export-calendar.server.ts";
import { listOutsideEntries, listOutsideQueue } from "#app/statistics/outside-queue.server.ts";
import { watchPortal } from "#app/statistics/watch-portal.server.ts";
import { settle } from "#test/complaints/given-dispute.ts";
import { givenDates } from "#test/statistics/given-dates.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

type Call = (portal: TestPortal, actor: Actor) => Promise<unknown>;

const DESK = ["clerk", "supervisor"];
const SUBSCRIBERS = [...DESK, "other clerk", "intake", "advocate"];
const OPERATORS = ["operator", "shell"];

/** Who may do it. Everybody who is not named finds nothing. */
const USE_CASES: Readonly<Record<string, { by: readonly string[]; call: Call }>> = {
  getAgencyFigures: { by: [...DESK, "other clerk"], call: getAgencyFigures },
  getPortalFigures: { by: OPERATORS, call: getPortalFigures },
  watchPortal: { by: OPERATORS, call: watchPortal },
  listCalendar: { by: SUBSCRIBERS, call: listCalendar },
  findCalendarFeed: { by: SUBSCRIBERS, call: findCalendarFeed },
  makeCalendarFeed: { by: SUBSCRIBERS, call: makeCalendarFeed },
  revokeCalendarFeed: { by: SUBSCRIBERS, call: revokeCalendarFeed },
  listAuditScopes: { by: ["auditor", "other auditor"], call: listAuditScopes },
  readLedger: { by: ["auditor"], call: (at, actor) => readLedger(at, actor, scope, { ...EVERYTHING, page: 1 }) },
  exportLedger: { by: ["auditor"], call: (at, actor) => exportLedger(at, actor, scope, EVERYTHING) },
  listOutsideQueue: { by: ["supervisor"], call: listOutsideQueue },
  listOutsideEntries: { by: ["supervisor"], call: (at, actor) => listOutsideEntries(at, actor, outside) },
};

let portal: TestPortal;
let people: Record<string, Actor>;
let sheriffsCase: string;
let scope: AuditScope;
let outside: Parameters<typeof listOutsideEntries>[2];
const EVERYTHING = { person: null, act: null, from: null, to: null };

beforeAll(async () => {
  portal = await openTestPortal();
  const { sheriff, state, resident, ofSheriff } = await givenDates(portal);
  sheriffsCase = ofSheriff.number;
  const clerk: AccountActor = await settle(portal, "a-clerk", "clerk", sheriff);
  people = {
    resident,
    clerk,
    supervisor: await settle(portal, "a-supervisor", "supervisor", sheriff),
    "other clerk": await settle(portal, "other-clerk", "clerk", state),
    intake: await settle(portal, "an-intake", "intake", sheriff),
    advocate: await settle(portal, "an-advocate", "advocate", null),
    admin: await settle(portal, "an-admin", "admin", sheriff),
    auditor: await settle(portal, "an-auditor", "auditor", sheriff),
    "other auditor": await settle(portal, "other-auditor", "auditor", state),
    operator: await settle(portal, "an-operator", "operator", null),
    "clerk of nothing": await settle(portal, "nowhere", "clerk", null),
    "former clerk": { ...clerk, accountId: randomUUID(), memberships: [] },
    shell: { kind: "operator", name: "night-shift" },
    job: { kind: "system", task: "some-job" },
  };
  const { slug, name, zone } = await portal.db.agency.findUniqueOrThrow({ where: { id: sheriff } });
  scope = { agency: { id: sheriff, slug, name, zone } };
  outside = { agencySlug: slug, accountId: clerk.accountId, day: localDate(portal.time.now(), zone) };
  for (let n = 0; n < OUTSIDE_RULE.least; n++) {
    await inTransaction(portal, (tx) =>
      appendLedger(portal, tx, {
        actor: { kind: "account", id: clerk.accountId, role: "clerk" },
        act: "case.read",
        thing: { type: "case", id: randomUUID() },
        caseId: randomUUID(),
        agencyId: sheriff,
      }),
    );
  }
  return () => portal[Symbol.asyncDispose]();
});

async function traces(): Promise<unknown> {
  const counts = ["ledger.entry", "calendar_feed", "outbox_mail"].map(
    (name) => `(select count(*)::int from ${name}) as "${name}"`,
  );
  return (await portal.pool.query(`select ${counts.join(", ")}`)).rows[0];
}

test("every use case stands in the table", () => {
  const files = [
    ...readdirSync("app/statistics").map((name) => `app/statistics/${name}`),
    "app/people/calendar-feeds.server.ts",
  ];
  const names = files
    .filter((file) => file.endsWith(".server.ts"))
    .flatMap((file) => {
      const found = readFileSync(file, "utf8").matchAll(/export (?:async )?function (\w+)\(([^)]*)/g);
      return [...found].flatMap(([, called = "", parameters = ""]) =>
        /\bactor: Actor\b/.test(parameters) ? [called] : [],
      );
    });
  expect(names.sort()).toEqual(Object.keys(USE_CASES).sort());
});

describe.each(Object.entries(USE_CASES))("%s", (name, { by, call }) => {
  test("finds nothing for whoever may not, and leaves no trace", async () => {
    const before = await traces();
    for (const [who, actor] of Object.entries(people)) {
      if (!by.includes(who)) await expect(call(portal, actor), `${name} by ${who}`).rejects.toThrow(NotFound);
    }
    expect(await traces()).toEqual(before);
  });

  test("is there for whoever may, and shows no case of another agency", async () => {
    for (const who of by) {
      const shown = JSON.stringify((await call(portal, people[who]!)) ?? null);
      const isAudited = who === "auditor" && ["readLedger", "exportLedger"].includes(name);
      const mayHave = isAudited || (name === "listCalendar" && DESK.includes(who));
      expect(shown.includes(sheriffsCase), `${name} by ${who}`).toBe(mayHave);
    }
  });
});
