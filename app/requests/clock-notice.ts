/**
 * Who is told what of a case's clock, and on which day. A notice is tied to the newest turn of the clock and
 * to the date that it tells: the same is never told twice, and a clock that has changed is told anew.
 */
import { type Clock, daysLeft, firstComplaintDay, isOverdue } from "#app/law/clock.ts";
import { daysBetween, type LocalDate, localHour } from "#app/platform/time/local-date.ts";
import { isPromiseBroken } from "./promise.ts";

export type Audience = "resident" | "staff";

/** A notice as it is kept for ever. */
export interface Notice {
  /**
   * To staff: soon-7, soon-3, soon-1, due-today, overdue, moved; of promised records records-soon-7 and so on,
   * records-due-today, records-late. To the resident: moved, may-complain; and,
   * written by the acts themselves, acknowledged and extended. "moved-2" and so on when a date went away and
   * came back to one that was told before. `DATE_NOTED`, `OVERDUE_NOTED` and `ANSWERED_LATE` tell nobody anything.
   */
  readonly kind: string;
  readonly audience: Audience;
  /** The newest turn of the clock (newestTurn). */
  readonly eventId: string;
  /** The safe date, as a day. */
  readonly due: LocalDate;
  /** Of "moved": the date that was told before. */
  readonly dueBefore: LocalDate | null;
}

export interface ToldNotice extends Notice {
  readonly at: Date;
}

/** So many days before the safe date the agency is reminded. Ours, not the law's. */
export const SOON_DAYS = [7, 3, 1] as const;

/** From this hour on, on the agency's clock, letters leave. Ours. */
const FIRST_HOUR = 7;

/**
 * The date of a case that was filed before its resident was told dates: noted without a letter, so that a
 * later move is told as a move from it.
 */
export const DATE_NOTED = "date-noted";

/**
 * The date was passed when something happened that works on it: an event, a closed day, a change of the law.
 * Whoever works the date out afterwards cannot know it any more, and no worker need have run to tell it.
 */
export const OVERDUE_NOTED = "overdue-noted";

/** The answer came after the date, as the date was at that moment. */
export const ANSWERED_LATE = "answered-late";

/** The kinds that say for ever that the safe date was passed. */
export const LATE_KINDS: readonly string[] = ["overdue", OVERDUE_NOTED, ANSWERED_LATE];

/** May a letter leave now? No later hour ends the day: what is due today must go out today. */
export function isOfficeHour(now: Date, zone: string): boolean {
  return localHour(now, zone) >= FIRST_HOUR;
}

/**
 * The event that last changed what the clock says. One that the law gives no effect is passed over: who was
 * told already would be told the same again.
 * @param events newest last, as they were recorded; the first is the receipt
 * @param read the clock of the first few of them
 */
export function newestTurn<E extends { readonly id: string }>(
  events: readonly E[],
  read: (events: readonly E[]) => Clock,
): string {
  let rest = events;
  let clock = read(rest);
  while (rest.length > 1) {
    const before = read(rest.slice(0, -1));
    if (!isSame(before, clock)) break;
    rest = rest.slice(0, -1);
    clock = before;
  }
  const turn = rest.at(-1);
  if (!turn) throw new Error("a clock without an event");
  return turn.id;
}

function isSame(a: Clock, b: Clock): boolean {
  return a.due === b.due && a.stoppedSince === b.stoppedSince && a.answeredOn === b.answeredOn;
}

export interface Standing {
  readonly clock: Clock;
  /** The newest turn of the clock. */
  readonly eventId: string;
  /** At the agency. */
  readonly today: LocalDate;
  /** Everything that was told of this case, oldest first. */
  readonly told: readonly ToldNotice[];
  /** By when records are promised that are not out yet (promise.ts). */
  readonly promised: string | null;
}

/**
 * What is to be told today and was not. Once answered nothing but the day of records that were promised; while
 * the clock stands still only a move.
 */
export function noticesDue(standing: Standing): Notice[] {
  const { clock, told } = standing;
  if (clock.answeredOn !== null) return ofPromise(standing);
  const due = clock.due.slice(0, 10);
  const known = told.findLast((notice) => notice.audience === "resident");
  const notice = (audience: Audience, kind: string, dueBefore: LocalDate | null = null): Notice => ({
    kind,
    audience,
    eventId: standing.eventId,
    due,
    dueBefore,
  });
  const date: Notice[] = [];
  if (!known) date.push(notice("resident", DATE_NOTED));
  else if (known.due !== due) {
    for (const audience of ["resident", "staff"] as const) {
      const kind = movedKind(told, notice(audience, "moved"));
      date.push(notice(audience, kind, known.due));
    }
  }
  if (clock.stoppedSince !== null) return date;
  return [...date, ...ofToday(standing, notice).filter((one) => !told.some((before) => isSameNotice(before, one)))];
}

