import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { takeTurns } from "#app/people/limits.server.ts";
import type { Refused } from "#app/platform/failure.ts";
import { listCustodians } from "#app/requests/custodians.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { type Draft, getDraft } from "#app/requests/my-requests.server.ts";
import { getOwnWalls } from "#app/requests/name-wall.server.ts";
import { mayVisit } from "#app/requests/request.ts";
import { saveAnswers } from "#app/requests/save-answers.server.ts";
import { fieldsOfSection, sectionForm } from "#app/requests/section-form.ts";
import { countRows, isSection, isStep, MAX_PLATES, STEPS, type Step } from "#app/requests/sections.ts";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { readForm } from "#app/ui/form.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepIndicator } from "#app/ui/step-indicator.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Message, WordKey } from "#app/ui/words/words.ts";
import { findOwn, ownCookie } from "../http/session-cookie.server.ts";
import { attempt } from "../refusal.ts";
import { answering, requireActor } from "../respond.server.ts";
import { CheckAnswers } from "./check-answers.tsx";
import { SectionFields } from "./section-fields.tsx";

const TITLES = {
  you: "request.stepYou",
  identifiers: "request.stepIdentifiers",
  agencies: "request.stepAgencies",
  period: "request.stepPeriod",
  contact: "request.stepContact",
  check: "request.stepCheck",
} as const satisfies Readonly<Record<Step, WordKey>>;

export const meta: MetaFunction = ({ params, matches }) => {
  const { section: step } = params;
  return pageTitle({ key: isStep(step) ? TITLES[step] : "request.newTitle" })({ matches });
};

export async function loader(args: LoaderFunctionArgs) {
  const { actor, step, draft } = await openPage(args);
  const { portal } = args.context;
  if (draft.filed) throw redirect(`/request/${draft.id}`);
  if (!mayVisit(step, draft.answers, draft.circumstances)) throw redirect(`/request/${draft.id}/${draft.next}`);
  const given = { today: draft.circumstances.today, locale: args.context.locale };
  return {
    id: draft.id,
    version: draft.version,
    step,
    fields: isSection(step) ? fieldsOfSection(step, draft.answers, given) : {},
    answers: step === "check" ? draft.answers.whole : {},
    custodians: step === "agencies" || step === "check" ? await listCustodians(portal) : [],
    email: step === "contact" || step === "check" ? draft.email : "",
    neutral: portal.config.mailNeutralFrom !== undefined,
    named: step === "check" ? (await answering(() => getOwnWalls(portal, actor, draft.id))).named.length : 0,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { actor, step, draft } = await openPage(args);
  const { portal } = args.context;
  const form = await args.request.formData();
  const about = { requestId: draft.id, version: Number(form.get("version")) || 0 };
  if (!isSection(step)) {
    const agencies = draft.answers.whole.agencies?.agencies ?? [];
    await answering(() =>
      takeTurns(portal, [
        ["filing.account", actor.accountId],
        ["filing.network", args.context.network],
        ...agencies.map((agencyId) => ["filing.agency", agencyId] as const),
      ]),
    );
    const sending = { ...about, browser: findOwn(portal.config, args.request) };
    const { value, refused } = await answering(() => attempt(() => fileRequest(portal, actor, sending)));
    if (refused) return kept(refused, step, form);
    const headers = value.browser === undefined ? [] : ownCookie(portal.config, value.browser);
    return redirect(`/request/${draft.id}`, { headers });
  }
  const intent = form.get("intent");
  if (intent === "add-plate") return { issues: {}, typed: withOneMoreRow(typedIn(form)) };
  const read = readForm(sectionForm(step, draft.circumstances), form);
  if (!read.ok && intent !== "later") return { issues: read.issues, typed: read.typed };
  const answer = read.ok ? { whole: read.value } : { unfinished: typedIn(form) };
  const saving = { ...about, section: step, answer };
  const saved = await answering(() => attempt(() => saveAnswers(portal, actor, saving)));
  if (saved.refused) return kept(saved.refused, step, form);
  return redirect(intent === "later" ? "/my" : `/request/${draft.id}/${saved.value.next}`);
}

/** What was typed, with what speaks against it. */
function kept(refused: Refused, step: Step, form: FormData) {
  return { issues: { form: refusalOf(refused, step) }, typed: typedIn(form) };
}

/** Who asks, for which page of which request. @throws a 404 for anything that is not theirs */
async function openPage(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const actor = requireActor(args);
  const { id = "", section: step } = args.params;
  if (!isStep(step)) throw new Response(null, { status: 404 });
  const draft: Draft = await answering(() => getDraft(args.context.portal, actor, id));
  return { actor, step, draft };
}

/** What was typed, without the form's own controls. A form that nothing fits is handed back as typed. */
function typedIn(form: FormData): Record<string, string> {
  const read = readForm(z.never(), form);
  if (read.ok) return {};
  const { version: _version, intent: _intent, ...typed } = read.typed;
  return typed;
}

function withOneMoreRow(typed: Record<string, string>): Record<string, string> {
  const rows = countRows(typed);
  return rows < MAX_PLATES ? { ...typed, [`plate${rows}`]: "" } : typed;
}

const REFUSALS: Readonly<Record<string, WordKey>> = {
  "request.stale": "request.stale",
  "request.alreadyFiled": "request.alreadyFiled",
  "request.notYet": "request.notYet",
};

function refusalOf(refused: Refused, step: Step): Message {
  if (refused.code === "request.stale" && step === "check") return { key: "request.staleSend" };
  return { key: REFUSALS[refused.code] ?? "request.notWhole" };
}

/** One page of the journey. Without scripts it is the same page. */
export default function RequestPage() {
  const { t } = useWords();
  const page = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const { step } = page;
  const before = STEPS[STEPS.indexOf(step) - 1];
  return (
    <Page
      title={t(TITLES[step])}
      back={
        before
          ? { to: `/request/${page.id}/${before}`, label: t("request.previous") }
          : { to: "/my", label: t("request.myTitle") }
      }
    >
      <StepIndicator
        steps={STEPS.map((each) => t(TITLES[each]))}
        current={STEPS.indexOf(step) + 1}
        label={t("request.steps")}
      />
      <ErrorSummary issues={rejected?.issues} />
      {/* Keyed, so that one page's fields never show another's values. */}
      <Form method="post" noValidate key={step}>
        {/* First in the form: pressing Enter in a field means this button. */}
        <button type="submit" name="intent" value="continue" className="usa-sr-only" tabIndex={-1} aria-hidden="true" />
        <input type="hidden" name="version" value={page.version} />
        {isSection(step) ? <SectionFields step={step} page={page} rejected={rejected} /> : <CheckAnswers page={page} />}
        <Buttons>
          <SubmitButton name="intent" value="continue">
            {isSection(step) ? t("request.continue") : t("request.send")}
          </SubmitButton>
          {isSection(step) ? (
            <SubmitButton name="intent" value="later" look="outline">
              {t("request.later")}
            </SubmitButton>
          ) : (
            <Link className="usa-link" to="/my">
              {t("request.later")}
            </Link>
          )}
        </Buttons>
      </Form>
    </Page>
  );
}
