import { Form, Link } from "@remix-run/react";
import { SubmitButton } from "#app/ui/button.tsx";
import { Select, TextInput } from "#app/ui/field.tsx";
import { fieldsOf } from "#app/ui/form.ts";
import { Details } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import { isNarrowed, searchFor } from "./filter.ts";
import type { DeskData } from "./load-desk.server.ts";

/** Narrows the list by its address alone, so that it works without scripts and can be kept. */
export function ListFilter({ desk }: { desk: DeskData }) {
  const { t } = useWords();
  const narrowed = isNarrowed(desk.filter);
  const field = fieldsOf(desk.rejectedFilter ?? undefined, desk.asked);
  return (
    <>
      <Details summary={t("workspace.filterTitle")} open={narrowed || desk.rejectedFilter !== null}>
        {/* Keyed by what was asked, so that the fields show it. */}
        <Form method="get" noValidate key={JSON.stringify(desk.asked)}>
          <input type="hidden" name="show" value={desk.show} />
          <Select
            label={t("desk.system")}
            placeholder={t("workspace.anySystem")}
            options={desk.choices.systems.map(({ id, name }) => ({ value: id, label: name }))}
            {...field("system")}
          />
          <Select
            label={t("workspace.searchingAgency")}
            placeholder={t("workspace.anyAgency")}
            options={desk.choices.agencies.map((name) => ({ value: name, label: name }))}
            {...field("agency")}
          />
          <TextInput label={t("workspace.from")} hint={t("audit.dayHint")} autoComplete="off" {...field("from")} />
          <TextInput label={t("workspace.to")} hint={t("audit.dayHint")} autoComplete="off" {...field("to")} />
          <p>
            <SubmitButton look="outline">{t("workspace.filter")}</SubmitButton>
          </p>
        </Form>
      </Details>
      {narrowed ? (
        <p>
          {t("workspace.narrowed", { shown: desk.shown, found: desk.counts.found })}{" "}
          {desk.filter.groupOf === null ? null : <>{t("workspace.narrowedGroup")} </>}
          <Link className="usa-link" to={`?show=${desk.show}`}>
            {t("workspace.filterClear")}
          </Link>
        </p>
      ) : null}
    </>
  );
}

/** The same list without one thing that narrows it, or on another page. */
export const listAt = (desk: DeskData, change: Readonly<Record<string, string | null>>) =>
  searchFor({ show: desk.show, filter: desk.filter, page: desk.page }, change);
