import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { drawRuler, linesOf, type Ruler as RulerLines, readColumns } from "#app/feeds/maker/fixed-columns.ts";
import { layOutProfile, openProfileDraft } from "#app/feeds/stored-profile-draft.server.ts";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import type { RejectedForm } from "#app/ui/form.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { attempt, refusalMessage } from "../refusal.ts";
import { answering, requireActor } from "../respond.server.ts";
import { FixedFields } from "./fixed-fields.tsx";
import { DocumentFields, LineFields, TableFields } from "./kind-fields.tsx";
import { fixedField, KINDS, LAYOUT_WORDS } from "./layout-fields.ts";
import { readLayout } from "./layout-form.server.ts";
import { draftPath, inputOf, kindOf, loadLayout } from "./load-layout.server.ts";

export const meta = pageTitle({ key: "feedsLayout.title" });

export const loader = loadLayout;

interface Answer extends RejectedForm {
  /** Drawn with the columns as they were typed. */
  ruler: RulerLines | null;
}

export async function action(args: ActionFunctionArgs): Promise<Answer> {
  const actor = requireActor(args);
  const { portal } = args.context;
  const input = inputOf(args);
  const form = await args.request.formData();
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const typed: Record<string, string> = {
    ...Object.fromEntries(texts.map(([name, text]) => [name, name === "delimiter" ? text : text.trim()])),
    items: texts.flatMap(([name, text]) => (name === "items[]" ? [text] : [])).join("\n"),
  };
  const { sample, bytes } = await answering(() => openProfileDraft(portal, actor, input));
  const kind = kindOf(args.request, sample.format.kind);
  const { layout, issues } = readLayout(kind, typed);
  const ruler = kind === "fixed-width" ? drawRuler(linesOf(bytes), typedColumns(typed)) : null;
  if (issues !== null) return { issues, typed, ruler };
  if (typed["intent"] === "draw") return { issues: {}, typed, ruler };
  const { refused } = await answering(() => attempt(() => layOutProfile(portal, actor, input, layout)));
  if (refused === null) throw redirect(draftPath(input));
  return { issues: { form: refusalMessage(refused) }, typed, ruler };
}

function typedColumns(typed: Record<string, string>) {
  const text = (index: number, part: "name" | "from" | "to") => typed[fixedField(index, part)] ?? "";
  const rows = Math.min(Number(typed["rows"] ?? 0) || 0, 200);
  return readColumns(
    Array.from({ length: rows }, (_, i) => ({ name: text(i, "name"), from: text(i, "from"), to: text(i, "to") })),
  ).columns;
}

/** How the sample is built: guessed, and decided here. */
export default function LayOut() {
  const { t } = useWords();
  const data = useLoaderData<typeof loader>();
  const rejected = useActionData<typeof action>();
  const { kind, draft } = data;
  const ruler = rejected?.ruler ?? data.ruler;
  return (
    <Page
      title={t("feedsLayout.title")}
      lead={t("feedsLayout.lead")}
      back={{ to: `${data.log}/profile`, label: t("feedsProfile.title") }}
      wide
    >
      <ErrorSummary issues={rejected?.issues} />
      <nav aria-label={t("feedsLayout.kinds")}>
        <ul className="wl-years">
          {KINDS.map((one) => (
            <li key={one}>
              <Link
                className={one === kind ? "usa-button" : "usa-button usa-button--outline"}
                to={`${draft}/layout?kind=${one}`}
                aria-current={one === kind ? "page" : undefined}
              >
                {t(LAYOUT_WORDS[one])}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Section id="beginning" title={t("feedsLayout.beginning")}>
        {ruler === null ? <pre className="wl-raw">{data.lines.join("\n")}</pre> : <Ruler ruler={ruler} />}
      </Section>
      <Form method="post" noValidate key={kind}>
        {kind === "csv" ? <TableFields data={data} rejected={rejected} /> : null}
        {kind === "fixed-width" ? <FixedFields data={data} rejected={rejected} /> : null}
        {kind === "json-lines" ? <LineFields data={data} rejected={rejected} /> : null}
        {kind === "json" ? <DocumentFields data={data} rejected={rejected} /> : null}
        <Buttons>
          <SubmitButton name="intent" value="go">
            {t("feedsLayout.go")}
          </SubmitButton>
          {kind === "fixed-width" ? (
            <SubmitButton name="intent" value="draw" look="outline">
              {t("feedsLayout.draw")}
            </SubmitButton>
          ) : null}
        </Buttons>
      </Form>
    </Page>
  );
}

/** Scrolls by itself: a line that is broken could not be ruled. */
function Ruler({ ruler }: { ruler: RulerLines }) {
  const { t } = useWords();
  return (
    <figure className="wl-ruler">
      <figcaption>{t("feedsLayout.ruler")}</figcaption>
      <section className="wl-ruler__lines" aria-label={t("feedsLayout.ruler")} tabIndex={0}>
        <pre aria-hidden="true">{ruler.scale.join("\n")}</pre>
        <pre>{ruler.lines.join("\n")}</pre>
      </section>
    </figure>
  );
}
