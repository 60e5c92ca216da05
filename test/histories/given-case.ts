/** A filed case with a log, and the people around it. Every name, plate and look-up is invented. */
import { importBatch } from "#app/feeds/import-batch.server.ts";
import { approveHistory } from "#app/histories/approve-history.server.ts";
import { decideLines, decideMatches } from "#app/histories/decide.server.ts";
import { findMatches } from "#app/histories/find-matches.server.ts";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { historyJobs } from "#app/histories/jobs.server.ts";
import { lookAtLines } from "#app/histories/look-at-lines.server.ts";
import { proposeHistory } from "#app/histories/propose-history.server.ts";
import { createAccount } from "#app/people/accounts.server.ts";
import type { AccountActor, Actor, Role } from "#app/people/actor.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { registerAgency, registerCustody, registerSystem } from "#app/registry/register.server.ts";
import { checkIdentifier } from "#app/requests/check-identifier.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { saveAnswers } from "#app/requests/save-answers.server.ts";
import { startRequest } from "#app/requests/start-request.server.ts";
import type { TestPortal } from "#test/support/database.ts";
import { freshProof } from "#test/support/proof.ts";

const OPERATOR: Actor = { kind: "operator", name: "tester" };
const ZONE = "America/Los_Angeles";
export const PLATE = "9ZQX417";
export const OTHER_PLATE = "5KRW903";

/** One row of the log, in the portal's own format. */
export interface LogRow {
  id: string;
  at: string;
  org?: string;
  user?: string;
  plate?: string;
  purpose?: string;
  caseNumber?: string;
  scope?: string;
  name?: string;
  birth?: string;
  licence?: string;
}

export interface GivenCase {
  readonly agencyId: string;
  readonly caseId: string;
  readonly otherCaseId: string;
  readonly requestId: string;
  readonly resident: AccountActor;
  readonly stranger: AccountActor;
  readonly clerk: AccountActor;
  readonly supervisor: AccountActor;
  /** Clerk and supervisor in one person. */
  readonly both: AccountActor;
  readonly otherClerk: AccountActor;
  readonly otherSupervisor: AccountActor;
  deliver(rows: readonly LogRow[]): Promise<void>;
  /** Verifies the plate for some days; or refuses it. */
  verify(days?: { from: string; to: string | null } | "refused"): Promise<void>;
  /** The same for another of the identifiers, by its kind and its place among those. */
  verifyOther(kind: string, days?: { from: string; to: string | null } | "refused", nth?: number): Promise<void>;
}

interface Options {
  rows?: readonly LogRow[];
  contact?: "mail" | "none";
  locale?: "en" | "es";
  /** Who asks, where names are searched for too. */
  person?: { name: string; birthDate: string; otherNames?: readonly string[]; licence?: string };
}

/** The resident's plate was looked up in these, newest last. */
export const ROWS: readonly LogRow[] = [
  {
    id: "e1",
    at: "2025-06-18T00:02:04Z",
    org: "Alder Creek PD",
    user: "u-1017",
    plate: PLATE,
    purpose: "Stolen vehicle",
    caseNumber: "25-02183",
    scope: "lookup",
  },
  {
    id: "e2",
    at: "2025-07-02T18:30:00Z",
    org: "Marin Hills SO",
    user: "u-2044",
    plate: PLATE,
    purpose: "Welfare check",
    caseNumber: "25-03001",
    scope: "lookup",
  },
  {
    id: "e3",
    at: "2025-08-20T03:15:00Z",
    org: "Alder Creek PD",
    user: "u-1017",
    plate: PLATE,
    purpose: "Property crime",
    scope: "lookup",
  },
  {
    id: "e4",
    at: "2025-08-21T03:15:00Z",
    org: "Alder Creek PD",
    user: "u-3333",
    plate: OTHER_PLATE,
    purpose: `seen near plate ${PLATE}`,
    scope: "lookup",
  },
];

