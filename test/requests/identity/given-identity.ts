// A filed request at a sheriff and a state agency, with what can be done to its identifiers.
import { expect } from "vitest";
import type { AccountActor } from "#app/people/actor.ts";
import { type CheckIdentifier, checkIdentifier } from "#app/requests/check-identifier.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { askCodeLetter, printCodeLetter } from "#app/requests/identity/code-letter.server.ts";
import type { CodeLetterForm } from "#app/requests/identity/code-letter.ts";
import { type GivenClock, givenClock } from "#test/requests/given-clock.ts";
import { answersOf, givenActor, givenDraft, PERSON } from "#test/requests/given-request.ts";
import { pdfText } from "#test/requests/identity/paper.ts";
import type { TestPortal } from "#test/support/database.ts";

export interface GivenIdentity extends GivenClock {
  readonly plateId: string;
  readonly licenceId: string;
  /** Records something about the plate, in the case at the sheriff, by its clerk unless somebody else is named. */
  check(given: Partial<CheckIdentifier>, by?: AccountActor): Promise<void>;
  /** Posts a letter with a code about the plate; gives the code that stands on it. */
  letter(form?: Partial<CodeLetterForm>): Promise<string>;
}

export const SEEN = ["driver-licence", "registration-card"] as const;
export const PERIOD = { validFrom: "2022-03-01", validTo: "2024-05-31" } as const;

export async function givenIdentity(
  portal: TestPortal,
  options: Parameters<typeof givenClock>[1] = {},
): Promise<GivenIdentity> {
  const given = await givenClock(portal, options);
  const rows = await portal.db.identifier.findMany({
    where: { requestId: given.requestId },
    orderBy: { position: "asc" },
  });
  const idOf = (kind: string) => rows.find((row) => row.kind === kind)?.id ?? "";
  const plateId = idOf("plate");
  return {
    ...given,
    plateId,
    licenceId: idOf("licence"),
    async check(changed, by = given.clerk) {
      portal.time.advance({ minutes: 1 });
      const about = { caseId: given.caseId, identifierId: plateId };
      const usual = { verdict: "verified", basis: "in-person", shown: SEEN, ...PERIOD };
      await checkIdentifier(portal, by, { ...about, ...usual, ...changed });
      portal.time.advance({ minutes: 1 });
    },
    async letter(changed = {}) {
      const { caseId, clerk } = given;
      const form = { ...LETTER, identifiers: [plateId], ...changed };
      const { letterId } = await askCodeLetter(portal, clerk, { caseId, form });
      const { bytes } = await printCodeLetter(portal, clerk, { caseId, letterId });
      return codeOn(await pdfText(bytes));
    },
  };
}

export const LETTER = {
  addressee: PERSON.name,
  address: ["1417 Quarry Lane", "Fresno, CA 93721"],
  source: "vehicle-registration",
  recordedOn: "2021-01-01",
  onRecord: ["yes"],
} as const satisfies Partial<CodeLetterForm> as unknown as Omit<CodeLetterForm, "identifiers">;

export function codeOn(text: string): string {
  return /\b[A-Z2-9]{5}-[A-Z2-9]{5}\b/.exec(text)?.[0] ?? "";
}

/** Somebody else's request at the sheriff, for the same plate. */
export async function givenRival(portal: TestPortal, given: GivenIdentity, from: string, to: string | null) {
  const rival = await givenActor(portal, { email: "rival@example.org" });
  const answers = {
    ...answersOf([given.sheriff]),
    identifiers: { plates: [{ value: PERSON.plate, from, to }], licence: null },
  };
  const { requestId } = await fileRequest(portal, rival, await givenDraft(portal, rival, answers));
  const { id: caseId } = await portal.db.case.findFirstOrThrow({ where: { requestId } });
  const { id: identifierId } = await portal.db.identifier.findFirstOrThrow({ where: { requestId } });
  const check = (changed: Partial<CheckIdentifier> = {}) =>
    checkIdentifier(portal, given.clerk, {
      ...{ caseId, identifierId, verdict: "verified", basis: "in-person", shown: SEEN },
      ...{ validFrom: from, validTo: to, ...changed },
    });
  return { rival, caseId, identifierId, requestId, check };
}

export const refusedAs = (code: string) => expect.objectContaining({ name: "Refused", code });
export const notFound = expect.objectContaining({ name: "NotFound" });
