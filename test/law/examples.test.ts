import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runDeadline } from "#app/cli/deadline.ts";
import type { ClockEvent } from "#app/law/event.ts";
import { LAW } from "#app/law/law.ts";

/**
 * Every worked example of the collected law, by its number there. Kind: O an official example, o an official
 * one read second-hand, N a nonprofit's or law firm's, C computed. `latest` is left out where it is `due`.
 */
interface Example {
  readonly no: number;
  readonly kind: "O" | "o" | "N" | "C";
  readonly rule: string;
  readonly on: string;
  readonly due: string;
  readonly latest?: string;
  readonly calendar?: string;
  readonly nominal?: string;
  readonly events?: readonly ClockEvent[];
}

function asked(from: string, to: string): ClockEvent[] {
  return [
    { kind: "information-asked", on: from },
    { kind: "information-received", on: to },
  ];
}

const UK = "uk.england-wales";

const EXAMPLES: readonly Example[] = [
  { no: 1, kind: "O", rule: "uk.gdpr.dsar", on: "2025-09-03", due: "2025-10-03" },
  { no: 1, kind: "O", rule: "eu.gdpr.dsar", on: "2025-09-03", due: "2025-10-03" },
  { no: 3, kind: "o", rule: "uk.gdpr.dsar", on: "2025-03-31", due: "2025-04-30" },
  { no: 4, kind: "o", rule: "uk.gdpr.dsar", on: "2028-01-31", due: "2028-02-29" },
  { no: 6, kind: "o", rule: "uk.gdpr.dsar", on: "2026-04-01", due: "2026-05-01" },
  { no: 7, kind: "N", rule: "uk.gdpr.dsar", on: "2026-08-31", due: "2026-09-30" },
  { no: 7, kind: "o", rule: "eu.gdpr.dsar", on: "2026-08-31", due: "2026-09-30" },
  // Year-free: in 2027 nothing moves it; in 2026 5 April is Easter Sunday.
  { no: 8, kind: "o", rule: "eu.gdpr.dsar", on: "2027-03-05", due: "2027-04-05", calendar: UK },
  { no: 8, kind: "o", rule: "eu.gdpr.dsar", on: "2026-03-05", due: "2026-04-07", calendar: UK },
  { no: 10, kind: "C", rule: "uk.gdpr.dsar", on: "2026-11-26", due: "2026-12-29" },
  { no: 12, kind: "C", rule: "uk.gdpr.dsar", on: "2026-01-30", due: "2026-03-02" },
  { no: 12, kind: "C", rule: "uk.gdpr.dsar", on: "2026-01-29", due: "2026-03-02" },
  { no: 12, kind: "C", rule: "uk.gdpr.dsar", on: "2026-01-31", due: "2026-03-02" },
  {
    no: 13,
    kind: "C",
    rule: "uk.gdpr.dsar",
    on: "2027-01-31",
    due: "2027-04-30",
    events: [{ kind: "extended", on: "2027-02-10" }],
  },
  {
    no: 15,
    kind: "C",
    rule: "uk.gdpr.dsar",
    on: "2026-09-03",
    due: "2026-10-12",
    nominal: "2026-10-11",
    events: asked("2026-09-10", "2026-09-17"),
  },
  {
    no: 17,
    kind: "C",
    rule: "uk.gdpr.dsar",
    on: "2026-01-31",
    due: "2026-03-09",
    nominal: "2026-03-07",
    events: asked("2026-02-10", "2026-02-16"),
  },
  { no: 18, kind: "C", rule: "uk.complaint.controller", on: "2026-07-01", due: "2026-07-30", latest: "2026-07-31" },
  { no: 19, kind: "C", rule: "eu.gdpr.breach", on: "2026-12-23T16:30", due: "2026-12-26T16:30" },
  { no: 19, kind: "C", rule: "eu.gdpr.breach", on: "2026-12-23 16:30", due: "2026-12-26T16:30" },
  { no: 20, kind: "C", rule: "ee.iks.lea_access", on: "2026-05-23", due: "2026-06-25" },
  { no: 20, kind: "C", rule: "eu.gdpr.dsar", on: "2026-05-23", due: "2026-06-25", calendar: "ee" },
  { no: 22, kind: "C", rule: "ee.avts", on: "2026-02-20", due: "2026-03-02" },
  { no: 24, kind: "C", rule: "ee.aki.complaint", on: "2026-05-25", due: "2026-06-25" },
  {
    no: 24,
    kind: "C",
    rule: "ee.aki.complaint",
    on: "2026-05-25",
    due: "2026-08-24",
    nominal: "2026-08-23",
    events: [{ kind: "extended", on: "2026-06-01" }],
  },
  { no: 25, kind: "N", rule: "ca.cpra.determination", on: "2017-04-10", due: "2017-04-20" },
  { no: 26, kind: "C", rule: "ca.cpra.determination", on: "2026-11-16", due: "2026-11-30" },
  { no: 29, kind: "C", rule: "ca.cpra.determination", on: "2026-10-02", due: "2026-10-12", latest: "2026-10-13" },
  { no: 30, kind: "C", rule: "ca.cpra.determination", on: "2026-05-16", due: "2026-05-26" },
  { no: 31, kind: "C", rule: "ca.ipa.access", on: "2026-03-01", due: "2026-04-01" },
  { no: 33, kind: "C", rule: "ca.ipa.access", on: "2026-08-26", due: "2026-09-28" },
  { no: 34, kind: "C", rule: "ca.ipa.access", on: "2026-06-04", due: "2026-07-06" },
  { no: 36, kind: "C", rule: "ca.ipa.access", on: "2027-05-20", due: "2027-06-21" },
  { no: 38, kind: "C", rule: "ca.ipa.access", on: "2027-11-25", due: "2027-12-27" },
  { no: 40, kind: "C", rule: "ca.ipa.access.dispersed", on: "2027-12-31", due: "2028-02-29" },
  { no: 40, kind: "C", rule: "ca.ipa.access.60", on: "2027-12-31", due: "2028-02-29" },
  { no: 41, kind: "C", rule: "ca.ipa.amend.review", on: "2026-09-10", due: "2026-10-12", latest: "2026-10-13" },
  { no: 43, kind: "C", rule: "ca.ipa.access", on: "2026-06-01", due: "2026-07-01" },
  { no: 43, kind: "C", rule: "ca.ipa.suit", on: "2026-07-01", due: "2028-07-01" },
  { no: 45, kind: "C", rule: "ca.local.record_dispute", on: "2026-10-15", due: "2026-12-14" },
  { no: 46, kind: "C", rule: "ca.complaint.disposition", on: "2026-11-30", due: "2026-12-30" },
  { no: 47, kind: "C", rule: "ca.records.release", on: "2026-11-11", due: "2026-12-28" },
  { no: 49, kind: "C", rule: "ca.discipline.limit", on: "2028-02-29", due: "2029-02-28" },
  { no: 50, kind: "C", rule: "ca.ipa.accounting.retention", on: "2024-02-29", due: "2027-02-28" },
  { no: 51, kind: "C", rule: "ca.ccpa.ack", on: "2026-12-18", due: "2027-01-05" },
  { no: 53, kind: "C", rule: "us.foia", on: "2026-11-02", due: "2026-12-02" },
  { no: 54, kind: "C", rule: "us.foia", on: "2026-06-05", due: "2026-07-07" },
  { no: 57, kind: "C", rule: "us.pa.amend.ack", on: "2026-12-18", due: "2027-01-05" },
  { no: 58, kind: "C", rule: "us.pa.amend.review", on: "2026-11-02", due: "2026-12-16" },
];

