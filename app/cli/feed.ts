/** `wholooked feed import`, `wholooked feed check` and `wholooked feed schema`. */
import type { ReadStream } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { canonicalJsonSchema } from "#app/feeds/canonical-schema.ts";
import { checkFeed } from "#app/feeds/check-feed.ts";
import { importBatch } from "#app/feeds/import-batch.server.ts";
import { reasonSentence } from "#app/feeds/problem.ts";
import { getProfile } from "#app/feeds/profiles.ts";
import { type Command, type CommandContext, WrongUsage } from "./command.ts";
import { operatorOf } from "./operator.ts";

const READ_AT_ONCE = 1 << 18;

/** `feed import FILE --custodian A --system S --profile P`: takes in one delivery of a custodian's log. */
export const feedImport: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args,
    options: {
      custodian: { type: "string" },
      system: { type: "string" },
      profile: { type: "string" },
      json: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const { custodian, system, profile } = values;
  if (custodian === undefined || system === undefined || profile === undefined) {
    throw new WrongUsage("feed import needs to know whose log it is: --custodian, --system and --profile.");
  }
  const { stream, size } = await openFile(positionals);
  const feed = { agencySlug: custodian, systemSlug: system, profile };
  const { rows, stored, duplicates, quarantined, seconds } = await takeIn(context, feed, stream, size);
  const split = `${stored} stored, ${duplicates} already there, ${quarantined} in quarantine`;
  return {
    ok: true,
    json: { rows, stored, duplicates, quarantined, seconds: Math.round(seconds * 1000) / 1000 },
    lines: [`${rows} rows read in ${seconds.toFixed(1)} s: ${split}.`],
  };
};

async function takeIn(
  context: CommandContext,
  feed: { agencySlug: string; systemSlug: string; profile: string },
  stream: ReadStream,
  size: number,
) {
  try {
    const portal = await context.portal();
    const progress = context.progress && tellProgress(size, context.progress);
    return await importBatch(portal, operatorOf(portal), { ...feed, stream, via: "command", size, ...progress });
  } finally {
    stream.destroy();
  }
}

/** `feed check FILE --profile P [--locale es]`: says what an import would find. Needs no database. */
export const feedCheck: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args,
    options: { profile: { type: "string" }, locale: { type: "string" }, json: { type: "boolean" } },
    allowPositionals: true,
  });
  const { profile: name, locale = "en" } = values;
  if (name === undefined) throw new WrongUsage("feed check needs to know how to read the file: --profile.");
  if (locale !== "en" && locale !== "es") throw new WrongUsage("feed check speaks --locale en or --locale es.");
  const profile = getProfile(name);
  const { stream } = await openFile(positionals);
  const { rows, readable, quarantined, facts, ...check } = await checkFeed(stream, profile, context.time.now(), locale);
  const problems = check.problems.map(({ row, reason }) => ({ row, reason }));
  const said = facts === null || facts.rows === null ? [] : [`The delivery says that it has ${facts.rows} rows.`];
  return {
    ok: true,
    json: { rows, readable, quarantined, problems, ...(facts && { facts }) },
    lines: [
      `${rows} rows: ${readable} can be read, ${quarantined} would go to quarantine.`,
      ...said,
      ...Object.entries(check.reasons).map(([code, count]) => `${count} rows: ${reasonSentence(code, locale)}`),
      ...problems.map(({ row, reason }) => `row ${row}: ${reason}`),
    ],
  };
};

/** `feed schema`: the published JSON Schema of the canonical JSON Lines. Needs no database. */
export const feedSchema: Command = async () => {
  const schema = canonicalJsonSchema();
  return { ok: true, json: schema, lines: [JSON.stringify(schema, null, 2)] };
};

async function openFile(positionals: string[]): Promise<{ stream: ReadStream; size: number }> {
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new WrongUsage("Give the path of one file.");
  // Opened here, not by the stream: its failure would come while the database is still being opened.
  const file = await findFile(path);
  if (!file) throw new WrongUsage("There is no such file, or it cannot be read; give the path of one log.");
  return { stream: file.createReadStream({ highWaterMark: READ_AT_ONCE }), size: (await stat(path)).size };
}

const ABSENT = ["ENOENT", "EACCES", "EPERM", "ENOTDIR", "ELOOP"];

/** Null for what is no file that may be read. Looked at first: opening a named pipe would wait for its writer. */
async function findFile(path: string): Promise<FileHandle | null> {
  try {
    return (await stat(path)).isFile() ? await open(path, "r") : null;
  } catch (error) {
    if (ABSENT.includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}

function tellProgress(size: number, show: (line: string) => void) {
  const started = performance.now();
  return {
    onProgress: (rows: number, bytes: number): void => {
      const seconds = Math.max((performance.now() - started) / 1000, 0.001);
      const left = bytes === 0 ? 0 : (seconds * (size - bytes)) / bytes;
      show(`${rows} rows, ${Math.round(rows / seconds)} rows/s, about ${Math.max(0, Math.ceil(left))} s left`);
    },
    onSettling: (month: number, months: number): void =>
      show(`all rows are sealed; month ${month} of ${months} goes into the store`),
  };
}
