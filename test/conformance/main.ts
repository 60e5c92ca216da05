/**
 * `npm run conformance -- DIR`: takes in every log of a folder by the operator's own command, into a fresh embedded
 * database, and holds what is stored against what is known of the file. One line for each check; exit code 1 when
 * one does not hold, or when the folder holds no log at all.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkFeed } from "#app/feeds/check-feed.ts";
import { PROFILES } from "#app/feeds/profiles.ts";
import { Refused } from "#app/platform/failure.ts";
import { systemTime } from "#app/platform/time/time.ts";
import { KNOWN_FEEDS, type KnownFeed } from "./known-feeds.ts";
import { countStored, type Stored, settleCustodian } from "./stored.ts";
import { runWholooked } from "./wholooked.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("Say where the logs are: npm run conformance -- DIR\n");
  process.exit(2);
}

let failed = 0;
let feeds = 0;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function check(file: string, what: string, found: unknown, expected: unknown): void {
  const holds = JSON.stringify(found) === JSON.stringify(expected);
  if (!holds) failed += 1;
  say(`${holds ? "ok  " : "FAIL"} ${file}: ${what}: ${show(found)}${holds ? "" : `, expected ${show(expected)}`}`);
}

const show = (thing: unknown) => (typeof thing === "object" ? JSON.stringify(thing) : String(thing));

/** The profile that reads the file, and how many rows wait; null when no shipped profile knows its header. */
async function findProfile(bytes: Buffer): Promise<{ profile: string; rows: number; quarantined: number } | null> {
  for (const profile of PROFILES) {
    try {
      const { rows, quarantined } = await checkFeed(streamOf(bytes), profile, systemTime.now());
      return { profile: profile.id, rows, quarantined };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  return null;
}

async function* streamOf(bytes: Buffer) {
  yield bytes;
}

async function importTwice(file: string, path: string, profile: string, rows: number, quarantined: number) {
  const dataFolder = mkdtempSync(join(tmpdir(), "wholooked-conformance-"));
  try {
    await settleCustodian(dataFolder, profile);
    const words = ["feed", "import", path, "--custodian", "oakfield", "--system", "log", "--profile", profile];
    const counted = ({ seconds: _, ...counts }: Record<string, unknown>) => counts;
    const first = counted(await runWholooked(dataFolder, words));
    check(file, "taken in", first, { rows, stored: rows - quarantined, duplicates: 0, quarantined });
    const second = counted(await runWholooked(dataFolder, words));
    check(file, "taken in again", second, { rows, stored: 0, duplicates: rows, quarantined: 0 });
    return await countStored(dataFolder);
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

function holdAgainst(file: string, known: KnownFeed, stored: Stored): void {
  check(file, "events stored", stored.events.length, known.rows);
  check(file, "ids, each once", new Set(stored.events.map((event) => event.id)).size, known.rows);
  check(file, "users", new Set(stored.events.map((event) => event.user)).size, known.users);
  if (known.emptyPurposes !== null) {
    check(
      file,
      "empty reasons",
      stored.events.filter((event) => event.purpose === "empty").length,
      known.emptyPurposes,
    );
  }
  if (known.plate === null) check(file, "search keys, of a log without plates", stored.keys, 0);
}

async function holdPlateAgainst(file: string, plate: NonNullable<KnownFeed["plate"]>, stored: Stored): Promise<void> {
  const found = stored.events.filter((event) => event.plates.includes(plate.value));
  const outside = found.map((event) => event.at.slice(0, 10)).filter((day) => day < plate.from || day > plate.to);
  check(file, `look-ups by plate ${plate.value}`, found.length, plate.lookUps);
  check(file, "found again by its blind index", stored.foundBy(plate.value), plate.lookUps);
  check(file, "their users", [...new Set(found.map((event) => event.user))], [plate.user]);
  check(file, `those outside ${plate.from} to ${plate.to}`, outside, []);
}

for (const file of readdirSync(resolve(folder)).sort()) {
  if (!file.endsWith(".csv")) continue;
  const path = join(resolve(folder), file);
  const bytes = readFileSync(path);
  const digest = createHash("sha256").update(bytes).digest("hex");
  const known = KNOWN_FEEDS.find((feed) => feed.digest === digest);
  const found = await findProfile(bytes);
  if (found === null) {
    say(`--   ${file}: not a feed: its first row is not a header of any shipped profile`);
    if (KNOWN_FEEDS.some((feed) => feed.name === file)) check(file, "profile", null, "one that reads it");
    continue;
  }
  feeds += 1;
  if (known === undefined) say(`--   ${file}: nothing is known of it; it is only taken in`);
  else check(file, "profile", found.profile, known.profile);
  const stored = await importTwice(file, path, found.profile, known?.rows ?? found.rows, known ? 0 : found.quarantined);
  if (known !== undefined) holdAgainst(file, known, stored);
  if (known?.plate) await holdPlateAgainst(file, known.plate, stored);
}

if (feeds === 0) {
  say(`FAIL ${folder}: there is no log in it`);
  failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
