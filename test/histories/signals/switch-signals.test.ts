import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decideField } from "#app/histories/decide.server.ts";
import { extractPages } from "#app/histories/gates/extraction.server.ts";
import { getDesk } from "#app/histories/get-desk.server.ts";
import { getReleaseForResident, getReleasePdf } from "#app/histories/queries.server.ts";
import { listSignalOffices, previewSignal, switchSignal } from "#app/histories/signals/change-signals.server.ts";
import type { Actor } from "#app/people/actor.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { eventIds, type GivenCase, givenCase, givenMatched, REDACT, ROWS, release } from "../given-case.ts";

let portal: TestPortal;
let given: GivenCase;
beforeEach(async () => {
  portal = await openTestPortal();
  given = await givenCase(portal);
});
afterEach(() => portal[Symbol.asyncDispose]());

const SIGNAL = "no-case-number";
const put = (isOn: boolean, actor: Actor = given.supervisor, version = 1) =>
  switchSignal(portal, actor, { agencyId: given.agencyId, signal: SIGNAL, version, isOn });
const standing = async () => {
  const [office] = await listSignalOffices(portal, given.supervisor);
  return office?.signals.filter(({ isOn }) => isOn).map(({ rule }) => rule.id);
};
const carrying = async () => {
  const desk = await getDesk(portal, given.clerk, { caseId: given.caseId, locale: "es", page: 1, show: "all" });
  return desk.lines.flatMap(({ eventId, signals }) => (signals.length > 0 ? [{ eventId, signals }] : []));
};

describe("a signal at an agency", () => {
  it("is off until a supervisor switches it on, and the ledger keeps who did", async () => {
    await givenMatched(portal, given);
    expect(await standing()).toEqual([]);
    expect(await carrying()).toEqual([]);
    await put(true);
    await put(true);
    expect(await standing()).toEqual([SIGNAL]);
    const last = (await eventIds(portal, given)).at(-1);
    expect(await carrying()).toMatchObject([{ eventId: last, signals: [{ id: SIGNAL, name: "Sin número de caso" }] }]);
    await put(false);
    expect(await carrying()).toEqual([]);
    const { rows } = await portal.pool.query(
      "SELECT act, body FROM ledger.entry WHERE act LIKE 'signal.switched%' ORDER BY seq",
    );
    expect(rows.map(({ act }) => act)).toEqual(["signal.switched-on", "signal.switched-off"]);
    expect(JSON.parse(rows[0].body)).toMatchObject({
      actor: { id: given.supervisor.accountId },
      detail: { version: 1 },
    });
  });

  it("counts beforehand what would carry it, and each resident can read that the file was opened for it", async () => {
    await givenMatched(portal, given);
    const preview = await previewSignal(portal, given.supervisor, { agencyId: given.agencyId, signal: SIGNAL });
    expect(preview).toMatchObject({ cases: 1, leftOut: 0, lines: 3, carrying: 1 });
    const entries = await listLedgerOfCase(portal, given.caseId);
    expect(entries.filter(({ act }) => act === "signals.counted").map(({ actor }) => actor.id)).toEqual([
      given.supervisor.accountId,
    ]);
    expect(await standing()).toEqual([]);
  });

  it("leaves out of the count a case that its reader is walled from, without opening it", async () => {
    await givenMatched(portal, given);
    const { accountId } = given.supervisor;
    await portal.db.wall.create({ data: { requestId: given.requestId, accountId, at: portal.time.now() } });
    const preview = await previewSignal(portal, given.supervisor, { agencyId: given.agencyId, signal: SIGNAL });
    expect(preview).toMatchObject({ cases: 0, leftOut: 0, lines: 0, carrying: 0 });
    expect((await listLedgerOfCase(portal, given.caseId)).filter(({ act }) => act === "signals.counted")).toEqual([]);
  });

  it("is switched by that agency's supervisor alone, as it was looked at, and only where there is such a rule", async () => {
    for (const actor of [given.clerk, given.otherSupervisor, given.resident, given.stranger]) {
      await expect(put(true, actor)).rejects.toThrow("not found");
      const preview = previewSignal(portal, actor, { agencyId: given.agencyId, signal: SIGNAL });
      await expect(preview).rejects.toThrow("not found");
    }
    await expect(put(true, given.supervisor, 0)).rejects.toMatchObject({ code: "signals.refusedChanged" });
    const unknown = { agencyId: given.agencyId, signal: "guilty", version: 1, isOn: true };
    await expect(switchSignal(portal, given.supervisor, unknown)).rejects.toMatchObject({
      code: "signals.refusedUnknown",
    });
    expect(await standing()).toEqual([]);
  });
});

describe("an answer", () => {
  async function textOf(releaseId: string): Promise<string> {
    const { bytes } = await getReleasePdf(portal, given.resident, releaseId);
    return (await extractPages(bytes)).flatMap((page) => [...page.tagged.values()]).join("");
  }

  it("says which look-ups one may ask about: in the model, and in a section of the document", async () => {
    await givenMatched(portal, given);
    await put(true);
    const releaseId = await release(portal, given);
    const { history } = await getReleaseForResident(portal, given.resident, releaseId);
    expect(history.lines.map(({ signals }) => signals)).toEqual([[SIGNAL], undefined, undefined]);
    expect(history.signals).toMatchObject([{ id: SIGNAL, version: 1, name: "No case number" }]);
    const text = (await textOf(releaseId)).replaceAll(/\s+/g, "");
    expect(text).toContain("Whatyoumaywanttoaskabout");
    expect(text).toContain("Look-up1.");
  });

  it("says nothing of them where none is on, and nothing where what they rest on is withheld", async () => {
    await givenMatched(portal, given);
    await put(true);
    const last = (await eventIds(portal, given)).at(-1) ?? "";
    await decideField(portal, given.clerk, { caseId: given.caseId, eventId: last, field: "caseNumber", ...REDACT });
    const releaseId = await release(portal, given);
    const { history } = await getReleaseForResident(portal, given.resident, releaseId);
    expect(history.signals).toBeUndefined();
    expect(JSON.stringify(history)).not.toContain(SIGNAL);
    expect(await textOf(releaseId)).not.toMatch(/may\s+want\s+to\s+ask/);
    // The agency's own people still see it.
    expect((await carrying()).map(({ eventId }) => eventId)).toEqual([last]);
  });

  it("that went out stays as it is when a signal is switched on afterwards", async () => {
    expect(ROWS.at(2)?.caseNumber).toBeUndefined();
    await givenMatched(portal, given);
    const releaseId = await release(portal, given);
    const before = await getReleaseForResident(portal, given.resident, releaseId);
    await put(true);
    expect((await getReleaseForResident(portal, given.resident, releaseId)).history).toEqual(before.history);
  });
});
