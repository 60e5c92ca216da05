import { Form } from "@remix-run/react";
import { SubmitButton } from "#app/ui/button.tsx";
import { formatDate, formatInstant, formatWeekday } from "#app/ui/format.ts";
import { Details, Section } from "#app/ui/page.tsx";
import { Table } from "#app/ui/table.tsx";
import { StatusTag } from "#app/ui/tag.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";

/** A closed day as the page is handed it. */
interface ShownDay {
  on: string;
  why: string;
  emergency: boolean;
  by: "supervisor" | "operator" | null;
  /** ISO instant. */
  at: string | null;
}

export interface ShownOffice {
  agencyId: string;
  slug: string;
  name: string;
  zone: string;
  targetDays: number;
  coming: readonly ShownDay[];
  past: readonly ShownDay[];
}

/** The closed days of an office: those to come, and folded away those that have passed. */
export function ClosedDays({ office }: { office: ShownOffice }) {
  const { t } = useWords();
  return (
    <Section id="coming" title={t("closures.coming")}>
      {office.coming.length === 0 ? (
        <p>{t("closures.comingNone")}</p>
      ) : (
        <DayTable office={office} days={office.coming} caption={t("closures.coming")} />
      )}
      {office.past.length === 0 ? null : (
        <Details summary={t("closures.past")}>
          <DayTable office={office} days={office.past} caption={t("closures.past")} />
        </Details>
      )}
    </Section>
  );
}

function DayTable(props: { office: ShownOffice; days: readonly ShownDay[]; caption: string }) {
  const { t, locale } = useWords();
  return (
    <Table
      caption={props.caption}
      hideCaption
      columns={[
        { id: "day", label: t("closures.day"), rowHeader: true },
        { id: "why", label: t("closures.why") },
        { id: "kind", label: t("closures.kind") },
        { id: "entered", label: t("closures.entered") },
        { id: "remove", label: t("closures.take") },
      ]}
      rows={props.days.map((day) => ({
        id: day.on,
        cells: {
          day: formatWeekday(day.on, locale),
          why: <bdi>{day.why}</bdi>,
          kind: day.emergency ? <StatusTag tone="warn">{t("closures.emergency")}</StatusTag> : t("closures.planned"),
          entered: <Entered day={day} zone={props.office.zone} />,
          remove: <RemoveButton office={props.office} on={day.on} />,
        },
      }))}
    />
  );
}

const ROLE_WORDS = { supervisor: "request.roleSupervisor", operator: "request.roleOperator" } as const;

function Entered({ day: { by, at }, zone }: { day: ShownDay; zone: string }) {
  const { t, locale } = useWords();
  if (by === null || at === null) return <>{t("closures.enteredFirst")}</>;
  return <>{t("closures.enteredOn", { role: t(ROLE_WORDS[by]), date: formatInstant(at, zone, locale) })}</>;
}

function RemoveButton({ office, on }: { office: ShownOffice; on: string }) {
  const { t, locale } = useWords();
  return (
    <Form method="post" action={`/desk/closures?office=${office.slug}`}>
      <input type="hidden" name="agency" value={office.agencyId} />
      <input type="hidden" name="on" value={on} />
      <SubmitButton name="intent" value="look-reopen" look="outline">
        {t("closures.remove")} <span className="usa-sr-only">{formatDate(on, locale)}</span>
      </SubmitButton>
    </Form>
  );
}
