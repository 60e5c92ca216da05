import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { listSignalOffices } from "#app/histories/signals/change-signals.server.ts";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { OfficeLinks } from "#app/ui/office-links.tsx";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { officeAsked } from "../office-asked.server.ts";
import { answering, requireActor } from "../respond.server.ts";
import { carryOut, type Done, shownRule } from "./act.server.ts";
import { Confirmation } from "./confirmation.tsx";
import { RuleWords } from "./rule-words.tsx";

export const meta = pageTitle({ key: "signals.title" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const offices = await answering(() => listSignalOffices(args.context.portal, actor));
  const { signals, ...office } = officeAsked(args.request, offices);
  return {
    offices: offices.map(({ slug, name }) => ({ slug, name })),
    office,
    signals: signals.map(({ rule, ...standing }) => ({ ...standing, rule: shownRule(rule, args.context.locale) })),
  };
}

type SignalsData = Awaited<ReturnType<typeof loader>>;

export async function action(args: ActionFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const form = await args.request.formData();
  const outcome = await answering(() => carryOut(portal, actor, locale, form));
  if ("done" in outcome) throw redirect(`/desk/signals?office=${outcome.slug}&done=${outcome.done}`);
  return outcome;
}

const DONE_WORDS = { on: "signals.doneOn", off: "signals.doneOff" } as const satisfies Readonly<Record<Done, string>>;

/** The neutral signals of the supervisor's agency: what each says, and whether it is on. */
export default function Signals() {
  const { t } = useWords();
  const { office, offices, signals } = useLoaderData<typeof loader>();
  const outcome = useActionData<typeof action>();
  const [search] = useSearchParams();
  const done = Object.entries(DONE_WORDS).find(([name]) => name === search.get("done"))?.[1];
  if (outcome?.looking) return <Confirmation looking={outcome.looking} />;
  return (
    <Page title={t("signals.title")} kicker={office.name} lead={t("signals.lead")}>
      <ErrorSummary issues={outcome?.rejected?.issues} />
      {done && !outcome ? (
        <Alert kind="success" live>
          {t(done)}
        </Alert>
      ) : null}
      <p>{t("signals.effect")}</p>
      <OfficeLinks label={t("signals.agency")} path="/desk/signals" offices={offices} current={office.slug} />
      {signals.map((signal) => (
        <Signal key={signal.rule.id} signal={signal} office={office} />
      ))}
    </Page>
  );
}

function Signal({ signal, office }: { signal: SignalsData["signals"][number]; office: SignalsData["office"] }) {
  const { t } = useWords();
  const { rule, isOn } = signal;
  return (
    <Section id={rule.id} title={rule.name}>
      <p>
        {isOn ? (
          <StatusTag tone="good">{t("signals.isOn")}</StatusTag>
        ) : (
          <StatusTag tone={signal.isOutdated ? "warn" : "neutral"}>
            {t(signal.isOutdated ? "signals.isOutdated" : "signals.isOff")}
          </StatusTag>
        )}
      </p>
      <RuleWords rule={rule} />
      <Form method="post" action={`/desk/signals?office=${office.slug}`}>
        <input type="hidden" name="agency" value={office.agencyId} />
        <input type="hidden" name="signal" value={rule.id} />
        {isOn ? (
          <SubmitButton name="intent" value="switch-off" look="outline">
            {t("signals.switchOff")} <span className="usa-sr-only">{rule.name}</span>
          </SubmitButton>
        ) : (
          <SubmitButton name="intent" value="look" look="outline">
            {t("signals.look")} <span className="usa-sr-only">{rule.name}</span>
          </SubmitButton>
        )}
      </Form>
    </Section>
  );
}
