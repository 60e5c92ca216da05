/** How often somebody may come: a bucket that fills by itself, from which each coming takes one. Pure. */

export interface Limit {
  /** How many may come at once. */
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  left: number;
  at: number;
}

/** Of this process alone: several processes let through several times as much, and that is still bounded. */
export interface Turns {
  /** Takes one, if there is one. */
  take(id: string, now: Date): boolean;
  /** Whether there is one, without taking it. */
  has(id: string, now: Date): boolean;
}

/** More ids than any honest day brings; the longest unseen go first, and a forgotten bucket is a full one. */
const MOST_IDS = 10_000;

export function newTurns({ burst, perSecond }: Limit): Turns {
  const buckets = new Map<string, Bucket>();

  function filled(id: string, now: Date): Bucket {
    const bucket = buckets.get(id) ?? { left: burst, at: now.getTime() };
    const seconds = Math.max(0, now.getTime() - bucket.at) / 1000;
    return { left: Math.min(burst, bucket.left + seconds * perSecond), at: now.getTime() };
  }

  return {
    has: (id, now) => filled(id, now).left >= 1,
    take(id, now) {
      const bucket = filled(id, now);
      buckets.delete(id);
      buckets.set(id, bucket);
      const oldest = buckets.size > MOST_IDS ? buckets.keys().next().value : undefined;
      if (oldest !== undefined) buckets.delete(oldest);
      if (bucket.left < 1) return false;
      bucket.left -= 1;
      return true;
    },
  };
}
