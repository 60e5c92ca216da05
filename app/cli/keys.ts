/** `wholooked keys ...`: the keys that seal everything, exchanged for new ones while the portal serves. */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { startWorker } from "#app/platform/queue/worker.server.ts";
import { getKeyStatus, type KeyStatus } from "#app/platform/sealing/key-status.server.ts";
import { beginRotation, keyJobs } from "#app/platform/sealing/rotate-keys.server.ts";
import { GRACE_SECONDS } from "#app/platform/sealing/rotation.ts";
import { type Answer, type Command, type CommandContext, WrongUsage } from "./command.ts";
import { operatorOf } from "./operator.ts";

const LOOK_MS = 500;

async function enter(context: CommandContext): Promise<{ portal: Portal; actor: Actor }> {
  const portal = await context.portal();
  const actor = operatorOf(portal);
  authorise(actor, "keys.rotate");
  return { portal, actor };
}

/** `keys rotate [--kek-only] [--detach] [--grace SECONDS]` */
export const keysRotate: Command = async (args, context): Promise<Answer> => {
  const { values } = parseArgs({
    args,
    options: {
      "kek-only": { type: "boolean" },
      detach: { type: "boolean" },
      grace: { type: "string" },
      json: { type: "boolean" },
    },
  });
  const grace = values.grace === undefined ? GRACE_SECONDS : Number(values.grace);
  if (!Number.isInteger(grace) || grace < 0 || grace > 86_400) {
    throw new WrongUsage(
      "--grace takes whole seconds, 0 to 86400: for how long other processes may still use former keys.",
    );
  }
  const { portal, actor } = await enter(context);
  const kind = values["kek-only"] ? "kek" : "all";
  const id = await beginRotation(portal, asLedgerActor(actor), kind, grace);
  if (values.detach) {
    return { ok: true, json: { rotation: id }, lines: ["Begun; `wholooked keys status` says how far it has come."] };
  }
  const status = await waitForEnd(portal, context, id);
  return { ok: status.rotation?.stage === "done", json: status, lines: linesOf(status) };
};

/** Works along: no other process need be running. Stopped half-way, whichever worker comes next goes on. */
async function waitForEnd(portal: Portal, context: CommandContext, id: string): Promise<KeyStatus> {
  const worker = await startWorker(portal, keyJobs, { concurrency: 1 });
  try {
    for (;;) {
      const status = await getKeyStatus(portal);
      const { rotation } = status;
      if (rotation === null || rotation.id !== id || rotation.endedAt !== null) return status;
      context.progress?.(
        `${rotation.stage}: ${rotation.wrapped} wrapped, ${rotation.renewed} new, ${rotation.resealed} sealed anew`,
      );
      await sleep(LOOK_MS);
    }
  } finally {
    await worker.stop();
  }
}

/** `keys status` */
export const keysStatus: Command = async (args, context): Promise<Answer> => {
  parseArgs({ args, options: { json: { type: "boolean" } } });
  const { portal } = await enter(context);
  const status = await getKeyStatus(portal);
  return { ok: true, json: status, lines: linesOf(status) };
};

function linesOf({ rotation, purposes, dataKeys, underFormer }: KeyStatus): string[] {
  const fault = rotation?.fault ? `, stopped by ${rotation.fault}; it goes on by itself` : "";
  const what = rotation?.kind === "kek" ? "The key-encryption key" : "All keys";
  return [
    rotation === null
      ? "No keys were ever exchanged."
      : `${what}: ${rotation.stage}${fault} (${rotation.wrapped} wrapped, ${rotation.renewed} made, ${rotation.resealed} values sealed anew).`,
    `${dataKeys} data keys, ${underFormer} of them wrapped by a former key-encryption key.`,
    ...purposes.map(
      ({ purpose, keys, inExchange }) => `  ${purpose}: ${keys}${inExchange > 0 ? `, ${inExchange} in exchange` : ""}`,
    ),
  ];
}
