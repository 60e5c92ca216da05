import { expect, test } from "vitest";
import { approveHistory, sendBack } from "#app/histories/approve-history.server.ts";
import { decideField, decideLines } from "#app/histories/decide.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { listRemarks } from "#app/histories/list-remarks.server.ts";
import { lookAtLines } from "#app/histories/look-at-lines.server.ts";
import { proposeHistory } from "#app/histories/propose-history.server.ts";
import { contentSchema } from "#app/histories/proposed-content.ts";
import { drawSample } from "#app/histories/sample.ts";
import { createAccount } from "#app/people/accounts.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import {
  approve,
  DISCLOSE,
  type GivenCase,
  givenCase,
  givenMatched,
  lookAtAll,
  PLATE,
  propose,
  REDACT,
  release,
  runRelease,
  WITHHOLD,
} from "#test/histories/given-case.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const read = (portal: TestPortal, given: GivenCase, by = given.supervisor, more = {}) =>
  getProposal(portal, by, { caseId: given.caseId, locale: "en", ...more });
const agree = (eventId: string) => ({ eventId, verdict: "agree", remark: null }) as const;
const back = (eventId: string, remark: string) => ({ eventId, verdict: "back", remark }) as const;

/** So many look-ups of the resident, an hour apart. */
const many = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `m${i}`,
    at: new Date(Date.UTC(2025, 5, 1, i)).toISOString(),
    org: "Alder Creek PD",
    user: `u-${i}`,
    plate: PLATE,
  }));

async function secondSupervisor(portal: TestPortal, given: GivenCase): Promise<AccountActor> {
  const person = { email: "second@example.org", name: "second", locale: "en" } as const;
  const accountId = await inTransaction(portal, (tx) => createAccount(portal, tx, person));
  return { ...given.supervisor, accountId, name: "second" };
}

test("nothing is approved before its sample is looked at, and by no other's eyes", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal, { rows: many(90) });
  const [first] = await givenMatched(portal, given);
  await decideLines(portal, given.clerk, { caseId: given.caseId, events: [first!], ...WITHHOLD });
  await propose(portal, given);
  const { digest, sample } = await read(portal, given);
  expect(sample).toMatchObject({ lines: 90, always: 1, drawnFrom: 89, drawn: sample.least, back: 0 });
  expect(sample.least).toBeLessThan(89);
  const approving = { caseId: given.caseId, digest };
  const refused = { code: "approval.refusedSample" };
  await expect(approveHistory(portal, given.supervisor, approving)).rejects.toMatchObject(refused);

  const listed = await read(portal, given, given.supervisor, { show: "sample" });
  expect(listed.lines.every((line) => line.inSample)).toBe(true);
  const seen: string[] = [];
  for (let page = 1; page <= listed.pages; page += 1) {
    seen.push(...(await read(portal, given, given.supervisor, { show: "sample", page })).lines.map((l) => l.eventId));
  }
  expect(seen).toHaveLength(1 + sample.drawn);
  expect(seen).toContain(first);

  // All but one: refused. By another supervisor's looks: refused.
  await lookAtLines(portal, given.supervisor, { ...approving, looks: seen.slice(1).map(agree) });
  await expect(approveHistory(portal, given.supervisor, approving)).rejects.toMatchObject(refused);
  const second = await secondSupervisor(portal, given);
  await lookAtLines(portal, second, { ...approving, looks: seen.slice(0, 1).map(agree) });
  for (const person of [given.supervisor, second])
    await expect(approveHistory(portal, person, approving)).rejects.toMatchObject(refused);
  // Whoever wants to have drawn more than he looked at, looked at too few.
  await lookAtLines(portal, given.supervisor, { ...approving, looks: seen.slice(0, 1).map(agree) });
  await expect(
    approveHistory(portal, given.supervisor, { ...approving, size: sample.drawn + 1 }),
  ).rejects.toMatchObject(refused);
  await approveHistory(portal, given.supervisor, approving);

  // It is recorded, and can be drawn again from what was kept.
  const kept = await portal.db.approvalSample.findFirstOrThrow({ include: { proposal: true } });
  expect(kept).toMatchObject({ lines: 90, always: 1, drawn: sample.drawn, drawnFrom: 89, seed: digest });
  const again = drawSample(contentSchema.parse(kept.proposal.content), kept.seed, kept.drawn);
  expect([...again.always.keys(), ...again.drawn].sort()).toEqual(seen.toSorted());
  const looked = await portal.db.lineLook.findMany({ where: { by: given.supervisor.accountId } });
  expect(looked.map(({ eventId }) => eventId).sort()).toEqual(seen.toSorted());
  const entries = await listLedgerOfCase(portal, given.caseId);
  expect(entries.find(({ act }) => act === "history.approved")?.detail).toMatchObject({
    lines: 90,
    drawn: sample.drawn,
    looked: seen.length,
  });
});

