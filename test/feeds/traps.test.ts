import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { freeTextsOf } from "#app/feeds/access-event.ts";
import { findPlates } from "#app/feeds/plates-in-text.ts";
import { reasonSentence } from "#app/feeds/problem.ts";
import type { Profile } from "#app/feeds/profile.ts";
import { getProfile } from "#app/feeds/profiles.ts";
import { type FileRow, readFeedFile } from "#app/feeds/read-file.ts";
import { collectGarbage } from "#test/support/garbage.ts";
import { ALPR_HEADER, alprFile, alprRow } from "./given-feed.ts";
import { bad, good, NOW, readRows } from "./given-file.ts";

const fixture = (name: string) => readFileSync(new URL(`../fixtures/feeds/${name}`, import.meta.url));

/** Each row of a fixture as "its number: what became of it". */
async function told(name: string, profile: string | Profile = "alpr-network-audit"): Promise<string[]> {
  const rows = await readRows(fixture(name), profile);
  return rows.map((row) => `${row.number}: ${row.problem ?? "read"}`);
}

test("line breaks in cells, and quotes in quotes", async () => {
  const rows = await readRows(fixture("trap-lines.csv"), "alpr-network-audit");
  const [first, second, third] = rows.map((row) => good(row).event);
  expect(first?.scope.timeFrame).toMatchObject({ value: expect.stringContaining("PDT -\n06/18") });
  expect(second?.purpose).toMatchObject({ value: "one\ntwo" });
  expect(third?.purpose).toMatchObject({ value: 'he said "stop"' });
});

describe("headers", () => {
  test("one that is repeated is no look-up; one of another export that was appended counts from there on", async () => {
    expect(await told("trap-headers.csv")).toEqual([
      "2: read",
      "3: header-again",
      "4: read",
      "5: header-again",
      "6: read",
      "7: cell-count",
    ]);
    const rows = await readRows(fixture("trap-headers.csv"), "alpr-network-audit");
    expect(good(rows[0]).event.scope.devices).toEqual({ state: "not-exported" });
    expect(good(rows[4]).event.scope.devices).toEqual({ state: "value", value: "1200" });
  });

  test("columns without a name may be empty, and nothing else", async () => {
    expect(await told("trap-phantom.csv")).toEqual(["2: read", "3: read", "4: cell-count", "5: read"]);
  });

  test("none at all: the columns are the profile's, in its order", async () => {
    const shipped = getProfile("alpr-portal");
    const bare: Profile = {
      ...shipped,
      formats: [
        {
          kind: "csv",
          delimiter: ";",
          headerRow: false,
          required: ["id", "searchDate", "userId"],
          optional: [],
          aliases: {},
        },
      ],
    };
    const rows = await readRows("p-1;2025-06-18 00:02:04;u-1\n", bare);
    expect(good(rows[0]).event).toMatchObject({ sourceId: { value: "p-1" }, user: { value: "u-1" } });
  });

  test("a column by another name, when the profile says so", async () => {
    const rows = await readRows(
      "id,at,org,user,plate,license,purpose,case_number,scope\n1,2026-01-05T08:30Z,,,,A1234567,,,\n",
      "canonical",
    );
    expect(good(rows[0]).identifiers).toEqual([{ kind: "licence", normalised: "A1234567" }]);
  });
});

test("cells shifted against their header wait with that reason; what is merely wrong has its own", async () => {
  expect(await told("trap-shifted.csv")).toEqual([
    "2: read",
    "3: shifted",
    "4: shifted",
    "5: shifted",
    "6: shifted",
    "7: time",
    "8: read",
  ]);
});

test("times in several spellings: those of the profile are read, the others wait", async () => {
  expect(await told("trap-times.csv")).toEqual([
    "2: read",
    "3: time",
    "4: time-order",
    "5: time",
    "6: time-zone",
    "7: read",
  ]);
  const shipped = getProfile("alpr-network-audit");
  const mixed: Profile = { ...shipped, time: { ...shipped.time, formats: ["month-first", "iso", "epoch-ms"] } };
  const rows = await readRows(fixture("trap-times.csv"), mixed);
  expect(rows.map((row) => row.problem)).toEqual([null, null, "time-order", null, "time-zone", null]);
  expect(good(rows[1]).instant).toBe(good(rows[0]).instant);
});

test("a local time in the hour that the clocks repeat is not guessed", async () => {
  const shipped = getProfile("alpr-portal");
  const local: Profile = { ...shipped, time: { ...shipped.time, zone: "America/Los_Angeles" } };
  expect(await told("trap-clocks.csv", local)).toEqual([
    "2: read",
    "3: time-repeated",
    "4: read",
    "5: read",
    "6: time-skipped",
  ]);
  expect(reasonSentence("time-repeated", "en")).toMatch(/names two instants/);
  expect(reasonSentence("time-repeated", "es")).toMatch(/dos instantes/);
});

