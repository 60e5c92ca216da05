/**
 * Looking for a person by name and birth date, through the portal's own search. Whatever a log makes of a name, the
 * machine accepts nothing: what looks alike and may be two is asked, and confirmed one at a time.
 */
import { describe, expect, it, test } from "vitest";
import { personClaim } from "#app/feeds/subjects/subject.ts";
import { decideLines, decideMatches } from "#app/histories/decide.server.ts";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { scorePlace } from "#app/histories/matter.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { checkIdentifier } from "#app/requests/check-identifier.server.ts";
import { tagOfClaim } from "#app/requests/identifiers.server.ts";
import { isVerifiedElsewhere } from "#app/requests/identity/overlap.server.ts";
import {
  approve,
  DISCLOSE,
  type GivenCase,
  givenCase,
  type LogRow,
  OTHER_PLATE,
  PLATE,
  propose,
  runRelease,
} from "#test/histories/given-case.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const BIRTH = "1986-03-14";

interface Logged {
  readonly name: string;
  readonly birth?: string;
  readonly licence?: string;
}

const rowOf = ({ name, birth, licence }: Logged, i = 0): LogRow => ({
  id: `n${i}`,
  at: `2025-07-${String(1 + i).padStart(2, "0")}T18:00:00Z`,
  user: "u-1",
  name,
  ...(birth !== undefined && { birth }),
  ...(licence !== undefined && { licence }),
});

/** A resident who has proved one name, and a log of these. */
async function givenNamed(portal: TestPortal, name: string, logged: readonly Logged[], otherNames: string[] = []) {
  const given = await givenCase(portal, { rows: logged.map(rowOf), person: { name, birthDate: BIRTH, otherNames } });
  await given.verifyOther("person");
  return given;
}

/** The band of each look-up in the log, in its order; "leave" where it was not found. */
async function bandsOf(portal: TestPortal, given: GivenCase, count: number): Promise<string[]> {
  await findMatches(portal, given.clerk, given.caseId);
  const rows = await portal.db.match.findMany({ where: { caseId: given.caseId } });
  // None of them is ever accepted by machine.
  expect(rows.filter(({ verdict, decidedBy }) => verdict !== null || decidedBy !== null)).toEqual([]);
  return Array.from({ length: count }, (_, i) => {
    const row = rows.find(({ eventAt }) => eventAt.getUTCDate() === 1 + i);
    return row?.evidence.find((code) => code === "propose" || code === "ask") ?? "leave";
  });
}

/** The resident's name; a name in the log, its birth date, what the machine does. */
const FIXTURES: Readonly<
  Record<string, readonly [string, readonly (readonly [string, string | undefined, string])[]]>
