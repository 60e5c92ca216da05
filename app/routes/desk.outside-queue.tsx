import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { isLocalDate } from "#app/law/local-date.ts";
import { OUTSIDE_RULE } from "#app/requests/outside-queue.ts";
import { listOutsideEntries, listOutsideQueue } from "#app/statistics/outside-queue.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { formatDate, formatInstant, formatNumber } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { auditActWords } from "./audit.words.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "audit.outsideTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal } = args.context;
  const { searchParams } = new URL(args.request.url);
  const queues = await answering(() => listOutsideQueue(portal, actor));
  const asked = {
    agencySlug: searchParams.get("agency") ?? "",
    accountId: searchParams.get("person") ?? "",
    day: searchParams.get("day") ?? "",
  };
  if (!isLocalDate(asked.day)) return { queues, opened: null };
  const { name, entries } = await answering(() => listOutsideEntries(portal, actor, asked));
  const zone = queues.find(({ agency }) => agency.slug === asked.agencySlug)?.agency.zone ?? "UTC";
  const looks = entries.map((entry) => ({ ...entry, at: entry.at.toISOString() }));
  return { queues, opened: { name, day: asked.day, zone, looks } };
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>;

/** Who opened many files beyond those that he works on; said as a question, never as an accusation. */
export default function OutsideQueue() {
  const { t } = useWords();
  const { queues, opened } = useLoaderData<typeof loader>();
  if (opened) return <Opened opened={opened} />;
  return (
    <Page title={t("audit.outsideTitle")} lead={t("audit.outsideLead")} wide>
      <p className="wl-fine">{t("audit.outsideRule", OUTSIDE_RULE)}</p>
      {queues.map((queue) => (
        <Section key={queue.agency.slug} id={`days-${queue.agency.slug}`} title={queue.agency.name}>
          {queue.days.length === 0 ? (
            <EmptyState title={t("audit.outsideNone")} level={3}>
              {t("audit.outsideNoneText")}
            </EmptyState>
          ) : (
            <Days queue={queue} />
          )}
        </Section>
      ))}
    </Page>
  );
}

function Days({ queue: { agency, days } }: { queue: Shown["queues"][number] }) {
  const { t, locale } = useWords();
  return (
    <Table
      caption={agency.name}
      hideCaption
      columns={[
        { id: "day", label: t("audit.outsideDay"), rowHeader: true },
        { id: "person", label: t("audit.outsidePerson") },
        { id: "files", label: t("audit.outsideFiles"), numeric: true },
        { id: "usual", label: t("audit.outsideUsual"), numeric: true },
        { id: "entries", label: t("audit.entriesTitle") },
      ]}
      rows={days.map(({ accountId, day, files, usual, name }) => {
        const date = formatDate(day, locale);
        const person = name || t("audit.noName");
        const query = new URLSearchParams({ agency: agency.slug, person: accountId, day });
        return {
          id: `${accountId}-${day}`,
          cells: {
            day: date,
            person: <bdi>{person}</bdi>,
            files: formatNumber(files, locale),
            usual: formatNumber(usual, locale),
            entries: (
              <Link className="usa-link" to={`/desk/outside-queue?${query}`}>
                {t("audit.outsideLink")}
                <span className="usa-sr-only">: {t("audit.outsideLinkOf", { name: person, date })}</span>
              </Link>
            ),
          },
        };
      })}
    />
  );
}

function Opened({ opened: { name, day, zone, looks } }: { opened: NonNullable<Shown["opened"]> }) {
  const { t, say, locale } = useWords();
  const title = t("audit.outsideEntries", { name: name || t("audit.noName"), date: formatDate(day, locale) });
  return (
    <Page title={title} back={{ to: "/desk/outside-queue", label: t("audit.outsideBack") }} wide>
      <p>{t("audit.outsideLead")}</p>
      <Table
        caption={title}
        hideCaption
        columns={[
          { id: "when", label: t("audit.when"), rowHeader: true },
          { id: "case", label: t("audit.caseColumn") },
          { id: "what", label: t("audit.what") },
        ]}
        rows={looks.map(({ at, act, caseNumber }, index) => ({
          id: String(index),
          cells: {
            when: <time dateTime={at}>{formatInstant(at, zone, locale)}</time>,
            case: caseNumber,
            what: say(auditActWords(act)),
          },
        }))}
      />
    </Page>
  );
}
