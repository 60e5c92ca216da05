import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runDeadline } from "#app/cli/deadline.ts";
import { EVENT_KINDS, KINDS_OF_STOP } from "#app/law/event.ts";
import { listRules } from "#app/law/law.ts";
import { addPeriod, daysBetween } from "#app/law/local-date.ts";
import type { Rule } from "#app/law/rule.ts";
import { run } from "./deadline-run.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wholooked-deadline-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function batch(lines: readonly string[]) {
  const file = join(folder, "questions.jsonl");
  await writeFile(file, lines.join("\n"));
  const { exitCode, out } = await run("--batch", file);
  return { exitCode, results: out.split("\n").slice(0, -1) };
}

test("one question prints exactly the promised fields", async () => {
  const args = ["--rule", "ca.cpra.determination", "--on", "2026-11-16", "--event", "extended:2026-11-20", "--json"];
  const { exitCode, out } = await run(...args);
  const result = JSON.parse(out);
  expect(exitCode).toBe(0);
  expect(Object.keys(result)).toEqual(["rule", "cite", "nominal", "due", "latest", "noticeDue", "steps"]);
  expect(result).toMatchObject({ nominal: "2026-12-10", due: "2026-12-10", noticeDue: "2026-11-30" });
});

test("a closure of the office is a repeatable option", async () => {
  const args = ["--rule", "ca.ipa.access", "--on", "2026-06-01", "--closed", "2026-07-01", "--closed", "2026-07-02"];
  expect(JSON.parse((await run(...args, "--json")).out).due).toBe("2026-07-03");
});

test("without --json the derivation is printed as sentences", async () => {
  const { out } = await run("--rule", "ca.cpra.determination", "--on", "2026-10-02");
  expect(out).toContain("due      2026-10-12");
  expect(out).toContain("Columbus Day");
});

test.each([
  [["--rule", "ca.nothing", "--on", "2026-06-01"], "ca.nothing"],
  [["--rule", "ca.ipa.access", "--on", "tomorrow"], "YYYY-MM-DD"],
  [["--rule", "ca.ipa.access", "--on", "2026-06-01", "--event", "extended:2026-06-02"], "no extension"],
  [["--rule", "ca.ipa.access", "--on", "2026-06-01", "--event", "answered"], "YYYY-MM-DD"],
  [["--rule", "ca.ipa.access", "--on", "2026-06-01", "--event", "sent:2026-06-02"], "identity-asked"],
  [["--rule", "ca.ipa.access", "--on", "2026-06-01", "--closed", "x"], "YYYY-MM-DD"],
])("%j is refused with a sentence, as text and as JSON", async (args, sentence) => {
  const text = await run(...args);
  expect([text.exitCode, text.out]).toEqual([1, ""]);
  expect(text.err).toContain(sentence);
  const json = await run(...args, "--json");
  expect([json.exitCode, JSON.parse(json.out).error]).toEqual([1, text.err.trim()]);
});

test.each([[[]], [["--rule", "ca.ipa.access"]], [["--rul", "x"]], [["2026-06-01"]]])(
  "the command line %j is not understood, and the usage is shown",
  async (args) => {
    const { exitCode, out, err } = await run(...args);
    expect([exitCode, out]).toEqual([2, ""]);
    expect(err).toContain("--rule ID");
  },
);

test("a count of hours takes a time of day, written with T or with a space", async () => {
  const due = async (on: string) =>
    JSON.parse((await run("--rule", "eu.gdpr.breach", "--on", on, "--event", `answered:${on}`, "--json")).out).due;
  expect(await due("2026-12-23T16:30")).toBe("2026-12-26T16:30");
  expect(await due("2026-12-23 16:30")).toBe("2026-12-26T16:30");
});

test("the version of the day of receipt answers", async () => {
  const cite = async (on: string) =>
    JSON.parse((await run("--rule", "uk.gdpr.dsar", "--on", on, "--json")).out).cite as string;
  expect([await cite("2026-02-04"), await cite("2026-02-05")]).toEqual([
    "UK GDPR art. 12(3), 15",
    "UK GDPR art. 12(3), 12A, 15",
  ]);
});

test("the calendar of a nation is an option", async () => {
  const args = ["--rule", "uk.gdpr.dsar", "--on", "2026-10-30", "--calendar"];
  expect(JSON.parse((await run(...args, "uk.scotland", "--json")).out).due).toBe("2026-12-01");
  const { exitCode, err } = await run(...args, "us.federal");
  expect([exitCode, err]).toEqual([1, expect.stringContaining("uk.northern-ireland")]);
});

