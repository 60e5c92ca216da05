/** A custodian with two logs, its clerk, a clerk of another agency, and files to deliver. All invented. */
import { type ImportInput, type ImportResult, importBatch } from "#app/feeds/import-batch.server.ts";
import type { AccountActor, Actor, Role } from "#app/people/actor.ts";
import { newId } from "#app/platform/database/id.ts";
import type { Portal } from "#app/platform/portal.server.ts";

export const ZONE = "America/Los_Angeles";
export const OPERATOR: Actor = { kind: "operator", name: "tester" };

export const ALPR_HEADER =
  "ID,Name,Org Name,Total Networks Searched,Time Frame,License Plate,Reason,Case #,Filters,Search Time,Search Type,Text Prompt,Moderation";
export const CANONICAL_HEADER = "id,at,org,user,plate,licence,purpose,case_number,scope";

export interface GivenFeed {
  agencyId: string;
  otherAgencyId: string;
  systemId: string;
  clerk: AccountActor;
  otherClerk: AccountActor;
}

export async function givenFeed(portal: Portal, rhythmDays = 7): Promise<GivenFeed> {
  const systemId = newId();
  await portal.db.system.create({
    data: { id: systemId, slug: "alpr", name: "Plate readers", about: { en: "a", es: "a" } },
  });
  const agency = async (slug: string) => {
    const id = newId();
    const office = { unit: "Records", address: ["1 Oak St"], email: "records@example.gov", zone: ZONE, aliases: [] };
    const createdAt = portal.time.now();
    await portal.db.agency.create({ data: { id, slug, name: slug, kind: "local-agency", ...office, createdAt } });
    return id;
  };
  const agencyId = await agency("oakfield");
  const otherAgencyId = await agency("elmville");
  await portal.db.custody.create({ data: { agencyId, systemId, profile: "alpr-network-audit", rhythmDays } });
  await portal.db.custody.create({ data: { agencyId: otherAgencyId, systemId, profile: "canonical", rhythmDays } });
  return {
    agencyId,
    otherAgencyId,
    systemId,
    clerk: account("clerk", agencyId),
    otherClerk: account("clerk", otherAgencyId),
  };
}

export function account(role: Role, agencyId: string): AccountActor {
  return { kind: "account", accountId: newId(), name: "Pat Example", locale: "en", memberships: [{ agencyId, role }] };
}

/** The text as a stream, in pieces of the given size. */
export async function* streamOf(text: string | Uint8Array, piece = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text;
  for (let i = 0; i < bytes.length; i += piece) yield bytes.subarray(i, i + piece);
}

/** Delivers a text for oakfield, as its operator unless said otherwise. */
export function deliver(
  portal: Portal,
  text: string | Uint8Array,
  options: Partial<Omit<ImportInput, "stream">> & { actor?: Actor; stream?: AsyncIterable<Uint8Array> } = {},
): Promise<ImportResult> {
  const { actor = OPERATOR, stream = streamOf(text), ...rest } = options;
  return importBatch(portal, actor, {
    agencySlug: "oakfield",
    systemSlug: "alpr",
    profile: "alpr-network-audit",
    via: "command",
    ...rest,
    stream,
  });
}

/** One row of an ALPR network audit; only what matters to a test need be given. */
export function alprRow(given: {
  id: string;
  user?: string;
  plate?: string;
  reason?: string;
  caseNumber?: string;
  time?: string;
  networks?: string;
}): string {
  const { id, user = "user-1", plate = "7ABC123", reason = "theft", caseNumber = "", networks = "94" } = given;
  const time = given.time ?? "06/18/2025, 12:02:04 AM UTC";
  const cells = [
    id,
    user,
    "Oakfield PD",
    networks,
    "Last 30 days",
    plate,
    reason,
    caseNumber,
    "{}",
    time,
    "lookup",
    "",
    "",
  ];
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
}

export function alprFile(...rows: string[]): string {
  return `${[ALPR_HEADER, ...rows].join("\n")}\n`;
}
