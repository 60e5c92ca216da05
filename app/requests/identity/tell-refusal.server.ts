import { type ClaimKind, showIdentifier } from "#app/feeds/identifier.ts";
import type { Actor } from "#app/people/actor.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type CaseFile, computeClock } from "../case-file.server.ts";
import type { Refusal } from "../identifier-check.ts";
import { bulleted, type Voice } from "../letter.ts";
import { storeLetter } from "../send-draft.server.ts";
import { voiceOf, writeCaseLetter } from "../write-letter.server.ts";
import { tellResident } from "../write-to-resident.server.ts";
import { type Basis, listEnough } from "./identity-policy.ts";

/**
 * Writes to the resident that an identifier could not be accepted, why, and every way that would be enough. Whoever
 * has the resident's account reads in it nothing that was not typed there.
 * @returns the letter's id
 */
export async function tellRefusal(
  portal: Portal,
  tx: Transaction,
  actor: Actor,
  file: CaseFile,
  refused: { readonly kind: ClaimKind; readonly value: string; readonly reason: Refusal },
): Promise<string> {
  const voice = await voiceOf(portal, file);
  const page = `${portal.config.url}/request/${file.requestId}/identity`;
  const letter = await writeCaseLetter(portal, file, "identity-refused", {
    cite: computeClock(file).cite,
    identifier: voice.phrase(`identifier-${refused.kind}`, { value: showIdentifier(refused.kind, refused.value) }),
    why: voice.phrase(`refused-${refused.reason}`, {}),
    ways: sayWays(voice, listEnough(refused.kind)),
    page,
  });
  const by = actor.kind === "account" ? actor.accountId : null;
  const id = await storeLetter(portal, tx, file, { template: "identity-refused", letter, eventId: null, by });
  await tellResident(portal, tx, file, "something-ready", { link: page });
  return id;
}

/** One set of ways a line; the ways of one set, which are needed together, joined. */
function sayWays(voice: Voice, sets: readonly (readonly Basis[])[]): string {
  const and = ` ${voice.phrase("ways-and", {})} `;
  return bulleted(sets.map((set) => set.map((basis) => voice.phrase(`way-${basis}`, {})).join(and)));
}
