import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { dropProfileDraft, mapProfile, openProfileDraft } from "#app/feeds/stored-profile-draft.server.ts";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { Checkboxes } from "#app/ui/choices.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Select, TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import {
  DATE_WORDS,
  DELIMITER_WORDS,
  FIELD_WORDS,
  MARKS,
  SEVERAL_WORDS,
  TIME_WORDS,
} from "../desk.feeds.profile.words.ts";
import { logPath, slugsOf } from "../desk.feeds.states.ts";
import { attempt, refusalMessage } from "../refusal.ts";
import { answering, requireActor } from "../respond.server.ts";
import { columnField, yesField } from "./mapping-fields.ts";
import { isMapping, readMapping, typedMapping, typedOf } from "./mapping-form.server.ts";

export const meta = pageTitle({ key: "feedsProfile.mapTitle" });

/** So many texts of a column are shown, and so much of each. */
const SHOWN_VALUES = 3;
const SHOWN_LENGTH = 40;

const inputOf = ({ params }: Pick<LoaderFunctionArgs, "params">) => ({
  ...slugsOf(params),
  draftId: params["draftId"] ?? "",
});

const draftPath = (input: ReturnType<typeof inputOf>) => `${logPath(input)}/profile/${input.draftId}`;

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { locale, portal } = args.context;
  const input = inputOf(args);
  const { feed, sample, laidOut, guesses, timeGuess, mapping, own } = await answering(() =>
    openProfileDraft(portal, actor, input),
  );
  const { kind } = sample.format;
  // Where columns begin, and which list holds the rows, a person looks at first.
  if (!laidOut && (kind === "fixed-width" || kind === "json")) throw redirect(`${draftPath(input)}/layout`);
  const guessedColumns = Object.fromEntries(
    sample.columns.map(({ name }, i) => [columnField(i), guesses.get(name) ?? ""]),
  );
  const guessed = {
    about: "",
    of: own.find(({ id }) => id === feed.custody.profile)?.id ?? "",
    several: [...guesses.values()].filter((one) => one === "at").length > 1 ? "join" : "refuse",
    times: (timeGuess.formats.length > 0 ? timeGuess.formats : ["iso"]).join("\n"),
    zone: timeGuess.needsZone ? feed.agency.zone : "",
    dates: "year-first",
    separator: "",
    ...guessedColumns,
    ...Object.fromEntries(MARKS.map((field) => [yesField(field), "true, yes, 1, y"])),
  };
  // Laid out anew, the sample has other columns than those that were mapped.
  const isMapped = sample.columns.some(({ name }) => mapping?.columns[name] !== undefined);
  return {
    path: logPath(input),
    draft: draftPath(input),
    format: sample.format,
    columns: sample.columns.map(({ name, values }) => ({
      name,
      values: [...new Set(values)].slice(0, SHOWN_VALUES).map((text) => text.slice(0, SHOWN_LENGTH)),
    })),
    own: own.map(({ id, about }) => ({ id, about: about[locale] })),
    saved: mapping === null ? guessed : { ...typedOf(mapping, sample), ...(isMapped ? {} : guessedColumns) },
  };
}

export async function action(args: ActionFunctionArgs): Promise<RejectedForm> {
  const actor = requireActor(args);
  const { portal } = args.context;
  const input = inputOf(args);
  const form = await args.request.formData();
  if (form.get("intent") === "drop") {
    await answering(() => dropProfileDraft(portal, actor, input));
    throw redirect(`${logPath(input)}/profile`);
  }
  const typed = typedMapping(form);
  const { sample, own } = await answering(() => openProfileDraft(portal, actor, input));
  const mapping = readMapping(typed, sample);
  if (!isMapping(mapping)) return { issues: mapping, typed };
  // A new version keeps its profile's name when none is typed.
  const kept = own.find(({ id }) => id === mapping.of)?.about.en ?? "";
  const { refused } = await answering(() =>
    attempt(() => mapProfile(portal, actor, input, { ...mapping, about: mapping.about || kept })),
  );
  if (refused === null) throw redirect(`${draftPath(input)}/${form.get("intent") === "values" ? "values" : "preview"}`);
  const field = String(refused.params["field"] ?? "form");
  // The columns are many fields: what is wrong with them stands at the head of the page.
  return { issues: { [field === "columns" ? "form" : field]: refusalMessage(refused) }, typed };
}

