/** An invented ALPR audit of any length: every row its own, a plate in four a second time or more, 3,000 users. */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { copyFile, open } from "node:fs/promises";

const HEADER =
  "ID,Name,Org Name,Total Networks Searched,Time Frame,License Plate,Reason,Case #,Filters,Search Time,Search Type,Text Prompt,Moderation";
const REASONS = [
  "Investigation",
  "Stolen vehicle",
  "theft",
  "Burglary suspect",
  "BOLO",
  "Missing person",
  "traffic stop",
];
const LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
const FLUSH = 1 << 20;
const START = Date.UTC(2025, 5, 1);
const MONTH_MS = 30 * 86_400_000;

const two = (n: number) => String(n).padStart(2, "0");

/** Numbers that are the same in every run (Numerical Recipes' generator). */
function numbers(): (below: number) => number {
  let seed = 20_261_125;
  return (below) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
}

/** Writes the file, its rows in the order of time over `months` months. About 200 bytes a row. */
export async function writeAudit(path: string, rows: number, months = 1): Promise<void> {
  const file = createWriteStream(path);
  const below = numbers();
  let text = `${HEADER}\n`;
  for (let i = 0; i < rows; i++) {
    const plate = below(Math.max(1, rows >> 1));
    const cells = [
      `${(1e9 + i).toString(16)}-4c1e-9b${two(i % 89)}`,
      `u-${below(3000)}-ab45-d7ad62110ff0`,
      "Marigold County SO",
      String(1 + (i % 800)),
      '"06/01/2025, 12:00:00 AM UTC - 06/30/2025, 11:59:59 PM UTC"',
      plateOf(plate),
      REASONS[i % REASONS.length],
      `25-${10_000 + (i % 89_999)}`,
      "{}",
      `"${timeOf(START + Math.floor((i * months * MONTH_MS) / rows))}"`,
      "lookup",
      "",
      "",
    ];
    text += `${cells.join(",")}\n`;
    if (text.length < FLUSH) continue;
    if (!file.write(text)) await once(file, "drain");
    text = "";
  }
  file.end(text);
  await once(file, "close");
}

/** The same file with its first two rows in the other order. */
export async function writeTurned(path: string, target: string): Promise<void> {
  const source = await open(path);
  const head = Buffer.alloc(1 << 12);
  const { bytesRead } = await source.read(head, 0, head.length, 0);
  await source.close();
  const [header, one, two, ...rest] = head.toString("latin1", 0, bytesRead).split("\n");
  await copyFile(path, target);
  const copy = await open(target, "r+");
  await copy.write([header, two, one, ...rest].join("\n"), 0, "latin1");
  await copy.close();
}

function plateOf(n: number): string {
  const letters = [n, Math.floor(n / 23), Math.floor(n / 529)].map((one) => LETTERS[one % 23]).join("");
  return `${1 + (Math.floor(n / 12_167_000) % 9)}${letters}${String(Math.floor(n / 12_167) % 1000).padStart(3, "0")}`;
}

function timeOf(instant: number): string {
  const at = new Date(instant);
  const hour = at.getUTCHours();
  const day = `${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}/${at.getUTCFullYear()}`;
  return `${day}, ${two(hour % 12 || 12)}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${hour < 12 ? "AM" : "PM"} UTC`;
}
