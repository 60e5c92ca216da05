/** What a bench hands in: our values and the peer's, taken in turns in one run. */
export interface Measured {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
  readonly against: { readonly name: string; readonly values: readonly number[] };
  /** Of the ratio of the medians, ours to the peer's. */
  readonly goal: { readonly atLeast: number } | { readonly atMost: number };
}

export interface BenchOptions {
  /** How much there is to do, where a bench can be of several sizes. */
  readonly rows?: number;
  /** How many events there are to look through. */
  readonly events?: number;
}

/** A bench that takes minutes gives each figure as soon as it has it. */
export type Bench = (options: BenchOptions) => Promise<readonly Measured[]> | AsyncIterable<Measured>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("A bench without a value measures nothing.");
  return middle;
}

/** Things a second, of `count` things done by `work`. */
export async function rateOf(count: number, work: () => void | Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}