/** What each column of the sample means: guessed, and decided here. */
export default function MapColumns() {
  const { t } = useWords();
  const draft = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const field = fieldsOf(rejected, draft.saved);
  const fields = [
    { value: "", label: t("feedsProfile.unused") },
    ...Object.entries(FIELD_WORDS).map(([value, key]) => ({ value, label: t(key) })),
  ];
  return (
    <Page
      title={t("feedsProfile.mapTitle")}
      lead={t("feedsProfile.mapLead")}
      back={{ to: `${draft.path}/profile`, label: t("feedsProfile.title") }}
    >
      <ErrorSummary issues={rejected?.issues} />
      <p>
        <Built format={draft.format} />{" "}
        <Link className="usa-link" to={`${draft.draft}/layout`}>
          {t("feedsLayout.change")}
        </Link>
      </p>
      <Form method="post" noValidate>
        {draft.own.length === 0 ? null : (
          <Select
            label={t("feedsProfile.of")}
            options={[
              { value: "", label: t("feedsProfile.ofNew") },
              ...draft.own.map(({ id, about }) => ({ value: id, label: t("feedsProfile.ofVersion", { about }) })),
            ]}
            {...field("of")}
          />
        )}
        <TextInput label={t("feedsProfile.name")} hint={t("feedsProfile.nameHint")} {...field("about")} />
        <Section id="columns" title={t("feedsProfile.columns")}>
          {draft.columns.map(({ name, values }, i) => (
            <Select
              key={name}
              label={name}
              hint={
                values.length === 0
                  ? t("feedsProfile.columnEmpty")
                  : t("feedsProfile.columnSample", { values: values.join("; ") })
              }
              options={fields}
              {...field(columnField(i))}
            />
          ))}
        </Section>
        <Section id="spelling" title={t("feedsProfile.spelling")}>
          <Select
            label={t("feedsProfile.several")}
            options={Object.entries(SEVERAL_WORDS).map(([value, key]) => ({ value, label: t(key) }))}
            {...field("several")}
          />
          <Checkboxes
            label={t("feedsProfile.time")}
            hint={t("feedsProfile.timeHint")}
            options={Object.entries(TIME_WORDS).map(([value, key]) => ({ value, label: t(key) }))}
            {...field("times")}
          />
          <TextInput label={t("feedsProfile.zone")} hint={t("feedsProfile.zoneHint")} optional {...field("zone")} />
          <Select
            label={t("feedsProfile.dates")}
            options={Object.entries(DATE_WORDS).map(([value, key]) => ({ value, label: t(key) }))}
            {...field("dates")}
          />
          <TextInput
            label={t("feedsProfile.separator")}
            hint={t("feedsProfile.separatorHint")}
            width="short"
            optional
            {...field("separator")}
          />
          {MARKS.map((mark) => (
            <TextInput
              key={mark}
              label={t("feedsProfile.yes", { field: t(FIELD_WORDS[mark]) })}
              hint={t("feedsProfile.yesHint")}
              optional
              {...field(yesField(mark))}
            />
          ))}
        </Section>
        <Buttons>
          <SubmitButton name="intent" value="preview">
            {t("feedsProfile.preview")}
          </SubmitButton>
          <SubmitButton name="intent" value="values" look="outline">
            {t("feedsValues.go")}
          </SubmitButton>
          <SubmitButton name="intent" value="drop" look="quiet">
            {t("feedsProfile.drop")}
          </SubmitButton>
        </Buttons>
      </Form>
    </Page>
  );
}

type Format = ReturnType<typeof useLoaderData<typeof loader>>["format"];

function Built({ format }: { format: Format }) {
  const { t } = useWords();
  switch (format.kind) {
    case "csv": {
      const delimiter = t(DELIMITER_WORDS[format.delimiter]);
      return <>{t(format.headerRow ? "feedsProfile.builtCsv" : "feedsProfile.builtBare", { delimiter })}</>;
    }
    case "fixed-width":
      return <>{t("feedsProfile.builtFixed", { columns: format.columns.length })}</>;
    case "json-lines":
      return <>{t("feedsProfile.builtJson")}</>;
    case "json": {
      const places = format.items.map((place) => (place === "[]" ? t("feedsProfile.wholeList") : place));
      return <>{t("feedsProfile.builtDocument", { places: places.join(", ") })}</>;
    }
  }
}
