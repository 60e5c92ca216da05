// A passkey in software shows who it is, and lies in every way that a passkey can.
import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  addPasskey,
  askNewPasskey,
  askPasskey,
  enterByPasskey,
  showPasskey,
} from "#app/people/factors/passkeys.server.ts";
import { showRecoveryCode } from "#app/people/factors/recovery-codes.server.ts";
import { removeFactor } from "#app/people/factors/remove-factor.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { type Device, type Lies, newDevice } from "../authenticator-device.ts";
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

const notTaken = "This was not taken";
const browser = null;

async function register(device: Device, lies?: Lies, email?: string) {
  const session = await enterByMail(portal, email);
  const { options, token } = await askNewPasskey(portal, session);
  const made = await addPasskey(portal, session, { token, browser, answer: device.make(options, lies) });
  return { ...made, open: await sessionOf(portal, made.session) };
}

async function enter(device: Device, lies?: Lies) {
  const { options, token } = await askPasskey(portal, null);
  return enterByPasskey(portal, { token, browser, answer: device.show(options, lies) });
}

it("is set up at the first entry, with ten codes on paper, and is then the whole sign-in", async () => {
  const device = newDevice();
  const { open, codes } = await register(device);
  expect(open).toMatchObject({ lacks: "nothing", proof: { by: "passkey", assurance: 2 } });
  expect(new Set(codes).size).toBe(10);
  const { session } = await enter(device);
  expect(await sessionOf(portal, session)).toMatchObject({ lacks: "nothing", actor: { name: "Casey Vance" } });
  expect(await lettersSent(portal)).toEqual(["factor-added"]);
});

it("is a second factor after the mailed link", async () => {
  const device = newDevice();
  await register(device);
  const half = await enterByMail(portal);
  expect(half.lacks).toBe("factor");
  const { options, token } = await askPasskey(portal, half);
  expect(options.allowCredentials).toMatchObject([{ id: device.credentialId }]);
  const shown = await showPasskey(portal, half, { token, browser, answer: device.show(options) });
  expect(await sessionOf(portal, shown.session)).toMatchObject({ lacks: "nothing", proof: { by: "passkey" } });
});

it("a passkey that never counts is taken again and again", async () => {
  const device = newDevice(undefined, { counts: false });
  await register(device);
  await enter(device);
  await enter(device);
});

const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const LIES: [string, Lies][] = [
  ["made for another site", { origin: "https://wholooked.example.net" }],
  ["for a site whose name begins alike", { origin: "http://localhost:3000.example.net" }],
  ["with another relying party", { rpId: "example.net" }],
  ["without anybody's finger or PIN", { flags: 0x01 }],
  ["with nobody there", { flags: 0x04 }],
  ["over another question", { challenge: Buffer.alloc(32).toString("base64url") }],
  ["for another purpose", { type: "webauthn.payment" }],
];

describe.each(LIES)("an answer %s", (_name, lies) => {
  it("makes no passkey and opens nothing", async () => {
    await expect(register(newDevice(), lies)).rejects.toMatchObject({ code: "factors.passkeyNotMade" });
    expect(await portal.db.passkey.count()).toBe(0);
    const device = newDevice();
    await register(device);
    const sessions = await portal.db.session.count();
    await expect(enter(device, lies)).rejects.toThrow(notTaken);
    expect(await portal.db.session.count()).toBe(sessions);
    await enter(device);
  });
});