> = {
  "twins, Jr and Sr, namesakes": [
    "Ana Reyes Jr",
    [
      ["Reyes, Ana Jr", BIRTH, "propose"],
      ["Reyes, Eva", BIRTH, "ask"],
      ["Reyes, Ana Sr", BIRTH, "ask"],
      ["Reyes, Ana", "1952-09-01", "leave"],
      ["Reyes, Ana", undefined, "ask"],
      ["Stone, Ana", BIRTH, "ask"],
      ["Quist, Zoe", BIRTH, "leave"],
    ],
  ],
  Vietnamese: [
    "Nguyễn Minh Anh",
    [
      ["NGUYEN, MINH ANH", BIRTH, "propose"],
      ["MINH ANH, NGUYEN", BIRTH, "propose"],
      ["Anh Nguyen", BIRTH, "propose"],
      ["Tran, Minh Anh", "1960-01-01", "leave"],
    ],
  ],
  "Spanish double surnames, accents, hyphens": [
    "María José García López",
    [
      ["GARCIA LOPEZ, MARIA JOSE", BIRTH, "propose"],
      ["Garcia-Lopez, Maria", BIRTH, "propose"],
      ["Garcialopez, Maria Jose", BIRTH, "propose"],
      ["Lopez, Maria", BIRTH, "propose"],
      ["Garcia Lopez, Maria Jose", "1986-04-14", "ask"],
      ["García López, José", BIRTH, "propose"],
      ["Garcia Lopez, Ines", BIRTH, "ask"],
    ],
  ],
  Cyrillic: [
    "Юрий Щербаков",
    [
      ["Shcherbakov, Yuriy", BIRTH, "propose"],
      ["SCHERBAKOV, YURI", BIRTH, "propose"],
      ["Щербаков, Юрий", BIRTH, "propose"],
      ["Shcherbakova, Yulia", "1990-05-05", "leave"],
    ],
  ],
  Arabic: [
    "Muhammad Hassan",
    [
      ["حسن, محمد", BIRTH, "propose"],
      ["Hassan, Mohamed", BIRTH, "ask"],
      ["Hasan, Mohammed", BIRTH, "propose"],
      ["Hassan, Ali", "1970-02-02", "leave"],
    ],
  ],
  "short forms, a wrong letter, day and month": [
    "Robert Quillfeather",
    [
      ["Quillfeather, Bob", BIRTH, "propose"],
      ["Quilfeather, Robert", BIRTH, "propose"],
      ["Quillfeather, Robert", "1986-03-15", "ask"],
      ["Robert, Quillfeather", BIRTH, "propose"],
    ],
  ],
};

describe("what a log makes of a name", () => {
  it.each(Object.entries(FIXTURES))("%s", async (_, [name, logged]) => {
    await using portal = await openTestPortal();
    const rows = logged.map(([written, birth]) => ({ name: written, ...(birth !== undefined && { birth }) }));
    const given = await givenNamed(portal, name, rows);
    const bands = await bandsOf(portal, given, rows.length);
    expect(bands.map((band, i) => `${rows[i]?.name} ${rows[i]?.birth ?? ""} ${band}`)).toEqual(
      logged.map(([written, birth, band]) => `${written} ${birth ?? ""} ${band}`),
    );
  });

  it("day and month exchanged are one person's", async () => {
    await using portal = await openTestPortal();
    const given = await givenCase(portal, {
      rows: [rowOf({ name: "Reyes, Ana", birth: "1986-12-03" })],
      person: { name: "Ana Reyes", birthDate: "1986-03-12" },
    });
    await given.verifyOther("person");
    expect(await bandsOf(portal, given, 1)).toEqual(["propose"]);
  });
});

const REYES = [
  { name: "Reyes, Ana", birth: BIRTH },
  { name: "Reyes, Eva", birth: BIRTH },
  { name: "Reyes, Ana", birth: BIRTH },
  { name: "Reyes, Inge", birth: BIRTH },
];

