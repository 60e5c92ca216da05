import { parseArgs } from "node:util";
import { setRetention } from "#app/feeds/set-retention.server.ts";
import { type Command, WrongUsage } from "./command.ts";
import { operatorOf } from "./operator.ts";

/** `feed retention --custodian A --system S (--days N | --keep)`: how long the events of a log stay in the store. */
export const feedRetention: Command = async (args, context) => {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const { values } = parseArgs({
    args,
    options: { custodian: text, system: text, days: text, keep: flag, json: flag },
  });
  const { custodian, system, days, keep = false } = values;
  if (custodian === undefined || system === undefined || (days === undefined) === !keep) {
    throw new WrongUsage("feed retention needs --custodian and --system, and either --days N or --keep.");
  }
  const portal = await context.portal();
  const asked = days === undefined ? null : Number(days);
  await setRetention(portal, operatorOf(portal), { agencySlug: custodian, systemSlug: system, days: asked });
  const said = asked === null ? "for ever" : `for ${asked} days; a case or complaint that needs them keeps them longer`;
  return {
    ok: true,
    json: { custodian, system, days: asked },
    lines: [`The events of this log are kept ${said}.`],
  };
};
