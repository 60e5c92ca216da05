/** What one may want to ask about, signal by signal: in words, and in which look-ups. */
import type { History, SaidSignal } from "../history.ts";
import { runsOf } from "../news.ts";
import type { Block } from "./blocks.ts";

interface SignalWords {
  readonly heading: string;
  readonly intro: string;
  readonly lookUps: (count: number, numbers: string) => string;
  readonly source: (source: string) => string;
}

const WORDS: Readonly<Record<History["locale"], SignalWords>> = {
  en: {
    heading: "What you may want to ask about",
    intro:
      "Fixed rules looked at what this answer shows, and nothing else. None of this says that a look-up was wrong: each point can have a good reason, and only the agency knows it. A look-up without any of them is no proof that all was well.",
    lookUps: (count, numbers) => (count === 1 ? `Look-up ${numbers}.` : `Look-ups ${numbers}.`),
    source: (source) => `Where this point comes from: ${source}`,
  },
  es: {
    heading: "Por lo que quizá quiera preguntar",
    intro:
      "Unas reglas fijas miraron lo que esta respuesta muestra, y nada más. Nada de esto dice que una consulta estuviera mal: cada punto puede tener un buen motivo, y solo la agencia lo conoce. Una consulta sin ninguno no prueba que todo estuviera bien.",
    lookUps: (count, numbers) => (count === 1 ? `Consulta ${numbers}.` : `Consultas ${numbers}.`),
    source: (source) => `De dónde viene este punto: ${source}`,
  },
};

/** Empty where no line carries a signal. @throws when a line names one that the answer does not explain */
export function signalsSection(history: History): Block[] {
  const said = history.signals ?? [];
  const numbersOf = new Map<string, number[]>(said.map(({ id }) => [id, []]));
  for (const line of history.lines) for (const id of line.signals ?? []) getNumbers(numbersOf, id).push(line.number);
  if (said.length === 0) return [];
  const words = WORDS[history.locale];
  return [
    { kind: "heading", level: 2, text: words.heading, bookmark: true, startsPage: false },
    { kind: "paragraph", text: words.intro, style: "body" },
    ...said.flatMap((signal) => explained(signal, getNumbers(numbersOf, signal.id), words)),
  ];
}

function explained({ name, plain, source }: SaidSignal, numbers: readonly number[], words: SignalWords): Block[] {
  const ranges = rangesOf(numbers);
  return [
    { kind: "heading", level: 3, text: name, bookmark: false, startsPage: false },
    { kind: "paragraph", text: plain, style: "body" },
    ...pieces(ranges).map((piece): Block => {
      return { kind: "paragraph", text: words.lookUps(numbers.length, piece.join(", ")), style: "body" };
    }),
    { kind: "paragraph", text: words.source(source), style: "small" },
  ];
}

function getNumbers(numbersOf: ReadonlyMap<string, number[]>, id: string): number[] {
  const numbers = numbersOf.get(id);
  if (numbers === undefined) throw new Error("A look-up carries a signal that the answer does not explain.");
  return numbers;
}

/** [1, 2, 3, 7] -> ["1–3", "7"] */
export function rangesOf(numbers: readonly number[]): string[] {
  const runs = runsOf(numbers.toSorted((a, b) => a - b));
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
}

/** A paragraph is laid out whole: thousands of numbers are parted into several. */
const RANGES_IN_ONE = 200;

function pieces(ranges: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let from = 0; from < ranges.length; from += RANGES_IN_ONE) parts.push(ranges.slice(from, from + RANGES_IN_ONE));
  return parts;
}
