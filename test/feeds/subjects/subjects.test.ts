import { describe, expect, it, test } from "vitest";
import { findEventsBySubject, listEventsAt, openEvents } from "#app/feeds/find-events.server.ts";
import { nameFromText } from "#app/feeds/names/person-name.ts";
import { letEventsGo } from "#app/feeds/store/retention.server.ts";
import { findSubjects } from "#app/feeds/subjects/find-subjects.server.ts";
import { packSubject, peopleIn, readingsOf, unpackSubject } from "#app/feeds/subjects/subject.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { type GivenFeed, givenFeed, ZONE } from "../given-feed.ts";
import { countStore } from "../store/given-large.ts";
import { deliverNames, largeNameFile, nameFile } from "./given-people.ts";

const ROWS = [
  { id: "1", name: "QUILLFEATHER, MARROWBY ANA", birth: "1986-04-28" },
  { id: "2", name: "Quillfeather, Marrowby Ana", birth: "19860428", at: "2025-07-01T12:00:00Z" },
  { id: "3", name: "Brindlewick, Joe", birth: "1970-01-01" },
  { id: "4", name: "Quillfeather, Marrowby" },
];

const person = (text: string, birth: string | null) => ({ name: nameFromText(text), birth });

async function findEvents(
  portal: TestPortal,
  given: GivenFeed,
  text: string,
  birth: string | null,
  agencyId = given.agencyId,
) {
  const found = await findSubjects(portal, { agencyId, names: [person(text, birth)] });
  const keys = found.map(({ subjectId }) => ({
    identifierId: subjectId,
    tag: subjectId,
    from: "2020-01-01",
    to: null,
  }));
  const period = { from: "2020-01-01", to: "2026-12-31" };
  return findEventsBySubject(portal, { agencyId, keys, period, zone: ZONE });
}

async function countPeople({ pool }: TestPortal) {
  const { rows } = await pool.query<{ people: number; keys: number }>(
    "SELECT (SELECT count(*)::int FROM subject) AS people, (SELECT count(*)::int FROM subject_key) AS keys",
  );
  return rows[0];
}

describe.each([
  ["a small delivery", nameFile],
  ["a large delivery", largeNameFile],
])("%s", (_, fileOf) => {
  it("brings each person once, found by a name that is spelt otherwise, at his agency alone", async () => {
    await using portal = await openTestPortal({ now: "2026-01-10T12:00:00Z" });
    const given = await givenFeed(portal);
    await deliverNames(portal, fileOf(ROWS));
    const people = await countPeople(portal);
    // Two rows name one person; the fourth does not say when she was born.
    expect(people?.people).toBe(3);
    expect(await countStore(portal)).toMatchObject({ staged: 0 });
    // A letter wrong in the family name.
    const events = await findEvents(portal, given, "Marrowby Quilfeather", "19860428");
    expect(events.map(({ at, place }) => [at.toISOString(), place])).toEqual([
      ["2025-06-18T12:00:00.000Z", 0],
      ["2025-06-18T12:00:00.000Z", 0],
      ["2025-07-01T12:00:00.000Z", 0],
    ]);
    const [first] = await openEvents(portal, events);
    expect(first?.event.searchedBy.some(({ kind }) => kind === "name")).toBe(true);
    expect(await findEvents(portal, given, "Zoe Ostrowanka", "19500101")).toEqual([]);
    expect(await findEvents(portal, given, "Marrowby Quillfeather", "19860428", given.otherAgencyId)).toEqual([]);
  }, 60_000);

  it("changes nothing when it comes again", async () => {
    await using portal = await openTestPortal({ now: "2026-01-10T12:00:00Z" });
    const given = await givenFeed(portal);
    await deliverNames(portal, fileOf(ROWS));
    const before = [await countPeople(portal), await countStore(portal)];
    await deliverNames(portal, fileOf(ROWS));
    expect([await countPeople(portal), await countStore(portal)]).toEqual(before);
    expect(await findEvents(portal, given, "Joe Brindlewick", "19700101")).toHaveLength(1);
  }, 60_000);
});

test("two imports of the same people at once leave each once, with all keys", async () => {
  await using portal = await openTestPortal({ now: "2026-01-10T12:00:00Z" });
  await givenFeed(portal);
  const file = (which: string) => nameFile(ROWS.map((row) => ({ ...row, id: `${which}-${row.id}` })));
  await Promise.all(["a", "b", "c", "d"].map((which) => deliverNames(portal, file(which))));
  const together = await countPeople(portal);
  await using alone = await openTestPortal({ now: "2026-01-10T12:00:00Z" });
  await givenFeed(alone);
  await deliverNames(alone, nameFile(ROWS));
  expect(together).toEqual(await countPeople(alone));
  expect(await countStore(portal)).toMatchObject({ events: 16 });
});

test("equal people at two agencies have no hash in common, and no hash is of one part alone", async () => {
  await using portal = await openTestPortal({ now: "2026-01-10T12:00:00Z" });
  await givenFeed(portal);
  await deliverNames(portal, nameFile(ROWS));
  await deliverNames(portal, nameFile(ROWS), "elmville");
  const { rows: shared } = await portal.pool.query(
    `SELECT 1 FROM subject_key k JOIN subject s ON s.id = k.subject_id
     GROUP BY k.tag HAVING count(DISTINCT s.agency_id) > 1`,
  );
  expect(shared).toEqual([]);
  // Somebody with the same birth date and nothing else in common shares no key; nor does one with the same family name.
  const found = await findSubjects(portal, {
    agencyId: (await portal.db.agency.findFirstOrThrow({ where: { slug: "oakfield" } })).id,
    names: [person("Zoe Varrenthal", "19700101"), person("Zoe Brindlewick", "19330303")],
  });
  expect(found).toEqual([]);
});

