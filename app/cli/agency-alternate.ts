import { parseArgs } from "node:util";
import { type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { findAccountByEmail } from "#app/people/memberships.server.ts";
import { HANDLERS_TASK } from "#app/people/walls.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { enqueue } from "#app/platform/queue/queue.server.ts";
import { type Alternate, removeAlternates, saveAlternate } from "#app/registry/alternates.server.ts";
import { getAgency } from "#app/registry/queries.server.ts";
import { type Command, WrongUsage } from "./command.ts";

const USAGE = "agency alternate takes an agency's slug and one of --agency OTHER, --account MAIL and --none.";

/** `agency alternate SLUG --agency OTHER | --account MAIL | --none`: who works on its cases when none of its own may. */
export const agencyAlternate: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args,
    options: {
      agency: { type: "string" },
      account: { type: "string" },
      none: { type: "boolean" },
      json: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const [slug, ...more] = positionals;
  const asked = [values.agency, values.account, values.none].filter((one) => one !== undefined);
  if (slug === undefined || more.length > 0 || asked.length !== 1) throw new WrongUsage(USAGE);
  const portal = await context.portal();
  const operator: Actor = { kind: "operator", name: portal.config.operator };
  authorise(operator, "agency.alternate");
  const { id: agencyId } = await getAgency(portal, slug);
  const alternate = values.none === true ? null : await readAlternate(portal, slug, values);
  await inTransaction(portal, async (tx) => {
    if (alternate === null) await removeAlternates(tx, agencyId);
    else await saveAlternate(portal, tx, agencyId, alternate);
    await enqueue(tx, HANDLERS_TASK, {}, { key: HANDLERS_TASK });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(operator),
      act: alternate === null ? "agency.alternates-removed" : "agency.alternate-named",
      thing: { type: "agency", id: agencyId },
      agencyId,
      detail: { agency: alternate?.otherAgencyId ?? null, account: alternate?.accountId ?? null },
    });
  });
  const to = values.agency ?? values.account ?? null;
  const line =
    to === null ? `${slug} has no alternate any more.` : `${to} works on cases of ${slug} that nobody there may see.`;
  return { ok: true, json: { agency: slug, alternate: to }, lines: [line] };
};

async function readAlternate(
  portal: Portal,
  slug: string,
  values: { readonly agency?: string; readonly account?: string },
): Promise<Alternate> {
  if (values.agency !== undefined) {
    if (values.agency === slug) throw new WrongUsage("An agency cannot be its own alternate; name another one.");
    return { otherAgencyId: (await getAgency(portal, values.agency)).id, accountId: null };
  }
  const account = await findAccountByEmail(portal, values.account ?? "");
  if (!account) throw new WrongUsage("Nobody has an account under this mail address; they sign in once first.");
  return { otherAgencyId: null, accountId: account.id };
}
