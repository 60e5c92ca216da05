import type { Proof } from "#app/people/session.ts";
import type { Portal } from "#app/platform/portal.server.ts";

/** Somebody who has this moment shown an authenticator's code, whenever one looks. */
export function freshProof({ time }: Pick<Portal, "time">): Proof {
  return {
    by: "totp",
    get at() {
      return time.now();
    },
    assurance: 2,
    vouchedBy: null,
  };
}
