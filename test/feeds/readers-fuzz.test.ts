/** Whatever arrives: every row in is an event or a problem, nothing is thrown but a refusal, and pieces do not matter. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "#app/feeds/formats/limits.ts";
import { getProfile, PROFILES } from "#app/feeds/profiles.ts";
import { type FileRow, readFeedFile } from "#app/feeds/read-file.ts";
import { Refused } from "#app/platform/failure.ts";
import { ALPR_HEADER, alprFile, alprRow, streamOf } from "./given-feed.ts";
import { NOW, readRows } from "./given-file.ts";

const fixture = (name: string) => readFileSync(new URL(`../fixtures/feeds/${name}`, import.meta.url));

const SEEDS: Readonly<Record<string, readonly Buffer[]>> = {
  "alpr-network-audit": [
    ...["trap-headers.csv", "trap-lines.csv", "trap-shifted.csv", "trap-hidden.csv"].map(fixture),
    Buffer.from(`\ufeff${alprFile(alprRow({ id: "1" }))}`, "utf16le"),
  ],
  "alpr-portal": [fixture("trap-clocks.csv")],
  canonical: [fixture("canonical.csv")],
  "canonical-jsonl": [fixture("canonical.jsonl")],
  "clets-journal": ["clets.psv", "clets.txt", "clets-arg.csv"].map(fixture),
  ecs: [fixture("ecs.jsonl")],
  "fhir-audit-event": ["fhir-bundle.json", "fhir.ndjson"].map(fixture),
  ocsf: [fixture("ocsf.jsonl"), gzipSync(fixture("ocsf.jsonl"))],
  "x-road-usage": [fixture("x-road.json")],
};

/** Small enough that what is written for large rows is reached by small files. */
const SMALL = { cell: 90, row: 260, cells: 20, head: 20, piece: 1 };

interface Outcome {
  rows: unknown[];
  refusal: string | null;
}

async function readAll(bytes: Uint8Array, profile: string, piece: number, limits = LIMITS): Promise<Outcome> {
  const rows: unknown[] = [];
  try {
    const source = streamOf(bytes, piece);
    for await (const group of readFeedFile(source, getProfile(profile), NOW, { limits })) rows.push(...group.map(seen));
    return { rows, refusal: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { rows, refusal: error.code };
  }
}

function seen(row: FileRow) {
  const raw = Buffer.from(row.raw).toString("latin1");
  return row.problem === null
    ? {
        number: row.number,
        event: row.event,
        identifiers: row.identifiers,
        flags: row.flags,
        identity: row.identity,
        raw,
      }
    : { ...row, raw };
}

const SPICE = [
  '"',
  ",",
  "\n",
  "\r\n",
  "\0",
  "{",
  "}",
  "[",
  "]",
  ":",
  "\\",
  "\u00ff",
  "\u00e9",
  "|",
  " ",
  "\ufeff",
  "\u001f",
];
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.integer({ min: 0, max: 12 }),
  put: fc.oneof(
    fc.constantFrom(...SPICE).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
    fc.constant(Buffer.alloc(0)),
    fc.integer({ min: 1, max: 400 }).map((length) => Buffer.alloc(length, "x")),
  ),
});

function edited(bytes: Buffer, edits: readonly { at: number; cut: number; put: Buffer }[]): Buffer {
  return edits.reduce((now, { at, cut, put }) => {
    const place = Math.floor(at * now.length);
    return Buffer.concat([now.subarray(0, place), put, now.subarray(place + cut)]);
  }, bytes);
}

test("every shipped profile is fuzzed", () => {
  expect(Object.keys(SEEDS).sort()).toEqual(PROFILES.map(({ id }) => id).sort());
});

