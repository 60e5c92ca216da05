import { approveHistory, sendBack } from "#app/histories/approve-history.server.ts";
import { LOOK_VERDICTS } from "#app/histories/look.ts";
import { lookAtLines } from "#app/histories/look-at-lines.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { orRejected, type Rejected } from "../desk.cases.$caseId/carry-out.server.ts";

/** What the pressed button leads to: back to the list of lines, or to the case. */
type Done = { readonly done: "looked" | "answered" };

/** Does what the pressed button says. @throws NotFound, ProofNeeded */
export async function act(
  portal: Portal,
  actor: AccountActor,
  caseId: string,
  form: FormData,
): Promise<Rejected | Done> {
  const text = (name: string) => String(form.get(name) ?? "");
  const digest = text("digest");
  const intent = text("intent");
  if (intent === "look" || intent === "agree-rest") {
    const looks = looksIn(form, intent === "agree-rest");
    const rejected = await orRejected(() => lookAtLines(portal, actor, { caseId, digest, looks }), form);
    return rejected ? atField(rejected) : { done: "looked" };
  }
  const approving = intent === "approve";
  const answer = approving
    ? () => approveHistory(portal, actor, { caseId, digest, size: Number(text("drawn")) || 0 })
    : () => sendBack(portal, actor, { caseId, remark: text("remark") });
  return (await orRejected(answer, form)) ?? { done: "answered" };
}

/** What was said of the lines on the page; `rest`: of those without a word, that one agrees. */
function looksIn(form: FormData, rest: boolean) {
  return form.getAll("line[]").flatMap((line) => {
    const eventId = String(line);
    const said = LOOK_VERDICTS.find((one) => one === form.get(`look-${eventId}`)) ?? (rest ? "agree" : null);
    const remark = String(form.get(`remark-${eventId}`) ?? "").trim();
    // Whoever typed a remark did not mean to agree.
    const verdict = remark !== "" && form.get(`look-${eventId}`) === null ? "back" : said;
    return verdict === null ? [] : [{ eventId, verdict, remark: remark === "" ? null : remark }];
  });
}

/** A refusal that speaks of one line stands at that line's field. */
function atField(rejected: Rejected): Rejected {
  const { form } = rejected.issues;
  const field = form?.params?.["field"];
  return form && typeof field === "string" ? { ...rejected, issues: { [field]: form } } : rejected;
}
