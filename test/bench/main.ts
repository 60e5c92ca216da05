// `npm run bench [-- NAME] [--rows N]`: one JSON line a measurement, each beside a peer or a ceiling measured in the same run.
// A figure alone says more of the machine than of the program; a ratio travels.
import { parseArgs } from "node:util";
import { type Bench, type Measured, median } from "./bench.ts";
import { feedsBench } from "./feeds.ts";
import { lawBench } from "./law.ts";

const { values: options, positionals } = parseArgs({
  options: { rows: { type: "string", default: "200000" } },
  allowPositionals: true,
});
const rows = Number(options.rows);
const BENCHES: Readonly<Record<string, Bench>> = { feeds: () => feedsBench(rows), law: lawBench };

const [wanted] = positionals;
if (!Number.isSafeInteger(rows) || rows < 20_000) {
  console.error("--rows is a number from 20000.");
  process.exit(2);
}
if (wanted !== undefined && !(wanted in BENCHES)) {
  console.error(`There is no bench "${wanted}"; there are ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}
let held = true;
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted !== undefined && name !== wanted) continue;
  for (const measured of await bench()) {
    const line = lineOf(measured);
    held = held && line.holds;
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}
process.exitCode = held ? 0 : 1;

function lineOf({ name, unit, values, against, goal }: Measured) {
  const value = median(values);
  const ratio = value / median(against.values);
  const holds = "atLeast" in goal ? ratio >= goal.atLeast : ratio <= goal.atMost;
  return { name, value: round(value), unit, against: against.name, ratio: round(ratio), goal, holds };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