function expected({ due, latest, nominal }: Example) {
  return { due, latest: latest ?? due, ...(nominal && { nominal }) };
}

test.each(EXAMPLES)("example $no ($kind): $rule from $on is due $due", (example) => {
  const { rule, on, events = [], calendar } = example;
  expect(LAW.compute(rule, [{ kind: "received", on }, ...events], { calendar })).toMatchObject(expected(example));
});

test("a file of all examples answers each of them the same", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wholooked-examples-"));
  const file = join(folder, "examples.jsonl");
  let out = "";
  try {
    // `no`, `kind` and `due` are no part of a question and are left alone.
    await writeFile(file, EXAMPLES.map((example) => JSON.stringify(example)).join("\n"));
    await runDeadline(["--batch", file], {
      out(text) {
        out += text;
      },
      err(text) {
        throw new Error(text);
      },
    });
  } finally {
    await rm(folder, { recursive: true });
  }
  const answers: unknown[] = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(answers).toMatchObject(EXAMPLES.map(expected));
});

test("no example of the collected law is left out", () => {
  expect([...new Set(EXAMPLES.map(({ no }) => no))]).toEqual([
    1, 3, 4, 6, 7, 8, 10, 12, 13, 15, 17, 18, 19, 20, 22, 24, 25, 26, 29, 30, 31, 33, 34, 36, 38, 40, 41, 43, 45, 46,
    47, 49, 50, 51, 53, 54, 57, 58,
  ]);
});
