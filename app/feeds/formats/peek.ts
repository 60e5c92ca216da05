/** A look at the beginning of a stream. */

export interface Peeked {
  /** At least the bytes asked for, or all that there are. */
  head: Buffer;
  /** The stream from its beginning. */
  all: AsyncGenerator<Uint8Array>;
}

/** What the source throws is thrown by `all`, after what came before. */
export async function peek(source: AsyncIterable<Uint8Array>, least: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let bytes = 0;
  let ended = false;
  let failed: { error: unknown } | null = null;
  try {
    while (bytes < least && !ended) {
      const next = await iterator.next();
      if (next.done) ended = true;
      else {
        first.push(next.value);
        bytes += next.value.length;
      }
    }
  } catch (error) {
    failed = { error };
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* first;
      if (failed !== null) throw failed.error;
      while (!ended) {
        const next = await iterator.next();
        if (next.done) ended = true;
        else yield next.value;
      }
    } finally {
      if (!ended && failed === null) await iterator.return?.();
    }
  }
  return { head: Buffer.concat(first), all: all() };
}
