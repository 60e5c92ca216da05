import { TooOften } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { LIMITS, type LimitName } from "./limit.ts";
import { minutesAfter } from "./sign-in.ts";

/** Who is counted under which limit. Null is not counted: a network that is not known (network.server.ts). */
export type Turn = readonly [name: LimitName, who: string | null];

/**
 * Takes a turn under each of the limits, or says when the next can be taken. One statement counts and decides, so
 * that of many processes at once no two take the last turn. It stands outside of every transaction: what fails
 * afterwards was tried all the same. Kept is a keyed hash of who it was, and how often; never an address.
 * @throws TooOften, and counted is then only what stood before the limit that is full
 */
export async function takeTurns(portal: Pick<Portal, "db" | "vault" | "time">, turns: readonly Turn[]): Promise<void> {
  const tagOf = await portal.vault.indexer("limit");
  for (const [name, who] of turns) {
    if (who !== null) await takeTurn(portal, name, tagOf(`${name}|${who}`));
  }
}

async function takeTurn(portal: Pick<Portal, "db" | "time">, name: LimitName, tag: string): Promise<void> {
  const { most, seconds } = LIMITS[name];
  const now = portal.time.now();
  const until = minutesAfter(now, seconds / 60);
  const taken = await portal.db.$executeRaw`
    INSERT INTO rate_limit AS held (name, tag, count, until) VALUES (${name}, ${tag}::uuid, 1, ${until})
    ON CONFLICT (name, tag) DO UPDATE SET
      count = CASE WHEN held.until <= ${now} THEN 1 ELSE held.count + 1 END,
      until = CASE WHEN held.until <= ${now} THEN ${until} ELSE held.until END
    WHERE held.until <= ${now} OR held.count < ${most}`;
  if (taken === 1) return;
  const full = await portal.db.rateLimit.findUnique({ where: { name_tag: { name, tag } } });
  const left = full ? Math.ceil((full.until.getTime() - now.getTime()) / 1000) : seconds;
  throw new TooOften(Math.min(seconds, Math.max(1, left)));
}

/** Job: forgets who was counted once it does not matter any more. */
export async function forgetTurns(portal: Pick<Portal, "db" | "time">): Promise<void> {
  await portal.db.rateLimit.deleteMany({ where: { until: { lte: portal.time.now() } } });
}