test("hidden by the vendor, by the agency, by a cited law: three states, and none of them an identifier", async () => {
  const rows = (await readRows(fixture("trap-hidden.csv"), "alpr-network-audit")).map(good);
  expect(rows.map(({ event }) => event.searchedBy[0]?.state)).toEqual([
    "hidden-by-vendor",
    "hidden-by-agency",
    "hidden-by-agency",
    "hidden-by-agency",
    "empty",
    "placeholder",
    "value",
  ]);
  expect(rows.map(({ identifiers }) => identifiers.length)).toEqual([0, 0, 0, 0, 0, 0, 1]);
  expect(rows[1]?.event.user).toEqual({ state: "hidden-by-agency", mark: "[REDACTED]" });
  expect(rows[3]?.event.org).toEqual({ state: "hidden-by-agency", mark: "Exempt" });
  expect(rows[4]?.event.purpose).toEqual({ state: "hidden-by-vendor", mark: "***" });
  expect(rows[6]?.event.purpose).toMatchObject({ value: "Pen. Code 459" });
});

test("plates in free text are found there", async () => {
  const rows = await readRows(fixture("trap-text-plates.csv"), "alpr-network-audit");
  expect(rows.map((row) => freeTextsOf(good(row).event).flatMap(findPlates))).toEqual([["7EAD231"], ["8WLK042"]]);
});

const JOURNAL_LINE = fixture("clets.txt").toString().split("\n")[0] ?? "";

