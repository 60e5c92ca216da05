import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { WrongUsage } from "#app/cli/command.ts";
import { feedCheck, feedImport } from "#app/cli/feed.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal } from "#test/support/database.ts";
import { alprFile, alprRow, givenFeed } from "./given-feed.ts";

const folder = mkdtempSync(join(tmpdir(), "wholooked-feed-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, "audit.csv");
writeFileSync(file, alprFile(alprRow({ id: "1" }), alprRow({ id: "2", time: "?" }), alprRow({ id: "1" })));

test("a check says what an import would find, without a database, and repeats nothing of the file", async () => {
  const { ok, json } = await feedCheck([file, "--profile", "alpr-network-audit", "--json"], commandContext());
  expect(ok).toBe(true);
  expect(json).toEqual({
    rows: 3,
    readable: 2,
    quarantined: 1,
    problems: [{ row: 3, reason: expect.stringContaining("not written as the profile says") }],
  });
  expect(JSON.stringify(json)).not.toContain("7ABC123");
});

test("an import gives its counts, and progress only to a person who watches", async () => {
  await using portal = await openTestPortal();
  await givenFeed(portal);
  const args = [file, "--custodian", "oakfield", "--system", "alpr", "--profile", "alpr-network-audit"];
  const first = await feedImport(args, commandContext(portal));
  expect(first.json).toEqual({ rows: 3, stored: 1, duplicates: 1, quarantined: 1, seconds: expect.any(Number) });
  const shown: string[] = [];
  const again = await feedImport(
    args,
    commandContext(portal, (line) => shown.push(line)),
  );
  expect(again.lines.join()).toMatch(/^3 rows read in .* 0 stored, 3 already there, 0 in quarantine/);
  expect(shown.join()).toMatch(/3 rows, \d+ rows\/s, about 0 s left/);
});

test.each([
  ["a file that is not there", [join(folder, "none.csv"), "--profile", "canonical"]],
  ["a folder", [folder, "--profile", "canonical"]],
  ["no file", ["--profile", "canonical"]],
  ["no profile", [file]],
])("%s is refused with a sentence", async (_, args) => {
  await expect(feedCheck(args, commandContext())).rejects.toThrow(WrongUsage);
});
