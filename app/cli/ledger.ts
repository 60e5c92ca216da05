import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { authorise } from "#app/people/authorise.ts";
import { type Checkpoint, verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { type Answer, type Command, WrongUsage } from "./command.ts";
import { operatorOf } from "./operator.ts";

/** A checkpoint is an earlier answer of this command, or its `head` alone. */
const checkpointFile = z.union([
  z
    .object({ head: z.object({ seq: z.int().positive(), hash: z.string().regex(/^[0-9a-f]{64}$/) }) })
    .transform((file) => file.head),
  z.object({ seq: z.int().positive(), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
]);

/** `ledger verify [--checkpoint FILE]`: walks the whole chain, and holds it against a head seen earlier. */
export const ledgerVerify: Command = async (args, context): Promise<Answer> => {
  const { values } = parseArgs({ args, options: { checkpoint: { type: "string" }, json: { type: "boolean" } } });
  const checkpoint = values.checkpoint === undefined ? null : await readCheckpoint(values.checkpoint);
  const portal = await context.portal();
  authorise(operatorOf(portal), "ledger.verify");
  const verdict = await verifyLedger(portal.pool, checkpoint);
  const line = verdict.ok
    ? `The ledger holds: ${verdict.entries} entries, head ${verdict.head?.hash ?? "none"}.`
    : `The ledger does NOT hold: entry ${verdict.broken?.seq}: ${verdict.broken?.what}.`;
  return { ok: verdict.ok, json: verdict, lines: [line] };
};

async function readCheckpoint(path: string): Promise<Checkpoint> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new WrongUsage(
      "--checkpoint takes a file with an earlier answer of `ledger verify --json`; there is none at that path.",
    );
  });
  const parsed = checkpointFile.safeParse(safeJson(text));
  if (!parsed.success) {
    throw new WrongUsage(
      "The checkpoint file is not an earlier answer of `ledger verify --json`: it needs head.seq and head.hash.",
    );
  }
  return parsed.data;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