/** What the day itself says: of several steps to the date the nearest alone. */
function ofToday({ clock, today }: Standing, notice: (audience: Audience, kind: string) => Notice): Notice[] {
  const step = stepOf(clock, today);
  return [
    ...(step === null ? [] : [notice("staff", step)]),
    ...(today >= firstComplaintDay(clock) ? [notice("resident", "may-complain")] : []),
  ];
}

function stepOf(clock: Clock, today: LocalDate): string | null {
  if (isOverdue(clock, today)) return "overdue";
  const left = daysLeft(clock, today);
  return left === null ? null : stepAt(left);
}

/** @param left days until a date, 0 on the day itself */
function stepAt(left: number): string | null {
  if (left === 0) return "due-today";
  const soon = SOON_DAYS.findLast((days) => left <= days);
  return soon === undefined ? null : `soon-${soon}`;
}

/** The agency is reminded of the records that it promised as of an answer; the law has no clock for them. */
function ofPromise({ promised, eventId, today, told }: Standing): Notice[] {
  if (promised === null) return [];
  const due = promised.slice(0, 10);
  const step = isPromiseBroken(promised, today) ? "late" : stepAt(daysBetween(today, due));
  if (step === null) return [];
  const notice: Notice = { kind: `records-${step}`, audience: "staff", eventId, due, dueBefore: null };
  return told.some((before) => isSameNotice(before, notice)) ? [] : [notice];
}

function isSameNotice(a: Notice, b: Notice): boolean {
  return a.kind === b.kind && a.audience === b.audience && a.eventId === b.eventId && a.due === b.due;
}

/** A date may go to and fro (a closure entered, taken back, entered again): each move is one of its own. */
function movedKind(told: readonly Notice[], moved: Notice): string {
  const before = told.filter((one) => isMove(one.kind) && isSameNotice({ ...one, kind: moved.kind }, moved)).length;
  return before === 0 ? "moved" : `moved-${before + 1}`;
}

function isMove(kind: string): boolean {
  return kind === "moved" || kind.startsWith("moved-");
}

type Kept = Pick<ToldNotice, "kind" | "due">;

/** Was this case ever late? What was told or noted stays, whatever moves the date afterwards. */
export function wasOverdue(clock: Clock, today: LocalDate, told: readonly Pick<Kept, "kind">[]): boolean {
  return isOverdue(clock, today) || told.some(({ kind }) => LATE_KINDS.includes(kind));
}

/** Did the answer come too late, by the date as it is or as it was when the answer came? */
export function wasAnsweredLate(clock: Clock, told: readonly Pick<Kept, "kind">[]): boolean {
  if (clock.answeredOn === null) return false;
  return isOverdue(clock, clock.answeredOn) || told.some(({ kind }) => kind === ANSWERED_LATE);
}

/** The safe date that was the first to be missed; null when none was. */
export function missedDate(told: readonly Kept[]): LocalDate | null {
  return told.find(({ kind }) => LATE_KINDS.includes(kind))?.due ?? null;
}

/**
 * What must be kept of a clock's lateness before something changes it: null when the date is not passed, or when
 * that is kept already. Of an answer it is kept always, for what was told before it does not say that it was late.
 */
export function latenessToNote(clock: Clock, today: LocalDate, told: readonly Kept[]): string | null {
  if (!isOverdue(clock, today)) return null;
  if (clock.answeredOn !== null) return ANSWERED_LATE;
  const due = clock.due.slice(0, 10);
  return told.some((notice) => LATE_KINDS.includes(notice.kind) && notice.due === due) ? null : OVERDUE_NOTED;
}

const RESIDENT_KINDS = ["acknowledged", "extended", "moved", "may-complain"] as const;

/** What a resident was told, for the resident's own page. */
export interface ResidentNotice {
  readonly kind: (typeof RESIDENT_KINDS)[number];
  /** When, at the agency. */
  readonly at: Date;
  readonly due: LocalDate;
  readonly dueBefore: LocalDate | null;
}

/** Oldest first. */
export function listResidentNotices(told: readonly ToldNotice[]): ResidentNotice[] {
  return told.flatMap(({ audience, kind: stored, at, due, dueBefore }) => {
    const kind = RESIDENT_KINDS.find((one) => one === (isMove(stored) ? "moved" : stored));
    return audience === "resident" && kind ? [{ kind, at, due, dueBefore }] : [];
  });
}