describe("a pending change of the law", () => {
  const CPRA = ["--rule", "ca.cpra.determination", "--json", "--on"];

  test("is switched on from its day, and what came before keeps the old law", async () => {
    const due = async (on: string) =>
      JSON.parse((await run(...CPRA, on, "--law", "ca.ab-1821:2027-01-01")).out).due as string;
    // Ten business days from Friday 8 January 2027: without the 18th, Friday the 22nd would be day nine.
    expect([await due("2026-12-31"), await due("2027-01-08")]).toEqual(["2027-01-11", "2027-01-25"]);
  });

  test("is told the day of a new holiday, and more than one can be given", async () => {
    const switches = ["--law", "ca.sb-1013:2027-01-01", "--law", "ca.ab-2294:2027-01-01:04-15"];
    const { due, latest } = JSON.parse((await run(...CPRA, "2027-04-05", ...switches)).out);
    expect([due, latest]).toEqual(["2027-04-15", "2027-04-16"]);
    const file = join(folder, "holiday.jsonl");
    await writeFile(file, JSON.stringify({ rule: "ca.cpra.determination", on: "2027-04-05" }));
    expect(JSON.parse((await run("--batch", file, ...switches)).out).latest).toBe("2027-04-16");
  });

  test.each([
    ["ca.nothing:2027-01-01", "ca.nothing"],
    ["ca.ab-1821", "YYYY-MM-DD"],
    ["ca.ab-1821:soon", "YYYY-MM-DD"],
    ["ca.ab-2294:2027-01-01", "MM-DD"],
    ["ca.ab-2294:2027-01-01:15-04", "MM-DD"],
  ])("“%s” is refused with a sentence, whatever was asked", async (law, sentence) => {
    for (const asked of [
      [...CPRA, "2027-01-01"],
      ["--list", "--json"],
    ]) {
      const { exitCode, out } = await run(...asked, "--law", law);
      expect([exitCode, JSON.parse(out).error]).toEqual([1, expect.stringContaining(sentence)]);
    }
  });
});

test("a line of a batch may name a calendar, a length, a ground and whatever is its writer's own", async () => {
  const extended = { kind: "extended", on: "2026-06-02", length: 3, ground: "voluminous", by: "clerk 7" };
  const paused = [
    { kind: "paused", on: "2026-03-01", ground: "criminal-case" },
    { kind: "resumed", on: "2026-06-01" },
  ];
  const { results } = await batch(
    [
      { rule: "ca.cpra.determination", on: "2026-06-01", events: [extended], no: 1, due: "never" },
      { rule: "ca.discipline.limit", on: "2026-01-05", events: paused },
      { rule: "uk.gdpr.dsar", on: "2026-10-30", calendar: "uk.scotland" },
      { rule: "eu.gdpr.breach", on: "2026-12-23 16:30" },
      { rule: "ca.cpra.determination", on: "2026-06-01", events: [{ ...extended, length: "3" }] },
      { rule: "ca.cpra.determination", on: "2026-06-01", calendar: 7 },
    ].map((line) => JSON.stringify(line)),
  );
  const read = results.map((line) => JSON.parse(line));
  expect(read.slice(0, 4).map(({ due }) => due)).toEqual([
    "2026-06-15",
    "2027-04-07",
    "2026-12-01",
    "2026-12-26T16:30",
  ]);
  expect(read.slice(4).map(({ error }) => error)).toEqual([
    expect.stringContaining("“length” is a number"),
    expect.stringContaining("“calendar”"),
  ]);
});

test("a batch answers line by line in order, and a bad line spoils only itself", async () => {
  const good = JSON.stringify({ rule: "ca.ipa.access", on: "2026-06-01" });
  const { exitCode, results } = await batch([
    good,
    "not json",
    "",
    "[]",
    '{"on":"2026-06-01"}',
    '{"rule":"ca.ipa.access","on":"2026-06-01","events":[{"on":"2026-06-01"}]}',
    '{"rule":"ca.ipa.access","on":"2026-06-01","events":[{"kind":"received","on":"2026-06-01"}]}',
    '{"rule":"__proto__","on":"2026-06-01"}',
    good,
  ]);
  const read = results.map((line) => JSON.parse(line));
  expect(exitCode).toBe(0);
  expect(read).toHaveLength(9);
  expect([read[0].due, read[8].due]).toEqual(["2026-07-01", "2026-07-01"]);
  for (const { error, ...rest } of read.slice(1, 8)) {
    expect(error).toMatch(/^[\p{L}“].+\.$/u);
    expect(rest).toEqual({});
  }
});

