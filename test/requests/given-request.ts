import { createAccount } from "#app/people/accounts.server.ts";
import type { AccountActor, MembershipFacts, Role } from "#app/people/actor.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { registerAgency, registerCustody, registerSystem } from "#app/registry/register.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { saveAnswers } from "#app/requests/save-answers.server.ts";
import type { Section } from "#app/requests/sections.ts";
import { startRequest } from "#app/requests/start-request.server.ts";

const SETUP = { kind: "operator", id: "setup" } as const;

/** What a person of these tests is and has; no such person exists. */
export const PERSON = {
  name: "Marisol Quintanilla-Vey",
  email: "marisol.qv@example.org",
  birthDate: "1986-04-28",
  plate: "7QVX913",
  licence: "Q7719043",
} as const;

export interface World {
  readonly state: string;
  readonly sheriff: string;
}

/** A state agency and a county's sheriff, each with one log. */
export async function givenWorld(portal: Portal): Promise<World> {
  const agency = (slug: string, name: string, kind: "state-agency" | "local-agency") =>
    registerAgency(portal, SETUP, {
      slug,
      name,
      kind,
      unit: "Records",
      address: ["1 Main St"],
      email: `records@${slug}.example.gov`,
      zone: "America/Los_Angeles",
      aliases: [],
      demo: true,
    });
  const state = await agency("test-state", "Test State Department", "state-agency");
  const sheriff = await agency("test-sheriff", "Test County Sheriff", "local-agency");
  const about = { en: "plates seen by cameras", es: "placas vistas por cámaras" };
  const systemId = await registerSystem(portal, SETUP, { slug: "alpr", name: "Plate cameras", about });
  for (const agencyId of [state, sheriff]) {
    await registerCustody(portal, SETUP, {
      agencyId,
      systemId,
      profile: "alpr-network-audit",
      rhythmDays: 7,
      keptDays: null,
    });
  }
  return { state, sheriff };
}

/** Somebody with an account, and with a role at an agency when one is named. */
export async function givenActor(
  portal: Portal,
  person: { email: string; name?: string },
  held: { role: Role; agencyId: string | null }[] = [],
): Promise<AccountActor> {
  const name = person.name ?? "";
  const accountId = await inTransaction(portal, (tx) =>
    createAccount(portal, tx, { email: person.email, name, locale: "en" }),
  );
  const memberships: MembershipFacts[] = held;
  for (const { role, agencyId } of held) {
    await portal.db.membership.create({
      data: { id: newId(), accountId, agencyId, role, createdAt: portal.time.now() },
    });
  }
  return { kind: "account", accountId, name, locale: "en", memberships };
}

/** Whole answers; `agencies` are ids. */
export function answersOf(agencies: readonly string[], mode: "mail" | "none" = "mail"): Record<Section, unknown> {
  return {
    you: { name: PERSON.name, birthDate: PERSON.birthDate },
    identifiers: {
      ...{ plates: [{ value: PERSON.plate, from: "2022-03-01", to: "2024-05-31" }], licence: PERSON.licence },
      ...{ vin: null, stateId: null, ssn: null, byName: null },
    },
    agencies: { agencies: [...agencies] },
    period: { from: "2023-01-01", to: "2025-12-31" },
    contact: { mode, locale: "en" },
  };
}

/** A draft with every answer; `version` is what its check page was drawn from. */
export async function givenDraft(portal: Portal, actor: AccountActor, answers: Record<Section, unknown>) {
  const { requestId } = await startRequest(portal, actor);
  let version = 1;
  for (const [section, whole] of Object.entries(answers)) {
    await saveAnswers(portal, actor, { requestId, version, section: section as Section, answer: { whole } });
    version += 1;
  }
  return { requestId, version };
}

/** A filed request of PERSON's. */
export async function givenFiled(
  portal: Portal,
  actor: AccountActor,
  agencies: readonly string[],
  mode: "mail" | "none" = "mail",
) {
  const filed = await fileRequest(portal, actor, await givenDraft(portal, actor, answersOf(agencies, mode)));
  const cases = await portal.db.case.findMany({ where: { requestId: filed.requestId }, orderBy: { number: "asc" } });
  return { ...filed, cases };
}
