import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { curlExample } from "#app/feeds/push/curl-example.ts";
import { listProblems } from "#app/feeds/push/push-problem.ts";
import { COVERED_FIELDS, FAST_BY_SECONDS, GOOD_FOR_SECONDS, MEDIA_TYPES } from "#app/feeds/push/push-request.ts";
import { formatNumber } from "#app/ui/format.ts";
import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { ScrollTable, Table } from "#app/ui/table.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";

export const meta = pageTitle({ key: "api.title" });

export function loader({ context }: LoaderFunctionArgs) {
  const { url, uploadLimitBytes } = context.portal.config;
  return {
    address: `${url}/api/feeds/SYSTEM/batches`,
    example: curlExample(url, "SYSTEM"),
    megabytes: uploadLimitBytes / 1_048_576,
    problems: listProblems(context.locale),
    covered: ["@method", "@target-uri", ...COVERED_FIELDS],
    types: [...MEDIA_TYPES],
    seconds: { late: GOOD_FOR_SECONDS, early: FAST_BY_SECONDS },
  };
}

/** How an agency's own system delivers its log: for the person who sets that up. */
export default function Api() {
  const { t, locale } = useWords();
  const { address, example, megabytes, problems, covered, types, seconds } = useLoaderData<typeof loader>();
  return (
    <Page title={t("api.title")} lead={t("api.lead")}>
      <Section id="need" title={t("api.needTitle")}>
        <ul className="usa-list">
          <li>{t("api.needKey")}</li>
          <li>{t("api.needRegister")}</li>
          <li>{t("api.needClock", seconds)}</li>
        </ul>
        <p>{t("api.keys")}</p>
      </Section>
      <Section id="send" title={t("api.sendTitle")}>
        <p>{t("api.sendAddress")}</p>
        <p>
          <code>POST {address}</code>
        </p>
        <p>{t("api.sendSign")}</p>
        <CodeList items={covered} />
        <p>{t("api.sendDigest")}</p>
        <p>{t("api.sendIdempotency")}</p>
        <p>{t("api.sendNonce")}</p>
        <p>{t("api.sendQuery")}</p>
        <p>{t("api.sendTypes")}</p>
        <CodeList items={types} />
        <p>{t("api.sendLimit", { megabytes: formatNumber(megabytes, locale) })}</p>
      </Section>
      <Section id="answer" title={t("api.answerTitle")}>
        <ul className="usa-list">
          <li>{t("api.answer201")}</li>
          <li>{t("api.answer202")}</li>
          <li>{t("api.answer200")}</li>
        </ul>
      </Section>
      <Section id="example" title={t("api.exampleTitle")}>
        <p>{t("api.exampleText")}</p>
        <ScrollTable label={t("api.exampleTitle")}>
          <pre className="wl-raw">{example}</pre>
        </ScrollTable>
      </Section>
      <Section id="problems" title={t("api.problemsTitle")}>
        <p>{t("api.problemsText")}</p>
        <Problems problems={problems} />
        <p>
          <a className="usa-link" href="/api/openapi.json">
            {t("api.description")}
          </a>
        </p>
      </Section>
    </Page>
  );
}

function CodeList(props: { items: readonly string[] }) {
  return (
    <ul className="usa-list">
      {props.items.map((item) => (
        <li key={item}>
          <code>{item}</code>
        </li>
      ))}
    </ul>
  );
}

function Problems(props: { problems: readonly { code: string; status: number; sentence: string }[] }) {
  const { t } = useWords();
  return (
    <Table
      caption={t("api.problemsTitle")}
      hideCaption
      columns={[
        { id: "code", label: t("api.problemCode"), rowHeader: true },
        { id: "status", label: t("api.problemStatus"), numeric: true },
        { id: "meaning", label: t("api.problemMeaning") },
      ]}
      rows={props.problems.map(({ code, status, sentence }) => ({
        id: code,
        cells: { code: <code id={code}>{code}</code>, status, meaning: sentence },
      }))}
    />
  );
}
