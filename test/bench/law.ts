import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runDeadline } from "#app/cli/deadline.ts";
import { LAW } from "#app/law/law.ts";
import { addPeriod } from "#app/law/local-date.ts";
import { type Measured, rateOf } from "./bench.ts";

const LINES = 100_000;
const TURNS = 3;

/**
 * A file of deadlines, every rule in turn and every third one extended, against reading and writing the
 * same lines as JSON: what is left is the law's share.
 */
export async function lawBench(): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), "wholooked-bench-"));
  const file = join(folder, "lines.jsonl");
  await writeFile(file, writeLines().join("\n"));
  const ours: number[] = [];
  const json: number[] = [];
  try {
    for (let turn = 0; turn < TURNS; turn += 1) {
      const answers: string[] = [];
      const out = (text: string) => void answers.push(text);
      ours.push(await rateOf(LINES, async () => void (await runDeadline(["--batch", file], { out, err: out }))));
      const lines = answers.join("").trimEnd().split("\n");
      if (lines.length !== LINES) throw new Error(`${lines.length} answers to ${LINES} questions`);
      json.push(await rateOf(LINES, () => void lines.map((line) => JSON.stringify(JSON.parse(line)))));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const against = { name: "parse and write the answers as JSON", values: json };
  return [{ name: "law.batch", unit: "lines/s", values: ours, against, goal: { atLeast: 0.15 } }];
}

function writeLines(): string[] {
  const rules = LAW.listRules().filter(({ inForce, period }) => inForce.to === null && period.unit !== "hours");
  return Array.from({ length: LINES }, (_, index) => {
    const rule = rules[index % rules.length];
    if (!rule) throw new Error("there is no rule");
    const on = addPeriod("2026-12-01", index % 9000, "days");
    const events = rule.extension && index % 3 === 0 ? [{ kind: "extended", on }] : [];
    return JSON.stringify({ rule: rule.id, on, events });
  });
}
