// `npm run bench [-- NAME] [--rows N] [--events N]`: one JSON line a measurement, each beside a peer or a ceiling measured in the
// same run. A figure alone says more of the machine than of the program; a ratio travels.
import { parseArgs } from "node:util";
import { type Bench, type Measured, median } from "./bench.ts";
import { deskBench } from "./desk.ts";
import { feedsBench } from "./feeds.ts";
import { feedsKeysBench } from "./feeds-keys.ts";
import { lawBench } from "./law.ts";
import { ledgerBench } from "./ledger.ts";
import { matchBench } from "./match.ts";
import { pdfBench } from "./pdf.ts";
import { signalsBench } from "./signals.ts";

const BENCHES: Readonly<Record<string, Bench>> = {
  law: lawBench,
  feeds: feedsBench,
  "feeds-keys": feedsKeysBench,
  ledger: ledgerBench,
  match: matchBench,
  signals: signalsBench,
  pdf: pdfBench,
  desk: deskBench,
};

const { values, positionals } = parseArgs({
  options: { rows: { type: "string" }, events: { type: "string" } },
  allowPositionals: true,
});
const [wanted] = positionals;
const rows = values.rows === undefined ? undefined : Number(values.rows);
const events = values.events === undefined ? undefined : Number(values.events);
if (wanted !== undefined && !(wanted in BENCHES)) {
  console.error(`There is no bench "${wanted}"; there are ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}
for (const [option, count] of Object.entries({ rows, events })) {
  if (count === undefined || (Number.isInteger(count) && count > 0)) continue;
  console.error(`--${option} takes a whole number, such as 5000000.`);
  process.exit(2);
}
let held = true;
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted !== undefined && name !== wanted) continue;
  for await (const measured of await bench({
    ...(rows !== undefined && { rows }),
    ...(events !== undefined && { events }),
  })) {
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
