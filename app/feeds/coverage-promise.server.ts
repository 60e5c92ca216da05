import { z } from "zod";
import type { Actor } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type FeedContact, MOST_KEPT_DAYS, MOST_RHYTHM_DAYS } from "#app/registry/agency.ts";
import {
  changeContact,
  changePromise,
  findContact,
  getPromises,
  lockCustody,
  type PromiseHistory,
} from "#app/registry/promise.server.ts";
import { openFeed } from "./feed.server.ts";

interface FeedSlugs {
  agencySlug: string;
  systemSlug: string;
}

export interface PromiseToEdit extends PromiseHistory {
  /** Null: reminders go to the agency's own address. */
  contact: FeedContact | null;
  /** That address. */
  agencyEmail: string;
}

/** What the custodian promises of its log, for the supervisor who may change it. @throws NotFound */
export async function getPromiseToEdit(portal: Portal, actor: Actor, slugs: FeedSlugs): Promise<PromiseToEdit> {
  const { agency, custody } = await openFeed(portal, actor, "feed.promise", slugs);
  const history = await getPromises(portal, custody);
  return { ...history, contact: await findContact(portal, custody), agencyEmail: agency.email };
}

export interface NewPromise {
  /** As typed: whole days. */
  rhythmDays: string;
  /** Blank: nobody knows when the custodian purges its log. */
  keptDays: string;
  /** Blank: the agency's own address. */
  contactEmail: string;
  contactLocale: "en" | "es";
}

/**
 * Changes what a custodian promises, from today on; what it had promised until then stays known.
 * @throws NotFound; Refused `feeds.refusedRhythm`, `feeds.refusedKept`, `feeds.refusedContact`
 */
export async function changeFeedPromise(
  portal: Portal,
  actor: Actor,
  slugs: FeedSlugs,
  typed: NewPromise,
): Promise<void> {
  const { custody, ledgerActor } = await openFeed(portal, actor, "feed.promise", slugs);
  const { agencyId, systemId } = custody;
  const rhythmDays = readDays(typed.rhythmDays, MOST_RHYTHM_DAYS, "feeds.refusedRhythm");
  const keptDays = typed.keptDays === "" ? null : readDays(typed.keptDays, MOST_KEPT_DAYS, "feeds.refusedKept");
  const contact = readContact(typed);
  await inTransaction(portal, async (tx) => {
    await lockCustody(tx, custody);
    await changePromise(portal, tx, ledgerActor, { agencyId, systemId, rhythmDays, keptDays });
    await changeContact(portal, tx, ledgerActor, { agencyId, systemId, contact });
  });
}

function readDays(typed: string, most: number, code: string): number {
  const days = /^\d{1,6}$/.test(typed) ? Number(typed) : 0;
  if (days < 1 || days > most) {
    throw new Refused(code, `Give a whole number of days from 1 to ${most}.`, { maximum: most });
  }
  return days;
}

function readContact({ contactEmail, contactLocale }: NewPromise): FeedContact | null {
  if (contactEmail === "") return null;
  const email = z.email().max(200).safeParse(contactEmail);
  if (!email.success) {
    throw new Refused("feeds.refusedContact", "Give one whole email address, such as records@example.gov.");
  }
  return { email: email.data, locale: contactLocale };
}
