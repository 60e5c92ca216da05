import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import {
  approve,
  awaitRelease,
  enterStaff,
  fileRequest,
  numberOf,
  proposeAnswer,
  type Staff,
  searchCase,
} from "#test/support/road-by-http.ts";
import { connectTo } from "#test/support/secrets.ts";
import { AUDIT_HEADER, auditRow, upload } from "#test/support/upload.ts";
import { signIn, type Visitor } from "#test/support/visitor.ts";

const ROWS = 40_000;

let portal: PortalProcess;
let client: pg.Client;
let staff: Staff;
beforeAll(async () => {
  portal = await startPortalProcess();
  client = await connectTo(portal.dataFolder);
  staff = await enterStaff(portal);
});
afterAll(async () => {
  await client.end();
  await portal[Symbol.asyncDispose]();
});

/** No warning, no last word: as when the power goes. */
async function killAndRestart(): Promise<void> {
  const ended = new Promise((resolve) => portal.process.once("exit", resolve));
  portal.process.kill("SIGKILL");
  await ended;
  portal = await startPortalProcess({ dataFolder: portal.dataFolder });
}

async function count(sql: string): Promise<number> {
  return Number((await client.query<{ count: string }>(sql)).rows[0]?.count);
}

const startOfPostgres = async () => (await client.query("SELECT pg_postmaster_start_time()")).rows[0];

describe("a server that is killed", () => {
  it("while a log comes in loses no row and stores none twice, once the log comes again", async () => {
    const before = await count("SELECT count(*) FROM events.access_event");
    const first = await startOfPostgres();
    const log = Buffer.from(
      [AUDIT_HEADER, ...Array.from({ length: ROWS }, (_, row) => auditRow(`kill-${row}`, "7KLL001")), ""].join("\n"),
    );
    const cut = expect(upload(staff.clerk, log)).rejects.toThrow();
    const kept = () => count("SELECT coalesce(sum(staged + stored), 0) AS count FROM batch WHERE finished_at IS NULL");
    while ((await kept()) === 0) await sleep(5);
    await killAndRestart();
    await cut;
    const held = await kept();
    expect(held).toBeGreaterThan(0);
    expect(await startOfPostgres(), "PostgreSQL outlived the server and was found again").toEqual(first);

    const clerk = staff.clerk.at(portal);
    expect((await clerk.get("/desk/feeds")).text, "the list of deliveries says that one did not end").toContain(
      "Cut short",
    );
    const again = await upload(clerk, log);
    expect(again.status, again.text).toBe(302);
    expect(await count("SELECT count(*) FROM events.access_event")).toBe(before + ROWS);
    // It went on where it was cut: one delivery, of which no row came twice.
    const { rows } = await client.query(
      "SELECT rows, stored, duplicates, staged FROM batch ORDER BY received_at DESC LIMIT 1",
    );
    expect(rows[0]).toEqual({ rows: `${ROWS}`, stored: `${ROWS}`, duplicates: "0", staged: "0" });
  });

  it("while an answer is made makes it once, and mails once", async () => {
    // The demonstration has an answer of its own, and a reminder that waits for its day.
    const made = {
      releases: await count("SELECT count(*) FROM release"),
      news: await count("SELECT count(*) FROM outbox_mail WHERE template = 'something-ready'"),
      entries: await count("SELECT count(*) FROM ledger.entry WHERE act = 'history.released'"),
    };
    const resident = await signIn(portal, "vera.quintero@resident.example");
    const requestId = await fileRequest(resident);
    const clerk = staff.clerk.at(portal);
    const opened = await searchCase(clerk, await numberOf(resident, requestId));
    await proposeAnswer(clerk, opened);
    await approve(staff.supervisor.at(portal), opened.caseId);
    // Once in the middle of the job, once where the first start found it.
    await sleep(150);
    await killAndRestart();
    await sleep(150);
    await killAndRestart();

    const back = resident.at(portal);
    const releaseId = await awaitRelease(back, requestId);
    const pdf = await back.get(`/history/${releaseId}.pdf`);
    expect(pdf.status).toBe(200);
    expect(pdf.text).toMatch(/^%PDF/);
    await untilMailIsOut(back);
    expect(await count("SELECT count(*) FROM release")).toBe(made.releases + 1);
    expect(await count("SELECT count(*) FROM outbox_mail WHERE template = 'something-ready'")).toBe(made.news + 1);
    expect(await count("SELECT count(*) FROM ledger.entry WHERE act = 'history.released'")).toBe(made.entries + 1);
    const letters = readdirSync(join(portal.dataFolder, "mail")).map((name) =>
      readFileSync(join(portal.dataFolder, "mail", name), "utf8"),
    );
    const own = letters.filter((letter) => letter.includes("vera.quintero@resident.example"));
    expect(own.filter((letter) => /^Subject: There is news for you/m.test(letter))).toHaveLength(1);
    // What comes round by itself was cut off too, and is freed when its worker is missed.
    const waiting = () => count("SELECT count(*) FROM graphile_worker.jobs WHERE run_at <= now()");
    await expect.poll(waiting, { timeout: 30_000 }).toBe(0);
  });
});

async function untilMailIsOut(visitor: Visitor): Promise<void> {
  const began = performance.now();
  const waiting = () =>
    count(
      "SELECT count(*) FROM outbox_mail m WHERE NOT EXISTS (SELECT 1 FROM mail_event e WHERE e.mail_id = m.id AND e.kind = 'sent')",
    );
  while ((await waiting()) > 0) {
    if (performance.now() - began > 60_000) throw new Error(`letters wait: ${visitor.portal.log()}`);
    await sleep(100);
  }
}
