/** Asks for a letter with a code, prints it once, and takes the code when it comes back. */

import { randomInt } from "node:crypto";
import { sayDay } from "#app/law/local-date.ts";
import { type AccountActor, type Actor, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { ownBrowserAlone } from "#app/people/own-browser.server.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { printPaper } from "#app/platform/paper/print-paper.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, localDate, startOfDay, toDbDate } from "#app/platform/time/local-date.ts";
import { appendCaseLedger, type CaseFile, getCaseFile } from "../case-file.server.ts";
import { openOwnRequest } from "../draft.server.ts";
import { writeOwnPaper } from "../write-letter.server.ts";
import { tellResident } from "../write-to-resident.server.ts";
import {
  CODE_LETTER_DAYS,
  CODE_LETTER_TRIES,
  type CodeLetterForm,
  isSettled,
  makeCode,
  type PostalAddress,
  postalAddress,
  readTypedCode,
  SETTLED_DAYS,
  sayCode,
} from "./code-letter.ts";
import { endFreezeByCode } from "./end-freeze-by-proof.server.ts";
import { addProof } from "./proofs.server.ts";

const addressPlace = (row: string) => ({ table: "code_letter", column: "address_sealed", row });

/**
 * Prepares a letter. It takes the place of an earlier one of the case that was not used. The resident is told, by
 * whatever way was chosen, that one was asked for: whoever asks in another's name is seen twice, there and in the
 * letter itself.
 * @throws NotFound
 * @throws Refused `identity.addressNew` when the address was changed shortly before the request
 */
export async function askCodeLetter(
  portal: Portal,
  actor: Actor,
  input: { readonly caseId: string; readonly form: CodeLetterForm },
): Promise<{ readonly letterId: string }> {
  const file = await getCaseFile(portal, input.caseId);
  authorise(actor, "case.check-identity", file.facts);
  if (actor.kind !== "account") throw new NotFound("case");
  const by = actor.accountId;
  const { addressee, address, source, recordedOn, identifiers } = input.form;
  if (!isSettled(recordedOn, file.receivedOn)) {
    throw new Refused(
      "identity.addressNew",
      "This address stands in the record since shortly before the request. Use another way.",
      { field: "recordedOn", days: SETTLED_DAYS },
    );
  }
  const id = newId();
  await inTransaction(portal, async (tx) => {
    const known = await tx.identifier.findMany({ where: { requestId: file.requestId }, select: { id: true } });
    if (!identifiers.every((one) => known.some((row) => row.id === one))) throw new NotFound("identifier");
    const now = portal.time.now();
    await tx.codeLetter.updateMany({
      where: { caseId: file.id, usedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    const keyId = await portal.vault.createKey(tx, "code-letter");
    const sealed: PostalAddress = { name: addressee, lines: address };
    await tx.codeLetter.create({
      data: {
        ...{ id, caseId: file.id, keyId, source, by, locale: file.locale, createdAt: now },
        identifierIds: [...new Set(identifiers)],
        addressSealed: await portal.vault.seal(keyId, addressPlace(id), JSON.stringify(sealed)),
        recordedOn: toDbDate(recordedOn),
      },
    });
    const link = `${portal.config.url}/request/${file.requestId}/identity`;
    await tellResident(portal, tx, file, "something-ready", { link });
    await appendCaseLedger(portal, tx, actor, file, {
      act: "identity.letter-asked",
      thing: { type: "code-letter", id },
      detail: { source },
    });
  });
  return { letterId: id };
}

/**
 * Makes the code and the sheet that it stands on. The code is shown on this sheet and nowhere else, ever; a sheet
 * that was lost is replaced by a new letter.
 * @throws NotFound; Refused when it was printed already, or another letter took its place
 */
export async function printCodeLetter(
  portal: Portal,
  actor: Actor,
  input: { readonly caseId: string; readonly letterId: string },
): Promise<{ readonly bytes: Buffer; readonly fileName: string }> {
  const file = await getCaseFile(portal, input.caseId);
  authorise(actor, "case.check-identity", file.facts);
  if (!isId(input.letterId)) throw new NotFound("letter");
  const row = await portal.db.codeLetter.findFirst({ where: { id: input.letterId, caseId: file.id } });
  if (!row) throw new NotFound("letter");
  const sealed = await portal.vault.openText(row.keyId, addressPlace(row.id), row.addressSealed);
  const address = postalAddress.parse(JSON.parse(sealed));
  const code = makeCode((below) => randomInt(below));
  const tagOf = await portal.vault.indexer("code");
  const today = localDate(portal.time.now(), file.agency.zone);
  const lastOn = addDays(today, CODE_LETTER_DAYS);
  const bytes = await printPaper({
    ...(await writeSheet(portal, file, address, { code: sayCode(code), today, lastOn })),
    locale: file.locale,
  });
  await inTransaction(portal, async (tx) => {
    const { count } = await tx.codeLetter.updateMany({
      where: { id: row.id, printedAt: null, usedAt: null, revokedAt: null },
      data: {
        printedAt: portal.time.now(),
        codeHash: tagOf(`${row.id}:${code}`),
        expiresAt: startOfDay(addDays(lastOn, 1), file.agency.zone),
      },
    });
    if (count !== 1) {
      throw new Refused("identity.letterPrinted", "This letter was printed already. Ask for a new one.");
    }
    await appendCaseLedger(portal, tx, actor, file, {
      act: "identity.letter-printed",
      thing: { type: "code-letter", id: row.id },
    });
  });
  return { bytes, fileName: `${file.number}-letter.pdf` };
}

async function writeSheet(
  portal: Portal,
  file: CaseFile,
  address: PostalAddress,
  said: { readonly code: string; readonly today: string; readonly lastOn: string },
): ReturnType<typeof writeOwnPaper> {
  const { agency, locale } = file;
  // Neither the request's number nor what is asked for: the letter may be opened by somebody else of the house.
  const filling = {
    agency: agency.name,
    unit: agency.unit,
    office: agency.address.join("\n"),
    email: agency.email,
    today: sayDay(said.today, locale),
    addressee: address.name,
    address: address.lines.join("\n"),
    code: said.code,
    lastOn: sayDay(said.lastOn, locale),
    site: portal.config.url,
  };
  return writeOwnPaper(portal, locale, "code-letter", filling);
}

/**
 * Takes a code that the resident typed. A try is counted before the code is looked at. The right one proves, for
 * each identifier that the letter was about, that the one who asks gets the post of that address; and the browser in
 * which it was typed is the resident's own.
 * @returns the secret for that browser's cookie
 * @throws NotFound
 * @throws Refused `identity.codeWrong`, the same for a wrong code, one that was used, is too old or was never there
 */
export async function proveByCode(
  portal: Portal,
  actor: AccountActor,
  input: {
    readonly requestId: string;
    readonly caseId: string;
    readonly code: string;
    /** What the browser brings along in which it is typed. */
    readonly browser?: string | null;
  },
): Promise<{ browser: string }> {
  const request = await openOwnRequest(portal, actor, "identity.prove", input.requestId);
  if (!isId(input.caseId)) throw new NotFound("case");
  const now = portal.time.now();
  const row = await portal.db.codeLetter.findFirst({
    where: {
      ...{ caseId: input.caseId, case: { requestId: request.id } },
      ...{ printedAt: { not: null }, usedAt: null, revokedAt: null, expiresAt: { gt: now } },
    },
    orderBy: { createdAt: "desc" },
    include: { case: true },
  });
  if (!row) throw wrongCode();
  const about = {
    residentId: request.residentId,
    requestId: request.id,
    caseId: row.caseId,
    agencyId: row.case.agencyId,
  };
  const { count } = await portal.db.codeLetter.updateMany({
    where: { id: row.id, usedAt: null, revokedAt: null, attempts: { lt: CODE_LETTER_TRIES } },
    data: { attempts: { increment: 1 } },
  });
  const tagOf = await portal.vault.indexer("code");
  const isRight = count === 1 && row.codeHash === tagOf(`${row.id}:${readTypedCode(input.code)}`);
  const record = (tx: Transaction, act: string) =>
    appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "resident"),
      act,
      thing: { type: "code-letter", id: row.id },
      ...about,
    });
  if (!isRight) {
    await inTransaction(portal, (tx) => record(tx, "identity.code-wrong"));
    throw wrongCode();
  }
  return inTransaction(portal, async (tx) => {
    const spent = await tx.codeLetter.updateMany({ where: { id: row.id, usedAt: null }, data: { usedAt: now } });
    if (spent.count !== 1) throw wrongCode();
    for (const identifierId of row.identifierIds) {
      const proof = { basis: "mailed-code", shown: [], validFrom: null, validTo: null, level: null, by: null } as const;
      await addProof(portal, tx, { ...proof, caseId: row.caseId, identifierId });
    }
    await record(tx, "identity.code-typed");
    const { agencyId } = about;
    await endFreezeByCode(portal, tx, {
      residentId: request.residentId,
      agencyId,
      check: row.id,
      sentAt: row.createdAt,
    });
    const { residentId: accountId, id: requestId } = request;
    return { browser: await ownBrowserAlone(portal, tx, { accountId, requestId, browser: input.browser ?? null }) };
  });
}

const wrongCode = () =>
  new Refused(
    "identity.codeWrong",
    "This code is not valid, was used already, is too old, or was tried too often. The agency can send a new letter.",
    { field: "code" },
  );
