import { type Actor, asLedgerActor, type CustodianActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Agency, Custody } from "#app/registry/agency.ts";
import { getAgency, getAgencyById, getCustody, getSystem, listCustodies } from "#app/registry/queries.server.ts";
import { getProfileOf } from "../find-profile.server.ts";
import { type DoorFault, type DoorSettings, doorSettings, type PullKind } from "./door.ts";

export interface DoorOf {
  agencySlug: string;
  systemSlug: string;
}

/** A door with its secrets, for whoever goes through it. */
export interface OpenDoor {
  readonly id: string;
  readonly settings: DoorSettings;
  readonly agency: Agency;
  readonly custody: Custody;
  /** Under whom the ledger names what comes in by it. */
  readonly actor: CustodianActor;
}

const placeOf = (id: string) => ({ table: "feed_door", column: "settings_sealed", row: id });

/**
 * Sets up a door for one log; one of the same kind that was there is replaced.
 *
 * @throws NotFound, Refused `feed-unknown-profile`.
 */
export async function setDoor(portal: Portal, actor: Actor, input: DoorOf & { settings: DoorSettings }): Promise<void> {
  authorise(actor, "feed.doors");
  const { settings } = input;
  const { agencyId, systemId } = await findCustody(portal, input);
  if (settings.profile !== null) await getProfileOf(portal, agencyId, settings.profile);
  await inTransaction(portal, async (tx) => {
    const { kind } = settings;
    const known = await tx.feedDoor.findUnique({ where: { agencyId_systemId_kind: { agencyId, systemId, kind } } });
    const id = known?.id ?? newId();
    const keyId = await portal.vault.createKey(tx, "door");
    const sealer = await portal.vault.sealerFor(keyId);
    const settingsSealed = sealer.seal(placeOf(id), JSON.stringify(settings));
    const fresh = { keyId, settingsSealed, lookedAt: null, wellAt: null, fault: null };
    await tx.feedDoor.upsert({
      where: { id },
      update: fresh,
      create: { id, agencyId, systemId, kind, createdAt: portal.time.now(), ...fresh },
    });
    if (known) await tx.dataKey.delete({ where: { id: known.keyId } });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "feed.door-set",
      thing: { type: "feed-door", id },
      agencyId,
      detail: { kind, replaced: known !== null },
    });
  });
}

/** Nothing comes in by it any more; its secrets are destroyed. @throws NotFound */
export async function removeDoor(portal: Portal, actor: Actor, input: DoorOf & { kind: PullKind }): Promise<void> {
  authorise(actor, "feed.doors");
  const { agencyId, systemId } = await findCustody(portal, input);
  const { kind } = input;
  await inTransaction(portal, async (tx) => {
    const door = await tx.feedDoor.findUnique({ where: { agencyId_systemId_kind: { agencyId, systemId, kind } } });
    if (!door) throw new NotFound("door");
    await tx.seenFile.deleteMany({ where: { doorId: door.id } });
    await tx.feedDoor.delete({ where: { id: door.id } });
    await tx.dataKey.delete({ where: { id: door.keyId } });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor),
      act: "feed.door-removed",
      thing: { type: "feed-door", id: door.id },
      agencyId,
      detail: { kind },
    });
  });
}

/** A door as an operator sees it: without what is sealed. */
export interface DoorLine {
  readonly id: string;
  readonly agency: Agency;
  readonly custody: Custody;
  readonly kind: PullKind;
  readonly lookedAt: Date | null;
  readonly wellAt: Date | null;
  /** Code for `faultSentence`; null when all was well when it was looked at last. */
  readonly fault: string | null;
}

/** By the names of their agencies. @throws NotFound unless the actor is an operator */
export async function listDoors(portal: Portal, actor: Actor): Promise<DoorLine[]> {
  authorise(actor, "feed.doors");
  const rows = await portal.db.feedDoor.findMany();
  const lines = await Promise.all(
    rows.map(async ({ id, agencyId, systemId, kind, lookedAt, wellAt, fault }) => {
      const whose = await whoseDoor(portal, agencyId, systemId);
      return { ...whose, id, kind: kind as PullKind, lookedAt, wellAt, fault };
    }),
  );
  const nameOf = ({ agency, custody, kind }: DoorLine) => [agency.name, custody.system.name, kind].join("\0");
  return lines.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** For the portal's own jobs. Null when it was removed. */
export async function openDoor(portal: Portal, doorId: string): Promise<OpenDoor | null> {
  const door = await portal.db.feedDoor.findUnique({ where: { id: doorId } });
  if (!door) return null;
  const { id, agencyId, systemId, keyId, settingsSealed } = door;
  const text = await portal.vault.openText(keyId, placeOf(id), settingsSealed);
  const settings = doorSettings.parse(JSON.parse(text));
  const whose = await whoseDoor(portal, agencyId, systemId);
  return { ...whose, id, settings, actor: { kind: "custodian", agencyId, door: settings.kind, doorId: id } };
}

/** The folders that are watched, but for the one of this log. */
export async function listOtherFolders(portal: Portal, input: DoorOf): Promise<string[]> {
  const { agencyId, systemId } = await findCustody(portal, input);
  const doors = await portal.db.feedDoor.findMany({
    where: { kind: "folder", NOT: { agencyId, systemId } },
    select: { id: true },
  });
  const opened = await Promise.all(doors.map(({ id }) => openDoor(portal, id)));
  return opened.flatMap((door) => (door?.settings.kind === "folder" ? [door.settings.path] : []));
}

/** Notes how a look at a door ended. */
export async function noteLook(portal: Portal, doorId: string, fault: DoorFault | null): Promise<void> {
  const now = portal.time.now();
  await portal.db.feedDoor.updateMany({
    where: { id: doorId },
    data: { lookedAt: now, fault, ...(fault === null && { wellAt: now }) },
  });
}

async function findCustody(portal: Portal, { agencySlug, systemSlug }: DoorOf) {
  const agency = await getAgency(portal, agencySlug);
  const system = await getSystem(portal, systemSlug);
  const { agencyId, systemId } = await getCustody(portal, agency.id, system.id);
  return { agencyId, systemId };
}

async function whoseDoor(portal: Portal, agencyId: string, systemId: string) {
  const agency = await getAgencyById(portal, agencyId);
  const custody = (await listCustodies(portal, agencyId)).find((each) => each.systemId === systemId);
  if (!custody) throw new Refused("feed-door-without-log", "This door leads to a log that its agency does not keep.");
  return { agency, custody };
}