describe.each(Object.keys(SEEDS))("%s, with its fixtures spoilt at random", (profile) => {
  test("throws nothing but a refusal, and reads the same in any pieces", async () => {
    const file = fc.record({
      seed: fc.constantFrom(...(SEEDS[profile] ?? [])),
      edits: fc.array(edit, { maxLength: 6 }),
      piece: fc.integer({ min: 1, max: 50 }),
      small: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(file, async ({ seed, edits, piece, small }) => {
        const bytes = edited(seed, edits);
        const limits = small ? SMALL : LIMITS;
        const whole = await readAll(bytes, profile, 1 << 20, limits);
        const pieces = await readAll(bytes, profile, piece, { ...limits, piece: 1 });
        // What a compressed file that fails hands out before it fails depends on where its pieces end.
        if (pieces.refusal === null || pieces.rows.length === 0) expect(pieces).toEqual(whole);
        else expect(pieces.refusal).toBe(whole.refusal);
      }),
      { numRuns: 250 },
    );
  }, 60_000);
});

describe("rows in are rows out", () => {
  const pieces = fc.integer({ min: 1, max: 60 });
  const reason = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom('"', "a\nb", "a\r\nb", "x,y", "***", "\u001f", "é"),
  );
  const time = fc.constantFrom("06/18/2025, 12:02:04 AM UTC", "soon", "13/13/2025, 1:00:00 AM UTC", "");

  test("in CSV, each line that was written", async () => {
    const row = fc.record({
      reason,
      time,
      plate: fc.constantFrom("7ABC123", "***", "no plate at all", "7ABC123,8XYZ987"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), pieces, async (rows, piece) => {
        const lines = rows.map((given, i) =>
          alprRow({ id: `r-${i}`, ...given, reason: given.reason.replaceAll("\0", "") }),
        );
        const read = await readRows(alprFile(...lines), "alpr-network-audit", { piece });
        expect(read).toHaveLength(rows.length);
        const expected = rows.map((given) => given.time.startsWith("06") && !given.plate.startsWith("no"));
        expect(read.map((each) => each.problem === null)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  const value = fc.jsonValue({ maxDepth: 3 });
  const entry = fc.oneof(
    value,
    fc.record({ logTime: fc.constantFrom("2026-01-05T10:20:30Z", "soon"), purpose: fc.string(), extra: value }),
  );

  test("in JSON documents, each element of each list", async () => {
    const lists = fc.record({
      dataRequests: fc.array(entry, { maxLength: 8 }),
      dataResponses: fc.array(entry, { maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(lists, value, fc.constantFrom(0, 1, 3), pieces, async (document, extra, indent, piece) => {
        const text = JSON.stringify(
          { before: extra, ...document, after: { dataRequests: [1, 2], extra } },
          null,
          indent,
        );
        const read = await readRows(text, "x-road-usage", { piece, limits: { ...LIMITS, piece: 1 } });
        // As written: JSON has no -0.
        const written: typeof document = JSON.parse(JSON.stringify(document));
        const entries: unknown[] = [...written.dataRequests, ...written.dataResponses];
        expect(read).toHaveLength(entries.length);
        const isGood = (each: unknown) =>
          typeof each === "object" && each !== null && "logTime" in each && String(each.logTime).endsWith("Z");
        expect(read.map((each) => each.problem === null)).toEqual(entries.map(isGood));
        // Each row is the element itself, byte for byte.
        expect(read.map((each) => JSON.parse(Buffer.from(each.raw).toString()))).toEqual(entries);
      }),
      { numRuns: 200 },
    );
  });

  test("in JSON Lines and in fixed columns, each line that is not blank", async () => {
    const line = fc.oneof(
      entry.map((each) => JSON.stringify(each)),
      fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[\n\r\0]/g, "")),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom("\n", "\r\n"),
        pieces,
        async (lines, end, piece) => {
          // A first line that is one, or the file would be taken for one of another kind.
          for (const [profile, first] of [
            ["ocsf", fixture("ocsf.jsonl")],
            ["clets-journal", fixture("clets.txt")],
          ] as const) {
            const [line = ""] = first.toString().split("\n");
            const read = await readAll(Buffer.from([line, ...lines].join(end)), profile, piece);
            expect(read.rows).toHaveLength(1 + lines.filter((each) => each.trim() !== "").length);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test("and a header alone is an honest empty log", async () => {
    expect(await readRows(`${ALPR_HEADER}\n`, "alpr-network-audit")).toEqual([]);
  });
});
