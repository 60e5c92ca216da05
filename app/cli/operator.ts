import type { Actor } from "#app/people/actor.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";

/**
 * Who acts at the shell. There is no act without a name: the ledger tells residents who it was.
 * @throws Refused when WHOLOOKED_OPERATOR is not set
 */
export function operatorOf(portal: Pick<Portal, "config">): Extract<Actor, { kind: "operator" }> {
  const { operator } = portal.config;
  if (operator !== "") return { kind: "operator", name: operator };
  throw new Refused(
    "operator.unnamed",
    "Say who you are: set WHOLOOKED_OPERATOR to your own short name. The ledger notes it with all that you do.",
  );
}
