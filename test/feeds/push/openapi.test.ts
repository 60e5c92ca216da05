// The worked example is run as it stands in the description, by the shell, openssl and curl of this machine.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { feedKeyAdd, feedKeyList, feedKeyRevoke } from "#app/cli/feed-key.ts";
import { PROFILES } from "#app/feeds/profiles.ts";
import { describeApi } from "#app/feeds/push/openapi.ts";
import { listProblems } from "#app/feeds/push/push-problem.ts";
import { Refused } from "#app/platform/failure.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal } from "#test/support/database.ts";
import { alprFile, alprRow, givenFeed } from "../given-feed.ts";
import { newKeyPair, openDoor } from "./given-push.ts";

const PROFILE_IDS = PROFILES.map(({ id }) => id);
const documentAt = (origin: string) => describeApi(origin, 1 << 30, PROFILE_IDS);

test("every reference leads somewhere, every problem has its status, and the text is JSON", () => {
  const document = documentAt("https://wholooked.example.gov");
  const text = JSON.stringify(document);
  expect(JSON.parse(text)).toEqual(document);
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
  expect(references.length).toBeGreaterThan(5);
  for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name);
  const described = Object.keys(document.paths["/api/feeds/{system}/batches"].post.responses);
  // A path that there is not, and a method that it has not, are no answers of this operation.
  const statuses = listProblems("en").filter(({ code }) => !["no-such-door", "wrong-method"].includes(code));
  for (const { status } of statuses) expect(described).toContain(String(status));
  for (const { sentence } of listProblems("es")) expect(sentence).not.toBe("");
});

async function run(script: string, args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn("bash", ["-c", script, "deliver.sh", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (bytes) => {
    out += bytes;
  });
  child.stderr.on("data", (bytes) => {
    err += bytes;
  });
  const code = await new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? -1)));
  return { code, out, err };
}

test("the example delivers a file with openssl and curl; twice is once; a revoked key is refused", async () => {
  // The example takes its time from the machine's clock.
  await using portal = await openTestPortal({ now: new Date() });
  await givenFeed(portal);
  const door = await openDoor(portal);
  const folder = mkdtempSync(join(tmpdir(), "wholooked-curl-"));
  try {
    const [key, publicKey, log] = ["key.pem", "public.pem", "log.csv"].map((name) => join(folder, name));
    const made = await run("openssl genpkey -algorithm ed25519 -out $1 && openssl pkey -in $1 -pubout > $2", [
      key!,
      publicKey!,
    ]);
    expect(made.code, made.err).toBe(0);
    const context = commandContext(portal);
    const added = await feedKeyAdd([publicKey!, "--custodian", "oakfield"], context);
    const { keyid } = (added.json as { key: { keyid: string } }).key;
    writeFileSync(log!, alprFile(alprRow({ id: "1" }), alprRow({ id: "2" })));

    const { post } = documentAt(`http://localhost:${door.port}`).paths["/api/feeds/{system}/batches"];
    const script = post["x-codeSamples"][0]!.source;
    const first = await run(script, [key!, keyid, log!]);
    expect(first.code, first.out + first.err).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({ rows: 2, stored: 2, duplicates: 0, quarantined: 0 });
    const again = await run(script, [key!, keyid, log!]);
    expect(JSON.parse(again.out)).toEqual(JSON.parse(first.out));

    await feedKeyRevoke([keyid], context);
    const refused = await run(script, [key!, keyid, log!]);
    expect(refused.code).toBe(22);
    expect(JSON.parse(refused.out)).toMatchObject({ status: 401, code: "signature-refused" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await door.close();
  }
}, 30_000);

test("keys are added, listed with their state, and revoked once; what is no public key is refused with a sentence", async () => {
  await using portal = await openTestPortal();
  await givenFeed(portal);
  const context = commandContext(portal);
  const folder = mkdtempSync(join(tmpdir(), "wholooked-keys-"));
  const pemFile = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  try {
    const { pem, privateKey } = newKeyPair();
    const file = pemFile("a.pem", pem);
    const dated = ["--from", "2026-03-10", "--to", "2026-03-12"];
    const added = await feedKeyAdd([file, "--custodian", "oakfield", ...dated], context);
    // Whole days where the agency is: from its midnight to the midnight after, across the change of the clocks.
    expect(added.json).toMatchObject({
      key: { state: "not-yet", from: "2026-03-10T07:00:00.000Z", to: "2026-03-13T07:00:00.000Z" },
    });
    const { keyid } = (added.json as { key: { keyid: string } }).key;
    const state = async () =>
      ((await feedKeyList(["--custodian", "oakfield"], context)).json as { keys: { state: string }[] }).keys[0]?.state;
    for (const [now, expected] of [
      ["2026-03-10T06:59:59Z", "not-yet"],
      ["2026-03-10T07:00:00Z", "valid"],
      ["2026-03-13T06:59:59Z", "valid"],
      ["2026-03-13T07:00:00Z", "expired"],
    ] as const) {
      portal.time.set(now);
      expect(await state()).toBe(expected);
    }
    await feedKeyRevoke([keyid], context);
    await feedKeyRevoke([keyid], context);
    expect(await state()).toBe("revoked");
    const { rows } = await portal.pool.query("SELECT act FROM ledger.entry WHERE act LIKE 'feed.key%' ORDER BY seq");
    expect(rows.map(({ act }) => act)).toEqual(["feed.key-added", "feed.key-revoked"]);

    const add = (path: string, ...more: string[]) => feedKeyAdd([path, "--custodian", "oakfield", ...more], context);
    await expect(add(file)).rejects.toThrow(/registered already/);
    await expect(feedKeyAdd([file, "--custodian", "elmville"], context)).rejects.toThrow(/registered already/);
    const secret = pemFile("secret.pem", privateKey.export({ format: "pem", type: "pkcs8" }).toString());
    await expect(add(secret)).rejects.toThrow(/private key/);
    await expect(add(pemFile("text.pem", "hello"))).rejects.toThrow(Refused);
    const days = add(pemFile("b.pem", newKeyPair().pem), "--from", "2026-05-02", "--to", "2026-05-01");
    await expect(days).rejects.toThrow(/last day/);
    await expect(add(file, "--from", "2026-02-30")).rejects.toThrow("YYYY-MM-DD");
    await expect(add(join(folder, "none.pem"))).rejects.toThrow(/no such file/);
    await expect(feedKeyRevoke(["no-id"], context)).rejects.toThrow("key not found");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