test("what is held back, and what its log keeps secret, is in every sample with its reason", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first, second, third] = await givenMatched(portal, given);
  const deferred = { ...WITHHOLD, outcome: "defer", reviewOn: "2026-09-01" } as const;
  const { caseId } = given;
  await decideLines(portal, given.clerk, { caseId, events: [first!], ...WITHHOLD });
  await decideLines(portal, given.clerk, { caseId, events: [second!], ...deferred });
  await decideField(portal, given.clerk, { caseId, eventId: third!, field: "user", ...REDACT });
  // As a likeness of names would bring it here: no number that was compared.
  await portal.db.match.updateMany({ where: { eventId: third! }, data: { evidence: ["name-ask"] } });
  await propose(portal, given);
  const { lines } = await read(portal, given);
  const always = new Map(lines.map((line) => [line.eventId, line.always]));
  expect(always.get(first!)).toEqual(["withheld"]);
  expect(always.get(second!)).toEqual(["deferred"]);
  expect(always.get(third!)).toEqual(["redacted", "asked"]);
});

test("a line goes back with its remark, the clerk sees it on that line, and the next proposal says what changed", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first, second] = await givenMatched(portal, given);
  await propose(portal, given);
  const { caseId } = given;
  const { digest } = await read(portal, given);
  await lookAtAll(portal, given, given.supervisor);
  const empty = { code: "approval.refusedRemark", params: { field: `remark-${first}` } };
  await expect(
    lookAtLines(portal, given.supervisor, { caseId, digest, looks: [back(first!, "  ")] }),
  ).rejects.toMatchObject(empty);
  const looks = [back(first!, "The user works under cover."), agree(second!)];
  await lookAtLines(portal, given.supervisor, { caseId, digest, looks });
  // A remark stands in the way of an approval, by whoever.
  await expect(approveHistory(portal, given.supervisor, { caseId, digest })).rejects.toMatchObject({
    code: "approval.refusedBack",
  });
  const asked = { caseId, locale: "en" } as const;
  expect(await listRemarks(portal, given.clerk, asked)).toEqual([]);
  await sendBack(portal, given.supervisor, { caseId, remark: "" });
  expect(await listRemarks(portal, given.clerk, asked)).toMatchObject([
    { eventId: first, remark: "The user works under cover.", answered: false },
  ]);
  await expect(listRemarks(portal, given.resident, asked)).rejects.toThrow(NotFound);
  await expect(listRemarks(portal, given.otherClerk, asked)).rejects.toThrow(NotFound);

  portal.time.advance({ minutes: 5 });
  await decideField(portal, given.clerk, { caseId, eventId: first!, field: "user", ...REDACT });
  expect(await listRemarks(portal, given.clerk, asked)).toMatchObject([{ eventId: first, answered: true }]);
  await proposeHistory(portal, given.clerk, caseId);
  expect(await listRemarks(portal, given.clerk, asked)).toEqual([]);
  const next = await read(portal, given);
  expect(next.changes).toMatchObject([
    {
      since: "sent-back",
      count: 1,
      changes: [
        {
          eventId: first,
          kind: "changed",
          turns: [{ target: "user", from: null, to: { outcome: "redact", reason: REDACT.reason }, by: "clerk" }],
        },
      ],
    },
  ]);
  // Nothing that was said of the former proposal counts for this one.
  expect(next.sample).toMatchObject({ left: 3, back: 0 });
  await approve(portal, given);
});

