import { expect, test } from "vitest";
import { countUnattended } from "#app/complaints/count-unattended.server.ts";
import { openTestPortal } from "#test/support/database.ts";
import { ALDER, givenDispute, MARIN } from "./given-dispute.ts";

const OPERATOR = { kind: "operator", name: "tester" } as const;

test("an operator is told of open complaints at agencies where nobody works them", async () => {
  await using portal = await openTestPortal();
  const all = await givenDispute(portal);
  await all.file([MARIN, ALDER]);
  expect(await countUnattended(portal, OPERATOR)).toBe(0);
  const endedAt = portal.time.now();
  await portal.db.membership.updateMany({ where: { accountId: all.marinIntake.accountId }, data: { endedAt } });
  expect(await countUnattended(portal, OPERATOR)).toBe(1);
});
