/** The chain as a file, for whoever wants to check it without the portal and without its database. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import type pg from "pg";
import { ChainCheck, type Link, type Verdict } from "./chain-check.ts";
import type { Checkpoint, SignedCheckpoint } from "./checkpoint.ts";

const PAGE = 10_000;
const HASH = /^[0-9a-f]{64}$/;

/** The file has a line that is none: nothing can be said of the rest. */
export class NoDump extends Error {
  readonly line: number;
  constructor(number: number) {
    super(`line ${number} is no entry`);
    this.name = "NoDump";
    this.line = number;
  }
}

/**
 * Writes every entry, one JSON object a line: seq, previous, hash, body. The body is what is hashed; ids and codes.
 * @returns how many
 * @throws EEXIST when the file is there already
 */
export async function exportLedger(pool: pg.Pool, path: string): Promise<number> {
  const file = await open(path, "wx", 0o600);
  try {
    let seq = "0";
    let count = 0;
    for (;;) {
      const { rows } = await pool.query<{ seq: string; line: string }>(
        `SELECT seq, '{"seq":' || seq || ',"previous":"' || encode(previous, 'hex') || '","hash":"' || encode(hash, 'hex')
                || '","body":' || to_json(body) || '}' AS line
         FROM ledger.entry WHERE seq > $1 ORDER BY seq LIMIT $2`,
        [seq, PAGE],
      );
      await file.write(rows.map((row) => `${row.line}\n`).join(""));
      count += rows.length;
      seq = rows.at(-1)?.seq ?? seq;
      if (rows.length < PAGE) break;
    }
    await file.sync();
    return count;
  } finally {
    await file.close();
  }
}

/**
 * Walks the chain in an exported file, with nothing but the file and what somebody has kept.
 * @throws NoDump
 */
export async function verifyDump(
  path: string,
  kept: readonly (Checkpoint | SignedCheckpoint)[] = [],
  key: string | null = null,
): Promise<Verdict> {
  const check = new ChainCheck(kept, key);
  let number = 0;
  for await (const text of createInterface({
    input: createReadStream(path, "utf8"),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1;
    if (text === "") continue;
    const link = findLink(text);
    if (link === null) throw new NoDump(number);
    check.add(link);
  }
  return check.end();
}

/** By hand: a schema costs as much as all the rest, and there may be millions. */
function findLink(text: string): Link | null {
  const { seq, previous, hash, body } = (jsonOf(text) ?? {}) as Partial<Record<string, unknown>>;
  if (!Number.isSafeInteger(seq) || typeof body !== "string") return null;
  if (typeof previous !== "string" || !HASH.test(previous) || typeof hash !== "string" || !HASH.test(hash)) return null;
  return { seq: seq as number, previous: Buffer.from(previous, "hex"), hash: Buffer.from(hash, "hex"), body };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