test("what is decided after the proposal is shown as a difference from it", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first] = await givenMatched(portal, given);
  await propose(portal, given);
  const { digest } = await read(portal, given);
  await decideLines(portal, given.clerk, { caseId: given.caseId, events: [first!], ...WITHHOLD });
  const stale = await read(portal, given);
  expect(stale).toMatchObject({ stale: true, lines: [] });
  expect(stale.changes).toMatchObject([
    {
      since: "proposal",
      changes: [
        { eventId: first, turns: [{ target: "line", from: { outcome: "disclose" }, to: { outcome: "withhold" } }] },
      ],
    },
  ]);
  const looks = [agree(first!)];
  await expect(lookAtLines(portal, given.supervisor, { caseId: given.caseId, digest, looks })).rejects.toMatchObject({
    code: "desk.refusedChanged",
  });
});

test("the next edition's proposal says what is new since the one that the resident has", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first] = await givenMatched(portal, given);
  await decideLines(portal, given.clerk, { caseId: given.caseId, events: [first!], ...WITHHOLD });
  await release(portal, given);
  portal.time.advance({ days: 3 });
  await decideLines(portal, given.clerk, { caseId: given.caseId, events: [first!], ...DISCLOSE });
  await propose(portal, given);
  expect((await read(portal, given)).changes).toMatchObject([
    {
      since: "edition",
      edition: 1,
      count: 1,
      changes: [{ eventId: first, turns: [{ from: { outcome: "withhold" }, to: { outcome: "disclose" } }] }],
    },
  ]);
});

test("a stranger, a clerk and another agency's supervisor look at nothing, and no line of another case is looked at", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first] = await givenMatched(portal, given);
  await propose(portal, given);
  const { digest } = await read(portal, given);
  const asked = { caseId: given.caseId, digest, looks: [agree(first!)] };
  for (const person of [given.stranger, given.clerk, given.resident, given.otherSupervisor])
    await expect(lookAtLines(portal, person, asked)).rejects.toThrow(NotFound);
  const elsewhere = { ...asked, looks: [agree(given.caseId)] };
  await expect(lookAtLines(portal, given.supervisor, elsewhere)).rejects.toThrow(NotFound);
  expect(await portal.db.lineLook.count()).toBe(0);
});

test("a kept proposal, a look and a sample stay as they were, and no remark stands in the database in the clear", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const [first] = await givenMatched(portal, given);
  await propose(portal, given);
  const { digest } = await read(portal, given);
  const secret = "Quetzalcoatl must not be named here";
  await lookAtLines(portal, given.supervisor, { caseId: given.caseId, digest, looks: [back(first!, secret)] });
  await approve(portal, given);
  await runRelease(portal, given);
  for (const table of ["proposal", "line_look", "approval_sample"]) {
    await expect(portal.pool.query(`DELETE FROM ${table}`), table).rejects.toThrow(/append-only/);
  }
  await expect(portal.pool.query("UPDATE line_look SET verdict = 'agree'")).rejects.toThrow(/append-only/);
  const { rows } = await portal.pool.query(
    "SELECT (SELECT string_agg(l::text, '') FROM line_look l) || (SELECT string_agg(body, '') FROM ledger.entry) AS all",
  );
  expect(rows[0].all).not.toContain("Quetzalcoatl");
  expect(rows[0].all).not.toContain(Buffer.from("Quetzalcoatl").toString("hex"));
});
