/** Logs of searches by name, small and large. Every person is invented. */
import { type ImportResult, importBatch } from "#app/feeds/import-batch.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { OPERATOR, streamOf } from "../given-feed.ts";

export interface NameRow {
  readonly id: string;
  readonly name?: string;
  readonly birth?: string;
  readonly at?: string;
  readonly plate?: string;
  readonly licence?: string;
  readonly purpose?: string;
}

const HEADER = "id,at,org,user,plate,licence,purpose,case_number,scope,name,birth_date";

export function nameFile(rows: readonly NameRow[]): string {
  const quoted = (text = "") => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map(({ id, name, birth, plate, licence, purpose, at = "2025-06-18T12:00:00Z" }) =>
    [id, at, "Oakfield PD", "u-1", plate, licence, purpose, "", "lookup", name, birth].map(quoted).join(","),
  );
  return [HEADER, ...lines, ""].join("\n");
}

/** Rows so long that their file goes the way of large deliveries. */
export function largeNameFile(rows: readonly NameRow[]): string {
  const purpose = "a reason that goes on and on ".repeat(20).trim();
  const least = Math.ceil(2_500_000 / purpose.length);
  const filler = Array.from(
    { length: least },
    (_, i): NameRow => ({ id: `f-${i}`, plate: `7ABC${i % 1000}`, purpose }),
  );
  return nameFile([...rows.map((row) => ({ ...row, purpose })), ...filler]);
}

export function deliverNames(portal: Portal, text: string, agencySlug = "oakfield"): Promise<ImportResult> {
  return importBatch(portal, OPERATOR, {
    ...{ agencySlug, systemSlug: "alpr", profile: "canonical", via: "command" },
    stream: streamOf(text),
  });
}
