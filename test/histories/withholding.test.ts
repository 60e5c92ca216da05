import { expect, test, vi } from "vitest";
import { decideField, decideLines } from "#app/histories/decide.server.ts";
import { checkRelease } from "#app/histories/gates.server.ts";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { getReleaseForResident, getReleasePdf } from "#app/histories/queries.server.ts";
import { getSigningKey } from "#app/histories/signature/signing-key.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import {
  approve,
  DISCLOSE,
  givenCase,
  givenMatched,
  type LogRow,
  OTHER_PLATE,
  PLATE,
  propose,
  REDACT,
  ROWS,
  release,
  runRelease,
  WITHHOLD,
} from "#test/histories/given-case.ts";
import { openTestPortal } from "#test/support/database.ts";

/** Each stands in the log where it must not get out, and nowhere else. */
const CANARY = {
  user: "Dep. Quillfeather",
  wholeLineUser: "Sgt. Ostrowanka",
  wholeLinePurpose: "tip about a Zimmerholz warehouse",
  wholeLineCase: "99-77123",
  redactedCase: "88-66124",
  purpose: "surveillance of the Varrenthal family",
  reason: "the Brackwater inquiry is still open",
  otherPlate: OTHER_PLATE,
};

const LOG: readonly LogRow[] = [
  {
    id: "c1",
    at: "2025-06-18T12:00:00Z",
    org: "Alder Creek PD",
    user: CANARY.user,
    plate: PLATE,
    purpose: `as told by ${CANARY.user}`,
    caseNumber: "25-00001",
  },
  {
    id: "c2",
    at: "2025-06-19T12:00:00Z",
    org: "Alder Creek PD",
    user: CANARY.wholeLineUser,
    plate: PLATE,
    purpose: CANARY.wholeLinePurpose,
    caseNumber: CANARY.wholeLineCase,
  },
  {
    id: "c3",
    at: "2025-06-20T12:00:00Z",
    org: "Marin Hills SO",
    user: "u-2",
    plate: `${PLATE},${OTHER_PLATE}`,
    purpose: `with plate ${OTHER_PLATE}; ask ${CANARY.wholeLineUser} about ${CANARY.redactedCase}`,
    caseNumber: CANARY.redactedCase,
  },
  {
    id: "c4",
    at: "2025-06-21T12:00:00Z",
    org: "Marin Hills SO",
    user: "u-2",
    plate: PLATE,
    purpose: CANARY.purpose,
    caseNumber: "25-00004",
  },
];

async function givenWithheld(portal: Parameters<typeof givenCase>[0]) {
  const given = await givenCase(portal, { rows: LOG });
  const [c1, c2, c3, c4] = await givenMatched(portal, given);
  const { caseId, clerk } = given;
  const redact = (eventId: string | undefined, field: "user" | "caseNumber" | "purpose") =>
    decideField(portal, clerk, { caseId, eventId: eventId!, field, ...REDACT, reason: CANARY.reason });
  await redact(c1, "user");
  await decideLines(portal, clerk, { caseId, events: [c2!], ...WITHHOLD, reason: CANARY.reason });
  await redact(c3, "caseNumber");
  await redact(c4, "purpose");
  return given;
}

test("nothing withheld is in the page's data or in the bytes of the PDF, wherever in the log it stood", async () => {
  await using portal = await openTestPortal();
  const given = await givenWithheld(portal);
  const releaseId = await release(portal, given);
  const { history } = await getReleaseForResident(portal, given.resident, releaseId);
  const { bytes } = await getReleasePdf(portal, given.resident, releaseId);
  const page = JSON.stringify(history);
  for (const [where, value] of Object.entries(CANARY)) expect(page, where).not.toContain(value);
  // The gate opens the file again; a counter-test holds that it would have found what is there.
  const seal = { certificate: (await getSigningKey(portal)).sha256, at: portal.time.now() };
  expect(await checkRelease(bytes, history, Object.values(CANARY), seal)).toEqual({ ok: true, failures: [] });
  expect((await checkRelease(bytes, { ...history, lines: [] }, ["Marin Hills SO"])).ok).toBe(false);

  const [newest, , oldest] = history.lines;
  expect(newest?.cells.purpose).toEqual({ kind: "withheld", ground: "ca.cpra.privacy", reviewOn: null });
  expect(history.lines[1]?.cells.purpose).toEqual({
    kind: "shown",
    text: "with plate [plate]; ask [withheld] about [withheld]",
  });
  expect(history.lines[1]?.cells.searchedBy).toEqual({ kind: "shown", text: `${PLATE}, [plate]` });
  expect(oldest?.cells.purpose).toEqual({ kind: "shown", text: "as told by [withheld]" });
  expect(history.withheld).toEqual([
    { number: 4, ground: "ca.cpra.investigation", outcome: "withhold", reviewOn: null },
  ]);
  expect(history.grounds.map(({ id, uses }) => [id, uses])).toEqual([
    ["ca.cpra.investigation", 1],
    ["ca.cpra.privacy", 3],
  ]);
});

