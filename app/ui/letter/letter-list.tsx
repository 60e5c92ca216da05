import { Link } from "@remix-run/react";
import type { LetterKind } from "#app/requests/letter.ts";
import { formatDate, formatInstant } from "../format.ts";
import { useWords } from "../words/use-words.tsx";
import type { Words } from "../words/words.ts";
import { LETTER_WORDS } from "./letter-words.ts";

/** A letter to a resident, as a line of a list. */
export interface ShownLetter {
  id: string;
  kind: LetterKind;
  /** ISO 8601. */
  at: string;
  agencyName: string;
  zone: string;
  /** What the clock did: the safe date before and after; `dueBefore` null: the first date. */
  event: { dueBefore: string | null; due: string } | null;
}

/** The letters of a request, each with what it did to the date. */
export function LetterList(props: { requestId: string; letters: readonly ShownLetter[] }) {
  const words = useWords();
  const { t, locale } = words;
  if (props.letters.length === 0) return <p>{t("letters.none")}</p>;
  return (
    <ul className="usa-list">
      {props.letters.map((letter) => (
        <li key={letter.id}>
          <Link className="usa-link" to={`/request/${props.requestId}/letters/${letter.id}`}>
            {t("letters.of", {
              kind: t(LETTER_WORDS[letter.kind]),
              agency: letter.agencyName,
              date: formatInstant(letter.at, letter.zone, locale),
            })}
          </Link>
          {letter.event ? (
            <>
              <br />
              {clockText(letter.event, words)}
            </>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** What an event did to the date. */
export function clockText(event: { dueBefore: string | null; due: string }, { t, locale }: Words): string {
  const due = formatDate(event.due.slice(0, 10), locale);
  if (event.dueBefore === null) return t("letters.firstDate", { due });
  if (event.dueBefore === event.due) return t("letters.stays", { due });
  return t("letters.moved", { before: formatDate(event.dueBefore.slice(0, 10), locale), due });
}
