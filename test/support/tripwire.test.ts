// The wire itself: what it must catch, it catches. Where something passes unwanted, silence.ts fails that test.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { openTestPortal } from "#test/support/database.ts";
import { takeTripped, watchSubjects } from "#test/support/tripwire.ts";

it.each(["Canary Nameson", "9zqx417", "somebody@example.org"])(
  "catches %s in a log line, however quiet",
  async (word) => {
    await using portal = await openTestPortal();
    portal.log.debug({ about: { deep: [word] } }, "something happened");
    expect(takeTripped()).toHaveLength(1);
    portal.log.error({ code: "23505" }, "something happened");
    expect(takeTripped()).toEqual([]);
  },
);

it("catches it in a job's payload, key and error", async () => {
  await using portal = await openTestPortal();
  const put = (payload: Record<string, string>, key?: string) =>
    inTransaction(portal, (tx) => enqueue(tx, "test-job", payload, key === undefined ? {} : { key }));
  await expect(put({ name: "Canary Nameson" })).rejects.toThrow("tripwire");
  await expect(put({ id: "1" }, "mail:somebody@example.org")).rejects.toThrow("tripwire");
  await put({ id: "1" });
  await expect(
    portal.pool.query("UPDATE graphile_worker._private_jobs SET last_error = 'no such plate: 9ZQX417'"),
  ).rejects.toThrow("tripwire");
});

it("catches it in the subject of a letter, also on its second line, and not in the text", async () => {
  await using portal = await openTestPortal();
  const folder = join(portal.config.dataFolder, "mail");
  mkdirSync(folder);
  const put = (subject: string) =>
    writeFileSync(join(folder, "1.eml"), `To: x\nSubject: ${subject}\nDate: y\n\nCanary\n`);
  put("Your records, Rosa\n Canary");
  watchSubjects(portal.config.dataFolder);
  expect(takeTripped()).toEqual(['"Canary" passed a letter\'s subject']);
  put("Something is ready");
  watchSubjects(portal.config.dataFolder);
  expect(takeTripped()).toEqual([]);
});