test("a withheld value that a disclosed text still holds closes the gate: nothing leaves, nobody is told", async () => {
  await using portal = await openTestPortal();
  const rows = [
    { id: "g1", at: "2025-06-18T12:00:00Z", user: "u-1", plate: PLATE, purpose: "tip 4411" },
    { id: "g2", at: "2025-06-19T12:00:00Z", user: "u-1", plate: PLATE, purpose: "same as tip 4411" },
  ];
  const given = await givenCase(portal, { rows });
  const [first] = await givenMatched(portal, given);
  await decideLines(portal, given.clerk, { caseId: given.caseId, events: [first!], ...WITHHOLD });
  await propose(portal, given);
  await approve(portal, given);
  const log = vi.spyOn(portal.log, "error");
  await runRelease(portal, given);
  expect(await portal.db.release.count()).toBe(0);
  expect(await portal.db.outboxMail.count({ where: { template: "something-ready" } })).toBe(0);
  expect(await portal.db.clockEvent.count({ where: { kind: "answered" } })).toBe(0);
  const desk = await getDesk(portal, given.clerk, { caseId: given.caseId, locale: "en", page: 1, show: "all" });
  expect(desk).toMatchObject({ stage: "gate-failed", note: "withheld-in-model" });
  expect(JSON.stringify(log.mock.calls)).not.toContain("4411");
});

test("no table holds a withheld value or a clerk's reason as plain text", async () => {
  await using portal = await openTestPortal();
  const given = await givenWithheld(portal);
  await release(portal, given);
  const columns = await portal.db.$queryRaw<{ name: string; column: string }[]>`
    SELECT format('%I.%I', table_schema, table_name) AS name, column_name AS column FROM information_schema.columns
    WHERE table_schema IN ('public', 'events', 'ledger', 'graphile_worker') AND data_type IN ('text', 'json', 'jsonb', 'bytea', 'ARRAY', 'character varying')`;
  expect(columns.length).toBeGreaterThan(50);
  for (const value of [...Object.values(CANARY), PLATE]) {
    const hex = Buffer.from(value).toString("hex");
    for (const { name, column } of columns) {
      const sql = `SELECT count(*)::int AS n FROM ${name} WHERE "${column}"::text LIKE $1 OR "${column}"::text LIKE $2`;
      const { rows } = await portal.pool.query<{ n: number }>(sql, [`%${value}%`, `%${hex}%`]);
      expect(rows[0]?.n, `${name}.${column}`).toBe(0);
    }
  }
});

test("the supervisor sees what is held back and why; nobody else at any agency does", async () => {
  await using portal = await openTestPortal();
  const given = await givenWithheld(portal);
  await propose(portal, given);
  const proposal = await getProposal(portal, given.supervisor, { caseId: given.caseId, locale: "en" });
  const withheld = proposal.lines.find((line) => line.released === null);
  expect(withheld?.decision).toMatchObject({
    outcome: "withhold",
    reason: CANARY.reason,
    cite: "Gov. Code § 7923.600",
  });
  expect(withheld?.logged.user).toEqual({ kind: "shown", text: CANARY.wholeLineUser });
  expect(proposal.lines.flatMap((line) => line.redactions.map((one) => one.field)).sort()).toEqual([
    "caseNumber",
    "purpose",
    "user",
  ]);
  expect(JSON.stringify(proposal)).not.toContain(OTHER_PLATE);
  for (const other of [given.clerk, given.otherSupervisor, given.resident]) {
    await expect(getProposal(portal, other, { caseId: given.caseId, locale: "en" })).rejects.toThrow(NotFound);
  }
});

test("what the rules of a decision refuse is not recorded, and says what would be accepted", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal, { rows: ROWS });
  const [first, second] = await givenMatched(portal, given);
  const { caseId, clerk } = given;
  const line = (changes: object) => decideLines(portal, clerk, { caseId, events: [first!], ...WITHHOLD, ...changes });
  await expect(line({ exemption: null })).rejects.toMatchObject({ code: "desk.refusedGround" });
  // An exemption of the state agencies' act binds no local agency.
  await expect(line({ exemption: "ca.ipa.investigation" })).rejects.toMatchObject({
    code: "desk.refusedGroundUnknown",
  });
  await expect(line({ exemption: "made-up" })).rejects.toMatchObject({ code: "desk.refusedGroundUnknown" });
  await expect(line({ exemption: "ca.cpra.other-law" })).rejects.toMatchObject({ code: "desk.refusedGroundUnknown" });
  await expect(line({ exemption: "ca.cpra.third-party" })).rejects.toMatchObject({ code: "desk.refusedGroundScope" });
  await expect(line({ reason: "  " })).rejects.toMatchObject({ code: "desk.refusedReason" });
  await expect(line({ outcome: "defer" })).rejects.toMatchObject({ code: "desk.refusedReview" });
  await expect(line({ outcome: "defer", reviewOn: "2026-03-02" })).rejects.toMatchObject({
    code: "desk.refusedReviewPast",
  });
  await expect(line({ events: [] })).rejects.toMatchObject({ code: "desk.refusedNothing" });
  expect(await portal.db.decision.count()).toBe(0);
  await line({ exemption: "ca.cpra.other-law/Pen. Code § 832.7" });
  // Of all decisions on one line the newest counts, made in the same instant or not.
  await decideLines(portal, clerk, { caseId, events: [first!, second!], ...DISCLOSE });
  const times = (await portal.db.decision.findMany({ where: { eventId: first! } })).map((row) => row.at.getTime());
  expect(new Set(times).size).toBe(times.length);
  const releaseId = await release(portal, given);
  const { history } = await getReleaseForResident(portal, given.resident, releaseId);
  expect(history.withheld).toEqual([]);
});
