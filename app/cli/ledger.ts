/** `wholooked ledger ...`: the portal's own record, checked, handed outside, and written to a file. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { type Action, authorise } from "#app/people/authorise.ts";
import type { Verdict } from "#app/platform/ledger/chain-check.ts";
import {
  type Checkpoint,
  isPublicKey,
  parseCheckpoints,
  type SignedCheckpoint,
} from "#app/platform/ledger/checkpoint.ts";
import {
  addCheckpointPlace,
  type CheckpointPlace,
  dropCheckpointPlace,
  listCheckpointPlaces,
  PLACE_KINDS,
} from "#app/platform/ledger/checkpoint-places.server.ts";
import { exportLedger, NoDump, verifyDump } from "#app/platform/ledger/dump-ledger.server.ts";
import { handOutCheckpoints } from "#app/platform/ledger/hand-out-checkpoints.server.ts";
import { getCheckpointKey, replaceCheckpointKey, signCheckpoint } from "#app/platform/ledger/sign-checkpoint.server.ts";
import { verifyLedger } from "#app/platform/ledger/verify-ledger.server.ts";
import { faultLine } from "#app/platform/log/fault.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type Answer, type Command, type CommandContext, WrongUsage } from "./command.ts";
import { operatorOf } from "./operator.ts";

async function enter(context: CommandContext, action: Action): Promise<{ portal: Portal; actor: Actor }> {
  const portal = await context.portal();
  const actor = operatorOf(portal);
  authorise(actor, action);
  return { portal, actor };
}

/**
 * `ledger verify [--checkpoint FILE ...] [--key PUBLIC] [--dump FILE]`: walks the whole chain, and holds it against
 * what was kept outside. With --dump neither the database nor a key of the portal is needed.
 */
export const ledgerVerify: Command = async (args, context): Promise<Answer> => {
  const { values } = parseArgs({
    args,
    options: {
      checkpoint: { type: "string", multiple: true },
      dump: { type: "string" },
      key: { type: "string" },
      json: { type: "boolean" },
    },
  });
  const { key = null } = values;
  if (key !== null && !isPublicKey(key)) {
    throw new WrongUsage("--key takes the public key that `ledger key` prints: 43 letters, digits, - and _.");
  }
  const kept = (await Promise.all((values.checkpoint ?? []).map(readCheckpoints))).flat();
  const verdict =
    values.dump === undefined
      ? await verifyLedger((await enter(context, "ledger.verify")).portal.pool, kept, key)
      : await checkDump(values.dump, kept, key);
  return { ok: verdict.ok, json: verdict, lines: linesOf(verdict) };
};

function linesOf(verdict: Verdict): string[] {
  const against = verdict.checkpoints === 1 ? "1 checkpoint" : `${verdict.checkpoints} checkpoints`;
  const signers = verdict.keys.length === 0 ? "" : `, signed by ${verdict.keys.join(" and ")}`;
  if (verdict.ok) {
    return [
      `The ledger holds: ${verdict.entries} entries, head ${verdict.head?.hash ?? "none"}, held against ${against}${signers}.`,
    ];
  }
  return [
    `The ledger does NOT hold (${verdict.entries} entries, ${against}${signers}):`,
    ...verdict.faults.map(({ seq, kind, what, after }) => {
      const since = after === undefined ? "" : `; the last that a checkpoint vouches for is ${after}`;
      return `  entry ${seq}: ${kind}: ${what}${since}`;
    }),
  ];
}

async function checkDump(path: string, kept: readonly (Checkpoint | SignedCheckpoint)[], key: string | null) {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile())
    throw new WrongUsage("--dump takes a file that `ledger export` wrote; there is none at that path.");
  return verifyDump(path, kept, key).catch((error: unknown) => {
    if (!(error instanceof NoDump)) throw error;
    throw new WrongUsage(
      `--dump takes a file that \`ledger export\` wrote; line ${error.line} of this one is no entry: it needs seq, previous, hash and body.`,
    );
  });
}

/** Of one file, or of every .json file of a folder into which checkpoints are handed. */
async function readCheckpoints(path: string): Promise<(Checkpoint | SignedCheckpoint)[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) {
    throw new WrongUsage("--checkpoint takes a checkpoint's file, or a folder with such; there is none at that path.");
  }
  if (found.isDirectory()) {
    const names = (await readdir(path)).filter((name) => name.endsWith(".json")).sort();
    return (await Promise.all(names.map((name) => readCheckpoints(join(path, name))))).flat();
  }
  const parsed = parseCheckpoints(await readFile(path, "utf8"));
  if (parsed === null) {
    throw new WrongUsage(
      "The checkpoint file holds no checkpoint: it takes what was handed out, or an earlier answer of `ledger verify --json` (seq and hash).",
    );
  }
  return parsed;
}

