import { type AccountActor, asLedgerActor } from "#app/people/actor.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { circumstancesNow, type OpenRequest, openOwnRequest, sealAnswers } from "./draft.server.ts";
import { type Answers, answerSchema, type Circumstances, mayVisit, nextStep } from "./request.ts";
import { typedSchema } from "./section-form.ts";
import type { Section, Step } from "./sections.ts";

export interface SaveAnswers {
  readonly requestId: string;
  /** The version that the page was drawn from. */
  readonly version: number;
  readonly section: Section;
  /** The section's answer, or what was typed of it so far. */
  readonly answer: { readonly whole: unknown } | { readonly unfinished: unknown };
}

/**
 * Saves one section of a draft and says which page comes next.
 * @throws NotFound
 * @throws Refused `request.stale` when another window saved in between, `request.alreadyFiled`,
 *   `request.notYet` when an earlier page is unanswered, `request.notWhole` when the answer breaks a rule
 */
export async function saveAnswers(portal: Portal, actor: AccountActor, input: SaveAnswers): Promise<{ next: Step }> {
  const circumstances = await circumstancesNow(portal);
  return inTransaction(portal, async (tx) => {
    const request = await openOwnRequest(portal, actor, "request.edit", input.requestId, tx);
    if (!mayVisit(input.section, request.answers, circumstances)) throw notYet();
    const answers = withSection(request.answers, input, circumstances);
    await writeDraft(portal, tx, request, input.version, answers);
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "resident"),
      act: "request.saved",
      thing: { type: "request", id: request.id },
      residentId: request.residentId,
      requestId: request.id,
      detail: { section: input.section },
    });
    return { next: nextStep(answers, circumstances) };
  });
}

function withSection(before: Answers, input: SaveAnswers, circumstances: Circumstances): Answers {
  const { [input.section]: _whole, ...whole } = before.whole;
  const { [input.section]: _unfinished, ...unfinished } = before.unfinished;
  if ("unfinished" in input.answer) {
    const typed = typedSchema.safeParse(input.answer.unfinished);
    if (!typed.success) throw notWhole();
    return { whole, unfinished: { ...unfinished, [input.section]: typed.data } };
  }
  const answer = answerSchema(input.section, circumstances).safeParse(input.answer.whole);
  if (!answer.success) throw notWhole();
  return { whole: { ...whole, [input.section]: answer.data }, unfinished };
}

/** One conditional update: it holds only while nobody saved or filed since the page was drawn. */
async function writeDraft(portal: Portal, tx: Transaction, request: OpenRequest, version: number, answers: Answers) {
  const { count } = await tx.request.updateMany({
    where: { id: request.id, residentId: request.residentId, version, filedAt: null, withdrawnAt: null },
    data: {
      answersSealed: await sealAnswers(portal, request, answers),
      version: { increment: 1 },
      savedAt: portal.time.now(),
      locale: answers.whole.contact?.locale ?? request.locale,
    },
  });
  if (count === 1) return;
  const now = await tx.request.findUniqueOrThrow({ where: { id: request.id } });
  if (now.filedAt) throw alreadyFiled();
  throw stale();
}

export const stale = () =>
  new Refused("request.stale", "This request was changed in another window. Look at it again, then save or send it.");
export const alreadyFiled = () =>
  new Refused("request.alreadyFiled", "This request was sent already; what was sent is not changed any more.");
export const notYet = () => new Refused("request.notYet", "An earlier page still needs an answer.");
export const notWhole = () =>
  new Refused("request.notWhole", "Some answers need another look before they can be saved.");
