import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { getReleaseForResident } from "#app/histories/queries.server.ts";
import type { AccountActor, Actor } from "#app/people/actor.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { AuditFilter } from "#app/statistics/audit.ts";
import { exportLedger, listAuditScopes, readLedger } from "#app/statistics/audit-ledger.server.ts";
import { listOutsideEntries, listOutsideQueue } from "#app/statistics/outside-queue.server.ts";
import { type GivenCase, givenCase, givenMatched, release } from "#test/histories/given-case.ts";
import { givenPerson, ledgerOf } from "#test/people/given-people.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const NOT_FOUND = expect.objectContaining({ name: "NotFound" });
const ALL: AuditFilter & { page: number } = { person: null, act: null, from: null, to: null, page: 1 };

let portal: TestPortal;
let given: GivenCase;
let auditor: AccountActor;
beforeEach(async () => {
  portal = await openTestPortal();
  given = await givenCase(portal);
  await givenMatched(portal, given);
  auditor = await givenPerson(portal, "auditor", ["auditor", given.agencyId]);
});
afterEach(() => portal[Symbol.asyncDispose]());

const scopeOf = async (actor: Actor) => (await listAuditScopes(portal, actor))[0]!;

describe("an auditor", () => {
  it("reads who did and read what at the agency, by name, role and case, and never whose request it is", async () => {
    await getReleaseForResident(portal, given.resident, await release(portal, given));
    const { entries } = await readLedger(portal, auditor, await scopeOf(auditor), ALL);
    expect(entries.map(({ act }) => act)).toEqual(expect.arrayContaining(["matches.found", "match.decided"]));
    const found = entries.find(({ act }) => act === "matches.found");
    const { number } = await portal.db.case.findUniqueOrThrow({ where: { id: given.caseId } });
    expect(found).toMatchObject({ name: "clerk", role: "clerk", caseNumber: number, agency: "Alder Creek Police" });
    const residents = entries.filter(({ role }) => role === "resident");
    expect(residents.length).toBeGreaterThan(0);
    expect(residents.every(({ name }) => name === null)).toBe(true);
    expect(JSON.stringify(entries)).not.toContain(given.resident.accountId);
  });

  it("stands there too, by reading and by downloading", async () => {
    const scope = await scopeOf(auditor);
    await readLedger(portal, auditor, scope, { ...ALL, act: "case.read", page: 1 });
    await exportLedger(portal, auditor, scope, ALL);
    const [reading, exporting] = (await ledgerOf(portal)).slice(-2);
    expect(reading).toMatchObject({
      act: "ledger.read",
      actor: { id: auditor.accountId, role: "auditor" },
      agency: given.agencyId,
      detail: { act: "case.read", page: 1 },
    });
    expect(exporting).toMatchObject({ act: "ledger.exported", agency: given.agencyId });
    const { entries } = await readLedger(portal, auditor, scope, ALL);
    expect(entries.slice(0, 2).map(({ act }) => act)).toEqual(["ledger.exported", "ledger.read"]);
  });

  it("asks by person, act and days", async () => {
    const scope = await scopeOf(auditor);
    const by = async (asked: Partial<AuditFilter>) =>
      (await readLedger(portal, auditor, scope, { ...ALL, ...asked })).entries;
    const clerks = await by({ person: given.clerk.accountId });
    expect(new Set(clerks.map(({ name }) => name))).toEqual(new Set(["clerk"]));
    expect(new Set((await by({ act: "match.decided" })).map(({ act }) => act))).toEqual(new Set(["match.decided"]));
    const today = "2026-03-02";
    expect((await by({ from: today, to: today })).length).toBeGreaterThan(0);
    expect(await by({ from: "2026-03-03" })).toEqual([]);
    expect(await by({ to: "2026-03-01" })).toEqual([]);
  });

  it("reads nothing of another agency, nor what belongs to none", async () => {
    const { agencyId: otherId } = await portal.db.case.findUniqueOrThrow({ where: { id: given.otherCaseId } });
    const scopes = await listAuditScopes(portal, auditor);
    expect(scopes.map(({ agency }) => agency?.id)).toEqual([given.agencyId]);
    const foreign = { agency: { id: otherId, slug: "marin", name: "M", zone: "UTC" } };
    for (const scope of [foreign, { agency: null }]) {
      await expect(readLedger(portal, auditor, scope, ALL)).rejects.toEqual(NOT_FOUND);
      await expect(exportLedger(portal, auditor, scope, ALL)).rejects.toEqual(NOT_FOUND);
    }
    const { entries } = await readLedger(portal, auditor, await scopeOf(auditor), ALL);
    expect(new Set(entries.map(({ agency }) => agency))).toEqual(new Set(["Alder Creek Police"]));
  });

  it("of the whole portal reads all of it", async () => {
    const whole = await givenPerson(portal, "whole", ["auditor", null]);
    const [all] = await listAuditScopes(portal, whole);
    expect(all).toEqual({ agency: null });
    const { count } = await readLedger(portal, whole, all!, ALL);
    expect(count).toBe((await ledgerOf(portal)).length - 1);
    expect((await listAuditScopes(portal, whole)).length).toBe(3);
  });

  it("sees nothing of a request from which he is walled off, not even in a number", async () => {
    const scope = await scopeOf(auditor);
    const before = await readLedger(portal, auditor, scope, ALL);
    await portal.db.wall.create({
      data: { requestId: given.requestId, accountId: auditor.accountId, at: portal.time.now() },
    });
    const { entries, count, people } = await readLedger(portal, auditor, scope, ALL);
    expect(entries.filter(({ caseNumber }) => caseNumber !== null)).toEqual([]);
    expect(count).toBeLessThan(before.count);
    expect(people.map(({ id }) => id)).not.toContain(given.clerk.accountId);
    expect(await exportLedger(portal, auditor, scope, ALL)).not.toContain("matches.found");
  });

  it("gets a file whose formulas are inert", async () => {
    await inTransaction(portal, (tx) =>
      appendLedger(portal, tx, {
        actor: { kind: "account", id: given.clerk.accountId, role: "clerk" },
        act: "case.read",
        thing: { type: "case", id: given.caseId },
        agencyId: given.agencyId,
        why: '=HYPERLINK("http://evil.example","x")',
      }),
    );
    const file = await exportLedger(portal, auditor, await scopeOf(auditor), ALL);
    expect(file).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`);
    expect(file.split("\r\n")[0]).toBe('"number","at","who","role","act","agency","case","why"');
  });

  it("is nobody else", async () => {
    const others: Actor[] = [
      given.clerk,
      given.supervisor,
      given.resident,
      await givenPerson(portal, "admin", ["admin", given.agencyId]),
      await givenPerson(portal, "web", ["operator", null]),
      { kind: "operator", name: "root" },
    ];
    const scope = await scopeOf(auditor);
    for (const actor of others) {
      await expect(listAuditScopes(portal, actor)).rejects.toEqual(NOT_FOUND);
      await expect(readLedger(portal, actor, scope, ALL)).rejects.toEqual(NOT_FOUND);
      await expect(exportLedger(portal, actor, scope, ALL)).rejects.toEqual(NOT_FOUND);
    }
  });
});

describe("a supervisor", () => {
  /** The clerk reads the files of so many invented cases. */
  async function snoop(files: number, clerk: AccountActor = given.clerk): Promise<void> {
    for (let n = 0; n < files; n++) {
      await inTransaction(portal, (tx) =>
        appendLedger(portal, tx, {
          actor: { kind: "account", id: clerk.accountId, role: "clerk" },
          act: "case.read",
          thing: { type: "case", id: given.caseId },
          caseId: newId(),
          agencyId: given.agencyId,
        }),
      );
    }
  }

  it("sees who opened many files beyond those worked on, with the entries behind it", async () => {
    await snoop(9);
    expect((await listOutsideQueue(portal, given.supervisor))[0]?.days).toEqual([]);
    await snoop(1);
    const [queue] = await listOutsideQueue(portal, given.supervisor);
    expect(queue?.days).toEqual([
      { accountId: given.clerk.accountId, day: "2026-03-02", files: 10, usual: 0, name: "clerk" },
    ]);
    const asked = { agencySlug: "alder", accountId: given.clerk.accountId, day: "2026-03-02" };
    const { entries, name } = await listOutsideEntries(portal, given.supervisor, asked);
    expect(name).toBe("clerk");
    expect(entries).toHaveLength(10);
    expect((await ledgerOf(portal)).at(-1)).toMatchObject({
      act: "outside-queue.read",
      detail: { person: given.clerk.accountId, day: "2026-03-02" },
    });
  });

  it("does not see the clerk who works on what he reads", async () => {
    for (let n = 0; n < 12; n++)
      await getDesk(portal, given.clerk, { caseId: given.caseId, locale: "en", page: 1, show: "all" });
    expect((await listOutsideQueue(portal, given.supervisor))[0]?.days).toEqual([]);
  });

  it("is nobody else, and sees no other agency", async () => {
    await snoop(12);
    for (const actor of [given.clerk, given.resident, auditor, { kind: "operator", name: "root" } as const]) {
      await expect(listOutsideQueue(portal, actor)).rejects.toEqual(NOT_FOUND);
    }
    const queues = await listOutsideQueue(portal, given.otherSupervisor);
    expect(queues.map(({ agency, days }) => [agency.slug, days])).toEqual([["marin", []]]);
    const asked = { agencySlug: "alder", accountId: given.clerk.accountId, day: "2026-03-02" };
    await expect(listOutsideEntries(portal, given.otherSupervisor, asked)).rejects.toEqual(NOT_FOUND);
  });
});
