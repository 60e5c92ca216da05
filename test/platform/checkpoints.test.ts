import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  checkpointDrop,
  checkpointList,
  checkpointNow,
  checkpointTo,
  ledgerKey,
  ledgerVerify,
} from "#app/cli/ledger.ts";
import { cron } from "#app/jobs.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { parseCheckpoints, type SignedCheckpoint } from "#app/platform/ledger/checkpoint.ts";
import { listCheckpointPlaces } from "#app/platform/ledger/checkpoint-places.server.ts";
import { ledgerJobs } from "#app/platform/ledger/jobs.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { signCheckpoint } from "#app/platform/ledger/sign-checkpoint.server.ts";
import { openMail } from "#app/platform/mail/send-mail.server.ts";
import { commandContext } from "#test/support/command.ts";
import { asOwner, openTestPortal, type TestPortal } from "#test/support/database.ts";
import { drain } from "#test/support/queue.ts";

let portal: TestPortal;
let server: Server;
let url: string;
let posted: string[];
let status: number;

beforeEach(async () => {
  portal = await openTestPortal();
  posted = [];
  status = 204;
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (bytes) => {
      body += bytes;
    });
    request.on("end", () => {
      if (status < 300) posted.push(body);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ledger`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await portal[Symbol.asyncDispose]();
});

async function append(): Promise<void> {
  const thing = { type: "case", id: "22222222-2222-4222-8222-222222222222" };
  const entry = { actor: { kind: "system", id: "test" }, act: "case.read", thing } as const;
  await inTransaction(portal, (tx) => appendLedger(portal, tx, entry));
}

const context = () => commandContext(portal);
const folder = () => join(portal.config.dataFolder, "outside");
const placed = (...words: string[]) => checkpointTo(words, context());
const handOut = () => drain(portal, ledgerJobs);

describe("a checkpoint", () => {
  it("is handed to a folder, a mailbox and a web address, and each verifies the ledger by itself", async () => {
    mkdirSync(folder());
    await placed("file", folder());
    await placed("mail", "holder@example.org");
    await placed("url", url);
    await append();
    const { ok, json } = await checkpointNow([], context());
    const { checkpoint } = json as { checkpoint: SignedCheckpoint };
    expect(ok).toBe(true);
    const names = readdirSync(folder());
    expect(names).toHaveLength(1);
    const inFolder = readFileSync(join(folder(), names[0] ?? ""), "utf8");
    const mail = await portal.db.outboxMail.findFirstOrThrow();
    const { to, params } = await openMail(portal, mail);
    expect(to.address).toBe("holder@example.org");
    const copies = [inFolder, posted[0] ?? "", params["checkpoint"] ?? ""];
    const key = ((await ledgerKey([], context())).json as { key: string }).key;
    for (const copy of copies) {
      expect(parseCheckpoints(copy)).toMatchObject([{ seq: checkpoint.seq, hash: checkpoint.hash }]);
      const path = join(portal.config.dataFolder, "copy.json");
      writeFileSync(path, copy);
      expect((await ledgerVerify(["--checkpoint", path, "--key", key], context())).ok).toBe(true);
    }
    await asOwner(portal, "ALTER TABLE ledger.entry DISABLE TRIGGER USER; DELETE FROM ledger.entry WHERE seq > 1");
    const cut = await ledgerVerify(["--checkpoint", folder(), "--key", key], context());
    expect(cut.json).toMatchObject({ ok: false, broken: { seq: 1, kind: "cut" } });
  });

  it("is signed every hour by itself, where something has changed, and once a day where nothing has", async () => {
    expect(cron["sign-checkpoint"]).toMatch(/^\d+ \* \* \* \*$/);
    expect(await signCheckpoint(portal)).toBeNull();
    await append();
    expect(await signCheckpoint(portal)).toMatchObject({ no: 1, seq: 1 });
    portal.time.advance({ hours: 1 });
    expect(await signCheckpoint(portal)).toBeNull();
    await append();
    expect(await signCheckpoint(portal)).toMatchObject({ no: 2, seq: 2 });
    portal.time.advance({ hours: 25 });
    expect(await signCheckpoint(portal)).toMatchObject({ no: 3, seq: 2 });
  });

  it("that a place does not take is kept for it, and its fault is shown until it does", async () => {
    mkdirSync(folder());
    await placed("url", url);
    await placed("file", folder());
    await append();
    status = 503;
    renameSync(folder(), `${folder()}-away`);
    const now = await checkpointNow([], context());
    expect(now).toMatchObject({ ok: false });
    expect((await listCheckpointPlaces(portal)).map(({ fault }) => fault).sort()).toEqual(["ENOENT", "HTTP_503"]);
    expect(now.lines.join("\n")).toContain("FAULT HTTP_503");
    await expect(handOut()).rejects.toThrow("could not be handed over");
    expect(existsSync(folder()), "a share that is not mounted is not written beside").toBe(false);
    await append();
    await signCheckpoint(portal);
    status = 204;
    renameSync(`${folder()}-away`, folder());
    await handOut();
    const places = await listCheckpointPlaces(portal);
    expect(places.map(({ fault, deliveredNo }) => [fault, deliveredNo])).toEqual([
      [null, 2],
      [null, 2],
    ]);
    expect(posted.map((text) => JSON.parse(text).no)).toEqual([1, 2]);
    expect(readdirSync(folder())).toHaveLength(2);
  });

  it("that somebody changed in the database is found by its signature", async () => {
    await append();
    await signCheckpoint(portal);
    await asOwner(
      portal,
      "ALTER TABLE ledger.checkpoint DISABLE TRIGGER USER; UPDATE ledger.checkpoint SET body = replace(body, '\"seq\":1', '\"seq\":2'), seq = 2",
    );
    expect((await ledgerVerify([], context())).json).toMatchObject({ ok: false, broken: { kind: "forged" } });
    await asOwner(portal, "UPDATE ledger.checkpoint SET body = '{}'");
    expect((await ledgerVerify([], context())).json).toMatchObject({ ok: false, broken: { kind: "forged" } });
  });
});

describe("a place", () => {
  it("is listed without its address, can be dropped, and both stand in the ledger", async () => {
    await placed("url", `${url}?secret=canary`);
    const { json, lines } = await checkpointList([], context());
    expect(JSON.stringify([json, lines])).not.toContain("canary");
    const [place] = await listCheckpointPlaces(portal);
    await checkpointDrop([place?.id ?? ""], context());
    expect(await listCheckpointPlaces(portal)).toEqual([]);
    const { rows } = await portal.pool.query("SELECT act FROM ledger.entry ORDER BY seq");
    expect(rows.map(({ act }) => act)).toEqual(["ledger.place-set", "ledger.place-dropped"]);
    await append();
    await signCheckpoint(portal);
    await handOut();
    expect(posted).toEqual([]);
  });

  it.each([
    [["file", "outside"], "named from the root"],
    [["file", "/nowhere/at/all"], "folder that is there already"],
    [["mail", "nobody"], "mail address"],
    [["url", "ftp://example.org/"], "web address"],
    [["fax", "1"], "a kind and a target"],
    [["mail"], "a kind and a target"],
  ])("cannot be %j", async (words, sentence) => {
    await expect(placed(...words)).rejects.toThrow(sentence);
    expect(await listCheckpointPlaces(portal)).toEqual([]);
  });
});
