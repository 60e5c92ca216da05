/** "How we worked this out": each step of a clock as data, and in words. */
import type { PassedDay } from "./calendars.ts";
import type { LocalDate, Unit } from "./local-date.ts";
import { sayDay, sayMoment } from "./local-date.ts";
import type { Stop } from "./rule.ts";
import type { Locale, Words } from "./words.ts";

export type StepCode =
  /** Day 0. */
  | "started"
  /** The text can be read so that the day of the trigger is day 1. */
  | "started-inclusive"
  /** A count of hours starts at this time. */
  | "started-at"
  /** No time of day was given: the later reading counts from the last minute of that day. */
  | "no-time-given"
  /** The period begins anew on the day on which what the law waits for had come. */
  | "restarted"
  /** What the law waits for is not here yet: the period has not begun. */
  | "waiting"
  | "counted"
  /** The day of the trigger is day 1 in the safe reading. */
  | "counted-inclusive"
  | "extended"
  | "paused"
  | "pause-open"
  /** The clock runs, but in the later reading it stands still. */
  | "arguably-open"
  /** The law does not stop the clock for it. */
  | "stop-without-effect"
  /** It stops the clock in the later reading alone. */
  | "stop-arguable"
  /** After the time was over: nothing can stop a clock that has run out. */
  | "stop-too-late"
  /** The law lets this stop the clock once, and it did. */
  | "stop-once-only"
  | "rolled"
  | "not-rolled"
  /** Another reading of the law gives a later date. */
  | "ambiguous"
  | "notice"
  | "answered"
  /** Of a count of hours. */
  | "answered-at";

export interface Step {
  readonly what: StepCode;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  /** How many of `unit`. */
  readonly days?: number;
  readonly unit?: Unit;
  readonly stop?: Stop;
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
  hours: { one: { en: "hour", es: "hora" }, many: { en: "hours", es: "horas" } },
  years: { one: { en: "year", es: "año" }, many: { en: "years", es: "años" } },
};

/** "the agency asked for ...", "the clock was stopped by ...": what stops, as the subject of a sentence. */
const STOP_WORDS: Record<Stop, { readonly begun: Words; readonly ended: Words }> = {
  identity: {
    begun: { en: "the agency asked for proof of identity", es: "la agencia pidió la prueba de identidad" },
    ended: { en: "it arrived", es: "llegó" },
  },
  information: {
    begun: { en: "the agency asked for more information", es: "la agencia pidió más información" },
    ended: { en: "it arrived", es: "llegó" },
  },
  fee: {
    begun: { en: "the agency asked for a fee", es: "la agencia pidió una tarifa" },
    ended: { en: "it was paid", es: "se pagó" },
  },
  ground: {
    begun: { en: "an event stopped the clock", es: "un hecho detuvo el plazo" },
    ended: { en: "it went on", es: "siguió" },
  },
};

/** What a sentence is made of, already in the reader's language. */
interface Said {
  readonly from: string;
  readonly to: string;
  readonly length: string;
  readonly begun: string;
  readonly ended: string;
  readonly because: string;
}

