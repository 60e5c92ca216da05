// Whether two kinds of questions can be told apart by how long their answers take.

/**
 * The chance that an answer of the one kind takes longer than one of the other (ties count half): 0.5 when nothing
 * can be told, 0 or 1 when everything can. It asks nothing of how times are spread, and a slow moment moves it little.
 */
export function chanceOfLonger(one: readonly number[], other: readonly number[]): number {
  let longer = 0;
  for (const a of one) for (const b of other) longer += a > b ? 1 : a === b ? 0.5 : 0;
  return longer / (one.length * other.length);
}

/** By how much chance alone moves it for so many times each: four standard deviations of Mann and Whitney's U. */
export function chanceAllows(ones: number, others: number): number {
  return 4 * Math.sqrt((ones + others + 1) / (12 * ones * others));
}

export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const began = performance.now();
  const value = await work();
  return { ms: performance.now() - began, value };
}
