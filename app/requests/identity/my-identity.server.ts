import { showIdentifier } from "#app/feeds/identifier.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { may } from "#app/people/authorise.ts";
import { NotFound } from "#app/platform/failure.ts";
import { printPaper } from "#app/platform/paper/print-paper.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Agency } from "#app/registry/agency.ts";
import { getCaseFile } from "../case-file.server.ts";
import { openOwnRequest } from "../draft.server.ts";
import { recordOwnRead } from "../my-requests.server.ts";
import { writeOwnPaper } from "../write-letter.server.ts";
import { type JudgedIdentifier, listCodeLetters, listJudged } from "./identity-desk.server.ts";
import { type ListedUpload, listUploads } from "./uploads.server.ts";

/** What one agency has been shown, as its resident sees it. */
export interface MyIdentityCase {
  readonly caseId: string;
  readonly number: string;
  readonly agency: Pick<Agency, "name" | "unit" | "address" | "zone">;
  readonly identifiers: readonly Pick<
    JudgedIdentifier,
    "identifierId" | "kind" | "value" | "claimedFrom" | "claimedTo" | "check" | "proofs" | "missing" | "verdicts"
  >[];
  /** A letter that is on its way, or has come; null when there is none. */
  readonly letter: { readonly printedAt: Date; readonly expiresAt: Date; readonly triesLeft: number } | null;
  readonly uploads: readonly ListedUpload[];
}

export interface MyIdentity {
  readonly requestId: string;
  readonly number: string;
  /** False for who acts for the resident: proving is the resident's own. */
  readonly mayProve: boolean;
  readonly cases: readonly MyIdentityCase[];
}

/** What is proved of a request, what is missing, and by what it could be proved. @throws NotFound, for a draft too */
export async function getMyIdentity(portal: Portal, actor: AccountActor, requestId: string): Promise<MyIdentity> {
  const request = await openOwnRequest(portal, actor, "request.read", requestId);
  if (request.number === null) throw new NotFound("request");
  const rows = await portal.db.case.findMany({
    where: { requestId: request.id },
    select: { id: true },
    orderBy: { number: "asc" },
  });
  const files = await Promise.all(rows.map(({ id }) => getCaseFile(portal, id)));
  const [first] = files;
  const cases = await Promise.all(
    files.map(async (file): Promise<MyIdentityCase> => {
      const { name, unit, address, zone } = file.agency;
      const identifiers = await listJudged(portal, file);
      return {
        caseId: file.id,
        number: file.number,
        agency: { name, unit, address, zone },
        identifiers: identifiers.map((one) => ({ ...one, value: showIdentifier(one.kind, one.value) })),
        letter: await findOpenLetter(portal, file.id),
        uploads: await listUploads(portal, file.id),
      };
    }),
  );
  await recordOwnRead(portal, actor, request, "identity.read");
  const mayProve = first !== undefined && may(actor, "identity.prove", first.facts);
  return { requestId: request.id, number: request.number, mayProve, cases };
}

async function findOpenLetter(portal: Portal, caseId: string): Promise<MyIdentityCase["letter"]> {
  const now = portal.time.now();
  const letters = await listCodeLetters(portal, caseId);
  const open = letters.find(({ usedAt, revoked, expiresAt }) => {
    return usedAt === null && !revoked && expiresAt !== null && now < expiresAt;
  });
  if (!open?.printedAt || !open.expiresAt) return null;
  return { printedAt: open.printedAt, expiresAt: open.expiresAt, triesLeft: open.triesLeft };
}

/** A statement under penalty of perjury (Code Civ. Proc. § 2015.5), to be printed and signed. @throws NotFound */
export async function getDeclaration(
  portal: Portal,
  actor: AccountActor,
  input: { readonly requestId: string; readonly caseId: string; readonly locale: "en" | "es" },
): Promise<{ readonly bytes: Buffer; readonly fileName: string }> {
  const request = await openOwnRequest(portal, actor, "identity.prove", input.requestId);
  const file = await getCaseFile(portal, input.caseId);
  if (file.requestId !== request.id) throw new NotFound("case");
  const { agency, number } = file;
  // Nothing about the person is filled in: what is signed is written by the one who signs.
  const filling = { agency: agency.name, unit: agency.unit, office: agency.address.join("\n"), number };
  const paper = await writeOwnPaper(portal, input.locale, "declaration", filling);
  const bytes = await printPaper({ ...paper, locale: input.locale });
  return { bytes, fileName: `${number}-statement.pdf` };
}
