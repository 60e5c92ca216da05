/** What asks for the proof again, however well somebody entered. Pure. */
import type { Actor } from "./actor.ts";
import { isFresh } from "./session.ts";

/** How long what was typed waits for its writer to show a factor. */
export const STEP_UP_MINUTES = 15;

/** The last proof is too old for this. A page asks for it and then goes on with what was typed. */
export class ProofNeeded extends Error {
  constructor() {
    super("This asks for your second factor again.");
    this.name = "ProofNeeded";
  }
}

/**
 * Called by a use case right after `authorise`: whoever may not do a thing at all must not learn that it asks again.
 * Operators at the shell, machines and jobs have no session; what lets them in is not asked for twice.
 * @throws ProofNeeded
 */
export function requireFresh(actor: Actor, now: Date): void {
  if (actor.kind === "account" && !isFresh(actor, now)) throw new ProofNeeded();
}