describe("the wrong person", () => {
  it("finds nothing by a name that nobody has verified, that was refused, or outside its days", async () => {
    await using portal = await openTestPortal();
    const given = await givenCase(portal, {
      rows: REYES.map(rowOf),
      person: { name: "Ana Reyes", birthDate: BIRTH },
    });
    // The plate is proved, and says nothing of the name.
    await given.verify();
    expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({ matched: 0 });
    await given.verifyOther("person", "refused");
    expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({ matched: 0 });
    await given.verifyOther("person", { from: "2025-01-01", to: "2025-07-01" });
    expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({ matched: 1 });
    expect(await findMatches(portal, given.otherClerk, given.otherCaseId)).toMatchObject({ matched: 0 });
  });

  it("another name is another claim: the first one's proof does not carry it", async () => {
    await using portal = await openTestPortal();
    const rows = [
      { name: "Reyes, Ana", birth: BIRTH },
      { name: "Brindlewick, Ana", birth: BIRTH },
    ];
    const given = await givenNamed(portal, "Ana Reyes", rows, ["Zoraida Brindlewick"]);
    const before = await bandsOf(portal, given, 2);
    expect(before[0]).toBe("propose");
    expect(before[1]).not.toBe("propose");
    const claims = await portal.db.identifier.findMany({ where: { kind: "person" }, orderBy: { position: "asc" } });
    expect(claims).toHaveLength(2);
    expect(new Set(claims.map(({ tag }) => tag)).size).toBe(2);
  });

  it("a former name that was proved finds what was logged under it, on its days alone", async () => {
    await using portal = await openTestPortal();
    const rows = [
      { name: "Brindlewick, Zoraida", birth: BIRTH },
      { name: "Brindlewick, Zoraida", birth: BIRTH },
      { name: "Reyes, Zoraida", birth: BIRTH },
    ];
    const given = await givenNamed(portal, "Zoraida Reyes", rows, ["Zoraida Brindlewick"]);
    const first = await bandsOf(portal, given, 3);
    expect(first[2]).toBe("propose");
    await given.verifyOther("person", { from: "2025-01-01", to: "2025-07-01" }, 1);
    expect(await bandsOf(portal, given, 3)).toEqual(["propose", first[1], "propose"]);
  });

  it("with the same name and birthday but another licence is asked, and never proposed", async () => {
    await using portal = await openTestPortal();
    const given = await givenCase(portal, {
      rows: [
        rowOf({ name: "Reyes, Ana", birth: BIRTH, licence: "B7654321" }, 0),
        rowOf({ name: "Reyes, Ana", birth: BIRTH }, 1),
        rowOf({ name: "Reyes, Ana", birth: BIRTH, licence: "A1234567" }, 2),
      ],
      person: { name: "Ana Reyes", birthDate: BIRTH, licence: "A1234567" },
    });
    await given.verifyOther("person");
    expect(await bandsOf(portal, given, 3)).toEqual(["propose", "propose", "propose"]);
    await given.verifyOther("licence");
    expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({ matched: 3, asked: 1 });
    const rows = await portal.db.match.findMany({ orderBy: { eventAt: "asc" } });
    expect(rows.map(({ evidence }) => evidence)).toEqual([
      ["person-scored", "ask", "inside-period"],
      ["person-scored", "propose", "inside-period"],
      ["licence-exact", "inside-period"],
    ]);
  });

  it("is not accepted with all the others: what is asked is confirmed one at a time", async () => {
    await using portal = await openTestPortal();
    const given = await givenNamed(portal, "Ana Reyes", REYES);
    expect(await bandsOf(portal, given, 4)).toEqual(["propose", "ask", "propose", "ask"]);
    const rows = await portal.db.match.findMany({ orderBy: { eventAt: "asc" } });
    const ids = rows.map(({ eventId }) => eventId);
    const accept = (events: readonly string[] | "undecided") =>
      decideMatches(portal, given.clerk, { caseId: given.caseId, events, verdict: "accepted" });
    await expect(accept(ids)).rejects.toMatchObject({ code: "match.refusedAsked" });
    await expect(accept([ids[0]!, ids[1]!])).rejects.toMatchObject({ code: "match.refusedAsked" });
    expect(await accept("undecided")).toEqual({ decided: 2 });
    await expect(accept("undecided")).rejects.toMatchObject({ code: "match.refusedAskedLeft" });
    const undecided = await portal.db.match.findMany({ where: { verdict: null } });
    expect(undecided.map(({ evidence }) => evidence.includes("ask"))).toEqual([true, true]);
    expect(await accept([ids[1]!])).toEqual({ decided: 1 });
  });
});

