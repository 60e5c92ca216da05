/** A released answer with three look-ups, and the people around a complaint. Everything is invented. */
import { randomUUID } from "node:crypto";
import type { ComplaintMove } from "#app/complaints/complaint-move.ts";
import { fileDispute } from "#app/complaints/file-dispute.server.ts";
import { moveComplaint } from "#app/complaints/move-complaint.server.ts";
import { decideField } from "#app/histories/decide.server.ts";
import { createAccount } from "#app/people/accounts.server.ts";
import type { AccountActor, Role } from "#app/people/actor.ts";
import { addMembership } from "#app/people/memberships.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import {
  type GivenCase,
  givenCase,
  givenMatched,
  type LogRow,
  PLATE,
  REDACT,
  release,
} from "#test/histories/given-case.ts";
import type { TestPortal } from "#test/support/database.ts";
import { freshProof } from "#test/support/proof.ts";

const row = { plate: PLATE, purpose: "Investigation", scope: "lookup" };

/** Newest last; the answer lists them newest first: line 1 Faraway, line 2 Marin Hills, line 3 Alder Creek. */
const ROWS: readonly LogRow[] = [
  { ...row, id: "e1", at: "2025-06-18T20:02:04Z", org: "Alder Creek Police", user: "u-1017" },
  { ...row, id: "e2", at: "2025-07-02T18:30:00Z", org: "Marin Hills Sheriff", user: "u-2044" },
  { ...row, id: "e3", at: "2025-08-20T20:15:00Z", org: "Faraway PD", user: "u-7777" },
];
export const FARAWAY = 1;
export const MARIN = 2;
export const ALDER = 3;

export interface GivenDispute {
  readonly given: GivenCase;
  readonly releaseId: string;
  readonly marinId: string;
  readonly resident: AccountActor;
  readonly alderIntake: AccountActor;
  readonly marinIntake: AccountActor;
  readonly advocate: AccountActor;
  readonly otherAdvocate: AccountActor;
  /** Files a dispute of these lines, with a form of its own unless one is named. */
  file(lines: readonly number[], options?: { formId?: string; advocateId?: string | null }): Promise<string[]>;
  /** An intake officer's step, today. */
  move(
    actor: AccountActor,
    complaintId: string,
    step: Partial<ComplaintMove> & Pick<ComplaintMove, "kind">,
  ): Promise<void>;
}

export const WORDS = {
  wrong: "Canary Quillfeather looked me up after we separated.",
  known: "Canary Marrowby is my former partner.",
  want: ["explanation", "safety"],
} satisfies Parameters<typeof fileDispute>[2]["words"];

export async function givenDispute(
  portal: TestPortal,
  options: { contact?: "mail" | "none"; withhold?: "marin's name" | "marin's day" } = {},
): Promise<GivenDispute> {
  const given = await givenCase(portal, { rows: ROWS, contact: options.contact ?? "mail" });
  const [, marinEvent = ""] = await givenMatched(portal, given);
  if (options.withhold) {
    const field = options.withhold === "marin's day" ? "at" : "agency";
    await decideField(portal, given.clerk, { caseId: given.caseId, eventId: marinEvent, field, ...REDACT });
  }
  const releaseId = await release(portal, given);
  const { agencyId: marinId } = await portal.db.case.findUniqueOrThrow({ where: { id: given.otherCaseId } });
  return {
    given,
    releaseId,
    marinId,
    resident: given.resident,
    alderIntake: await settle(portal, "alder-intake", "intake", given.agencyId),
    marinIntake: await settle(portal, "marin-intake", "intake", marinId),
    advocate: await settle(portal, "advocate", "advocate", null),
    otherAdvocate: await settle(portal, "other-advocate", "advocate", null),
    file: async (lines, { formId = randomUUID(), advocateId = null } = {}) => {
      const filed = await fileDispute(portal, given.resident, { formId, releaseId, lines, words: WORDS, advocateId });
      return [...filed.complaintIds];
    },
    move: (actor, complaintId, step) =>
      moveComplaint(portal, actor, { complaintId, formId: randomUUID(), on: dayOf(portal), ...step }),
  };
}

/** Today in California. */
export function dayOf(portal: TestPortal): string {
  return portal.time.now().toLocaleDateString("en-CA", { timeZone: "America/Los_Angeles" });
}

export async function settle(
  portal: TestPortal,
  name: string,
  role: Role,
  agencyId: string | null,
): Promise<AccountActor> {
  const person = { email: `${name}@example.org`, name, locale: "en" } as const;
  const accountId = await inTransaction(portal, async (tx) => {
    const id = await createAccount(portal, tx, person);
    await addMembership(portal, tx, { accountId: id, agencyId, role, organisation: null });
    return id;
  });
  return {
    kind: "account",
    accountId,
    name,
    locale: "en",
    memberships: [{ role, agencyId }],
    proof: freshProof(portal),
  };
}
