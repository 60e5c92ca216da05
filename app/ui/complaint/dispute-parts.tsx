import type { Basis, Want } from "#app/complaints/dispute.ts";
import { formatDate } from "../format.ts";
import { SummaryList } from "../summary-list.tsx";
import { useWords } from "../words/use-words.tsx";
import { BASIS_WORDS, WANT_WORDS } from "./complaint-words.ts";

/** A venue as data in the reader's language. */
export interface ShownVenue {
  id: string;
  name: string;
  accepts: string;
  cite: string;
  deadline: string;
  /** Days after which one of its ways is closed to the resident. */
  dates: readonly { title: string; on: string; passed: boolean; cite: string; checked: boolean }[];
  enclose: readonly string[];
  clock: string;
  ifOfficerLeft: string;
  cannotDo: string;
  /** What is honest to say against going there. */
  weak: { text: string; cite: string } | null;
  /** Whether the text of the law was read for it. */
  checked: boolean;
}

/** Which agency gets which look-ups, and why that agency. */
export function RouteList(props: {
  routes: readonly { agency: string; lines: readonly { line: number; basis: Basis }[] }[];
  /** It has been sent: only says where. */
  done?: boolean;
}) {
  const { t } = useWords();
  return (
    <>
      {props.done ? null : <p>{t("complaint.routeLead", { count: props.routes.length })}</p>}
      <ul className="usa-list">
        {props.routes.map((route) => (
          <li key={route.agency}>
            <strong>{t("complaint.routeAgency", { agency: route.agency })}</strong>
            <ul className="usa-list">
              {groupsOf(route.lines).map(([basis, lines]) => (
                <li key={basis}>
                  {t("complaint.routeLines", { lines: lines.join(", ") })}. {t(BASIS_WORDS[basis])}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {props.done ? null : <p>{t("complaint.routeSees")}</p>}
    </>
  );
}

/** The venues in order, each with what it can and cannot do; `hereId` is the one that we write to. */
export function VenueList(props: { venues: readonly ShownVenue[]; hereId: string }) {
  const { t } = useWords();
  return (
    <>
      <p>{t("complaint.venuesLead")}</p>
      {props.venues.map((venue) => (
        <section key={venue.id} aria-labelledby={`venue-${venue.id}`}>
          <h3 id={`venue-${venue.id}`}>{venue.name}</h3>
          {venue.id === props.hereId ? <p>{t("complaint.venueHere")}</p> : null}
          <SummaryList
            items={[
              { label: t("complaint.venueAccepts"), value: venue.accepts },
              { label: t("complaint.venueCannot"), value: venue.cannotDo },
              { label: t("complaint.venueDeadline"), value: <LastDays venue={venue} /> },
              ...(venue.enclose.length > 0
                ? [{ label: t("complaint.venueEnclose"), value: venue.enclose.join(" ") }]
                : []),
              { label: t("complaint.venueClock"), value: venue.clock },
              { label: t("complaint.venueLeft"), value: venue.ifOfficerLeft },
              ...(venue.weak
                ? [
                    {
                      label: t("complaint.venueWeak"),
                      value: (
                        <>
                          {venue.weak.text} <cite className="wl-cite">{venue.weak.cite}</cite>
                        </>
                      ),
                    },
                  ]
                : []),
              { label: t("complaint.venueLaw"), value: <cite className="wl-cite">{venue.cite}</cite> },
            ]}
          />
          {venue.checked ? null : <p className="wl-fine">{t("complaint.venueUnsure")}</p>}
        </section>
      ))}
    </>
  );
}

function LastDays({ venue }: { venue: ShownVenue }) {
  const { t, locale } = useWords();
  return (
    <>
      {venue.deadline}
      {venue.dates.length > 0 ? (
        <ul className="usa-list">
          {venue.dates.map((date) => (
            <li key={date.title}>
              <strong>{formatDate(date.on, locale)}</strong>
              {date.passed ? ` (${t("complaint.venuePassed")})` : null}: {date.title}.{" "}
              <cite className="wl-cite">{date.cite}</cite>
              {date.checked ? null : ` ${t("complaint.venueDateUnsure")}`}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** What the resident said; `own`: shown to that resident. */
export function DisputeWordsList(props: {
  words: { wrong: string; known?: string | undefined; want: readonly Want[] };
  own?: boolean;
}) {
  const { t } = useWords();
  const { wrong, known, want } = props.words;
  const { own } = props;
  return (
    <SummaryList
      items={[
        { label: t(own ? "complaint.wrong" : "complaint.wordsWrong"), value: <span className="wl-cell">{wrong}</span> },
        {
          label: t(own ? "complaint.known" : "complaint.wordsKnown"),
          value: known ? <span className="wl-cell">{known}</span> : "",
        },
        {
          label: t(own ? "complaint.want" : "complaint.wordsWant"),
          value: want.map((one) => t(WANT_WORDS[one])).join("; "),
        },
      ]}
    />
  );
}

function groupsOf(lines: readonly { line: number; basis: Basis }[]): [Basis, number[]][] {
  const groups = new Map<Basis, number[]>();
  for (const { line, basis } of lines) groups.set(basis, [...(groups.get(basis) ?? []), line]);
  return [...groups];
}
