import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runDeadline } from "#app/cli/deadline.ts";
import { EVENT_KINDS } from "#app/law/event.ts";
import { listRules } from "#app/law/law.ts";
import { addPeriod } from "#app/law/local-date.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wholooked-deadline-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]) {
  let out = "";
  let err = "";
  const exitCode = await runDeadline(args, {
    out(text) {
      out += text;
    },
    err(text) {
      err += text;
    },
  });
  return { exitCode, out, err };
}

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

test("the list names every rule", async () => {
  const listed = JSON.parse((await run("--list", "--json")).out) as { id: string; cite: string }[];
  expect(listed.map(({ id }) => id)).toEqual(listRules().map(({ id }) => id));
  expect(listed.every(({ cite }) => cite.includes("§"))).toBe(true);
  expect((await run("--list")).out.trim().split("\n")).toHaveLength(listed.length);
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
});

test("a hundred thousand lines take seconds, and are handed on in pieces", async () => {
  const questions = Array.from({ length: 100_000 }, (_, index) =>
    JSON.stringify({ rule: listRules()[index % 9]?.id, on: addPeriod("2023-01-01", index % 9000, "days") }),
  );
  const file = join(folder, "many.jsonl");
  await writeFile(file, questions.join("\n"));
  let lines = 0;
  let largest = 0;
  const started = performance.now();
  await runDeadline(["--batch", file], {
    out(text) {
      lines += text.split("\n").length - 1;
      largest = Math.max(largest, text.length);
    },
    err(text) {
      throw new Error(text);
    },
  });
  expect(lines).toBe(100_000);
  expect(largest).toBeLessThan(4_000_000);
  // "In seconds", with room for a busy machine of two cores.
  expect(performance.now() - started).toBeLessThan(30_000);
}, 60_000);
