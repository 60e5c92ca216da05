import { parseArgs } from "node:util";
import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { getAgency } from "#app/registry/queries.server.ts";
import { nameAlias } from "#app/registry/register.server.ts";
import { type Command, WrongUsage } from "./command.ts";

/** `agency alias SLUG NAME`: logs know this agency by that name too, so that complaints find their way. */
export const agencyAlias: Command = async (args, context) => {
  const { positionals } = parseArgs({ args, options: { json: { type: "boolean" } }, allowPositionals: true });
  const [slug, name, ...more] = positionals;
  if (slug === undefined || name === undefined || more.length > 0) {
    throw new WrongUsage("agency alias takes an agency's slug and one name, in quotes when it has spaces.");
  }
  const portal = await context.portal();
  const operator: Actor = { kind: "operator", name: portal.config.operator };
  authorise(operator, "registry.change");
  const agency = await getAgency(portal, slug);
  await nameAlias(portal, asLedgerActor(operator), agency.id, name);
  return { ok: true, json: { agency: slug, alias: name }, lines: [`${slug} is also known as ${name}.`] };
};