test("a match stays no longer than what it was accepted for: by name it waits again", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal, {
    rows: [{ ...rowOf({ name: "Reyes, Eva", birth: BIRTH }), plate: PLATE }],
    person: { name: "Ana Reyes", birthDate: BIRTH },
  });
  await given.verify();
  await given.verifyOther("person");
  const search = () => findMatches(portal, given.clerk, given.caseId);
  expect(await search()).toMatchObject({ matched: 1, added: 1, asked: 0 });
  await decideMatches(portal, given.clerk, { caseId: given.caseId, events: "undecided", verdict: "accepted" });
  expect(await search()).toMatchObject({ matched: 1, added: 0, dropped: 0 });
  expect(await portal.db.match.count({ where: { verdict: "accepted" } })).toBe(1);
  await given.verify("refused");
  expect(await search()).toMatchObject({ matched: 1, added: 0, dropped: 0, asked: 1 });
  expect(await portal.db.match.findFirst()).toMatchObject({ verdict: null, decidedBy: null });
  // The plate again: more speaks for it now, and what stands beside it is true.
  await given.verify();
  await search();
  expect((await portal.db.match.findFirst())?.evidence).toEqual(["plate-exact", "inside-period"]);
});

test("the desk says why, field by field; the score is sealed with the request's key", async () => {
  await using portal = await openTestPortal();
  const given = await givenNamed(portal, "Ana Reyes", REYES.slice(0, 2));
  await findMatches(portal, given.clerk, given.caseId);
  const desk = await getDesk(portal, given.clerk, { caseId: given.caseId, locale: "en", page: 1, show: "all" });
  const [eva, ana] = desk.lines;
  expect(ana?.explanation).toMatchObject({ band: "propose", crossed: false, noBirth: false, numberOther: false });
  expect(ana?.explanation?.parts.map(({ field, level }) => `${field} ${level}`)).toEqual([
    "given same",
    "family same",
    "birth same",
  ]);
  expect(eva?.explanation?.parts.find(({ field }) => field === "given")).toMatchObject({ level: "other" });
  expect(eva?.explanation?.parts.find(({ field }) => field === "given")?.bits).toBeLessThan(0);
  expect(eva?.explanation?.chance).toBeLessThan(ana?.explanation?.chance ?? 0);
  // Her own name is shown to the clerk; the twin's is not.
  expect(ana?.cells.searchedBy).toEqual({ kind: "shown", text: `Reyes, Ana, ${BIRTH}` });
  expect(eva?.cells.searchedBy).toEqual({ kind: "shown", text: `[name], ${BIRTH}` });
  const row = await portal.db.match.findFirstOrThrow({ where: { eventId: ana?.eventId ?? "" } });
  expect(Buffer.from(row.scoreSealed!).toString("latin1")).not.toContain("given");
  const { keyId } = await portal.db.request.findFirstOrThrow();
  const other = await portal.db.match.findFirstOrThrow({ where: { eventId: eva?.eventId ?? "" } });
  await expect(portal.vault.open(keyId, scorePlace(other.id), row.scoreSealed!)).rejects.toThrow();
  const { rows: acts } = await portal.pool.query<{ body: string }>(
    "SELECT body FROM ledger.entry WHERE act = 'matches.found'",
  );
  expect(acts.map(({ body }) => JSON.parse(body).detail)).toMatchObject([{ matched: 2, asked: 1 }]);
});

test("an answer found by name is proposed, approved and released, and names nobody else", async () => {
  await using portal = await openTestPortal();
  const rows = [
    rowOf({ name: "Reyes, Ana", birth: BIRTH }, 0),
    { ...rowOf({ name: "Reyes, Eva", birth: BIRTH }, 1), plate: OTHER_PLATE },
  ];
  const given = await givenCase(portal, { rows, person: { name: "Ana Reyes", birthDate: BIRTH } });
  await given.verify();
  await given.verifyOther("person");
  await findMatches(portal, given.clerk, given.caseId);
  const found = await portal.db.match.findMany({ orderBy: { eventAt: "asc" } });
  const decide = (event: string, verdict: "accepted" | "rejected") =>
    decideMatches(portal, given.clerk, { caseId: given.caseId, events: [event], verdict });
  await decide(found[0]!.eventId, "accepted");
  await decide(found[1]!.eventId, "rejected");
  await decideLines(portal, given.clerk, { caseId: given.caseId, events: [found[0]!.eventId], ...DISCLOSE });
  await propose(portal, given);
  await approve(portal, given);
  await runRelease(portal, given);
  const release = await portal.db.release.findFirstOrThrow();
  expect(release).toMatchObject({ lineCount: 1, withheldCount: 0 });
  const model = await portal.vault.openText(
    release.keyId,
    { table: "release", column: "model_sealed", row: release.id },
    release.modelSealed,
  );
  expect(model).toContain("Reyes, Ana");
  expect(model).toContain("Name and date of birth");
  expect(model).not.toContain("Eva");
  expect(model).not.toContain(OTHER_PLATE);
});

