// The use cases that ask for a fresh proof do so themselves: no route, form or direct call comes around it.
import { expect, test } from "vitest";
import { addFeedKey, revokeFeedKey } from "#app/feeds/push/feed-keys.server.ts";
import { approveHistory } from "#app/histories/approve-history.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import type { Proof } from "#app/people/session.ts";
import { ProofNeeded } from "#app/people/step-up.ts";
import { NotFound } from "#app/platform/failure.ts";
import { givenCase, givenMatched, lookAtAll, propose } from "#test/histories/given-case.ts";
import { openTestPortal } from "#test/support/database.ts";
import { freshProof } from "#test/support/proof.ts";
import { account, givenFeed, OPERATOR } from "../feeds/given-feed.ts";
import { newKeyPair } from "../feeds/push/given-push.ts";

const notEnough = (now: Date): [string, Proof | undefined][] => [
  ["none", undefined],
  ["a printed link", { by: "demo", at: null, assurance: 2, vouchedBy: null }],
  ["an old one", { by: "totp", at: new Date(now.getTime() - 5 * 60_000), assurance: 2, vouchedBy: null }],
];

test("an answer is released by nobody whose proof is missing or old; a stranger does not learn that it asks", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  await givenMatched(portal, given);
  await propose(portal, given);
  const { digest } = await getProposal(portal, given.supervisor, { caseId: given.caseId, locale: "en" });
  const approving = { caseId: given.caseId, digest };
  await lookAtAll(portal, given, given.supervisor);
  for (const [name, proof] of notEnough(portal.time.now())) {
    const { proof: _, ...bare } = given.supervisor;
    const supervisor = proof ? { ...bare, proof } : bare;
    await expect(approveHistory(portal, supervisor, approving), name).rejects.toThrow(ProofNeeded);
    const stranger = { ...supervisor, accountId: given.otherSupervisor.accountId };
    const elsewhere = { ...stranger, memberships: given.otherSupervisor.memberships };
    await expect(approveHistory(portal, elsewhere, approving), name).rejects.toThrow(NotFound);
  }
  expect(await portal.db.historyStep.count({ where: { kind: "approved" } })).toBe(0);
  await approveHistory(portal, given.supervisor, approving);
});

test("nobody adds or revokes a custodian's key without one; the shell is not asked", async () => {
  await using portal = await openTestPortal();
  const { agencyId } = await givenFeed(portal);
  const supervisor = account("supervisor", agencyId);
  const key = () => ({ agencySlug: "oakfield", publicKey: newKeyPair().pem });
  const { id } = await addFeedKey(portal, OPERATOR, key());
  for (const [name, proof] of notEnough(portal.time.now())) {
    const actor = proof ? { ...supervisor, proof } : supervisor;
    await expect(addFeedKey(portal, actor, key()), name).rejects.toThrow(ProofNeeded);
    await expect(revokeFeedKey(portal, actor, id), name).rejects.toThrow(ProofNeeded);
  }
  expect(await portal.db.feedKey.findMany()).toMatchObject([{ id, revokedAt: null }]);
  await revokeFeedKey(portal, { ...supervisor, proof: freshProof(portal) }, id);
});