describe("cells of 10 MB", () => {
  const large = "x".repeat(10 << 20);
  test.each<[string, string, string]>([
    [
      "CSV",
      alprFile(alprRow({ id: "1" }), alprRow({ id: "2", reason: large }), alprRow({ id: "3" })),
      "alpr-network-audit",
    ],
    [
      "CSV, quoted",
      alprFile(alprRow({ id: "1" }), alprRow({ id: "2", reason: `${large}\n,` }), alprRow({ id: "3" })),
      "alpr-network-audit",
    ],
    ["JSON Lines", [jsonLine("1"), jsonLine("2", large), jsonLine("3")].join("\n"), "canonical-jsonl"],
    ["a JSON document", usages(usage(), usage(large), usage()), "x-road-usage"],
    ["fixed width", [JOURNAL_LINE, large, `${JOURNAL_LINE}\n`].join("\n"), "clets-journal"],
  ])("in %s cost their row, of which the beginning and a fingerprint stay", async (_name, file, profile) => {
    const rows = await readRows(file, profile);
    expect(rows).toHaveLength(3);
    const row = bad(rows[1]);
    expect(row).toMatchObject({ problem: "too-large", digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(row.bytes).toBeGreaterThanOrEqual(10 << 20);
    expect(row.raw.length).toBe(65_536);
    expect([rows[0]?.problem, rows[2]?.problem]).toEqual([null, null]);
  });
});

function jsonLine(id: string, purpose = "theft"): string {
  return JSON.stringify({ id, at: "2026-01-05T08:30:00Z", purpose });
}

function usage(purpose = "p"): object {
  return { logTime: "2026-01-05T10:20:30Z", purpose, initiatorOrg: { type: "GOV", name: "PPA" } };
}

function usages(...entries: object[]): string {
  return JSON.stringify({ totalUsages: entries.length, returnedUsages: entries.length, dataRequests: entries });
}

describe("NUL bytes", () => {
  test.each<[string, string, string]>([
    [
      "CSV",
      alprFile(alprRow({ id: "1" }), alprRow({ id: "2", reason: "a\0b" }), alprRow({ id: "3" })),
      "alpr-network-audit",
    ],
    [
      "JSON Lines",
      [jsonLine("1"), jsonLine("2").replace("theft", "the\0ft"), jsonLine("3")].join("\n"),
      "canonical-jsonl",
    ],
    ["a JSON document", usages(usage(), usage("zero"), usage()).replace("zero", "ze\0ro"), "x-road-usage"],
  ])("in %s cost their row", async (_name, file, profile) => {
    const rows = await readRows(file, profile);
    expect(rows.map((row) => row.problem)).toEqual([null, "nul-byte", null]);
  });
});

describe("a file that ends in the middle of a row", () => {
  const quoted = alprFile(alprRow({ id: "1" }), alprRow({ id: "2", reason: "a,b" }));
  const document = usages(usage(), usage());
  test.each<[string, string, string, (string | null)[]]>([
    ["CSV, inside quotes", quoted.slice(0, quoted.indexOf("a,b") + 2), "alpr-network-audit", [null, "cut-off"]],
    [
      "CSV, before its last cell",
      quoted.slice(0, quoted.lastIndexOf("lookup") - 1),
      "alpr-network-audit",
      [null, "cut-off"],
    ],
    ["JSON Lines", `${jsonLine("1")}\n${jsonLine("2").slice(0, -9)}`, "canonical-jsonl", [null, "cut-off"]],
    ["a JSON document, inside an entry", document.slice(0, -20), "x-road-usage", [null, "cut-off"]],
    [
      "a JSON document, after an entry",
      document.slice(0, document.lastIndexOf("}]")),
      "x-road-usage",
      [null, "cut-off"],
    ],
    ["a JSON document, before its last bracket", document.slice(0, -1), "x-road-usage", [null, null, "cut-off"]],
  ])("%s: that row waits, those before it are read", async (_name, file, profile, expected) => {
    const rows = await readRows(file, profile);
    expect(rows.map((row) => row.problem)).toEqual(expected);
  });
});

describe("a file of another kind is refused, not quarantined line by line", () => {
  const other = Array.from(
    { length: 30 },
    (_, i) => `some line of text that is no row at all, number ${i}, and quite long`,
  ).join("\n");
  test.each([
    ["text as a journal", other, "clets-journal"],
    ["text as JSON Lines", other, "ecs"],
    ["other JSON as ours", Array.from({ length: 30 }, (_, i) => `{"n":${i}}`).join("\n"), "canonical-jsonl"],
    ["text as a document", other, "x-road-usage"],
  ])("%s", async (_name, file, profile) => {
    await expect(readRows(file, profile)).rejects.toMatchObject({ code: "feed-wrong-shape" });
    await expect(readRows(`${file.split("\n")[0]}\n`, profile)).rejects.toMatchObject({ code: "feed-wrong-shape" });
  });

  test("but twenty broken lines of a log that is one are only broken lines", async () => {
    const file = [...Array.from({ length: 19 }, () => "{broken}"), jsonLine("1"), "{broken}"].join("\n");
    expect((await readRows(file, "canonical-jsonl")).filter((row) => row.problem === null)).toHaveLength(1);
  });
});

describe("entries that are broken cost themselves alone", () => {
  test("in JSON Lines", async () => {
    const file = [jsonLine("1"), "{oops}", "[1]", '"text"', "", jsonLine("2")].join("\n");
    const rows = await readRows(file, "canonical-jsonl");
    expect(rows.map((row) => `${row.number}: ${row.problem ?? "read"}`)).toEqual([
      "1: read",
      "2: not-json",
      "3: not-json",
      "4: not-json",
      "6: read",
    ]);
  });

  test("in a document; but where its own brackets are broken, the rest is one row", async () => {
    const broken = usages(usage(), { broken: 1 }, usage()).replace('{"broken":1}', "{broken}");
    expect((await readRows(broken, "x-road-usage")).map((row) => row.problem)).toEqual([null, "not-json", null]);
    const lost = usages(usage(), usage(), usage()).replace("},{", "}{");
    const rows = await readRows(lost, "x-road-usage");
    expect(rows.map((row) => row.problem)).toEqual([null, "not-json"]);
    expect(Buffer.from(bad(rows[1]).raw).toString()).toContain("logTime");
  });
});

describe("memory stays flat", () => {
  const MEGABYTE = Buffer.alloc(1 << 20, "x");

  async function* long(first: string, pieces: number, last: string) {
    yield Buffer.from(first);
    for (let i = 0; i < pieces; i++) yield MEGABYTE;
    yield Buffer.from(last);
  }

  test.each<[string, string, string, string]>([
    ["a cell of CSV", `${ALPR_HEADER}\n1,"`, '"\n', "alpr-network-audit"],
    ["a line of JSON Lines", '{"id":"', '"}\n', "canonical-jsonl"],
    ["an entry of a document", '{"dataRequests":[{"purpose":"', '"}]}', "x-road-usage"],
    ["a member beside the list", '{"message":"', '","dataRequests":[]}', "x-road-usage"],
    ["a fixed-width line", `${JOURNAL_LINE}\nx`, "\n", "clets-journal"],
  ])(
    "on 200 MB of %s",
    async (_name, first, last, profile) => {
      const before = process.memoryUsage.rss();
      let most = 0;
      const rows: FileRow[] = [];
      async function* watched() {
        for await (const chunk of long(first, 200, last)) {
          most = Math.max(most, process.memoryUsage.rss());
          yield chunk;
        }
      }
      for await (const group of readFeedFile(watched(), getProfile(profile), NOW)) rows.push(...group);
      expect(rows.flatMap((row) => row.problem ?? [])).toEqual(first.includes("message") ? [] : ["too-large"]);
      expect((most - before) / (1 << 20)).toBeLessThan(100);
    },
    60_000,
  );

  test("on a document of many entries", async () => {
    const entry = `${JSON.stringify(usage("p".repeat(1000)))},`;
    const piece = Buffer.from(entry.repeat(500));
    async function* document() {
      yield Buffer.from('{"dataRequests":[');
      for (let i = 0; i < 150; i++) yield piece;
      yield Buffer.from(`${JSON.stringify(usage())}]}`);
    }
    const before = process.memoryUsage.rss();
    let rows = 0;
    let groups = 0;
    let most = 0;
    for await (const group of readFeedFile(document(), getProfile("x-road-usage"), NOW)) {
      rows += group.filter((row) => row.problem === null).length;
      // A machine with memory to spare lets hundreds of megabytes of garbage lie.
      if (groups++ % 20 === 0) collectGarbage();
      most = Math.max(most, process.memoryUsage.rss());
    }
    expect(rows).toBe(75_001);
    expect((most - before) / (1 << 20)).toBeLessThan(150);
  }, 60_000);
});
