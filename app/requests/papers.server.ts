/** What residents get on paper, because they want no mail: a clerk prints it and posts it, or keeps it at the counter. */
import type { AccountActor } from "#app/people/actor.ts";
import { may } from "#app/people/authorise.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { writeLetter } from "#app/platform/mail/templates.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { listAgencies } from "#app/registry/queries.server.ts";
import { caseFacts, FACTS_OF_CASE } from "./case-facts.server.ts";
import { appendCaseLedger, openCaseFile } from "./case-file.server.ts";
import { casesHandled, isHandler } from "./handled-cases.server.ts";
import type { LetterKind } from "./letter.ts";
import { openLetters } from "./letters.server.ts";

export type PaperWay = "post" | "counter";

/** One sheet that waits for somebody. It names nobody. */
export interface WaitingPaper {
  readonly id: string;
  readonly caseId: string;
  readonly number: string;
  readonly way: PaperWay;
  readonly at: Date;
  readonly zone: string;
}

/** The sheets that wait, of the cases that the actor may work on, the oldest first. @throws NotFound without a desk */
export async function listPapers(portal: Portal, actor: AccountActor): Promise<WaitingPaper[]> {
  if (!(await isHandler(portal, actor))) throw new NotFound();
  const rows = await portal.db.paperLetter.findMany({
    where: { doneAt: null, case: casesHandled(actor) },
    include: { case: { include: FACTS_OF_CASE } },
    orderBy: { at: "asc" },
  });
  const agencies = new Map((await listAgencies(portal)).map((agency) => [agency.id, agency]));
  return rows
    .filter((row) => may(actor, "case.post", caseFacts(portal, row.case)))
    .map(({ id, caseId, way, at, case: { number, agencyId } }) => {
      return { id, caseId, number, way: wayOf(way), at, zone: agencies.get(agencyId)?.zone ?? "UTC" };
    });
}

/** A sheet as it is printed. */
export interface Paper extends WaitingPaper {
  readonly locale: "en" | "es";
  readonly name: string;
  /** Where it goes by post; null for the counter, or where it is not wanted by post any more. */
  readonly address: string | null;
  readonly from: { readonly agency: string; readonly unit: string; readonly address: readonly string[] };
  readonly kind: LetterKind | "news";
  readonly subject: string;
  readonly text: string;
  readonly done: boolean;
}

/** Opens a sheet; that it was opened goes into the ledger. @throws NotFound */
export async function getPaper(portal: Portal, actor: AccountActor, id: string): Promise<Paper> {
  const row = isId(id) ? await portal.db.paperLetter.findUnique({ where: { id } }) : null;
  const file = await openCaseFile(portal, actor, "case.post", row?.caseId ?? "");
  if (!row) throw new NotFound("paper");
  const letter = (await openLetters(portal, file)).find((one) => one.id === row.letterId);
  const { templatesFolder } = portal.config;
  const { subject, text } = letter ?? (await writeLetter(templatesFolder, "paper-news", file.locale, {}));
  await inTransaction(portal, (tx) =>
    appendCaseLedger(portal, tx, actor, file, { act: "paper.read", thing: { type: "paper", id } }),
  );
  const { agency } = file;
  return {
    id,
    caseId: file.id,
    number: file.number,
    way: wayOf(row.way),
    at: row.at,
    locale: letter?.locale ?? file.locale,
    name: file.residentName,
    address: file.contact.address ?? null,
    from: { agency: agency.name, unit: agency.unit, address: agency.address },
    kind: letter?.kind ?? "news",
    subject,
    text,
    zone: agency.zone,
    done: row.doneAt !== null,
  };
}

/** It is in the post, or was handed over. Twice changes nothing. @throws NotFound */
export async function finishPaper(portal: Portal, actor: AccountActor, id: string): Promise<void> {
  const row = isId(id) ? await portal.db.paperLetter.findUnique({ where: { id } }) : null;
  const file = await openCaseFile(portal, actor, "case.post", row?.caseId ?? "");
  if (!row) throw new NotFound("paper");
  await inTransaction(portal, async (tx) => {
    const { count } = await tx.paperLetter.updateMany({
      where: { id, doneAt: null },
      data: { doneAt: portal.time.now(), doneBy: actor.accountId },
    });
    if (count === 0) return;
    const act = row.way === "post" ? "paper.posted" : "paper.handed-over";
    await appendCaseLedger(portal, tx, actor, file, { act, thing: { type: "paper", id } });
  });
}

function wayOf(text: string): PaperWay {
  return text === "counter" ? "counter" : "post";
}
