import type { Portal } from "#app/platform/portal.server.ts";
import { findAgencyOf } from "../agency-sign-in/providers.server.ts";
import { needsTwoFactors } from "../session.ts";
import type { OpenSession } from "../sessions.server.ts";
import { findDemoCode } from "./authenticators.server.ts";
import { hasFactor } from "./factor.ts";
import { loadFactors } from "./own-factors.server.ts";
import { askPasskey } from "./passkeys.server.ts";

/** By what somebody who is signed in, or half-way in, can show who they are. */
export interface Ways {
  readonly totp: boolean;
  readonly recovery: boolean;
  /** What the browser is asked, as JSON. */
  readonly passkey: string | null;
  /** Only for who has nothing better. */
  readonly mail: boolean;
  /** The agency that spoke for this session can be asked again: its slug. */
  readonly agency: string | null;
  /** What the app of an invented person would show: the code, or that it must be waited for. Null outside the demo. */
  readonly demo: { readonly code: string | null } | null;
}

/** @returns the ways, and the token that goes with the passkey's question into a cookie */
export async function listWays(portal: Portal, session: OpenSession): Promise<{ ways: Ways; token: string | null }> {
  const own = await loadFactors(portal.db, session.accountId);
  const asked = own.passkeys.length > 0 ? await askPasskey(portal, session) : null;
  const isDemo = portal.config.demo !== "off" && session.demo && own.totp !== null;
  const memberships = session.holdsRole ? [session] : [];
  return {
    ways: {
      totp: own.totp !== null,
      recovery: own.recoveryCodes > 0,
      passkey: asked && JSON.stringify(asked.options),
      mail: !needsTwoFactors({ memberships, hasFactor: hasFactor(own) }),
      agency: session.actor && session.proof.vouchedBy ? await findAgencyOf(portal, session.proof.vouchedBy) : null,
      demo: isDemo ? { code: await findDemoCode(portal, session) } : null,
    },
    token: asked?.token ?? null,
  };
}