export async function givenCase(portal: TestPortal, options: Options = {}): Promise<GivenCase> {
  const by = { kind: "operator", id: "tester" } as const;
  const systemId = await registerSystem(portal, by, {
    slug: "alpr",
    name: "Plate readers",
    about: { en: "Plates", es: "Placas" },
  });
  const settle = async (slug: string, name: string) => {
    const office = {
      unit: "Records",
      address: ["1 Mill Street"],
      email: `${slug}@example.org`,
      zone: ZONE,
      aliases: [],
      demo: false,
    };
    const id = await registerAgency(portal, by, { slug, name, kind: "local-agency", ...office });
    await registerCustody(portal, by, {
      agencyId: id,
      systemId,
      profile: "canonical",
      rhythmDays: 400,
      keptDays: null,
    });
    return id;
  };
  const agencyId = await settle("alder", "Alder Creek Police");
  const otherAgencyId = await settle("marin", "Marin Hills Sheriff");
  const person = async (name: string, roles: readonly Role[] = [], at = agencyId): Promise<AccountActor> => {
    const email = `${name}@example.org`;
    const accountId = await inTransaction(portal, (tx) => createAccount(portal, tx, { email, name, locale: "en" }));
    return {
      kind: "account",
      accountId,
      name,
      locale: "en",
      memberships: roles.map((role) => ({ role, agencyId: at })),
      proof: freshProof(portal),
    };
  };
  const resident = await person("resident");
  const { requestId } = await fileAll(portal, resident, [agencyId, otherAgencyId], options);
  const cases = await portal.db.case.findMany({ where: { requestId } });
  const caseOf = (agency: string) => cases.find((one) => one.agencyId === agency)?.id ?? "";
  const clerk = await person("clerk", ["clerk"]);
  const caseId = caseOf(agencyId);

  const deliver = async (rows: readonly LogRow[]) => {
    await importBatch(portal, OPERATOR, {
      via: "command",
      agencySlug: "alder",
      systemSlug: "alpr",
      profile: "canonical",
      stream: csv(rows),
    });
  };
  const verify: GivenCase["verify"] = (days) => verifyOther("plate", days);
  const verifyOther: GivenCase["verifyOther"] = async (kind, days = { from: "2025-01-01", to: null }, nth = 0) => {
    portal.time.advance({ minutes: 1 });
    const identifier = await portal.db.identifier.findFirstOrThrow({
      where: { requestId, kind },
      orderBy: { position: "asc" },
      skip: nth,
    });
    const verdict =
      days === "refused"
        ? { verdict: "refused", validFrom: null, validTo: null }
        : { verdict: "verified", validFrom: days.from, validTo: days.to };
    const shown = ["driver-licence", "registration-card"];
    const seen = { basis: "in-person", shown };
    await checkIdentifier(portal, clerk, { caseId, identifierId: identifier.id, ...seen, ...verdict });
    portal.time.advance({ minutes: 1 });
  };
  await deliver(options.rows ?? ROWS);
  return {
    agencyId,
    caseId,
    otherCaseId: caseOf(otherAgencyId),
    requestId,
    resident,
    stranger: await person("stranger"),
    clerk,
    supervisor: await person("supervisor", ["supervisor"]),
    both: await person("both", ["clerk", "supervisor"]),
    otherClerk: await person("otherclerk", ["clerk"], otherAgencyId),
    otherSupervisor: await person("othersupervisor", ["supervisor"], otherAgencyId),
    deliver,
    verify,
    verifyOther,
  };
}

async function fileAll(portal: TestPortal, resident: AccountActor, agencies: string[], options: Options) {
  const { requestId } = await startRequest(portal, resident);
  const { person } = options;
  const sections = {
    you: { name: person?.name ?? "Ana Lucía Ortega", birthDate: person?.birthDate ?? "1986-04-28" },
    identifiers: {
      plates: [{ value: PLATE, from: "2024-01-01", to: null }],
      licence: person?.licence ?? null,
      vin: null,
      stateId: null,
      ssn: null,
      byName: person === undefined ? null : { otherNames: [...(person.otherNames ?? [])] },
    },
    agencies: { agencies },
    period: { from: "2025-01-01", to: "2026-02-28" },
    contact: { mode: options.contact ?? "mail", locale: options.locale ?? "en" },
  } as const;
  let version = 1;
  for (const [section, whole] of Object.entries(sections)) {
    await saveAnswers(portal, resident, {
      requestId,
      version,
      section: section as keyof typeof sections,
      answer: { whole },
    });
    version += 1;
  }
  return fileRequest(portal, resident, { requestId, version });
}

