/**
 * How long the kill loops go on: a few rounds in the suite; for whoever wants to be sure, a hundred kills of each
 * way in are `KILL_ROUNDS=25 npx vitest run --config .config/vitest.ts test/feeds/kill.test.ts`.
 */
const rounds = Number(process.env["KILL_ROUNDS"] ?? 1);

/** Kills in a row before an import is let be. */
const KILLS = 4;
const ROUND_MS = 60_000;

export function killRounds(): { kills: number }[] {
  return Array.from({ length: rounds }, () => ({ kills: KILLS }));
}

killRounds.timeout = 60_000 + rounds * ROUND_MS;
