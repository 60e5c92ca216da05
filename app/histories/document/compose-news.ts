/** The part of a later edition that says what is new in it. Pure. */
import type { History } from "../history.ts";
import { runsOf } from "../news.ts";
import type { Block } from "./blocks.ts";
import { sayDate } from "./speak.ts";
import type { DocumentWords } from "./word-list.ts";

interface NewsWords {
  readonly heading: (edition: number) => string;
  readonly since: (former: number, date: string) => string;
  readonly lines: (count: number, numbers: string) => string;
  readonly changed: (count: number, numbers: string) => string;
  readonly gone: (count: number) => string;
  readonly nothing: string;
  readonly run: (from: number, to: number) => string;
}

const WORDS: Readonly<Record<"en" | "es", NewsWords>> = {
  en: {
    heading: (edition) => `New in edition ${edition}`,
    since: (former, date) =>
      `This answer replaces edition ${former} of ${date}. Everything is in it again; compared with that edition:`,
    lines: (count, numbers) =>
      count === 1
        ? `1 look-up is shown for the first time: ${numbers}.`
        : `${count} look-ups are shown for the first time: ${numbers}.`,
    changed: (count, numbers) =>
      count === 1
        ? `1 look-up now reads differently: ${numbers}.`
        : `${count} look-ups now read differently: ${numbers}.`,
    gone: (count) =>
      count === 1
        ? "1 look-up that was shown there is not shown here."
        : `${count} look-ups that were shown there are not shown here.`,
    nothing: "The look-ups that are shown are the same.",
    run: (from, to) => `${from} to ${to}`,
  },
  es: {
    heading: (edition) => `Novedades de la edición ${edition}`,
    since: (former, date) =>
      `Esta respuesta sustituye a la edición ${former} del ${date}. Contiene todo de nuevo; en comparación con aquella:`,
    lines: (count, numbers) =>
      count === 1
        ? `1 consulta se muestra por primera vez: ${numbers}.`
        : `${count} consultas se muestran por primera vez: ${numbers}.`,
    changed: (count, numbers) =>
      count === 1
        ? `1 consulta dice ahora algo distinto: ${numbers}.`
        : `${count} consultas dicen ahora algo distinto: ${numbers}.`,
    gone: (count) =>
      count === 1
        ? "1 consulta que allí se mostraba no se muestra aquí."
        : `${count} consultas que allí se mostraban no se muestran aquí.`,
    nothing: "Las consultas que se muestran son las mismas.",
    run: (from, to) => `${from} a ${to}`,
  },
};

/** Nothing in a first edition. */
export function composeNews(history: History, words: DocumentWords): Block[] {
  const { news } = history;
  if (news === undefined) return [];
  const say = WORDS[history.locale];
  const texts = [say.since(news.edition, sayDate(news.releasedOn, words)), ...sentences(news, say)];
  return [
    { kind: "heading", level: 2, text: say.heading(history.edition), bookmark: true, startsPage: false },
    ...texts.map((text): Block => ({ kind: "paragraph", text, style: "body" })),
  ];
}

function sentences({ lines, changed, gone }: NonNullable<History["news"]>, say: NewsWords): string[] {
  const numbers = (of: readonly number[]) =>
    runsOf(of)
      .map(([from, to]) => (from === to ? `${from}` : say.run(from, to)))
      .join(", ");
  const said = [
    ...(lines.length > 0 ? [say.lines(lines.length, numbers(lines))] : []),
    ...(changed.length > 0 ? [say.changed(changed.length, numbers(changed))] : []),
    ...(gone > 0 ? [say.gone(gone)] : []),
  ];
  return said.length > 0 ? said : [say.nothing];
}