test("a mark at the beginning of the file, Windows line ends and empty fields are no fault", async () => {
  const bare = { rule: "ca.ipa.access", on: "2026-06-01" };
  const { results } = await batch([
    `\uFEFF${JSON.stringify(bare)}\r`,
    `${JSON.stringify({ ...bare, events: null, closed: null, calendar: null })}\r`,
    JSON.stringify({ ...bare, events: [] }),
  ]);
  expect(results.map((line) => JSON.parse(line).due)).toEqual(Array(3).fill("2026-07-01"));
});

test("an event of a batch needs its kind and its day, in any order of the days, and no more", async () => {
  const on = "2026-03-03";
  const told = (kind: string, day: string) => ({ kind, on: day });
  const { results } = await batch(
    [
      // The longest extension that the law allows.
      { rule: "ca.cpra.determination", on, events: [told("extended", "2026-03-13")] },
      {
        rule: "uk.gdpr.dsar",
        on,
        events: [told("identity-received", "2026-03-10"), told("identity-asked", "2026-03-05")],
      },
      { rule: "ca.ipa.access", on, events: [told("answered", "2026-03-20"), told("information-asked", "2026-03-10")] },
      { rule: "uk.gdpr.dsar", on, events: [told("information-received", "2026-03-10")] },
      { rule: "ca.cpra.determination", on, events: [told("extended", "2026-03-14")] },
    ].map((line) => JSON.stringify(line)),
  );
  const read = results.map((line) => JSON.parse(line));
  expect(read.slice(0, 3).map(({ due }) => due)).toEqual(["2026-03-27", "2026-04-10", "2026-04-02"]);
  expect(read.slice(3).map(({ error }) => error)).toEqual([
    expect.stringContaining("information-asked"),
    expect.stringContaining("2026-03-13"),
  ]);
});

test("a file that is not there is said so", async () => {
  const { exitCode, err } = await run("--batch", join(folder, "missing.jsonl"));
  expect(exitCode).toBe(1);
  expect(err).toContain("missing.jsonl");
});

test("a batch says of every question what the single command says", async () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addPeriod("2020-01-01", days, "days"));
  const event = fc.record({ kind: fc.constantFrom(...EVENT_KINDS), after: fc.integer({ min: -2, max: 90 }) });
  const one = fc.record({
    rule: fc.constantFrom(...listRules().map(({ id }) => id), "ca.unknown"),
    on: day,
    events: fc.array(event, { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 20 }), async (drawn) => {
      const questions = drawn.map(({ rule, on, events }) => ({
        rule,
        on,
        events: events.map(({ kind, after }) => ({ kind, on: addPeriod(on, after, "days") })),
      }));
      const { results } = await batch(questions.map((question) => JSON.stringify(question)));
      for (const [index, { rule, on, events }] of questions.entries()) {
        const args = events.flatMap(({ kind, on: at }) => ["--event", `${kind}:${at}`]);
        const { out } = await run("--rule", rule, "--on", on, ...args, "--json");
        expect(`${results[index]}\n`).toBe(out);
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);

/** Every rule in turn, on a day on which it is in force; some extended, some stopped and answered. */
function writeMany(): string {
  const rules = listRules();
  const lines = Array.from({ length: 100_000 }, (_, index) => {
    const rule = rules[index % rules.length] as Rule;
    const most = daysBetween(rule.inForce.from ?? "2020-01-01", rule.inForce.to ?? "2045-12-31");
    const on = addPeriod(rule.inForce.from ?? "2020-01-01", (index * 7) % most, "days");
    const events = rule.extension && index % 3 === 0 ? [{ kind: "extended", on }] : [];
    const stop = (["identity", "information", "fee"] as const)[index % 5];
    if (stop) {
      const { begins, ends } = KINDS_OF_STOP[stop];
      events.push({ kind: begins, on: addPeriod(on, 2, "days") }, { kind: ends, on: addPeriod(on, 9, "days") });
    }
    if (index % 2 === 0) events.push({ kind: "answered", on: addPeriod(on, 20, "days") });
    return JSON.stringify({ rule: rule.id, on, events, closed: [addPeriod(on, 30, "days")] });
  });
  return lines.join("\n");
}

test("a hundred thousand lines take seconds, and are handed on in pieces", async () => {
  const file = join(folder, "many.jsonl");
  await writeFile(file, writeMany());
  let lines = 0;
  let largest = 0;
  let refused = 0;
  const started = process.cpuUsage();
  await runDeadline(["--batch", file], {
    out(text) {
      lines += text.split("\n").length - 1;
      largest = Math.max(largest, text.length);
      refused += text.split('{"error"').length - 1;
    },
    err(text) {
      throw new Error(text);
    },
  });
  expect([lines, refused]).toEqual([100_000, 0]);
  expect(largest).toBeLessThan(4_000_000);
  // Of this process alone: the machine may be busy with others.
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1e6).toBeLessThan(10);
}, 180_000);
