import { formatInstant } from "#app/ui/format.ts";
import { clockText } from "#app/ui/letter/letter-list.tsx";
import { LetterPaper } from "#app/ui/letter/letter-paper.tsx";
import { EVENT_WORDS, LETTER_WORDS, UNIT_WORDS } from "#app/ui/letter/letter-words.ts";
import { Details, Section } from "#app/ui/page.tsx";
import { Timeline, type TimelineEntry } from "#app/ui/timeline.tsx";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { Words } from "#app/ui/words/words.ts";
import type { ClockData } from "./load-clock.server.ts";

/** Every event of the clock with what it did to the date, and the date in its place. */
export function Happened({ clock }: { clock: ClockData }) {
  const words = useWords();
  const { t } = words;
  const events = clock.happened.map((event) => entryOf(event, clock, words));
  const { promised } = clock;
  const records: TimelineEntry[] =
    promised === null
      ? []
      : [
          {
            id: "promised",
            on: promised,
            title: t("clock.linePromised"),
            state: clock.view.today > promised.slice(0, 10) ? "late" : "next",
          },
        ];
  // The last day that is to come, and every one that passed without an answer, wherever the date is now.
  const lasts = clock.view.marks.flatMap(({ kind, on, state }): TimelineEntry[] =>
    kind !== "due" || state === "done"
      ? []
      : [{ id: `due ${on}`, on: on.slice(0, 10), title: t("letters.eventDue"), state }],
  );
  const entries = [...events, ...lasts, ...records].sort((a, b) => a.on.localeCompare(b.on));
  return (
    <Section id="happened" title={t("letters.happenedTitle")}>
      <Timeline label={t("letters.happened")} entries={entries} />
    </Section>
  );
}

function entryOf(event: ClockData["happened"][number], clock: ClockData, words: Words): TimelineEntry {
  const { t } = words;
  const unit = t(UNIT_WORDS[clock.extension?.unit ?? "days"]);
  return {
    id: event.id,
    on: event.on,
    title: t(EVENT_WORDS[event.kind]),
    state: "done",
    children: (
      <>
        {event.ground ? <p>{t("letters.onGround", { ground: event.ground })}</p> : null}
        {event.length === null ? null : <p>{t("letters.tookLength", { length: event.length, unit })}</p>}
        {event.kind === "answered" ? null : <p>{clockText(event, words)}</p>}
      </>
    ),
  };
}

/** Every letter of the case, word for word. */
export function Letters({ clock }: { clock: ClockData }) {
  const { t, locale } = useWords();
  return (
    <Section id="letters" title={t("letters.title")}>
      {clock.letters.length === 0 ? <p>{t("letters.none")}</p> : null}
      {clock.letters.map((letter) => (
        <Details
          key={letter.id}
          summary={`${t(LETTER_WORDS[letter.kind])}, ${formatInstant(letter.at, clock.zone, locale)}`}
        >
          <LetterPaper subject={letter.subject} text={letter.text} locale={letter.locale} />
        </Details>
      ))}
    </Section>
  );
}
