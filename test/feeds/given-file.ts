/** A file read as an import reads it, without a database. */
import type { Profile } from "#app/feeds/profile.ts";
import { getProfile } from "#app/feeds/profiles.ts";
import { type BadRow, type FileRow, type GoodRow, type ReadOptions, readFeedFile } from "#app/feeds/read-file.ts";
import { streamOf } from "./given-feed.ts";

export const NOW = new Date("2026-03-02T17:00:00Z");

export async function readRows(
  file: string | Uint8Array | AsyncIterable<Uint8Array>,
  profile: string | Profile,
  options?: ReadOptions & { piece?: number },
): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  const source = typeof file === "string" || file instanceof Uint8Array ? streamOf(file, options?.piece) : file;
  const chosen = typeof profile === "string" ? getProfile(profile) : profile;
  for await (const group of readFeedFile(source, chosen, NOW, options)) rows.push(...group);
  return rows;
}

/** The rows as events or, where one could not be read, its problem. */
export function outcomes(rows: readonly FileRow[]) {
  return rows.map((row) => (row.problem === null ? row.event : row.problem));
}

export function good(row: FileRow | undefined): GoodRow {
  if (row === undefined || row.problem !== null) throw new Error(`not a readable row: ${row?.problem}`);
  return row;
}

export function bad(row: FileRow | undefined): BadRow {
  if (row === undefined || row.problem === null) throw new Error("not a problem row");
  return row;
}
