import type { LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { type AuditPage, readLedger } from "#app/statistics/audit-ledger.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { ButtonLink, Buttons, SubmitButton } from "#app/ui/button.tsx";
import { ErrorSummary } from "#app/ui/error-summary.tsx";
import { Select, TextInput } from "#app/ui/field.tsx";
import { fieldsOf, type RejectedForm } from "#app/ui/form.ts";
import { formatInstant } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Pagination } from "#app/ui/pagination.tsx";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { findScope, readFilter } from "./audit.filter.server.ts";
import { auditActWords, auditRoleWords } from "./audit.words.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "audit.title" });

const NOTHING: AuditPage = { entries: [], count: 0, page: 1, pages: 1, people: [], acts: [] };
const FIELDS = ["person", "act", "from", "to"] as const;

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { searchParams } = new URL(args.request.url);
  const { scope, scopes } = await answering(() => findScope(portal, actor, searchParams.get("scope")));
  const filter = readFilter(searchParams);
  const page = Number(searchParams.get("page"));
  const found = filter.ok
    ? await answering(() => readLedger(portal, actor, scope, { ...filter.value, page }))
    : NOTHING;
  const named = ({ agency }: typeof scope) => ({ slug: agency?.slug ?? "all", name: agency?.name ?? null });
  const rejected: RejectedForm | null = filter.ok ? null : { issues: filter.issues, typed: filter.typed };
  const asked = Object.fromEntries(FIELDS.map((name) => [name, searchParams.get(name) ?? ""]));
  return { scope: named(scope), scopes: scopes.map(named), found, rejected, asked };
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>;

/** The address of this page, or of its file, for the same question. */
function hrefOf(path: string, { scope, asked }: Shown, page?: number): string {
  const given = Object.entries(asked).filter(([, value]) => value !== "");
  const query = new URLSearchParams([["scope", scope.slug], ...given, ...(page ? [["page", String(page)]] : [])]);
  return `${path}?${query}`;
}

/** The ledger of an agency, for its auditor. */
export default function Audit() {
  const { t } = useWords();
  const shown = useLoaderData<typeof loader>();
  const { found, rejected, scope } = shown;
  return (
    <Page title={t("audit.title")} kicker={scope.name ?? t("audit.everything")} lead={t("audit.lead")} wide>
      <ErrorSummary issues={rejected?.issues} />
      {shown.scopes.length > 1 ? <Scopes shown={shown} /> : null}
      <Filter shown={shown} />
      <Section id="entries" title={t("audit.entriesTitle")}>
        {found.count === 0 ? (
          <EmptyState title={t("audit.none")} level={3}>
            {t("audit.noneText")}
          </EmptyState>
        ) : (
          <>
            <p>{t("audit.count", { count: found.count })}</p>
            <Entries found={found} />
            <Pagination page={found.page} pages={found.pages} hrefFor={(page) => hrefOf("/audit", shown, page)} />
            <p>
              <ButtonLink to={hrefOf("/audit.csv", shown)} look="outline" document>
                {t("audit.export")}
              </ButtonLink>
            </p>
            <p className="wl-fine">{t("audit.exportHint")}</p>
          </>
        )}
      </Section>
    </Page>
  );
}

function Scopes({ shown }: { shown: Shown }) {
  const { t } = useWords();
  return (
    <nav aria-label={t("audit.scope")}>
      <Buttons>
        {shown.scopes.map(({ slug, name }) => (
          <Link
            key={slug}
            className={slug === shown.scope.slug ? "usa-button" : "usa-button usa-button--outline"}
            to={`/audit?scope=${slug}`}
            aria-current={slug === shown.scope.slug ? "page" : undefined}
          >
            {name ?? t("audit.everything")}
          </Link>
        ))}
      </Buttons>
    </nav>
  );
}

function Filter({ shown }: { shown: Shown }) {
  const { t, say } = useWords();
  const { found, rejected, asked, scope } = shown;
  const field = fieldsOf(rejected ?? undefined, asked);
  const acts = found.acts.map((act) => ({ value: act, label: say(auditActWords(act)) }));
  return (
    <Section id="filter" title={t("audit.filterTitle")}>
      {/* Keyed by what was asked, so that the fields show it. */}
      <Form method="get" action="/audit" noValidate key={JSON.stringify([scope.slug, asked])}>
        <input type="hidden" name="scope" value={scope.slug} />
        <Select
          label={t("audit.person")}
          placeholder={t("audit.anybody")}
          options={found.people.map(({ id, name }) => ({ value: id, label: name }))}
          {...field("person")}
        />
        <Select label={t("audit.act")} placeholder={t("audit.anything")} options={acts} {...field("act")} />
        <TextInput label={t("audit.from")} hint={t("audit.dayHint")} autoComplete="off" {...field("from")} />
        <TextInput label={t("audit.to")} hint={t("audit.dayHint")} autoComplete="off" {...field("to")} />
        <SubmitButton>{t("audit.show")}</SubmitButton>
      </Form>
    </Section>
  );
}

function Entries({ found }: { found: Shown["found"] }) {
  const { t, say, locale } = useWords();
  return (
    <Table
      caption={t("audit.entriesTitle")}
      hideCaption
      columns={[
        { id: "number", label: t("audit.number"), rowHeader: true, numeric: true },
        { id: "when", label: t("audit.when") },
        { id: "who", label: t("audit.who") },
        { id: "what", label: t("audit.what") },
        { id: "case", label: t("audit.caseColumn") },
        { id: "agency", label: t("audit.agency") },
        { id: "why", label: t("audit.why") },
      ]}
      rows={found.entries.map((entry) => {
        const role = t(auditRoleWords(entry.role));
        return {
          id: String(entry.seq),
          cells: {
            number: entry.seq,
            when: <time dateTime={entry.at}>{formatInstant(entry.at, entry.zone, locale)}</time>,
            who: entry.name === null ? role : <bdi>{t("audit.named", { role, name: entry.name })}</bdi>,
            what: say(auditActWords(entry.act)),
            case: entry.caseNumber ?? "",
            agency: entry.agency ?? "",
            why: entry.why ?? "",
          },
        };
      })}
    />
  );
}
