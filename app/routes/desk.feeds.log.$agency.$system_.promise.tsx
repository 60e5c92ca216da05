import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { changeFeedPromise, getPromiseToEdit } from "#app/feeds/coverage-promise.server.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { RadioGroup } from "#app/ui/choices.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm, readForm } from "#app/ui/form.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { logPath, slugsOf } from "./desk.feeds.states.ts";
import { attempt, refusalMessage } from "./refusal.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "feedsLog.promiseTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const slugs = slugsOf(args.params);
  const { promises, contact, agencyEmail } = await answering(() => getPromiseToEdit(args.context.portal, actor, slugs));
  const now = promises.at(-1);
  return {
    path: logPath(slugs),
    agencyEmail,
    saved: {
      rhythm: String(now?.rhythmDays ?? ""),
      kept: String(now?.keptDays ?? ""),
      contact: contact?.email ?? "",
      locale: contact?.locale ?? "en",
    },
  };
}

const promiseForm = z.object({
  rhythm: z.string().default(""),
  kept: z.string().default(""),
  contact: z.string().default(""),
  locale: z.enum(["en", "es"]).default("en"),
});

/** Beside which field a refusal is said. */
const FIELD_OF: Readonly<Record<string, string>> = {
  "feeds.refusedRhythm": "rhythm",
  "feeds.refusedKept": "kept",
  "feeds.refusedContact": "contact",
};

export async function action(args: ActionFunctionArgs): Promise<RejectedForm> {
  const actor = requireActor(args);
  const slugs = slugsOf(args.params);
  const read = readForm(promiseForm, await args.request.formData());
  if (!read.ok) return read;
  const { rhythm, kept, contact, locale } = read.value;
  const typed = { rhythmDays: rhythm, keptDays: kept, contactEmail: contact, contactLocale: locale };
  const { refused } = await answering(() => attempt(() => changeFeedPromise(args.context.portal, actor, slugs, typed)));
  if (refused === null) throw redirect(`${logPath(slugs)}?done=promise`);
  return { issues: { [FIELD_OF[refused.code] ?? "form"]: refusalMessage(refused) }, typed: read.value };
}

/** What a custodian promises of its log, changed by its supervisor. */
export default function ChangePromise() {
  const { t } = useWords();
  const { path, saved, agencyEmail } = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const field = fieldsOf(rejected, saved);
  return (
    <Page
      title={t("feedsLog.promiseTitle")}
      lead={t("feedsLog.promiseLead")}
      back={{ to: path, label: t("feedsLog.title") }}
    >
      <ErrorSummary issues={rejected?.issues} />
      <Form method="post" noValidate>
        <TextInput
          label={t("feedsLog.rhythmLabel")}
          hint={t("feedsLog.rhythmHint")}
          width="short"
          inputMode="numeric"
          {...field("rhythm")}
        />
        <TextInput
          label={t("feedsLog.keptLabel")}
          hint={t("feedsLog.keptHint")}
          width="short"
          inputMode="numeric"
          optional
          {...field("kept")}
        />
        <TextInput
          label={t("feedsLog.contactLabel")}
          hint={t("feedsLog.contactHint", { email: agencyEmail })}
          inputMode="email"
          optional
          {...field("contact")}
        />
        <RadioGroup
          label={t("feedsLog.contactLocale")}
          options={[
            { value: "en", label: t("feedsLog.english") },
            { value: "es", label: t("feedsLog.spanish") },
          ]}
          {...field("locale")}
        />
        <SubmitButton>{t("feedsLog.savePromise")}</SubmitButton>
      </Form>
    </Page>
  );
}