/** `ledger export FILE`: every entry as one line of JSON. Its reader needs nothing else to check it. */
export const ledgerExport: Command = async (args, context): Promise<Answer> => {
  const path = onlyOne(args, "ledger export takes one file, which is not there yet: ledger export FILE.jsonl");
  const { portal } = await enter(context, "ledger.verify");
  const entries = await exportLedger(portal.pool, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
    throw new WrongUsage("ledger export takes a file that is not there yet; there is one at that path.");
  });
  return { ok: true, json: { entries }, lines: [`${entries} entries written.`] };
};

/** `ledger key`: the public key that signs the checkpoints, to be kept apart from them. */
export const ledgerKey: Command = async (args, context): Promise<Answer> => {
  parseArgs({ args, options: { json: { type: "boolean" } } });
  const { portal } = await enter(context, "ledger.verify");
  const key = await getCheckpointKey(portal);
  return { ok: true, json: { key, algorithm: "Ed25519" }, lines: [key] };
};

/**
 * `ledger key replace`: another key signs from now on, and the former one says so. Whoever holds the former public key
 * can still check every checkpoint.
 */
export const ledgerKeyReplace: Command = async (args, context): Promise<Answer> => {
  parseArgs({ args, options: { json: { type: "boolean" } } });
  const { portal, actor } = await enter(context, "ledger.hand-out");
  const key = await replaceCheckpointKey(portal, asLedgerActor(actor));
  return {
    ok: true,
    json: { key, algorithm: "Ed25519" },
    lines: [key, "Give the new public key to whoever holds checkpoints. The former one still verifies what it signed."],
  };
};

/** `ledger checkpoint to file|mail|url TARGET` */
export const checkpointTo: Command = async (args, context): Promise<Answer> => {
  const { positionals } = parseArgs({ args, options: { json: { type: "boolean" } }, allowPositionals: true });
  const kind = PLACE_KINDS.find((known) => known === positionals[0]);
  const target = positionals[1];
  if (kind === undefined || target === undefined || positionals.length > 2) {
    throw new WrongUsage("ledger checkpoint to takes a kind and a target: file FOLDER, mail ADDRESS or url URL.");
  }
  const { portal, actor } = await enter(context, "ledger.hand-out");
  const id = await addCheckpointPlace(portal, asLedgerActor(actor), kind, target);
  return {
    ok: true,
    json: { place: id, kind },
    lines: [`From now on checkpoints are handed there too (place ${id}).`],
  };
};

/** `ledger checkpoint list`: the places, and what each has. */
export const checkpointList: Command = async (args, context): Promise<Answer> => {
  parseArgs({ args, options: { json: { type: "boolean" } } });
  const { portal } = await enter(context, "ledger.hand-out");
  const places = await listCheckpointPlaces(portal);
  return {
    ok: true,
    json: { places },
    lines: places.length === 0 ? ["No checkpoint is handed anywhere: ledger checkpoint to ..."] : places.map(placeLine),
  };
};

/** `ledger checkpoint drop PLACE` */
export const checkpointDrop: Command = async (args, context): Promise<Answer> => {
  const id = onlyOne(args, "ledger checkpoint drop takes the id of one place, as `ledger checkpoint list` shows it.");
  const { portal, actor } = await enter(context, "ledger.hand-out");
  await dropCheckpointPlace(portal, asLedgerActor(actor), id);
  return { ok: true, json: { dropped: id }, lines: ["Nothing is handed there any more."] };
};

/** `ledger checkpoint now`: signs one and hands it to every place, without waiting for the hour. */
export const checkpointNow: Command = async (args, context): Promise<Answer> => {
  parseArgs({ args, options: { json: { type: "boolean" } } });
  const { portal } = await enter(context, "ledger.hand-out");
  const checkpoint = await signCheckpoint(portal, true);
  if (checkpoint === null) return { ok: false, json: { checkpoint: null }, lines: ["The ledger is empty still."] };
  for (const { id } of await listCheckpointPlaces(portal)) {
    // The place remembers what went wrong, and its own job tries again.
    await handOutCheckpoints(portal, { placeId: id }).catch((error: unknown) => context.say(faultLine(error)));
  }
  const places = await listCheckpointPlaces(portal);
  const outside = places.filter(({ deliveredNo }) => deliveredNo >= checkpoint.no).length;
  return {
    ok: outside === places.length && outside > 0,
    json: { checkpoint, places },
    lines: [
      `Checkpoint ${checkpoint.no} says: ${checkpoint.seq} entries, head ${checkpoint.hash}.`,
      ...(places.length < 2
        ? ["It takes two places outside for one of them to be lost: ledger checkpoint to ..."]
        : []),
      ...places.map(placeLine),
    ],
  };
};

function placeLine({ id, kind, deliveredNo, fault }: CheckpointPlace): string {
  const has = deliveredNo === 0 ? "nothing yet" : `has number ${deliveredNo}`;
  return `${id}  ${kind}  ${has}${fault === null ? "" : `  FAULT ${fault}`}`;
}

function onlyOne(args: string[], usage: string): string {
  const { positionals } = parseArgs({ args, options: { json: { type: "boolean" } }, allowPositionals: true });
  const [one, ...more] = positionals;
  if (one === undefined || more.length > 0) throw new WrongUsage(usage);
  return one;
}
