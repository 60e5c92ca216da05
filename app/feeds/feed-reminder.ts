/** What a custodian is reminded of: the gaps that it can still fill, each told once. Pure. */
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { missingFrom, type Period } from "./coverage.ts";
import type { Gap, NextDelivery, SourceLog } from "./coverage-gaps.ts";

/**
 * `overdue`: the delivery that begins with `period.from` is due since. `gap`: days that later deliveries have
 * passed over. `number`: a numbered delivery that never came, of unknown days.
 */
export type ReminderGap =
  | { kind: "overdue"; period: Period }
  | { kind: "gap"; period: Period; numbers: Gap["numbers"] }
  | { kind: "number"; numbers: NonNullable<Gap["numbers"]> };

export interface Reminder {
  gaps: ReminderGap[];
  /** Since when the newest delivery is due. */
  dueOn: LocalDate;
  /** What will be gone at the source first. */
  purge: SourceLog["next"];
}

/** What bears on a reminder, of the days since the custodian delivers here. */
export interface Remindable {
  gaps: readonly Gap[];
  next: NextDelivery;
  source: SourceLog | null;
  /** The last day whose look-ups are due by now; null when none is. */
  dueTo: LocalDate | null;
}

/** Everything that could be delivered and was not. What the source has purged, and what is not due yet, is left out. */
export function reminderOf({ gaps, next, source, dueTo }: Remindable): Reminder {
  const found = gaps.flatMap((gap): ReminderGap[] => {
    const { cause, numbers, period } = gap;
    if (period === null) return numbers === null ? [] : [{ kind: "number", numbers }];
    if (dueTo === null || period.from > dueTo || isPurged(period, source)) return [];
    return [cause === "overdue" ? { kind: "overdue", period } : { kind: "gap", period, numbers }];
  });
  return { gaps: found, dueOn: next.dueOn, purge: found.length === 0 ? null : (source?.next ?? null) };
}

/** Whether the source has nothing of these days any more. */
function isPurged(period: Period, source: SourceLog | null): boolean {
  return source !== null && missingFrom(period, source.lost).length === 0;
}

/**
 * Whether a gap has been told before. What is left of a told gap is no new one; the days that a late delivery
 * passes over are, although they were overdue before.
 */
export function isTold(gap: ReminderGap, told: readonly ReminderGap[]): boolean {
  return told.some((before) => {
    if (gap.kind === "number") {
      if (before.kind !== "number") return false;
      return before.numbers.first <= gap.numbers.first && gap.numbers.last <= before.numbers.last;
    }
    if (before.kind !== gap.kind) return false;
    // It grows from day to day: the delivery that is due is known by its first day.
    if (gap.kind === "overdue") return before.period.from === gap.period.from;
    return before.period.from <= gap.period.from && gap.period.to <= before.period.to;
  });
}
