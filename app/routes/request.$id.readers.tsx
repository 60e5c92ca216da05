import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listReadersForResident } from "#app/requests/readers.server.ts";
import { EmptyState } from "#app/ui/alert.tsx";
import { formatInstant } from "#app/ui/format.ts";
import { Details, Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Pagination } from "#app/ui/pagination.tsx";
import { Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { actWords, roleWords } from "./request.acts.ts";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "request.readersTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { id = "" } = args.params;
  const { searchParams } = new URL(args.request.url);
  const pages = { others: Number(searchParams.get("others")), own: Number(searchParams.get("own")) };
  const shown = searchParams.has("own");
  return { id, shown, ...(await answering(() => listReadersForResident(args.context.portal, actor, id, pages))) };
}

type Reading = Awaited<ReturnType<typeof loader>>["others"]["readings"][number];

/** The ledger of one request, in plain words, for the one whose request it is. */
export default function Readers() {
  const { t } = useWords();
  const { id, number, others, own, shown } = useLoaderData<typeof loader>();
  return (
    <Page
      title={t("request.readersTitle")}
      lead={t("request.readersLead")}
      back={{ to: `/request/${id}`, ...(number && { label: t("request.filedTitle", { number }) }) }}
    >
      <Section id="others" title={t("request.readersOthers")}>
        {others.count === 0 ? (
          <EmptyState title={t("request.readersNobody")} level={3}>
            {t("request.readersNobodyText")}
          </EmptyState>
        ) : (
          <>
            <ReadingTable readings={others.readings} caption={t("request.readersOthers")} />
            <Pagination page={others.page} pages={others.pages} hrefFor={(page) => `?others=${page}`} />
            <p>{t("request.readersHint")}</p>
          </>
        )}
      </Section>
      <Section id="own" title={t("request.readersOwn")}>
        <Details summary={t("request.readersOwnShow", { count: own.count })} open={shown}>
          <ReadingTable readings={own.readings} caption={t("request.readersOwn")} />
          <Pagination page={own.page} pages={own.pages} hrefFor={(page) => `?own=${page}#own`} />
        </Details>
      </Section>
    </Page>
  );
}

/** Who works there. An advocate may open a complaint that lies with an agency, and is not of it. */
const AT_AN_AGENCY = ["clerk", "supervisor", "intake"];

function ReadingTable(props: { readings: readonly Reading[]; caption: string }) {
  const { t, say, locale } = useWords();
  const who = ({ role, agencyName }: Reading) => {
    const words = say({ key: roleWords(role) });
    return agencyName !== null && AT_AN_AGENCY.includes(role)
      ? t("request.roleAt", { role: words, agency: agencyName })
      : words;
  };
  return (
    <Table
      caption={props.caption}
      hideCaption
      columns={[
        { id: "when", label: t("request.readersWhen"), rowHeader: true },
        { id: "who", label: t("request.readersWho") },
        { id: "what", label: t("request.readersWhat") },
      ]}
      rows={props.readings.map((reading, index) => ({
        id: `${props.readings.length - index}`,
        cells: {
          when: <time dateTime={reading.at}>{formatInstant(reading.at, reading.agencyZone, locale)}</time>,
          who: who(reading),
          what: say(actWords(reading.act)),
        },
      }))}
    />
  );
}