async function* csv(rows: readonly LogRow[]): AsyncIterable<Uint8Array> {
  const quoted = (text = "") => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) =>
    [row.id, row.at, row.org, row.user, row.plate, row.licence, row.purpose, row.caseNumber, row.scope, row.name]
      .concat(row.birth)
      .map(quoted)
      .join(","),
  );
  yield Buffer.from(
    ["id,at,org,user,plate,licence,purpose,case_number,scope,name,birth_date", ...lines, ""].join("\n"),
  );
}

/** Events of the case by the number that their log gave them. */
export async function eventIds(portal: TestPortal, given: GivenCase): Promise<string[]> {
  const matches = await portal.db.match.findMany({ where: { caseId: given.caseId }, orderBy: { eventAt: "asc" } });
  return matches.map((match) => match.eventId);
}

export const DISCLOSE = { outcome: "disclose", exemption: null, reason: null, reviewOn: null } as const;
export const WITHHOLD = {
  outcome: "withhold",
  exemption: "ca.cpra.investigation",
  reason: "the case is still open",
  reviewOn: null,
} as const;
export const REDACT = {
  outcome: "redact",
  exemption: "ca.cpra.privacy",
  reason: "names one person",
  reviewOn: null,
} as const;

/** Plate verified, logs searched, every look-up confirmed as this person's. */
export async function givenMatched(portal: TestPortal, given: GivenCase): Promise<string[]> {
  await given.verify();
  await findMatches(portal, given.clerk, given.caseId);
  await decideMatches(portal, given.clerk, { caseId: given.caseId, events: "undecided", verdict: "accepted" });
  return eventIds(portal, given);
}

/** All that is left is disclosed, and the answer proposed. */
export async function propose(portal: TestPortal, given: GivenCase): Promise<void> {
  const waiting = await portal.db.match.count({ where: { caseId: given.caseId, verdict: "accepted" } });
  const decided = await portal.db.decision.findMany({
    where: { caseId: given.caseId, field: "*" },
    distinct: ["eventId"],
  });
  if (decided.length < waiting) {
    await decideLines(portal, given.clerk, { caseId: given.caseId, events: "undecided", ...DISCLOSE });
  }
  await proposeHistory(portal, given.clerk, given.caseId);
}

/** Looks at every line of the proposal on the table and agrees with it. @returns the proposal's digest */
export async function lookAtAll(
  portal: TestPortal,
  { caseId }: Pick<GivenCase, "caseId">,
  by: AccountActor,
): Promise<string> {
  const read = (page: number) => getProposal(portal, by, { caseId, locale: "en", page });
  const { digest, pages } = await read(1);
  for (let page = 1; page <= pages; page += 1) {
    const { lines } = await read(page);
    const looks = lines.map(({ eventId }) => ({ eventId, verdict: "agree", remark: null }) as const);
    if (looks.length > 0) await lookAtLines(portal, by, { caseId, digest, looks });
  }
  return digest;
}

export async function approve(
  portal: TestPortal,
  given: GivenCase,
  by: AccountActor = given.supervisor,
): Promise<void> {
  const digest = await lookAtAll(portal, given, by);
  await approveHistory(portal, by, { caseId: given.caseId, digest });
}

export async function runRelease(portal: TestPortal, given: GivenCase, edition = 1): Promise<void> {
  await historyJobs["make-release"]?.(portal, { caseId: given.caseId, edition: String(edition) });
}

/** From the decisions to the release; its id. */
export async function release(portal: TestPortal, given: GivenCase): Promise<string> {
  await propose(portal, given);
  await approve(portal, given);
  await runRelease(portal, given, 1 + (await portal.db.release.count({ where: { caseId: given.caseId } })));
  const row = await portal.db.release.findFirstOrThrow({
    where: { caseId: given.caseId },
    orderBy: { edition: "desc" },
  });
  return row.id;
}
