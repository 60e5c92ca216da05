/**
 * Puts the months of a sealed year together: a look-up of one person touches every part of its period, and the parts
 * it touches are what it waits for, not the rows in them. The months stay readable until the year stands.
 */
import type { Portal } from "#app/platform/portal.server.ts";
import { changingYear, listParts } from "../partitions.server.ts";
import { copyPart, replaceParts } from "./build-part.server.ts";

/** A year is sealed when it ended so many months ago: what comes later is little. */
export const SEALED_AFTER_MONTHS = 3;

/** @returns The years that were put together. */
export async function mergeSealedYears(portal: Portal): Promise<string[]> {
  const { pool } = portal;
  const now = portal.time.now();
  const sealedBefore = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - SEALED_AFTER_MONTHS, 1));
  const months = (await listParts(pool)).filter((part) => part.includes("_"));
  const years = [...new Set(months.map((month) => month.slice(0, 4)))];
  const sealed = years.filter((year) => Number(year) < sealedBefore.getUTCFullYear());
  for (const year of sealed) {
    await changingYear(pool, year, async () => {
      // Months of a delivery that is being settled may have been added since.
      const standing = (await listParts(pool)).filter((part) => part.startsWith(`${year}_`));
      if (standing.length === 0) return;
      await replaceParts(pool, standing, year, {
        fill: async (client, tables) => {
          for (const month of standing) await copyPart(client, month, tables);
        },
        finish: async () => undefined,
      });
    });
  }
  return sealed;
}
