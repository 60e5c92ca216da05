/** The secret address of a calendar, and how often it may be read. Pure. */

/** 32 random bytes as base64url: what no guess finds, and nothing that could be a path or a name. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

export function isSecretShaped(text: string): boolean {
  return SECRET.test(text);
}

/** A program that asks four times an hour is eager. More often than this is a loop, and each reading is work. */
export const READINGS_PER_WINDOW = 10;
export const WINDOW_SECONDS = 60;

/** When each feed was read of late, by its id. */
export type Readings = Map<string, readonly Date[]>;

/** Notes a reading. False, and noted nothing, when the feed was read too often already. */
export function takeTurn(readings: Readings, feedId: string, now: Date): boolean {
  const since = now.getTime() - WINDOW_SECONDS * 1000;
  for (const [id, instants] of readings) {
    const recent = instants.filter((instant) => instant.getTime() > since);
    if (recent.length > 0) readings.set(id, recent);
    else readings.delete(id);
  }
  const own = readings.get(feedId) ?? [];
  if (own.length >= READINGS_PER_WINDOW) return false;
  readings.set(feedId, [...own, now]);
  return true;
}
