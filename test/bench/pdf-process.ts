/**
 * One document in a process of its own, measured: `node pdf-process.ts ours|struct COUNT`. Prints one JSON line.
 * The history is made beforehand, so that the clock runs over the drawing alone.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import PDFDocument from "pdfkit";
import { lookUpTable } from "#app/histories/document/compose-tables.ts";
import { BODY_WIDTH, PAGE } from "#app/histories/document/look.ts";
import { wordsFor } from "#app/histories/document/words.ts";
import { renderHistory } from "#app/histories/render-history.server.ts";
import { historyOf } from "#test/histories/document/histories.ts";

/** What the process of one document tells. */
export interface PdfMeasured {
  /** Look-ups drawn a second. */
  rate: number;
  /** Most memory that the process held. */
  megabytes: number;
  /** The longest that anything else of the process had to wait, in milliseconds. */
  longestWait: number;
  /** How long it waited at most in 99 of 100 cases. */
  usualWait: number;
  bytes: number;
}

const [way, wanted] = process.argv.slice(2);
const history = historyOf(Number(wanted), { demo: false });
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const start = process.hrtime.bigint();
const pdf = way === "ours" ? await renderHistory(history) : await drawStruct();
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
delay.disable();
const measured: PdfMeasured = {
  rate: history.lines.length / seconds,
  megabytes: process.resourceUsage().maxRSS / 1024,
  longestWait: delay.max / 1e6,
  usualWait: delay.percentile(99) / 1e6,
  bytes: pdf.length,
};
process.stdout.write(JSON.stringify(measured));

/** The same table, with the same words in the same columns, as pdfkit's handbook says to tag one. */
async function drawStruct(): Promise<Buffer> {
  const document = new PDFDocument({
    autoFirstPage: false,
    displayTitle: true,
    lang: "en-US",
    pdfVersion: "1.7",
    size: "letter",
    subset: "PDF/UA" as "PDF/A-1",
    tagged: true,
  });
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.on("end", resolve));
  const file = import.meta.resolve("@expo-google-fonts/public-sans/400Regular/PublicSans_400Regular.ttf");
  document.registerFont("sans", fileURLToPath(file));
  const { columns, groups } = lookUpTable(history, wordsFor(history.locale));
  const lefts = columns.map((_, index) => columns.slice(0, index).reduce((sum, { share }) => sum + share, 0));
  const table = document.struct("Table");
  document.addStructure(table);
  let y = Number.POSITIVE_INFINITY;
  for (const cells of [...groups()].flat()) {
    if (y > 680) {
      document.addPage({ margin: 0, size: "letter" });
      document.font("sans").fontSize(8);
      y = 60;
    }
    const row = document.struct("TR");
    table.add(row);
    let low = y;
    for (const { column, columns: spanned, header, parts } of cells) {
      const left = PAGE.left + (lefts[column] ?? 0) * BODY_WIDTH;
      const share = columns.slice(column, column + spanned).reduce((sum, { share }) => sum + share, 0);
      const draw = (): void => {
        document.y = y;
        for (const { text } of parts) document.text(text, left, document.y, { width: share * BODY_WIDTH - 8 });
        low = Math.max(low, document.y);
      };
      row.add(document.struct(header ? "TH" : "TD", {}, draw));
    }
    row.end();
    y = low + 4;
  }
  table.end();
  document.end();
  await ended;
  return Buffer.concat(chunks);
}
