import { parseArgs } from "node:util";
import { asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { getAgency } from "#app/registry/queries.server.ts";
import { nameAlias } from "#app/registry/register.server.ts";
import {
  type ClosurePreview,
  closeOffice,
  previewClosing,
  previewReopening,
  reopenOffice,
} from "#app/requests/change-closures.server.ts";
import { type Command, WrongUsage } from "./command.ts";
import { movesJson, movesLines } from "./moves.ts";
import { operatorOf } from "./operator.ts";

/** `agency alias SLUG NAME`: logs know this agency by that name too, so that complaints find their way. */
export const agencyAlias: Command = async (args, context) => {
  const { positionals } = parseArgs({ args, options: { json: { type: "boolean" } }, allowPositionals: true });
  const [slug, name, ...more] = positionals;
  if (slug === undefined || name === undefined || more.length > 0) {
    throw new WrongUsage("agency alias takes an agency's slug and one name, in quotes when it has spaces.");
  }
  const portal = await context.portal();
  const operator = operatorOf(portal);
  authorise(operator, "registry.change");
  const agency = await getAgency(portal, slug);
  await nameAlias(portal, asLedgerActor(operator), agency.id, name);
  return { ok: true, json: { agency: slug, alias: name }, lines: [`${slug} is also known as ${name}.`] };
};

/** `agency close SLUG DATE [--to DATE] [--emergency] --why TEXT [--dry-run]`: whole days on which an office is closed. */
export const agencyClose: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args,
    options: {
      to: { type: "string" },
      emergency: { type: "boolean" },
      why: { type: "string" },
      "dry-run": { type: "boolean" },
      json: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const { slug, on: from } = readOfficeDay("agency close", positionals);
  const { to = from, emergency = false, why } = values;
  if (why === undefined) throw new WrongUsage("agency close needs the reason that everybody may read: --why TEXT.");
  const portal = await context.portal();
  const operator = operatorOf(portal);
  const { id: agencyId } = await getAgency(portal, slug);
  const closing = { agencyId, from, to, emergency, why: why.trim() };
  const preview = await previewClosing(portal, operator, closing);
  const done = values["dry-run"] !== true;
  if (done) await closeOffice(portal, operator, { ...closing, digest: preview.digest });
  return {
    ok: true,
    json: { agency: slug, from, to, emergency, done, ...closureJson(preview) },
    lines: [
      `${slug} ${done ? "is" : "would be"} closed on ${preview.days.join(", ")}.`,
      ...preview.idle.map(
        ({ on, words }) => `${on} is ${words.en}: nobody works there anyway, and it changes nothing.`,
      ),
      ...movesLines(preview, done),
    ],
  };
};

/** `agency reopen SLUG DATE [--dry-run]`: takes away a closed day that was entered wrongly. */
export const agencyReopen: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args,
    options: { "dry-run": { type: "boolean" }, json: { type: "boolean" } },
    allowPositionals: true,
  });
  const { slug, on } = readOfficeDay("agency reopen", positionals);
  const portal = await context.portal();
  const operator = operatorOf(portal);
  const { id: agencyId } = await getAgency(portal, slug);
  const preview = await previewReopening(portal, operator, { agencyId, on });
  const done = values["dry-run"] !== true;
  if (done) await reopenOffice(portal, operator, { agencyId, on, digest: preview.digest });
  return {
    ok: true,
    json: { agency: slug, on, done, ...closureJson(preview) },
    lines: [`${slug} ${done ? "is" : "would be"} open on ${on}.`, ...movesLines(preview, done)],
  };
};

function readOfficeDay(command: string, positionals: readonly string[]): { slug: string; on: string } {
  const [slug, on, ...more] = positionals;
  if (slug === undefined || on === undefined || more.length > 0)
    throw new WrongUsage(`${command} takes an agency's slug and one day, YYYY-MM-DD.`);
  return { slug, on };
}

function closureJson(preview: ClosurePreview) {
  const idle = preview.idle.map(({ on, words }) => ({ on, why: words.en }));
  return { days: preview.days, idle, moves: movesJson(preview) };
}