test("whoever knows the name, the birth date and the mailbox has proved nothing", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal, {
    rows: REYES.map(rowOf),
    person: { name: "Ana Reyes", birthDate: BIRTH },
  });
  const { id: identifierId } = await portal.db.identifier.findFirstOrThrow({ where: { kind: "person" } });
  const verify = (basis: string, shown: readonly string[]) =>
    checkIdentifier(portal, given.clerk, {
      ...{ caseId: given.caseId, identifierId, verdict: "verified", basis, shown },
      ...{ validFrom: "2025-01-01", validTo: null },
    });
  for (const basis of ["record-on-file", "registration-on-file", "video"]) {
    await expect(verify(basis, ["passport"]), basis).rejects.toMatchObject({ code: "identity.notEnough" });
  }
  // A face needs a card beside it on which both stand; the paper of a car does not say when its owner was born.
  await expect(verify("in-person", ["other-photo-id", "registration-card"])).rejects.toMatchObject({
    code: "identity.notSeen",
  });
  expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({ matched: 0 });
  await verify("in-person", ["passport"]);
  expect(await findMatches(portal, given.clerk, given.caseId)).toMatchObject({ matched: 4 });
});

test("a second person who proves the same name and birthday waits for a supervisor's look", async () => {
  await using portal = await openTestPortal();
  const given = await givenNamed(portal, "Ana Reyes", []);
  const { tag } = await portal.db.identifier.findFirstOrThrow({ where: { kind: "person" } });
  // Whichever word comes first, and with or without accents.
  expect(await tagOfClaim(portal, "person", personClaim("REYES, Aná", BIRTH))).toBe(tag);
  expect(await tagOfClaim(portal, "person", personClaim("Ana Reyes", "1986-03-15"))).not.toBe(tag);
  const claimed = { kind: "person", tag, from: "2025-01-01", to: null };
  const elsewhere = (residentId: string) =>
    inTransaction(portal, (tx) => isVerifiedElsewhere(tx, { ...claimed, residentId }));
  expect(await elsewhere(given.stranger.accountId)).toBe(true);
  expect(await elsewhere(given.resident.accountId)).toBe(false);
});

test("a dump taken after a search by name holds no name, no birth date, and not which of them agreed", async () => {
  await using portal = await openTestPortal();
  const given = await givenNamed(portal, "Marrowby Quillfeather", [
    { name: "Quillfeather, Marrowby", birth: BIRTH },
    { name: "Quilfeather, Marrowby", birth: BIRTH },
  ]);
  expect(await bandsOf(portal, given, 2)).toEqual(["propose", "propose"]);
  const { rows: tables } = await portal.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT LIKE 'pg\\_%' AND schemaname <> 'information_schema'`,
  );
  const canaries = ["quillfeather", "quilfeather", "marrowby", BIRTH, BIRTH.replaceAll("-", ""), '"family"'];
  const forms = canaries.flatMap((text) => [text, Buffer.from(text).toString("hex")]);
  const dumped: string[] = [];
  for (const { name } of tables) {
    const { rows } = await portal.pool.query<{ row: string }>(`SELECT lower(t::text) AS row FROM ${name} t`);
    dumped.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  expect(dumped.filter((row) => forms.some((form) => row.includes(form)))).toEqual([]);
  expect(dumped.filter((row) => row.startsWith("public.match "))).toHaveLength(2);
});
