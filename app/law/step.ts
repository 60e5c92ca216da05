/** "How we worked this out": each step of a clock as data, and in words. */
import type { PassedDay } from "./calendars.ts";
import type { LocalDate, Unit } from "./local-date.ts";
import { sayDay } from "./local-date.ts";
import type { Question } from "./rule.ts";
import type { Locale, Words } from "./words.ts";

export type StepCode =
  /** Day 0. */
  | "started"
  /** The period begins anew on the day the identity was proved. */
  | "started-by-identity"
  /** Identity is asked for and not here yet: the period has not begun. */
  | "waiting"
  | "counted"
  | "extended"
  | "paused"
  | "pause-open"
  /** Asked back, and the law does not stop the clock for it. */
  | "question-without-effect"
  /** Asked back after the time was over: nothing can stop a clock that has run out. */
  | "question-too-late"
  | "rolled"
  | "not-rolled"
  /** Another reading of the law gives a later date. */
  | "ambiguous"
  | "notice"
  | "answered";

export interface Step {
  readonly what: StepCode;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  /** How many of `unit`. */
  readonly days?: number;
  readonly unit?: Unit;
  readonly question?: Question;
  readonly cite: string;
  /** The days passed over, each with what makes it a day off. */
  readonly because?: readonly PassedDay[];
  /** The step in English; `sayStep` says it in either language. */
  readonly sentence: string;
}

export type StepFacts = Omit<Step, "sentence">;

const UNITS: Record<Unit, { one: Words; many: Words }> = {
  days: { one: { en: "day", es: "día" }, many: { en: "days", es: "días" } },
  "working-days": { one: { en: "working day", es: "día hábil" }, many: { en: "working days", es: "días hábiles" } },
  months: { one: { en: "month", es: "mes" }, many: { en: "months", es: "meses" } },
  years: { one: { en: "year", es: "año" }, many: { en: "years", es: "años" } },
};

const QUESTION_WORDS: Record<Question, Words> = {
  identity: { en: "proof of identity", es: "la prueba de identidad" },
  information: { en: "more information", es: "más información" },
  fee: { en: "a fee", es: "una tarifa" },
};

/** What a sentence is made of, already in the reader's language. */
interface Said {
  readonly from: string;
  readonly to: string;
  readonly length: string;
  readonly question: string;
  readonly because: string;
}

const SENTENCES: Record<StepCode, (s: Said) => Words> = {
  started: (s) => ({
    en: `The clock starts on ${s.from}. That day is not counted.`,
    es: `El plazo empieza el ${s.from}. Ese día no se cuenta.`,
  }),
  "started-by-identity": (s) => ({
    en: `The law counts from the day the identity was proved, ${s.to}. That day is not counted.`,
    es: `La ley cuenta desde el día en que se probó la identidad, el ${s.to}. Ese día no se cuenta.`,
  }),
  waiting: (s) => ({
    en: `Proof of identity was asked for on ${s.from}. The law counts from the day it arrives; until then the dates shown count from receipt.`,
    es: `La prueba de identidad se pidió el ${s.from}. La ley cuenta desde el día en que llegue; hasta entonces las fechas mostradas cuentan desde la recepción.`,
  }),
  counted: (s) => ({
    en: `${s.length} after ${s.from} is ${s.to}.`,
    es: `Contando ${s.length} desde el ${s.from} se llega al ${s.to}.`,
  }),
  extended: (s) => ({
    en: `The agency extended the time by ${s.length}, counted from ${s.from}: ${s.to}.`,
    es: `La agencia prorrogó el plazo ${s.length}, contados desde el ${s.from}: ${s.to}.`,
  }),
  paused: (s) => ({
    en: `The agency asked for ${s.question} on ${s.from} and had it on ${s.to}: ${s.length} are not counted.`,
    es: `La agencia pidió ${s.question} el ${s.from} y lo tuvo el ${s.to}: no se cuentan ${s.length}.`,
  }),
  "pause-open": (s) => ({
    en: `The clock stands still since ${s.from}, when the agency asked for ${s.question}. The dates shown do not yet include this pause.`,
    es: `El plazo está detenido desde el ${s.from}, cuando la agencia pidió ${s.question}. Las fechas mostradas aún no incluyen esta pausa.`,
  }),
  "question-without-effect": (s) => ({
    en: `The agency asked for ${s.question} on ${s.from}. The law does not stop the clock for that.`,
    es: `La agencia pidió ${s.question} el ${s.from}. La ley no detiene el plazo por eso.`,
  }),
  "question-too-late": (s) => ({
    en: `The agency asked for ${s.question} on ${s.from}, after the time was over. That changes nothing.`,
    es: `La agencia pidió ${s.question} el ${s.from}, cuando el plazo ya había terminado. Eso no cambia nada.`,
  }),
  rolled: (s) => ({
    en: `A last day that is a holiday moves to the next working day, from ${s.from} to ${s.to}: ${s.because}.`,
    es: `Un último día que es feriado pasa al siguiente día hábil, del ${s.from} al ${s.to}: ${s.because}.`,
  }),
  "not-rolled": (s) => ({
    en: `${s.to} is the last day. It does not move, whatever day of the week it is.`,
    es: `El ${s.to} es el último día. No se mueve, sea el día de la semana que sea.`,
  }),
  ambiguous: (s) => ({
    en: `The agency should act by ${s.from}. The law can also be read so that the time ends on ${s.to}: ${s.because}.`,
    es: `La agencia debe actuar a más tardar el ${s.from}. La ley también puede leerse de modo que el plazo termine el ${s.to}: ${s.because}.`,
  }),
  notice: (s) => ({
    en: `An extension of at most ${s.length} needs a written notice by ${s.to}.`,
    es: `Una prórroga de ${s.length} como máximo exige un aviso escrito a más tardar el ${s.to}.`,
  }),
  answered: (s) => ({
    en: `The agency answered on ${s.to}.`,
    es: `La agencia respondió el ${s.to}.`,
  }),
};

function sayLength(count: number, unit: Unit, locale: Locale): string {
  return `${count} ${UNITS[unit][count === 1 ? "one" : "many"][locale]}`;
}

/** The step as one or two sentences in the reader's language. */
export function sayStep(step: StepFacts, locale: Locale): string {
  const because = step.because?.map((day) => `${sayDay(day.on, locale)} (${day.words[locale]})`).join("; ");
  return SENTENCES[step.what]({
    from: step.from === undefined ? "" : sayDay(step.from, locale),
    to: step.to === undefined ? "" : sayDay(step.to, locale),
    length: step.days === undefined ? "" : sayLength(step.days, step.unit ?? "days", locale),
    question: step.question === undefined ? "" : QUESTION_WORDS[step.question][locale],
    because: because ?? "",
  })[locale];
}

export function stepOf(facts: StepFacts): Step {
  return { ...facts, sentence: sayStep(facts, "en") };
}
