import { createHash } from "node:crypto";
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger, type LedgerActor } from "#app/platform/ledger/ledger.server.ts";
import { faultOf } from "#app/platform/log/fault.ts";
import { queueMail } from "#app/platform/mail/outbox.server.ts";
import { type Locale, writeLetter } from "#app/platform/mail/templates.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { fromDbDate, localDate, localHour, toDbDate } from "#app/platform/time/local-date.ts";
import type { Agency, Custody } from "#app/registry/agency.ts";
import { getPromises, lockCustody } from "#app/registry/promise.server.ts";
import { getAgencyById, listCustodies } from "#app/registry/queries.server.ts";
import { coverage } from "./coverage.server.ts";
import { lastDueDay } from "./coverage-gaps.ts";
import { type Feed, openFeed } from "./feed.server.ts";
import { isTold, type Reminder, type ReminderGap, reminderOf } from "./feed-reminder.ts";
import { writeReminder } from "./feed-reminder-letter.server.ts";

export const REMIND_TASK = "remind-custodians";

const sweeper: Actor = { kind: "system", task: REMIND_TASK };

/** Reminders by themselves go out in the morning of the custodian's zone, with all that is new since the last. */
const MORNING = 8;

/**
 * Job: reminds every custodian of what is missing and was not told yet. Run again it finds everything told.
 * One log whose coverage cannot be worked out keeps no other from being reminded of.
 */
export async function remindCustodians(portal: Portal): Promise<void> {
  authorise(sweeper, "feed.remind");
  const agencies = new Map<string, Agency>();
  for (const custody of await listCustodies(portal)) {
    try {
      const agency = agencies.get(custody.agencyId) ?? (await getAgencyById(portal, custody.agencyId));
      agencies.set(custody.agencyId, agency);
      if (localHour(portal.time.now(), agency.zone) >= MORNING) await remindOfNews(portal, { agency, custody });
    } catch (error) {
      const { agencyId, systemId } = custody;
      portal.log.error({ from: REMIND_TASK, agency: agencyId, system: systemId, ...faultOf(error) }, "no reminder");
    }
  }
}

type Log = Pick<Feed, "agency" | "custody">;

async function remindOfNews(portal: Portal, log: Log): Promise<void> {
  await inTransaction(portal, async (tx) => {
    // First, so that two at once see each other's reminders.
    await lockCustody(tx, log.custody);
    const reminder = await findReminder(portal, log);
    const told = (await listTold(portal, log.custody)).flatMap(({ gaps }) => gaps);
    const gaps = reminder.gaps.filter((gap) => !isTold(gap, told));
    if (gaps.length === 0) return;
    await send(portal, tx, log, { kind: "system", id: REMIND_TASK }, { ...reminder, gaps });
  });
}

/** What a custodian would be told now. */
export interface ReminderPreview {
  to: string;
  locale: Locale;
  subject: string;
  text: string;
  gaps: ReminderGap[];
  /** When each of them had been told before, newest first. */
  toldAt: Date[];
  /** Of exactly this letter: `sendReminder` refuses to send another. */
  digest: string;
}

interface FeedSlugs {
  agencySlug: string;
  systemSlug: string;
}

/** The reminder as it would go out now; null when nothing is missing that could be delivered. @throws NotFound */
export async function previewReminder(portal: Portal, actor: Actor, slugs: FeedSlugs): Promise<ReminderPreview | null> {
  const feed = await openFeed(portal, actor, "feed.remind", slugs);
  const reminder = await findReminder(portal, feed);
  if (reminder.gaps.length === 0) return null;
  const told = await listTold(portal, feed.custody);
  const letter = await writeReminder(portal, feed, reminder);
  const { subject, text } = await writeLetter(
    portal.config.templatesFolder,
    "feed-reminder",
    letter.locale,
    letter.params,
  );
  return {
    to: letter.to,
    locale: letter.locale,
    subject,
    text,
    gaps: reminder.gaps,
    toldAt: told.filter(({ gaps }) => reminder.gaps.some((gap) => isTold(gap, gaps))).map(({ at }) => at),
    digest: createHash("sha256")
      .update(JSON.stringify([letter.to, letter.locale, subject, text]))
      .digest("hex"),
  };
}

/**
 * Sends the reminder that was looked at, whether or not its gaps have been told before: a supervisor may insist,
 * once a day.
 * @throws NotFound; Refused `feeds.refusedNothingMissing`, `feeds.refusedStale` when it would be another letter by
 *   now, `feeds.refusedToldToday`
 */
