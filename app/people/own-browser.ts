/** What a mailbox alone does not open: all that was found out about a resident, and whom the resident trusts. Pure. */
import { Refused } from "#app/platform/failure.ts";
import type { Actor } from "./actor.ts";

/** As long as browsers keep a cookie. */
export const OWN_BROWSER_DAYS = 400;

const KEPT_FROM_MAILBOX: ReadonlySet<string> = new Set([
  "release.read",
  "dispute.file",
  "complaint.read",
  "complaint.withdraw",
  "consent.give",
  "consent.revoke",
  "request.represent",
  "request.wall",
  "request.contact",
]);

/**
 * Whether somebody has shown the resident's mailbox and nothing else, in a browser that is not one in which the
 * resident sent this request or typed the code of a letter: an ex-partner who reads the mail does just that.
 * @param facts.askedFrom Hashes of the request's own browsers; none for one that no browser sent.
 */
export function hasMailboxAlone(
  actor: Actor,
  facts: { readonly residentId?: string | undefined; readonly askedFrom?: readonly string[] | undefined },
): boolean {
  if (actor.kind !== "account" || actor.accountId !== facts.residentId || actor.proof?.assurance !== 1) return false;
  const askedFrom = facts.askedFrom ?? [];
  return askedFrom.length > 0 && !askedFrom.includes(actor.browser ?? "");
}

/** The same, of an action: by `may` and `authorise`. */
export function isKeptFromMailbox(actor: Actor, action: string, facts: Parameters<typeof hasMailboxAlone>[1]): boolean {
  return KEPT_FROM_MAILBOX.has(action) && hasMailboxAlone(actor, facts);
}

/** It is the resident's, but not by the mailbox alone. The sentence says what else would do. */
export class MailboxAlone extends Refused {
  constructor() {
    super(
      "release.elsewhere",
      "This opens in the browser in which the request was sent, after a second factor, or once the code of a letter was typed.",
    );
    this.name = "MailboxAlone";
  }
}
