import { Page, Section } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { WordKey } from "#app/ui/words/words.ts";

export const meta = pageTitle({ key: "privacy.title" });

const LISTS = [
  { id: "keep", title: "privacy.keepTitle", lines: ["privacy.keepAsk", "privacy.keepLogs", "privacy.keepTrail"] },
  {
    id: "protect",
    title: "privacy.protectTitle",
    lines: ["privacy.protectSealed", "privacy.protectTwo", "privacy.protectProof", "privacy.protectMail"],
  },
  { id: "not", title: "privacy.notTitle", lines: ["privacy.notTrack", "privacy.notSell", "privacy.notNews"] },
] as const satisfies readonly { id: string; title: WordKey; lines: readonly WordKey[] }[];

/** What we keep and how it is protected, in plain words. */
export default function Privacy() {
  const { t } = useWords();
  return (
    <Page title={t("privacy.title")} lead={t("privacy.lead")}>
      {LISTS.map((list) => (
        <Section key={list.id} id={list.id} title={t(list.title)}>
          <ul className="usa-list">
            {list.lines.map((line) => (
              <li key={line}>{t(line)}</li>
            ))}
          </ul>
        </Section>
      ))}
      <Section id="cookies" title={t("privacy.cookiesTitle")}>
        <p>{t("privacy.cookiesText")}</p>
      </Section>
      <Section id="deleted" title={t("privacy.deleteTitle")}>
        <p>{t("privacy.deleteText")}</p>
      </Section>
    </Page>
  );
}
