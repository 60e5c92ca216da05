/** `wholooked account ...`: what an operator does for one account. */
import { parseArgs } from "node:util";
import type { Actor } from "#app/people/actor.ts";
import { resetFactors, SEEN } from "#app/people/factors/remove-factor.server.ts";
import { findAccountByEmail } from "#app/people/memberships.server.ts";
import { type Command, WrongUsage } from "./command.ts";

/** `account reset-factors EMAIL --seen in-person|by-video|by-supervisor`: for somebody who has lost every factor, and whom the operator has seen. */
export const accountResetFactors: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args,
    options: { seen: { type: "string" }, json: { type: "boolean" } },
    allowPositionals: true,
  });
  const [email, ...more] = positionals;
  const seen = SEEN.find((known) => known === values.seen);
  if (email === undefined || more.length > 0) throw new WrongUsage("account reset-factors takes one mail address.");
  if (!seen)
    throw new WrongUsage(
      "account reset-factors needs how you know that the owner asked: --seen in-person|by-video|by-supervisor.",
    );
  const portal = await context.portal();
  const operator: Actor = { kind: "operator", name: portal.config.operator };
  const account = await findAccountByEmail(portal, email);
  if (!account) return { ok: false, json: { reset: false }, lines: ["Nobody here signs in with this address."] };
  await resetFactors(portal, operator, { accountId: account.id, seen });
  return {
    ok: true,
    json: { reset: true },
    lines: [
      "The factors are taken away, the sessions are ended, and a letter says so. The next sign-in sets up a new one.",
    ],
  };
};
