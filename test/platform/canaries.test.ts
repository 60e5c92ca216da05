import { expect, test, vi } from "vitest";
import { jobs } from "#app/jobs.ts";
import { askSignIn } from "#app/people/ask-sign-in.server.ts";
import { enterByCode, enterByLink } from "#app/people/enter.server.ts";
import { findActor } from "#app/people/sessions.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { startWorker } from "#app/platform/queue/worker.server.ts";
import { alprFile, alprRow, deliver, givenFeed } from "#test/feeds/given-feed.ts";
import { openTestPortal } from "#test/support/database.ts";
import { findLeaks, findPlanted, givenLog } from "./given-scan.ts";

const ADDRESS = "canary.nameson@planted.example";
const PLANTED = ["canary.nameson", "7CNR123", "Canary Userovich", "canary reason", "9CNR888", "25-CANARY", "8CNR777"];

/** A log with rows that can and cannot be read, one that is refused, one that breaks off. */
async function takeInLogs(portal: Portal): Promise<void> {
  await givenFeed(portal);
  const rows = [
    alprRow({ id: "1", plate: "7CNR123", user: "Canary Userovich", reason: "canary reason", caseNumber: "25-CANARY" }),
    alprRow({ id: "2", plate: "***", reason: "canary reason, plate 9CNR888" }),
    alprRow({ id: "3", plate: "8CNR777", time: "never" }),
  ];
  await deliver(portal, alprFile(...rows));
  await expect(deliver(portal, "7CNR123,Canary Userovich\n")).rejects.toThrow();
  async function* breaking() {
    yield Buffer.from(alprFile(...rows));
    throw new Error("canary reason: the line went dead");
  }
  await expect(deliver(portal, "", { stream: breaking() })).rejects.toThrow("went dead");
}

/** Two ways in, one of them wrong at first. */
async function signIn(portal: Portal): Promise<void> {
  const { asker } = await askSignIn(portal, { email: ADDRESS, locale: "en" });
  const mail = await portal.db.outboxMail.findFirstOrThrow();
  const { params } = await openMail(portal, mail);
  await expect(enterByCode(portal, { asker, code: ADDRESS })).rejects.toThrow();
  await expect(enterByLink(portal, ADDRESS)).rejects.toThrow();
  const { session } = await enterByCode(portal, { asker, code: params["code"] ?? "" });
  expect(await findActor(portal, session)).not.toBeNull();
  expect(await findActor(portal, ADDRESS)).toBeNull();
}

test("log, quarantine, sign-in, failing mail and failing jobs leave no planted word in any table, file name or log line", async () => {
  // Nothing listens there: every letter fails.
  await using portal = await openTestPortal({ env: { SMTP_URL: "smtp://127.0.0.1:9" } });
  const { log, written } = givenLog();
  const loud: Portal = { ...portal, log };
  await takeInLogs(loud);
  await signIn(loud);
  await inTransaction(loud, (tx) => enqueue(tx, "make-release", { caseId: "no such case" }));
  const worker = await startWorker(loud, jobs);
  const failed = async () => {
    const { rows } = await portal.pool.query(
      "SELECT 1 FROM graphile_worker._private_jobs WHERE last_error IS NOT NULL",
    );
    expect(rows).toHaveLength(2);
  };
  await vi.waitFor(failed, { timeout: 10_000, interval: 50 });
  await worker.stop();
  expect(await portal.db.mailEvent.findMany({ where: { kind: "failed" } })).toMatchObject([{ detail: "ESOCKET" }]);
  expect(await findLeaks(portal, PLANTED)).toEqual([]);
  expect(written()).toContain("a job failed");
  expect(findPlanted(written(), PLANTED)).toEqual([]);
  // The scan finds what is there.
  await portal.db.setting.create({
    data: { name: "planted", value: Buffer.from(PLANTED[1] ?? "").toString("base64") },
  });
  expect(await findLeaks(portal, PLANTED)).toEqual([`public.setting: ${PLANTED[1]}`]);
});
