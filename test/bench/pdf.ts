import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { BenchOptions, Measured } from "./bench.ts";
import type { PdfMeasured } from "./pdf-process.ts";

const run = promisify(execFile);
const TURNS = 3;
const ROWS = 10_000;
/** The most that one answer may come to. */
const MANY = 100_000;

/** The released document: how fast it is drawn, in how much memory, and whether the portal serves meanwhile. */
export async function* pdfBench({ rows = ROWS }: BenchOptions): AsyncIterable<Measured> {
  const [ours, struct]: [PdfMeasured[], PdfMeasured[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn += 1) {
    struct.push(await measure("struct", rows));
    ours.push(await measure("ours", rows));
  }
  yield {
    name: "pdf.draw",
    unit: "look-ups/s",
    values: ours.map(({ rate }) => rate),
    against: { name: "the same table tagged through pdfkit's doc.struct", values: struct.map(({ rate }) => rate) },
    goal: { atLeast: 2.5 },
  };
  yield {
    name: "pdf.memory",
    unit: "MB",
    values: ours.map(({ megabytes }) => megabytes),
    against: { name: "300 MB", values: [300] },
    goal: { atMost: 1 },
  };
  yield {
    name: "pdf.portal-waits",
    unit: "ms, 99 of 100 waits for the event loop while the document is drawn",
    values: ours.map(({ usualWait }) => usualWait),
    against: { name: "a tenth of a second", values: [100] },
    goal: { atMost: 1 },
  };
  const many = await measure("ours", MANY);
  yield {
    name: "pdf.memory-100000",
    unit: "MB",
    values: [many.megabytes],
    against: { name: "1 GB", values: [1024] },
    goal: { atMost: 1 },
  };
  yield {
    name: "pdf.draw-100000",
    unit: "look-ups/s",
    values: [many.rate],
    against: { name: "the rate of the shorter document", values: ours.map(({ rate }) => rate) },
    goal: { atLeast: 0.5 },
  };
}

async function measure(way: "ours" | "struct", count: number): Promise<PdfMeasured> {
  const file = fileURLToPath(new URL("pdf-process.ts", import.meta.url));
  // As the portal's own commands run: a small nursery, for a document is made of many short-lived pieces.
  const { stdout } = await run(process.execPath, ["--max-semi-space-size=4", file, way, String(count)]);
  return JSON.parse(stdout);
}