test("whom no event names any more is forgotten with his keys; whom one still names stays", async () => {
  await using portal = await openTestPortal({ now: "2026-01-10T12:00:00Z" });
  const given = await givenFeed(portal);
  await deliverNames(
    portal,
    nameFile([
      { id: "1", name: "Brindlewick, Joe", birth: "1970-01-01", at: "2024-01-05T12:00:00Z" },
      { id: "2", name: "Quillfeather, Ana", birth: "1986-04-28", at: "2024-01-05T12:00:00Z" },
      { id: "3", name: "Quillfeather, Ana", birth: "1986-04-28", at: "2025-12-05T12:00:00Z" },
    ]),
  );
  await portal.db.custody.update({
    where: { agencyId_systemId: { agencyId: given.agencyId, systemId: given.systemId } },
    data: { retentionDays: 300 },
  });
  const all = await countPeople(portal);
  // While a large delivery is on its way nobody is forgotten.
  await portal.pool.query("INSERT INTO events.staged_part VALUES (gen_random_uuid(), '2025_12')");
  expect(await letEventsGo(portal)).toBe(2);
  expect(await countPeople(portal)).toEqual(all);
  await portal.pool.query("DELETE FROM events.staged_part");
  expect(await letEventsGo(portal)).toBe(0);
  expect(await countPeople(portal)).toMatchObject({ people: 1 });
  const { rows: orphans } = await portal.pool.query(
    "SELECT 1 FROM subject_key k WHERE NOT EXISTS (SELECT 1 FROM subject s WHERE s.id = k.subject_id)",
  );
  expect(orphans).toEqual([]);
  expect(await findEvents(portal, given, "Ana Quillfeather", "19860428")).toHaveLength(1);
  const { rows: acts } = await portal.pool.query<{ body: string }>(
    "SELECT body FROM ledger.entry WHERE act = 'feed.people-let-go'",
  );
  expect(acts.map(({ body }) => JSON.parse(body).detail)).toEqual([{ people: 1 }]);
});

test("a dump holds nobody's name or birth date", async () => {
  await using portal = await openTestPortal({ now: "2026-01-10T12:00:00Z" });
  const given = await givenFeed(portal);
  await deliverNames(portal, nameFile(ROWS));
  const { rows: tables } = await portal.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT LIKE 'pg\\_%' AND schemaname <> 'information_schema'`,
  );
  const canaries = ["quillfeather", "marrowby", "brindlewick", "1986-04-28", "19860428", "04/28/1986"];
  const forms = canaries.flatMap((text) => [text, Buffer.from(text).toString("hex")]);
  let rowsSeen = 0;
  for (const { name } of tables) {
    const { rows } = await portal.pool.query<{ row: string }>(`SELECT lower(t::text) AS row FROM ${name} t`);
    rowsSeen += rows.length;
    for (const { row } of rows)
      expect(
        forms.filter((form) => row.includes(form)),
        name,
      ).toEqual([]);
  }
  expect(rowsSeen).toBeGreaterThan(50);
  expect(await listEventsAt(portal, { ...given, on: "2025-06-18", zone: "UTC" })).toHaveLength(3);
});

describe("whom a search named", () => {
  const name = (value: string) => ({ kind: "name", state: "value", value }) as const;
  const birth = (date: string) => ({ kind: "birth-date", state: "value", value: date, date }) as const;
  const said = (terms: Parameters<typeof peopleIn>[0]) => peopleIn(terms).map(packSubject);

  it("is a name with its birth date, where nobody has to guess which is whose", () => {
    expect(said([name("Reyes, Ana"), birth("1986-03-14")])).toEqual(["ana|reyes||19860314"]);
    expect(said([name("Reyes, Ana"), name("Reyes, Eva"), birth("1986-03-14"), birth("1990-01-01")])).toEqual([
      "ana|reyes||19860314",
      "eva|reyes||19900101",
    ]);
    expect(said([name("Reyes, Ana"), name("Reyes, Eva"), birth("1986-03-14")])).toEqual(["ana|reyes||", "eva|reyes||"]);
    expect(said([name("Reyes, Ana Jr"), { kind: "birth-date", state: "value", value: "1986" }])).toEqual([
      "ana|reyes|jr|",
    ]);
  });

  it("is nobody when the name is hidden, has a wildcard or no letter", () => {
    expect(said([{ kind: "name", state: "hidden-by-agency", mark: "###" }, name("REY*, ANA"), name("***")])).toEqual(
      [],
    );
    expect(said([birth("1986-03-14")])).toEqual([]);
  });

  it("comes out of its seal as it went in", () => {
    for (const text of ["García López, María José III", "Nguyễn Văn An", "الحسن, محمد", "Cher"]) {
      const subject = person(text, "19860314");
      expect(unpackSubject(packSubject(subject))).toEqual(subject);
    }
    expect(() => unpackSubject("ana|reyes")).toThrow("unknown layout");
  });

  it("a name as one text is read in every way in which it can be parted", () => {
    expect(readingsOf("Nguyễn Văn An").map(({ given, family }) => `${given.join(" ")} / ${family.join(" ")}`)).toEqual([
      "nguyen / van an",
      "nguyen van / an",
    ]);
    expect(readingsOf("Ana Reyes")).toHaveLength(1);
    expect(readingsOf("García López, María José")).toHaveLength(1);
  });
});
