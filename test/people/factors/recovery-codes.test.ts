import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newRecoveryCodes, recoveryCodeHash } from "#app/people/factors/recovery-code.ts";
import { renewRecoveryCodes, showRecoveryCode } from "#app/people/factors/recovery-codes.server.ts";
import { ProofNeeded } from "#app/people/step-up.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import {
  enterByMail,
  givenAgency,
  givenPerson,
  givenPhone,
  ledgerActs,
  lettersSent,
  sessionOf,
} from "../given-person.ts";

let portal: TestPortal;
beforeEach(async () => {
  portal = await openTestPortal();
  await givenPerson(portal, "clerk", { agencyId: await givenAgency(portal) });
});
afterEach(() => portal[Symbol.asyncDispose]());

const browser = null;
const notTaken = "This was not taken";

describe("a code on paper", () => {
  it("opens once, however it is typed, and its owner is told", async () => {
    const { codes } = await givenPhone(portal);
    const [code = ""] = codes;
    const typed = ` ${code.toUpperCase().replaceAll("-", " ").replaceAll("0", "O")} `;
    const { session } = await showRecoveryCode(portal, await enterByMail(portal), { browser, code: typed });
    expect(await sessionOf(portal, session)).toMatchObject({ lacks: "nothing", proof: { by: "recovery" } });
    await expect(showRecoveryCode(portal, await enterByMail(portal), { browser, code })).rejects.toThrow(notTaken);
    expect(await lettersSent(portal)).toEqual(["factor-added", "recovery-code-used"]);
  });

  it("opens once, though four browsers send it at the same moment", async () => {
    const { codes } = await givenPhone(portal);
    const sessions = [];
    for (let n = 0; n < 4; n++) sessions.push(await enterByMail(portal));
    const code = codes[0] ?? "";
    const tries = await Promise.allSettled(sessions.map((half) => showRecoveryCode(portal, half, { browser, code })));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("of another account opens nothing", async () => {
    const { codes } = await givenPhone(portal);
    await givenPerson(portal, "advocate", { email: "other@example.org" });
    await givenPhone(portal, "other@example.org");
    const half = await enterByMail(portal, "other@example.org");
    await expect(showRecoveryCode(portal, half, { browser, code: codes[0] ?? "" })).rejects.toThrow(notTaken);
  });

  it("rests after five wrong ones, for fifteen minutes", async () => {
    const { codes } = await givenPhone(portal);
    const half = await enterByMail(portal);
    for (const code of newRecoveryCodes().slice(0, 5)) {
      await expect(showRecoveryCode(portal, half, { browser, code })).rejects.toThrow(notTaken);
    }
    await expect(showRecoveryCode(portal, half, { browser, code: codes[0] ?? "" })).rejects.toThrow(notTaken);
    portal.time.advance({ minutes: 16 });
    await showRecoveryCode(portal, half, { browser, code: codes[0] ?? "" });
  });

  it("stands nowhere: only its hash does", async () => {
    const { codes, session } = await givenPhone(portal);
    const rows = await portal.db.recoveryCode.findMany();
    expect(rows).toHaveLength(10);
    expect(rows.map(({ codeHash }) => codeHash)).toContain(recoveryCodeHash(session.accountId, codes[0] ?? ""));
    for (const code of codes) expect(JSON.stringify(rows)).not.toContain(code.replaceAll("-", ""));
  });
});

describe("new ones", () => {
  it("kill the old, are ten, and are told of", async () => {
    const { codes, session } = await givenPhone(portal);
    const fresh = await renewRecoveryCodes(portal, session.actor!);
    expect(new Set([...codes, ...fresh]).size).toBe(20);
    const half = await enterByMail(portal);
    for (const code of codes.slice(0, 3)) {
      await expect(showRecoveryCode(portal, half, { browser, code })).rejects.toThrow(notTaken);
    }
    await showRecoveryCode(portal, half, { browser, code: fresh[9] ?? "" });
    expect(await ledgerActs(portal, "recovery-codes.made")).toHaveLength(1);
    expect(await lettersSent(portal)).toContain("recovery-codes-made");
  });

  it("leave ten alive, though they are asked for twice at once", async () => {
    const { session } = await givenPhone(portal);
    await Promise.all([renewRecoveryCodes(portal, session.actor!), renewRecoveryCodes(portal, session.actor!)]);
    expect(await portal.db.recoveryCode.count({ where: { revokedAt: null } })).toBe(10);
  });

  it("are made for nobody whose last proof is older than five minutes", async () => {
    const { secret } = await givenPhone(portal);
    portal.time.advance({ minutes: 5 });
    const { actor } = await sessionOf(portal, secret);
    await expect(renewRecoveryCodes(portal, actor!)).rejects.toThrow(ProofNeeded);
  });
});
