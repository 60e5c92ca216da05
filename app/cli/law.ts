/** `wholooked law list` and `wholooked law switch`. */
import { parseArgs } from "node:util";
import { listLaw, previewSwitch, switchLaw } from "#app/requests/switch-law.server.ts";
import { type Command, WrongUsage } from "./command.ts";
import { movesJson, movesLines } from "./moves.ts";
import { operatorOf } from "./operator.ts";

/** `law list`: the changes that were seen coming, and every version of every rule. */
export const lawList: Command = async (args, context) => {
  parseArgs({ args, options: { json: { type: "boolean" } } });
  const portal = await context.portal();
  const operator = operatorOf(portal);
  const law = await listLaw(portal, operator);
  const changes = law.changes.map(({ id, title, effect, status, cite, evidence, needs, switched }) => ({
    ...{ id, title: title.en, effect: effect.en, status: status.en, cite, evidence, needs },
    from: switched?.from ?? null,
    detail: switched?.detail ?? null,
  }));
  const rules = law.rules.map(({ id, title, cite, period, evidence, inForce }) => ({
    ...{ id, title: title.en, cite, period, evidence, from: inForce.from, to: inForce.to },
  }));
  return {
    ok: true,
    json: { changes, rules },
    lines: [
      ...changes.map(({ id, from, title }) => `${id}: ${from === null ? "off" : `on from ${from}`}. ${title}`),
      `${rules.length} versions of rules; --json lists them.`,
    ],
  };
};

/** `law switch CHANGE --from DATE [--detail MM-DD] | --off [--dry-run]`: as an operator read it in the statute book. */
export const lawSwitch: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args,
    options: {
      from: { type: "string" },
      detail: { type: "string" },
      off: { type: "boolean" },
      "dry-run": { type: "boolean" },
      json: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const [change, ...more] = positionals;
  if (change === undefined || more.length > 0) throw new WrongUsage("law switch takes the id of one change.");
  if ((values.from === undefined) === (values.off !== true))
    throw new WrongUsage("law switch takes the first day in force (--from DATE), or --off.");
  const portal = await context.portal();
  const operator = operatorOf(portal);
  const asked = { change, from: values.from ?? null, detail: values.detail ?? null };
  const preview = await previewSwitch(portal, operator, asked);
  const done = values["dry-run"] !== true;
  if (done) await switchLaw(portal, operator, { ...asked, digest: preview.digest });
  const on = asked.from === null ? "off" : `on from ${asked.from}`;
  return {
    ok: true,
    json: { ...asked, done, moves: movesJson(preview) },
    lines: [`${change}: ${done ? on : `would be ${on}; nothing was changed`}.`, ...movesLines(preview, done)],
  };
};
