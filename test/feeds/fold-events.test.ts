import { describe, expect, test } from "vitest";
import { findEventsBySubject, openEvents } from "#app/feeds/find-events.server.ts";
import { foldEvents, type StoredRow } from "#app/feeds/fold-events.ts";
import { openTestPortal } from "#test/support/database.ts";
import { alprFile, alprRow, deliver, givenFeed, ZONE } from "./given-feed.ts";

const NOON = Date.UTC(2025, 5, 18, 12);
let next = 0;

function row(given: Partial<Omit<StoredRow, "at">> & { second?: number } = {}): StoredRow {
  const { second = 0, ...rest } = given;
  next += 1;
  return {
    eventId: `event-${String(next).padStart(3, "0")}`,
    at: new Date(NOON + 1000 * second),
    systemId: "alpr",
    batchId: "batch-1",
    receivedAt: new Date(NOON + 86_400_000),
    sourceTag: null,
    queryTag: null,
    groupTag: null,
    userTag: "user",
    identifierIds: ["mine"],
    place: 0,
    ...rest,
  };
}

const later = (days: number) => new Date(NOON + 86_400_000 * (1 + days));
const idsOf = (rows: readonly StoredRow[]) => rows.map((one) => one.eventId);

describe("editions of one entry", () => {
  test("the latest stands for the others, which stay behind it; found through any of them it is found", () => {
    const first = row({ sourceTag: "n1", batchId: "b1", receivedAt: later(0) });
    const second = row({ sourceTag: "n1", batchId: "b2", receivedAt: later(1), identifierIds: [] });
    const third = row({ sourceTag: "n1", batchId: "b3", receivedAt: later(2), identifierIds: [] });
    const [only, ...more] = foldEvents([second, first, third]);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ row: third, identifierIds: ["mine"], place: 0 });
    expect(idsOf(only?.earlier ?? [])).toEqual(idsOf([second, first]));
  });

  test("a number that one batch gives to several rows is no number of an entry: nothing is hidden", () => {
    const rows = [
      row({ sourceTag: "n1" }),
      row({ sourceTag: "n1", second: 30 }),
      row({ sourceTag: "n1", batchId: "b2" }),
    ];
    expect(foldEvents(rows)).toHaveLength(3);
  });

  test("rows without a number are each their own", () => {
    expect(foldEvents([row(), row({ batchId: "b2" })])).toHaveLength(2);
  });

  test("what is found in no edition is not returned, however related it is", () => {
    expect(foldEvents([row({ sourceTag: "n1", identifierIds: [] })])).toEqual([]);
  });
});

describe("one search in several rows", () => {
  test("both sides' logs of one query are one event with two sources", () => {
    const ours = row({ queryTag: "q1" });
    const theirs = row({ queryTag: "q1", systemId: "switch", second: 90, identifierIds: ["licence"], userTag: null });
    const [event, ...more] = foldEvents([theirs, ours]);
    expect(more).toEqual([]);
    expect(event?.row).toBe(ours);
    expect(event?.others).toEqual([theirs]);
    expect(event?.identifierIds).toEqual(["mine", "licence"]);
  });

  test("the same number an hour later is another query", () => {
    expect(foldEvents([row({ queryTag: "q1" }), row({ queryTag: "q1", second: 3600 })])).toHaveLength(2);
  });

  test("four queries that one plate check fires within seconds are one event; the raw rows stay", () => {
    const chain = [0, 1, 3, 7].map((second) => row({ groupTag: "g1", second }));
    const [event, ...more] = foldEvents(chain);
    expect(more).toEqual([]);
    expect(idsOf(event?.others ?? [])).toEqual(idsOf(chain.slice(1)));
  });

  test.each([
    ["another user", { userTag: "somebody else" }],
    ["a user that is not known", { userTag: null }],
    ["another group", { groupTag: "g2" }],
    ["half a minute later", { second: 30 }],
  ])("%s is another event", (_name, change) => {
    expect(foldEvents([row({ groupTag: "g1" }), row({ groupTag: "g1", second: 2, ...change })])).toHaveLength(2);
  });

  test("a search by somebody's plate is a match, even when the rest of its chain only names it", () => {
    const [event] = foldEvents([row({ groupTag: "g1", place: 1 }), row({ groupTag: "g1", second: 1, place: 0 })]);
    expect(event?.place).toBe(0);
  });
});

test("a log that is released again: the later edition is shown, and its hidden plate was searched all the same", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  await deliver(portal, alprFile(alprRow({ id: "1", plate: "7ABC123", reason: "theft" }), alprRow({ id: "2" })));
  portal.time.set(new Date(portal.time.now().getTime() + 86_400_000));
  await deliver(portal, alprFile(alprRow({ id: "1", plate: "***", reason: "REDACTED" }), alprRow({ id: "2" })));
  const tag = (await portal.vault.indexer("plate"))("7ABC123");
  const found = await findEventsBySubject(portal, {
    agencyId: given.agencyId,
    keys: [{ identifierId: given.systemId, tag, from: "2025-01-01", to: null }],
    period: { from: "2025-01-01", to: "2025-12-31" },
    zone: ZONE,
  });
  expect(found).toHaveLength(2);
  const again = found.find((event) => event.earlier.length > 0);
  const [now, before] = await openEvents(portal, [again!, ...again!.earlier]);
  expect(now?.event).toMatchObject({ sourceId: { value: "1" }, purpose: { state: "hidden-by-agency" } });
  expect(now?.event.searchedBy).toEqual([{ kind: "plate", state: "hidden-by-vendor", mark: "***" }]);
  expect(before?.event).toMatchObject({ purpose: { value: "theft" } });
  expect(again?.identifierIds).toEqual([given.systemId]);
});

test("a search that two logs of one custodian hold, by the query's number, is one event", async () => {
  await using portal = await openTestPortal();
  const given = await givenFeed(portal);
  const line = (id: string, at: string, plate: string) =>
    JSON.stringify({
      id,
      at,
      queryId: "q-77",
      groupId: "g-1",
      user: { id: "desk 4" },
      searchedBy: [{ kind: "plate", value: plate }],
    });
  const options = { agencySlug: "elmville", profile: "canonical-jsonl" };
  await deliver(portal, `${line("a", "2025-06-18T09:00:00Z", "7ABC123")}\n`, options);
  await deliver(portal, `${line("b", "2025-06-18T09:00:41Z", "REDACTED")}\n`, options);
  const tag = (await portal.vault.indexer("plate"))("7ABC123");
  const found = await findEventsBySubject(portal, {
    agencyId: given.otherAgencyId,
    keys: [{ identifierId: given.systemId, tag, from: "2025-01-01", to: null }],
    period: { from: "2025-01-01", to: "2025-12-31" },
    zone: ZONE,
  });
  expect(found).toHaveLength(1);
  const [, other] = await openEvents(portal, [found[0]!, ...found[0]!.others]);
  expect(other?.event).toMatchObject({ sourceId: { value: "b" }, queryId: { value: "q-77" } });
});
