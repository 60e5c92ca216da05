/**
 * A clock as people read it, in one language: where it stands, its days in order, and what the law says
 * of each. Plain data, made once and handed to whoever shows it, so that the resident's page, the
 * clerk's page and the public calculator cannot say different things.
 */
import type { Clock } from "./clock.ts";
import { daysLeft, firstComplaintDay, isOverdue } from "./clock.ts";
import type { Mark, Standing, Stretch } from "./clock-marks.ts";
import { dayOf, isMoment, listStretches, marksOf } from "./clock-marks.ts";
import type { LocalDate } from "./local-date.ts";
import { dayAfter, daysBetween } from "./local-date.ts";
import { listReviews } from "./reviews.ts";
import type { Rule, Saying } from "./rule.ts";
import { sayStep } from "./step.ts";
import { listGeneralVenues } from "./venues.ts";
import type { Evidence, Locale } from "./words.ts";

/** A sentence of the law in the reader's language, with its source and how sure we are of it. */
export interface LawText {
  readonly text: string;
  readonly cite: string;
  readonly evidence: Evidence;
}

/** A way to have a late or a wrong answer looked at. */
export interface WayOn extends LawText {
  readonly id: string;
  /** The rule whose deadline then runs; null: none. */
  readonly clock: string | null;
}

/** A body that takes complaints about a look-up. */
export interface Body {
  readonly id: string;
  readonly name: string;
  readonly accepts: string;
  readonly cannotDo: string;
  readonly cite: string;
}

/** Dates of a rule in hours are "YYYY-MM-DDTHH:MM"; all others, and `today`, are days. */
export interface ClockView {
  readonly rule: string;
  readonly cite: string;
  readonly who: Rule["who"];
  readonly duty: Rule["duty"];
  readonly status: Clock["status"];
  readonly today: LocalDate;
  readonly receivedOn: LocalDate;
  readonly due: LocalDate;
  readonly latest: LocalDate;
  readonly noticeDue: LocalDate | null;
  readonly extendedOn: LocalDate | null;
  readonly answeredOn: LocalDate | null;
  readonly stoppedSince: LocalDate | null;
  /** Days until the due day, negative after it; null once answered and while the clock stands still. */
  readonly daysLeft: number | null;
  /** Past the due day without an answer, or answered after it. */
  readonly overdue: boolean;
  /** Since when it was or is overdue, also where the date has moved since; null when it never was. */
  readonly overdueSince: LocalDate | null;
  /** By how many days the answer came too late; null when it did not, or is not there. */
  readonly lateBy: number | null;
  /** Null where there is nobody to complain about: the resident's own last day, or a time to keep something. */
  readonly complainFrom: LocalDate | null;
  /** Nobody can say any more that there is time. */
  readonly mayComplain: boolean;
  readonly trigger: string;
  readonly act: string;
  readonly caveat: string | null;
  /** What follows in law when the day passes in silence; null: the law names nothing. */
  readonly silence: LawText | null;
  readonly waysOn: readonly WayOn[];
  readonly bodies: readonly Body[];
  readonly stretches: readonly Stretch[];
  /** In the order of their days. */
  readonly marks: readonly Mark[];
  readonly steps: readonly { readonly text: string; readonly cite: string }[];
}

export interface Viewing {
  /** Local date where the clock runs. */
  readonly today: LocalDate;
  readonly locale: Locale;
  /** The agency's own day, for its staff alone. */
  readonly target?: LocalDate | null;
  /** The due day that passed before the date moved, where that was recorded: having been late is never erased. */
  readonly missed?: LocalDate | null;
}

/** `rule` is the version that binds the clock. */
export function viewClock(
  clock: Clock,
  rule: Rule,
  { today, locale, target = null, missed = null }: Viewing,
): ClockView {
  const overdue = isOverdue(clock, today);
  const complainFrom = rule.who === "agency" && rule.duty === "act-by" ? firstComplaintDay(clock) : null;
  const stretches = listStretches(clock.steps, locale);
  const standing: Standing = { clock, today, target, missed, overdue, complainFrom, stretches };
  return {
    rule: clock.rule,
    cite: clock.cite,
    who: rule.who,
    duty: rule.duty,
    status: clock.status,
    today,
    receivedOn: clock.receivedOn,
    due: clock.due,
    latest: clock.latest,
    noticeDue: clock.noticeDue,
    extendedOn: clock.extendedOn,
    answeredOn: clock.answeredOn,
    stoppedSince: clock.stoppedSince,
    daysLeft: clock.stoppedSince === null ? daysLeft(clock, today) : null,
    overdue,
    overdueSince: missed !== null ? afterDue(missed) : overdue ? afterDue(clock.due) : null,
    lateBy: overdue && clock.answeredOn !== null ? daysBetween(dayOf(clock.due), dayOf(clock.answeredOn)) : null,
    complainFrom,
    mayComplain: mayComplain(standing),
    trigger: rule.trigger[locale],
    act: rule.act[locale],
    caveat: rule.caveat?.[locale] ?? null,
    silence: rule.silence && sayLaw(rule.silence, locale),
    waysOn: listReviews(rule).map((review) => ({ ...sayLaw(review, locale), id: review.id, clock: review.clock })),
    bodies: bodiesOf(rule, locale),
    stretches,
    marks: marksOf(standing),
    steps: clock.steps.map((step) => ({ text: sayStep(step, locale), cite: step.cite })),
  };
}

/** A sentence of the law in the reader's language. */
export function sayLaw({ words, cite, evidence }: Saying, locale: Locale): LawText {
  return { text: words[locale], cite, evidence };
}

function mayComplain({ clock, today, complainFrom }: Standing): boolean {
  const open = clock.answeredOn === null && clock.stoppedSince === null;
  return open && complainFrom !== null && today >= complainFrom;
}

/** A count of days is over when its last day is; a count of hours at its last minute. */
function afterDue(due: LocalDate): LocalDate {
  return isMoment(due) ? due : dayAfter(due);
}

/** The bodies of the rule's own jurisdiction that take complaints about a look-up. */
function bodiesOf({ jurisdiction, who, duty }: Rule, locale: Locale): Body[] {
  if (who !== "agency" || duty !== "act-by") return [];
  const prefix = jurisdiction === "us-ca" ? "ca." : `${jurisdiction}.`;
  return listGeneralVenues()
    .filter(({ id }) => id.startsWith(prefix))
    .map(({ id, name, accepts, cannotDo, cite }) => ({
      id,
      name: name[locale],
      accepts: accepts[locale],
      cannotDo: cannotDo[locale],
      cite,
    }));
}
