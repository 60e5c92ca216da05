/**
 * Remembers what was worked out for texts that come again and again (users, reasons, a plate that is
 * watched), and costs next to nothing where they do not.
 */
export type Memo<T> = (text: string) => T;

/** Texts that are remembered; then it begins anew. */
const MOST = 20_000;
/** Longer texts hardly come again. */
const LONGEST = 200;
/** After so many questions it is seen whether remembering pays. */
const TRIAL = 16_384;
/** Where less than one in this many was remembered, nothing is until so many trials later. */
const WORTH = 4;
const REST = 15;

export function memoOf<T>(work: (text: string) => T): Memo<T> {
  const known = new Map<string, T>();
  let asked = 0;
  let found = 0;
  let resting = 0;

  return (text) => {
    if (text.length > LONGEST) return work(text);
    if (resting > 0) {
      resting -= 1;
      return work(text);
    }
    asked += 1;
    const before = known.get(text);
    if (before !== undefined) {
      found += 1;
      return before;
    }
    const result = work(text);
    if (known.size >= MOST) known.clear();
    // A copy: the text is a slice of the file's, which it would keep in memory by megabytes.
    known.set(Buffer.from(text, "utf8").toString("utf8"), result);
    if (asked >= TRIAL) {
      if (found * WORTH < asked) {
        known.clear();
        resting = REST * TRIAL;
      }
      asked = 0;
      found = 0;
    }
    return result;
  };
}
