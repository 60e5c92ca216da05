import { showIdentifier } from "#app/feeds/identifier.ts";
import type { OfferedCustodian } from "#app/requests/custodians.server.ts";
import type { Answers } from "#app/requests/request.ts";
import type { Section } from "#app/requests/sections.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { ContactWords } from "#app/ui/contact-words.tsx";
import { formatDate } from "#app/ui/format.ts";
import { LOCALE_NAMES } from "#app/ui/locale.ts";
import { Section as PageSection } from "#app/ui/page.tsx";
import { type SummaryItem, SummaryList } from "#app/ui/summary-list.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";

export interface CheckPage {
  readonly id: string;
  readonly answers: Partial<Answers["whole"]>;
  readonly custodians: readonly Pick<OfferedCustodian, "id" | "name">[];
  readonly email: string;
  /** How many people must not see it. */
  readonly named: number;
}

/** Every answer with a way to change it, before it is sent. */
export function CheckAnswers(props: { page: CheckPage }) {
  const { t } = useWords();
  const { page } = props;
  return (
    <>
      <p>{t("request.checkLead")}</p>
      <AnswerList page={page} changeTo={(section) => `/request/${page.id}/${section}`} />
      <PageSection id="walls" title={t("walls.checkTitle")}>
        <p>{t("walls.checkText")}</p>
        <p>
          <ButtonLink to={`/request/${page.id}/walls`} look="outline">
            {page.named === 0 ? t("walls.checkLink") : t("walls.checkNamed", { count: page.named })}
          </ButtonLink>
        </p>
      </PageSection>
      <p>{t("request.checkSends")}</p>
    </>
  );
}

/** The answers as a list; with `changeTo` each leads to its page. */
export function AnswerList(props: { page: Omit<CheckPage, "id" | "named">; changeTo?: (section: Section) => string }) {
  const { t, locale } = useWords();
  const { answers, custodians, email } = props.page;
  const date = (day: string) => formatDate(day, locale);
  const change = (section: Section) => (props.changeTo ? { changeTo: props.changeTo(section) } : {});
  const chosen = custodians.filter((custodian) => answers.agencies?.agencies.includes(custodian.id));
  const plates = (answers.identifiers?.plates ?? []).map(({ value, from, to }) =>
    to === null
      ? t("request.checkPlateStill", { plate: value, from: date(from) })
      : t("request.checkPlate", { plate: value, from: date(from), to: date(to) }),
  );
  const items: SummaryItem[] = [
    { label: t("request.name"), value: <bdi>{answers.you?.name}</bdi>, ...change("you") },
    { label: t("request.birthDate"), value: answers.you ? date(answers.you.birthDate) : "", ...change("you") },
    {
      label: t("request.checkPlates"),
      value: plates.length === 0 ? "" : <Lines lines={plates} />,
      ...change("identifiers"),
    },
    { label: t("request.licence"), value: answers.identifiers?.licence ?? "", ...change("identifiers") },
    ...otherNumbers(answers.identifiers).map(([label, value]) => ({
      label: t(label),
      value,
      ...change("identifiers"),
    })),
    {
      label: t("match.byName"),
      value: answers.identifiers === undefined ? "" : <NamesSearched answers={answers} />,
      ...change("identifiers"),
    },
    {
      label: t("request.stepAgencies"),
      value: <Lines lines={chosen.map((custodian) => custodian.name)} />,
      ...change("agencies"),
    },
    {
      label: t("request.stepPeriod"),
      value: answers.period
        ? t("request.checkPeriod", { from: date(answers.period.from), to: date(answers.period.to) })
        : "",
      ...change("period"),
    },
    {
      label: t("request.stepContact"),
      value: answers.contact ? <ContactWords contact={answers.contact} email={email} /> : "",
      ...change("contact"),
    },
    {
      label: t("request.contactLocale"),
      value: answers.contact ? LOCALE_NAMES[answers.contact.locale] : "",
      ...change("contact"),
    },
  ];
  return <SummaryList items={items} />;
}

/** Numbers that few give: left out where they were not given. */
function otherNumbers(given: Partial<NonNullable<Answers["whole"]["identifiers"]>> | undefined) {
  const { vin, stateId, ssn } = given ?? {};
  const rows = [
    ["identity.vin", vin?.value],
    ["identity.stateId", stateId],
    ["identity.ssn", ssn && showIdentifier("ssn", ssn)],
  ] as const;
  return rows.flatMap(([label, value]) => (value ? [[label, value] as const] : []));
}

function NamesSearched({ answers }: { answers: Answers["whole"] }) {
  const { t } = useWords();
  const { byName } = answers.identifiers ?? {};
  if (!byName) return <>{t("match.byNameNo")}</>;
  return <Lines lines={[answers.you?.name ?? "", ...byName.otherNames]} />;
}

function Lines(props: { lines: readonly string[] }) {
  return (
    <ul className="usa-list usa-list--unstyled">
      {props.lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
