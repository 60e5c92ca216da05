import { Form } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { Section } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { DeskData } from "./load-desk.server.ts";

/** Searches the logs, and says when that is due again. */
export function Search({ desk }: { desk: DeskData }) {
  const { t } = useWords();
  const { unsearched } = desk.missing;
  return (
    <Section id="search" title={t("desk.searchTitle")}>
      <p>{t("desk.searchLead")}</p>
      {unsearched > 0 ? <Alert kind="warning">{t("desk.searchDone", { count: unsearched })}</Alert> : null}
      {desk.mayDecide ? (
        <Form method="post">
          <SubmitButton name="intent" value="search" look={unsearched > 0 ? "primary" : "outline"}>
            {t("desk.search")}
          </SubmitButton>
        </Form>
      ) : null}
    </Section>
  );
}

/** Hands the answer on, or says what is still missing. */
export function Propose({ desk }: { desk: DeskData }) {
  const { t } = useWords();
  if (!desk.mayDecide) return null;
  const { unchecked, unsearched, unconfirmed, undecided } = desk.missing;
  const missing = [
    unchecked > 0 ? t("desk.missingUnchecked", { count: unchecked }) : "",
    unsearched > 0 ? t("desk.missingUnsearched", { count: unsearched }) : "",
    unconfirmed > 0 ? t("desk.missingUnconfirmed", { count: unconfirmed }) : "",
    undecided > 0 ? t("desk.missingUndecided", { count: undecided }) : "",
  ].filter((text) => text !== "");
  return (
    <Section id="propose" title={t("desk.proposeTitle")}>
      {missing.length === 0 ? (
        <p>{t("desk.proposeReady")}</p>
      ) : (
        <>
          <p>{t("desk.proposeMissing")}</p>
          <ul className="usa-list">
            {missing.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
      <Form method="post">
        <SubmitButton name="intent" value="propose">
          {t("desk.propose")}
        </SubmitButton>
      </Form>
    </Section>
  );
}