const SENTENCES: Record<StepCode, (s: Said) => Words> = {
  started: (s) => ({
    en: `The clock starts on ${s.from}. That day is not counted.`,
    es: `El plazo empieza el ${s.from}. Ese día no se cuenta.`,
  }),
  "started-inclusive": (s) => ({
    en: `The clock starts on ${s.from}. Whether that day counts can be read both ways: the safe date counts it.`,
    es: `El plazo empieza el ${s.from}. Si ese día se cuenta puede leerse de dos modos: la fecha segura lo cuenta.`,
  }),
  "started-at": (s) => ({
    en: `The clock starts at ${s.from}. Hours are counted on the clock on the wall, through weekends and holidays.`,
    es: `El plazo empieza a las ${s.from}. Las horas se cuentan por el reloj de pared, también en fines de semana y feriados.`,
  }),
  "no-time-given": (s) => ({
    en: `No time of day was given. Counted from the first minute of that day it ends at ${s.from}, from the last at ${s.to}.`,
    es: `No se indicó la hora. Contando desde el primer minuto de ese día termina a las ${s.from}; desde el último, a las ${s.to}.`,
  }),
  restarted: (s) => ({
    en: `On ${s.from} ${s.begun}. The law counts from the day it came, ${s.to}. That day is not counted.`,
    es: `El ${s.from} ${s.begun}. La ley cuenta desde el día en que llegó, el ${s.to}. Ese día no se cuenta.`,
  }),
  waiting: (s) => ({
    en: `On ${s.from} ${s.begun}. The law counts from the day it comes; until then the dates shown count from receipt.`,
    es: `El ${s.from} ${s.begun}. La ley cuenta desde el día en que llegue; hasta entonces las fechas mostradas cuentan desde la recepción.`,
  }),
  counted: (s) => ({
    en: `${s.length} after ${s.from} is ${s.to}.`,
    es: `Contando ${s.length} desde el ${s.from} se llega al ${s.to}.`,
  }),
  "counted-inclusive": (s) => ({
    en: `${s.length} that begin on ${s.from} itself end on ${s.to}.`,
    es: `${s.length} que empiezan el mismo ${s.from} terminan el ${s.to}.`,
  }),
  extended: (s) => ({
    en: `The agency extended the time by ${s.length}, counted from ${s.from}: ${s.to}.`,
    es: `La agencia prorrogó el plazo ${s.length}, contados desde el ${s.from}: ${s.to}.`,
  }),
  paused: (s) => ({
    en: `On ${s.from} ${s.begun}; on ${s.to} ${s.ended}: ${s.length} are not counted.`,
    es: `El ${s.from} ${s.begun}; el ${s.to} ${s.ended}: no se cuentan ${s.length}.`,
  }),
  "pause-open": (s) => ({
    en: `The clock stands still since ${s.from}, when ${s.begun}. The dates shown do not yet include this pause.`,
    es: `El plazo está detenido desde el ${s.from}, cuando ${s.begun}. Las fechas mostradas aún no incluyen esta pausa.`,
  }),
  "arguably-open": (s) => ({
    en: `On ${s.from} ${s.begun}. The law can also be read so that the clock stands still since then; the dates shown do not include that.`,
    es: `El ${s.from} ${s.begun}. La ley también puede leerse de modo que el plazo está detenido desde entonces; las fechas mostradas no lo incluyen.`,
  }),
  "stop-without-effect": (s) => ({
    en: `On ${s.from} ${s.begun}. The law does not stop the clock for that.`,
    es: `El ${s.from} ${s.begun}. La ley no detiene el plazo por eso.`,
  }),
  "stop-arguable": (s) => ({
    en: `On ${s.from} ${s.begun}. Only one reading of the law stops the clock for that; the safe date does not wait for it.`,
    es: `El ${s.from} ${s.begun}. Solo una lectura de la ley detiene el plazo por eso; la fecha segura no espera.`,
  }),
  "stop-too-late": (s) => ({
    en: `On ${s.from} ${s.begun}, after the time was over. That changes nothing.`,
    es: `El ${s.from} ${s.begun}, cuando el plazo ya había terminado. Eso no cambia nada.`,
  }),
  "stop-once-only": (s) => ({
    en: `On ${s.from} ${s.begun}. The law lets that stop the clock once, and it already did.`,
    es: `El ${s.from} ${s.begun}. La ley permite que eso detenga el plazo una vez, y ya lo hizo.`,
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
    en: `The safe last day is ${s.from}. The law can also be read so that the time ends on ${s.to}${s.because === "" ? "" : `: ${s.because}`}.`,
    es: `El último día seguro es el ${s.from}. La ley también puede leerse de modo que el plazo termine el ${s.to}${s.because === "" ? "" : `: ${s.because}`}.`,
  }),
  notice: (s) => ({
    en: `An extension of at most ${s.length} needs a written notice by ${s.to}.`,
    es: `Una prórroga de ${s.length} como máximo exige un aviso escrito a más tardar el ${s.to}.`,
  }),
  answered: (s) => ({
    en: `The agency answered on ${s.to}.`,
    es: `La agencia respondió el ${s.to}.`,
  }),
  "answered-at": (s) => ({
    en: `It was done at ${s.to}.`,
    es: `Se hizo a las ${s.to}.`,
  }),
};

/** "3 working days". */
export function sayLength(count: number, unit: Unit, locale: Locale): string {
  return `${count} ${UNITS[unit][count === 1 ? "one" : "many"][locale]}`;
}

/** The step as one or two sentences in the reader's language. */
export function sayStep(step: StepFacts, locale: Locale): string {
  const because = step.because?.map((day) => `${sayDay(day.on, locale)} (${day.words[locale]})`).join("; ");
  return SENTENCES[step.what]({
    from: step.from === undefined ? "" : sayMoment(step.from, locale),
    to: step.to === undefined ? "" : sayMoment(step.to, locale),
    length: step.days === undefined ? "" : sayLength(step.days, step.unit ?? "days", locale),
    begun: step.stop === undefined ? "" : STOP_WORDS[step.stop].begun[locale],
    ended: step.stop === undefined ? "" : STOP_WORDS[step.stop].ended[locale],
    because: because ?? "",
  })[locale];
}

export function stepOf(facts: StepFacts): Step {
  return { ...facts, sentence: sayStep(facts, "en") };
}
