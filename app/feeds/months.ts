/** The parts of the event store: UTC months while they are hot, UTC years once they are sealed. */

/** "2025_06" or "2025": how a part is named in its tables. */
export type Part = string;

const MONTH = /^(\d{4})_(\d{2})$/;
const YEAR = /^\d{4}$/;

/** The part's first instant and the one after its last, in milliseconds. */
export function spanOfPart(part: Part): { from: number; to: number } {
  const month = MONTH.exec(part);
  if (month !== null) {
    const [year, number] = [Number(month[1]), Number(month[2])];
    return { from: Date.UTC(year, number - 1, 1), to: Date.UTC(year, number, 1) };
  }
  if (!YEAR.test(part)) throw new Error("a part of the event store is a month or a year");
  return { from: Date.UTC(Number(part), 0, 1), to: Date.UTC(Number(part) + 1, 0, 1) };
}

/** "2025_06" of an instant in milliseconds. */
export function monthOf(instant: number): Part {
  const day = new Date(instant);
  return `${day.getUTCFullYear()}_${String(day.getUTCMonth() + 1).padStart(2, "0")}`;
}

/** `monthOf` for loops over rows, which mostly stay in one month for long. */
export function monthReader(): (instant: number) => Part {
  let from = 0;
  let to = 0;
  let month = "";
  return (instant) => {
    if (instant < from || instant >= to) {
      month = monthOf(instant);
      ({ from, to } = spanOfPart(month));
    }
    return month;
  };
}

/** The month that lies `months` after the one of an instant. */
export function laterMonth(instant: number, months: number): Part {
  const day = new Date(instant);
  return monthOf(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1));
}
