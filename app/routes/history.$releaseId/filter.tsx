import { Form, Link } from "@remix-run/react";
import { EmptyState } from "#app/ui/alert.tsx";
import { Buttons, SubmitButton } from "#app/ui/button.tsx";
import { Select } from "#app/ui/field.tsx";
import { formatMonth } from "#app/ui/format.ts";
import { Details } from "#app/ui/page.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { ReleaseData } from "./load-release.server.ts";

/** Choosing which look-ups to see. By GET, so that it needs no script; the address names numbers and no one. */
export function LineFilterForm({ data }: { data: ReleaseData }) {
  const { t, locale } = useWords();
  const { choices, filter, all, fitting, address } = data.lookUps;
  if (all < 2) return null;
  const named = (names: readonly string[], hasHidden: boolean) => [
    { value: "", label: t("answer.any") },
    ...names.map((label, index) => ({ value: String(index + 1), label })),
    ...(hasHidden ? [{ value: "0", label: t("answer.hidden") }] : []),
  ];
  const months = [
    { value: "", label: t("answer.any") },
    ...choices.months.map((value) => ({ value, label: formatMonth(value, locale) })),
    ...(choices.hasUndated ? [{ value: "undated", label: t("answer.undated") }] : []),
  ];
  const signals = [
    { value: "", label: t("answer.any") },
    { value: "with", label: t("answer.withSignals") },
    { value: "without", label: t("answer.withoutSignals") },
  ];
  const chosen = (value: string | number | null) => (value === null ? "" : String(value));
  return (
    <>
      <div className="wl-screen">
        <Details summary={t("answer.filter")} open={address !== ""}>
          <p>{t("answer.filterLead")}</p>
          <Form method="get" action="#look-ups" key={address}>
            <div className="wl-filter">
              <Select
                name="system"
                label={t("answer.system")}
                value={chosen(filter.system)}
                options={named(choices.systems, choices.hasHiddenSystem)}
              />
              <Select
                name="agency"
                label={t("answer.agency")}
                value={chosen(filter.agency)}
                options={named(choices.agencies, choices.hasHiddenAgency)}
              />
              <Select name="month" label={t("answer.month")} value={chosen(filter.month)} options={months} />
              {choices.hasSignals ? (
                <Select name="signals" label={t("answer.signals")} value={chosen(filter.signals)} options={signals} />
              ) : null}
            </div>
            <Buttons>
              <SubmitButton look="outline">{t("answer.apply")}</SubmitButton>
            </Buttons>
          </Form>
        </Details>
      </div>
      {address === "" ? null : (
        <p role="status">
          {fitting > 0 ? t("answer.shown", { count: fitting, all }) : null}{" "}
          <Link className="usa-link wl-screen" to={`/history/${data.release.id}#look-ups`}>
            {t("answer.clear")}
          </Link>
        </p>
      )}
      {fitting === 0 ? <EmptyState title={t("answer.none")} level={3} /> : null}
    </>
  );
}

/** All that fits on one page, for paper; and back. */
export function PrintLink({ data }: { data: ReleaseData }) {
  const { t } = useWords();
  const { address, isWhole, fitsOnePage, onPage, fitting } = data.lookUps;
  if (fitting <= onPage) return null;
  if (!fitsOnePage) return <p className="wl-screen">{t("answer.tooMany")}</p>;
  const to = isWhole ? address : [address, "show=all"].filter(Boolean).join("&");
  return (
    <p className="wl-screen">
      <Link className="usa-link" to={`?${to}#look-ups`}>
        {isWhole ? t("answer.pages", { count: onPage }) : t("answer.print")}
      </Link>
    </p>
  );
}
