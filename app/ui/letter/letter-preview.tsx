import { formatDate } from "../format.ts";
import { Heading, type HeadingLevel } from "../heading.tsx";
import type { Locale } from "../locale.ts";
import { Table } from "../table.tsx";
import { useWords } from "../words/use-words.tsx";
import type { Words } from "../words/words.ts";
import { LetterPaper } from "./letter-paper.tsx";

/** The dates of a clock at one moment, YYYY-MM-DD. */
export interface ShownDates {
  due: string;
  latest: string;
  /** Null where the law gives no more time. */
  noticeDue: string | null;
  /** Something is waited for, and no day is set before it comes. */
  stopped: boolean;
}

/** A letter that nobody has sent yet, and what it would do to the dates. */
export interface ShownPreview {
  number: string;
  locale: Locale;
  subject: string;
  text: string;
  before: ShownDates;
  after: ShownDates;
}

/** The letter as it would go out, with the dates before and after it. */
export function LetterPreview(props: { preview: ShownPreview; level?: HeadingLevel }) {
  const words = useWords();
  const { preview } = props;
  const level = props.level ?? 3;
  return (
    <>
      <Heading level={level}>{words.t("letters.datesTitle")}</Heading>
      <Dates preview={preview} />
      <Heading level={level}>{words.t("letters.previewOf", { number: preview.number })}</Heading>
      <LetterPaper subject={preview.subject} text={preview.text} locale={preview.locale} />
    </>
  );
}

const DATES = [
  { id: "due", label: "letters.dateDue" },
  { id: "latest", label: "letters.dateLatest" },
  { id: "noticeDue", label: "letters.dateNotice" },
] as const;

function Dates({ preview: { number, before, after } }: { preview: ShownPreview }) {
  const words = useWords();
  const { t } = words;
  const shown = DATES.filter(({ id }) => before[id] !== null || after[id] !== null);
  return (
    <Table
      caption={`${t("letters.datesTitle")} (${number})`}
      hideCaption
      columns={[
        { id: "which", label: t("letters.dateWhich"), rowHeader: true },
        { id: "before", label: t("letters.dateBefore") },
        { id: "after", label: t("letters.dateAfter") },
      ]}
      rows={shown.map(({ id, label }) => ({
        id,
        cells: { which: t(label), before: dateText(before, id, words), after: dateText(after, id, words) },
      }))}
    />
  );
}

function dateText(dates: ShownDates, id: (typeof DATES)[number]["id"], { t, locale }: Words): string {
  const date = dates[id];
  if (date === null) return t("letters.dateNone");
  return dates.stopped ? t("letters.dateOpen") : formatDate(date.slice(0, 10), locale);
}
