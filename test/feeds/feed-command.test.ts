import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
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

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/feeds/${name}`, import.meta.url));

test.each([
  ["canonical.csv", "canonical", 3, 2],
  ["canonical.jsonl", "canonical-jsonl", 4, 2],
  ["trap-shifted.csv", "alpr-network-audit", 7, 2],
  ["trap-clocks.csv", "alpr-portal", 5, 5],
  ["clets.psv", "clets-journal", 3, 2],
  ["clets.txt", "clets-journal", 6, 2],
  ["ecs.jsonl", "ecs", 3, 2],
  ["fhir-bundle.json", "fhir-audit-event", 3, 2],
  ["fhir.ndjson", "fhir-audit-event", 3, 2],
  ["ocsf.jsonl", "ocsf", 2, 1],
  ["x-road.json", "x-road-usage", 4, 3],
])("a check of %s as %s, in either language", async (name, profile, rows, readable) => {
  const args = [fixture(name), "--profile", profile];
  const english = await feedCheck([...args, "--json"], commandContext());
  expect(english.json).toMatchObject({ rows, readable, quarantined: rows - readable });
  const spanish = await feedCheck([...args, "--locale", "es"], commandContext());
  const sentences = (json: unknown) =>
    (json as { problems: { reason: string }[] }).problems.map(({ reason }) => reason);
  expect(sentences(english.json)).toHaveLength(rows - readable);
  for (const [i, reason] of sentences(spanish.json).entries()) {
    expect(reason).not.toBe(sentences(english.json)[i]);
    expect(spanish.lines.join("\n")).toContain(reason);
  }
});

test("a check tells what the delivery says of itself, and takes a compressed one", async () => {
  const packed = join(folder, "log.jsonl.gz");
  writeFileSync(packed, gzipSync(readFileSync(fixture("canonical.jsonl"))));
  const { json, lines } = await feedCheck([packed, "--profile", "canonical-jsonl"], commandContext());
  expect(json).toMatchObject({ rows: 4, facts: { rows: 4, sequenceNo: 12, from: "2026-01-01", to: "2026-01-07" } });
  expect(lines.join("\n")).toContain("The delivery says that it has 4 rows.");
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
  ["a language that is not spoken", [file, "--profile", "canonical", "--locale", "fr"]],
])("%s is refused with a sentence", async (_, args) => {
  await expect(feedCheck(args, commandContext())).rejects.toThrow(WrongUsage);
});
