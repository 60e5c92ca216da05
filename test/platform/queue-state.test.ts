import { expect, test } from "vitest";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { getQueueState } from "#app/platform/queue/queue-state.server.ts";
import { openTestPortal } from "#test/support/database.ts";

test("the queue says how many jobs wait and how many have failed", async () => {
  await using portal = await openTestPortal();
  expect(await getQueueState(portal)).toEqual({ waiting: 0, failing: 0 });
  await inTransaction(portal, async (tx) => {
    await enqueue(tx, "send-mail", { mailId: "1" });
    await enqueue(tx, "send-mail", { mailId: "2" });
  });
  expect(await getQueueState(portal)).toEqual({ waiting: 2, failing: 0 });
  await portal.pool.query(
    "UPDATE graphile_worker._private_jobs SET attempts = 1, last_error = 'x' WHERE payload->>'mailId' = '1'",
  );
  expect(await getQueueState(portal)).toEqual({ waiting: 1, failing: 1 });
});