export async function sendReminder(
  portal: Portal,
  actor: Actor,
  slugs: FeedSlugs,
  { digest }: { digest: string },
): Promise<void> {
  const feed = await openFeed(portal, actor, "feed.remind", slugs);
  await inTransaction(portal, async (tx) => {
    await lockCustody(tx, feed.custody);
    const preview = await previewReminder(portal, actor, slugs);
    if (preview === null) {
      throw new Refused("feeds.refusedNothingMissing", "Nothing is missing that could still be delivered.");
    }
    if (preview.digest !== digest) {
      throw new Refused("feeds.refusedStale", "What is missing has changed since you looked. Look again.");
    }
    const { zone } = feed.agency;
    const today = localDate(portal.time.now(), zone);
    const told = await listTold(portal, feed.custody);
    if (told.some(({ at, by }) => by !== null && localDate(at, zone) === today)) {
      throw new Refused("feeds.refusedToldToday", "A reminder was sent today. Send the next one tomorrow.");
    }
    await send(portal, tx, feed, feed.ledgerActor, await findReminder(portal, feed));
  });
}

/** What the custodian can still deliver of all that is due since it delivers here. */
async function findReminder(portal: Portal, { agency, custody }: Log): Promise<Reminder> {
  const { agencyId, systemId } = custody;
  const { zone } = agency;
  const today = localDate(portal.time.now(), zone);
  const { since, promises } = await getPromises(portal, { agencyId, systemId });
  const found = await coverage(portal, { agencyId, systemId, period: { from: since, to: today }, zone });
  return reminderOf({ ...found, dueTo: lastDueDay(promises, { today, since }) });
}

interface Told {
  at: Date;
  by: string | null;
  gaps: ReminderGap[];
}

/** What the custodian has been told, newest first. */
async function listTold(portal: Pick<Portal, "db">, { agencyId, systemId }: Custody): Promise<Told[]> {
  const rows = await portal.db.feedReminder.findMany({
    where: { agencyId, systemId },
    include: { gaps: true },
    orderBy: { at: "desc" },
  });
  return rows.map(({ at, by, gaps }) => ({ at, by, gaps: gaps.flatMap(toGap) }));
}

interface StoredGap {
  kind: string;
  fromOn: Date | null;
  toOn: Date | null;
  firstNo: number | null;
  lastNo: number | null;
}

function toGap({ kind, fromOn, toOn, firstNo, lastNo }: StoredGap): ReminderGap[] {
  const numbers = firstNo === null || lastNo === null ? null : { first: firstNo, last: lastNo };
  const period = fromOn === null || toOn === null ? null : { from: fromDbDate(fromOn), to: fromDbDate(toOn) };
  if (kind === "number") return numbers === null ? [] : [{ kind, numbers }];
  if (period === null) return [];
  return [kind === "overdue" ? { kind, period } : { kind: "gap", period, numbers }];
}

function fromGap(gap: ReminderGap): StoredGap {
  const period = gap.kind === "number" ? null : gap.period;
  const numbers = gap.kind === "overdue" ? null : gap.numbers;
  return {
    kind: gap.kind,
    fromOn: period && toDbDate(period.from),
    toOn: period && toDbDate(period.to),
    firstNo: numbers?.first ?? null,
    lastNo: numbers?.last ?? null,
  };
}

/** The letter, what it told, and the ledger's entry together. */
async function send(portal: Portal, tx: Transaction, log: Log, by: LedgerActor, reminder: Reminder): Promise<void> {
  const { agencyId, systemId } = log.custody;
  const id = newId();
  const letter = await writeReminder(portal, log, reminder);
  await tx.feedReminder.create({
    data: {
      id,
      agencyId,
      systemId,
      by: by.kind === "account" ? by.id : null,
      at: portal.time.now(),
      gaps: { create: reminder.gaps.map((gap) => ({ id: newId(), ...fromGap(gap) })) },
    },
  });
  await queueMail(portal, tx, {
    to: { address: letter.to },
    letter: "feed-reminder",
    locale: letter.locale,
    params: letter.params,
    about: { type: "feed-reminder", id },
  });
  await appendLedger(portal, tx, {
    actor: by,
    act: "feed.reminded",
    thing: { type: "feed-reminder", id },
    agencyId,
    detail: { system: log.custody.system.slug, gaps: reminder.gaps.length },
  });
}
