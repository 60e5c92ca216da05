/** Which signals an agency has switched on. Callers authorise. */
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type SignalRule, type SignalSwitch, signalsOn } from "./signal.ts";

/** An agency's switches, the oldest first. */
export async function listSwitches(
  portal: Pick<Portal, "db">,
  agencyId: string,
  tx: Transaction = portal.db,
): Promise<SignalSwitch[]> {
  const rows = await tx.signalSwitch.findMany({ where: { agencyId }, orderBy: [{ at: "asc" }, { id: "asc" }] });
  return rows.map(({ signal, version, isOn }) => ({ signal, version, isOn }));
}

export async function listSignalsOn(portal: Pick<Portal, "db">, agencyId: string): Promise<SignalRule[]> {
  return signalsOn(await listSwitches(portal, agencyId));
}

/** Adds a switch; no two of an agency share an instant, so that the newest counts. The caller holds the agency's lock. */
export async function saveSwitch(
  portal: Pick<Portal, "time">,
  tx: Transaction,
  agencyId: string,
  added: SignalSwitch & { readonly by: string },
): Promise<void> {
  const last = await tx.signalSwitch.findFirst({ where: { agencyId }, orderBy: { at: "desc" } });
  const now = portal.time.now();
  const at = last === null || last.at < now ? now : new Date(last.at.getTime() + 1);
  const { signal, version, isOn, by } = added;
  await tx.signalSwitch.create({ data: { id: newId(), agencyId, signal, version, isOn, by, at } });
}
