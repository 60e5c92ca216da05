import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Profile } from "#app/feeds/profile.ts";
import { getProfile } from "#app/feeds/profiles.ts";
import { type FileRow, readFeedFile } from "#app/feeds/read-file.ts";
import { isReadable, readAgain } from "#app/feeds/replay-row.ts";
import { alprFile, alprRow, streamOf } from "./given-feed.ts";

const NOW = new Date("2026-11-25T12:00:00Z");
/** Before any log: every row that names a time lies in the future, and waits. */
const LONG_AGO = new Date("2001-01-01T00:00:00Z");

async function readAll(profile: Profile, file: string | Uint8Array, now: Date): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const group of readFeedFile(streamOf(file), profile, now)) rows.push(...group);
  return rows;
}

const plain = (row: FileRow | null | undefined) => {
  if (row === null || row === undefined) return null;
  if (row.problem !== null) return { number: row.number, problem: row.problem };
  const { number, event, instant, identifiers, flags, identity } = row;
  return { number, event, instant, identifiers, flags, identity };
};

/** What a file gives, and what its rows give when each of them has waited and is read again by itself. */
async function bothWays(profile: Profile, file: string | Uint8Array) {
  const [now, waiting] = [await readAll(profile, file, NOW), await readAll(profile, file, LONG_AGO)];
  const again: (FileRow | null)[] = [];
  for (const row of waiting) {
    if (row.problem === null) continue;
    const { number, raw, context, problem: reason } = row;
    again.push(await readAgain(profile, { number, raw: Uint8Array.from(raw), context, reason }, NOW));
  }
  return { now: now.filter(isReadable).map(plain), again: again.filter(isReadable).map(plain) };
}

describe("a row read again by itself is the row that it would have been in its file", () => {
  test.each([
    ["canonical", "canonical.csv"],
    ["canonical", "canonical-old.csv"],
    ["canonical-jsonl", "canonical.jsonl"],
    ["clets-journal", "clets.psv"],
    ["clets-journal", "clets.txt"],
    ["ecs", "ecs.jsonl"],
    ["fhir-audit-event", "fhir-bundle.json"],
    ["fhir-audit-event", "fhir.ndjson"],
    ["ocsf", "ocsf.jsonl"],
    ["x-road-usage", "x-road.json"],
  ])("%s: %s", async (id, name) => {
    const { now, again } = await bothWays(getProfile(id), readFileSync(`test/fixtures/feeds/${name}`));
    expect(now.length).toBeGreaterThan(0);
    expect(again).toEqual(now);
  });

  test("under the header that stood over it, in a file put together from two", async () => {
    const devices = alprFile()
      .trimEnd()
      .replace("Total Networks Searched,", "Total Networks Searched,Total Devices Searched,");
    const file = `${alprFile(alprRow({ id: "1" }))}${devices}\n${alprRow({ id: "2" }).replace(",94,", ",94,7,")}\n`;
    const { now, again } = await bothWays(getProfile("alpr-network-audit"), file);
    expect(now).toMatchObject([{ number: 2 }, { number: 4, event: { scope: { devices: { value: "7" } } } }]);
    expect(again).toEqual(now);
  });

  test("with the empty cells that its header had at its end", async () => {
    const file = alprFile(alprRow({ id: "1" }), alprRow({ id: "2" })).replaceAll("\n", ",,\n");
    const { now, again } = await bothWays(getProfile("alpr-network-audit"), file);
    expect(now).toHaveLength(2);
    expect(again).toEqual(now);
  });
});

test("what still cannot be read says why; what is of no format of the profile says nothing", async () => {
  const raw = Buffer.from(alprRow({ id: "1", time: "?" }));
  const header = alprFile().trim().split(",");
  const profile = getProfile("alpr-network-audit");
  expect(await readAgain(profile, { number: 5, reason: "time", raw, context: { header } }, NOW)).toMatchObject({
    problem: "time",
  });
  expect(
    await readAgain(profile, { number: 5, reason: "time", raw, context: { header: ["another", "header"] } }, NOW),
  ).toBeNull();
  expect(await readAgain(profile, { number: 5, reason: "time", raw, context: undefined }, NOW)).toBeNull();
  // A file that ends in the middle of a row says nothing of that row's end.
  const good = Buffer.from(alprRow({ id: "1" }));
  const cut = { number: 5, raw: good, context: { header } };
  expect(await readAgain(profile, { ...cut, reason: "time" }, NOW)).toMatchObject({ problem: null });
  expect(await readAgain(profile, { ...cut, reason: "cut-off" }, NOW)).toBeNull();
  // Two rows where one was delivered: neither of them is the one that waits.
  const two = Buffer.from(`${alprRow({ id: "1" })}\n${alprRow({ id: "2" })}`);
  expect(await readAgain(profile, { number: 5, reason: "time", raw: two, context: { header } }, NOW)).toBeNull();
});
