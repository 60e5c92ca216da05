import { createHash, createPublicKey } from "node:crypto";
import { expect, test } from "vitest";
import { fingerprintOf, readPublicKey } from "#app/feeds/push/feed-key.ts";
import { addFeedKey, listFeedKeyLines, revokeFeedKey } from "#app/feeds/push/feed-keys.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { openTestPortal } from "#test/support/database.ts";
import { freshProof } from "#test/support/proof.ts";
import { account, givenFeed, OPERATOR } from "../given-feed.ts";
import { newKeyPair, openDoor, push } from "./given-push.ts";

const agencySlug = "oakfield";

test("a fingerprint is what OpenSSL says of the key", () => {
  const { pem } = newKeyPair();
  const der = createPublicKey(pem).export({ format: "der", type: "spki" });
  expect(fingerprintOf({ publicKey: readPublicKey(pem) })).toBe(createHash("sha256").update(der).digest("hex"));
});

test("a supervisor sees the custodian's keys, their state, and when each was used last", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const supervisor = { ...account("supervisor", agencyId), proof: freshProof(portal) };
  const { pem, privateKey } = newKeyPair();
  const used = await addFeedKey(portal, supervisor, { agencySlug, publicKey: pem });
  const later = await addFeedKey(portal, supervisor, {
    agencySlug,
    publicKey: newKeyPair().pem,
    from: "2026-05-01",
    to: "2026-05-31",
  });
  const old = await addFeedKey(portal, supervisor, { agencySlug, publicKey: newKeyPair().pem });
  await revokeFeedKey(portal, supervisor, old.id);
  const door = await openDoor(portal);
  try {
    const pushed = await push(portal, door, { keyId: used.id, privateKey }, { body: "nonsense\n" });
    expect(pushed.status).toBeLessThan(500);
  } finally {
    await door.close();
  }
  const { keys } = await listFeedKeyLines(portal, supervisor, agencySlug);
  const line = (id: string) => keys.find((key) => key.id === id);
  expect(keys).toHaveLength(3);
  expect(line(used.id)).toMatchObject({ state: "valid", lastUsedAt: portal.time.now() });
  expect(line(later.id)).toMatchObject({ state: "not-yet", lastUsedAt: null });
  expect(line(old.id)).toMatchObject({ state: "revoked", lastUsedAt: null });
});

test("nobody but the custodian's own supervisor and an operator sees or changes keys", async () => {
  await using portal = await openTestPortal();
  const { clerk, agencyId, otherAgencyId } = await givenFeed(portal);
  const { id } = await addFeedKey(portal, OPERATOR, { agencySlug, publicKey: newKeyPair().pem });
  for (const actor of [clerk, account("intake", agencyId), account("supervisor", otherAgencyId)]) {
    await expect(listFeedKeyLines(portal, actor, agencySlug)).rejects.toThrow(NotFound);
    await expect(addFeedKey(portal, actor, { agencySlug, publicKey: newKeyPair().pem })).rejects.toThrow(NotFound);
    await expect(revokeFeedKey(portal, actor, id)).rejects.toThrow(NotFound);
  }
  expect((await listFeedKeyLines(portal, OPERATOR, agencySlug)).keys).toMatchObject([{ id, state: "valid" }]);
});