describe("it opens nothing", () => {
  it("signed by another key", async () => {
    const device = newDevice();
    await register(device);
    await expect(enter(device, { key: stranger })).rejects.toThrow(notTaken);
  });

  it("when its counter falls back, as a copy's would, or stands still", async () => {
    const device = newDevice();
    await register(device);
    await enter(device);
    await enter(device, { counter: 40 });
    for (const counter of [40, 39, 3, 0]) await expect(enter(device, { counter })).rejects.toThrow(notTaken);
    expect((await portal.db.passkey.findFirstOrThrow()).counter).toBe(40n);
  });

  it("twice with one answer, one after the other or at the same moment", async () => {
    const device = newDevice(undefined, { counts: false });
    await register(device);
    const { options, token } = await askPasskey(portal, null);
    const input = { token, browser, answer: device.show(options) };
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => enterByPasskey(portal, input)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(enterByPasskey(portal, input)).rejects.toThrow(notTaken);
  });

  it("after ten minutes, in another browser, or where something else was asked", async () => {
    const device = newDevice();
    const { open } = await register(device);
    const late = await askPasskey(portal, null);
    const answer = device.show(late.options);
    await expect(enterByPasskey(portal, { token: null, browser, answer })).rejects.toThrow(notTaken);
    const other = await askPasskey(portal, null);
    await expect(enterByPasskey(portal, { token: other.token, browser, answer })).rejects.toThrow(notTaken);
    const mine = await askPasskey(portal, open);
    const asProof = device.show(mine.options);
    await expect(enterByPasskey(portal, { token: mine.token, browser, answer: asProof })).rejects.toThrow(notTaken);
    const forged = `${late.token.slice(0, -4)}0000`;
    await expect(enterByPasskey(portal, { token: forged, browser, answer })).rejects.toThrow(notTaken);
    portal.time.advance({ minutes: 10 });
    await expect(enterByPasskey(portal, { token: late.token, browser, answer })).rejects.toThrow(notTaken);
  });

  it("as what is no answer at all", async () => {
    const { token } = await askPasskey(portal, null);
    for (const answer of ["", "{", "null", "[]", '{"id":1}', "x".repeat(50_000)]) {
      await expect(enterByPasskey(portal, { token, browser, answer })).rejects.toThrow(notTaken);
    }
  });

  it("of a disabled account, or once removed", async () => {
    const device = newDevice();
    const { open } = await register(device);
    await portal.db.account.updateMany({ data: { disabledAt: portal.time.now() } });
    await expect(enter(device)).rejects.toThrow(notTaken);
    await portal.db.account.updateMany({ data: { disabledAt: null } });
    const second = newDevice();
    const { options, token } = await askNewPasskey(portal, open);
    const again = await addPasskey(portal, open, { token, browser, answer: second.make(options) });
    const session = await sessionOf(portal, again.session);
    const { id } = await portal.db.passkey.findFirstOrThrow({ where: { credentialId: device.credentialId } });
    await removeFactor(portal, session.actor!, id);
    await expect(enter(device)).rejects.toThrow(notTaken);
    await enter(second);
  });

  it("of somebody else, half-way in", async () => {
    const device = newDevice();
    await register(device);
    await givenPerson(portal, "advocate", { email: "other@example.org" });
    await givenPhone(portal, "other@example.org");
    const half = await enterByMail(portal, "other@example.org");
    const { options, token } = await askPasskey(portal, half);
    await expect(showPasskey(portal, half, { token, browser, answer: device.show(options) })).rejects.toThrow(notTaken);
  });
});

it("is not made by who is half-way in, and not under somebody else's name", async () => {
  await register(newDevice());
  const half = await enterByMail(portal);
  await expect(askNewPasskey(portal, half)).rejects.toThrow(NotFound);
  const device = newDevice();
  await givenPerson(portal, "advocate", { email: "other@example.org" });
  const other = await enterByMail(portal, "other@example.org");
  const { options, token } = await askNewPasskey(portal, other);
  await givenPerson(portal, "advocate", { email: "third@example.org" });
  const third = await enterByMail(portal, "third@example.org");
  const input = { token, browser, answer: device.make(options) };
  await expect(addPasskey(portal, third, input)).rejects.toMatchObject({ code: "factors.passkeyNotMade" });
  await addPasskey(portal, other, input);
  await expect(addPasskey(portal, other, input)).rejects.toMatchObject({ code: "factors.passkeyNotMade" });
});

it("rests after five failures for whoever tries, and the codes on paper still open", async () => {
  const device = newDevice();
  const { codes } = await register(device);
  for (let n = 0; n < 5; n++) await expect(enter(device, { key: stranger })).rejects.toThrow(notTaken);
  await expect(enter(device)).rejects.toThrow(notTaken);
  expect(await ledgerActs(portal, "factor.locked")).toMatchObject([{ detail: { factor: "passkey" } }]);
  const half = await enterByMail(portal);
  await showRecoveryCode(portal, half, { browser, code: codes?.[3] ?? "" });
  portal.time.advance({ minutes: 16 });
  await enter(device);
});

it("an agency's word makes no passkey", async () => {
  const half = await enterByMail(portal);
  await portal.db.session.updateMany({ data: { vouchedBy: crypto.randomUUID() } });
  const row = { ...half, proof: { ...half.proof, vouchedBy: crypto.randomUUID() } };
  await expect(askNewPasskey(portal, row)).rejects.toMatchObject({ code: "factors.passkeyVouched" });
});
