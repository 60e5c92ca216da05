/** A file on its way to becoming a batch. Pure. */
import { createHash } from "node:crypto";
import type { AccountActor, CustodianActor, Role } from "#app/people/actor.ts";

/** Ways in whose files are kept, sealed, until they have been read. */
export type DeliveryVia = "upload" | "push" | "sftp";

/** Bytes of one sealed piece. In memory while it is sealed, several at a time for several senders. */
export const PART_BYTES = 4 << 20;

export type DeliveryState = "receiving" | "waiting" | "importing" | "finished" | "refused";

/** Who hands a delivery in, as it is kept with it: he was let in then, whatever he is when it is read. */
export interface Sender {
  readonly byId: string;
  readonly byRole: string | null;
}

/** Under whom the ledger and the batch name what is imported later. */
export function senderAsActor(
  sender: Sender & { readonly via: string; readonly agencyId: string },
): AccountActor | CustodianActor {
  const { via, agencyId, byId, byRole } = sender;
  if (via !== "upload") return { kind: "custodian", agencyId, door: via === "push" ? "key" : "sftp", doorId: byId };
  const memberships = byRole === null ? [] : [{ agencyId, role: byRole as Role }];
  return { kind: "account", accountId: byId, name: "", locale: "en", memberships };
}

export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
