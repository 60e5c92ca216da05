/** What the law's arithmetic refuses, as a code for the page and as a sentence for people. */
import type { Locale, Words } from "./words.ts";

type Params = Readonly<Record<string, string>>;

const SENTENCES = {
  "invalid-date": (p: Params) => ({
    en: `“${p.given}” is not a day; write an existing day as YYYY-MM-DD, for example 2026-03-31.`,
    es: `«${p.given}» no es una fecha; escriba un día que exista como AAAA-MM-DD, por ejemplo 2026-03-31.`,
  }),
  "out-of-range": (p: Params) => ({
    en: `${p.given} lies outside the calendars, which cover 2000-01-01 to 2100-12-31.`,
    es: `${p.given} queda fuera de los calendarios, que abarcan del 2000-01-01 al 2100-12-31.`,
  }),
  "unknown-rule": (p: Params) => ({
    en: `There is no rule “${p.given}”; the list of rules shows the accepted ids.`,
    es: `No existe la regla «${p.given}»; la lista de reglas muestra los identificadores aceptados.`,
  }),
  "unknown-change": (p: Params) => ({
    en: `There is no pending change of the law “${p.given}”.`,
    es: `No existe un cambio pendiente de la ley «${p.given}».`,
  }),
  "invalid-month-day": (p: Params) => ({
    en: `${p.change} adds a holiday: “${p.given}” is not a day of the year; write it as MM-DD, for example 04-15.`,
    es: `${p.change} añade un feriado: «${p.given}» no es un día del año; escríbalo como MM-DD, por ejemplo 04-15.`,
  }),
  "not-in-force": (p: Params) => ({
    en: `${p.rule} was not in force on ${p.on}; it applies ${p.period}.`,
    es: `${p.rule} no estaba en vigor el ${p.on}; rige ${p.period}.`,
  }),
  "unknown-kind": (p: Params) => ({
    en: `“${p.given}” is not a kind of event; accepted are ${p.accepted}.`,
    es: `«${p.given}» no es un tipo de suceso; se aceptan ${p.accepted}.`,
  }),
  "no-trigger": () => ({
    en: "A clock needs the day that starts it, as an event of the kind “received”.",
    es: "Un plazo necesita el día que lo inicia, como suceso del tipo «received».",
  }),
  "second-trigger": (p: Params) => ({
    en: `The clock was already started on ${p.first}; a second “received” on ${p.on} is not accepted.`,
    es: `El plazo ya empezó el ${p.first}; no se acepta un segundo «received» el ${p.on}.`,
  }),
  "before-receipt": (p: Params) => ({
    en: `“${p.kind}” on ${p.on} lies before ${p.first}, the day that starts the clock; give that day or a later one.`,
    es: `«${p.kind}» el ${p.on} es anterior al ${p.first}, el día que inicia el plazo; indique ese día o uno posterior.`,
  }),
  "already-answered": (p: Params) => ({
    en: `The clock ended with the answer on ${p.answered}; “${p.kind}” on ${p.on} comes after it.`,
    es: `El plazo terminó con la respuesta del ${p.answered}; «${p.kind}» el ${p.on} es posterior.`,
  }),
  "not-extendable": (p: Params) => ({
    en: `${p.cite} allows no extension.`,
    es: `${p.cite} no permite ninguna prórroga.`,
  }),
  "not-pausable": (p: Params) => ({
    en: `${p.cite} names no event that stops this clock.`,
    es: `${p.cite} no nombra ningún hecho que detenga este plazo.`,
  }),
  "calendar-not-accepted": (p: Params) => ({
    en: `“${p.given}” is not a calendar for this rule; accepted are ${p.accepted}.`,
    es: `«${p.given}» no es un calendario para esta regla; se aceptan ${p.accepted}.`,
  }),
  "invalid-hour": (p: Params) => ({
    en: `“${p.given}” is not a time that a count of hours can start from; write it as YYYY-MM-DDTHH:MM, for example 2026-03-31T16:30.`,
    es: `«${p.given}» no es una hora desde la que contar; escríbala como AAAA-MM-DDTHH:MM, por ejemplo 2026-03-31T16:30.`,
  }),
  "extended-late": (p: Params) => ({
    en: `The notice of an extension had to be sent by ${p.by}; ${p.on} is too late.`,
    es: `El aviso de prórroga debía enviarse a más tardar el ${p.by}; el ${p.on} es demasiado tarde.`,
  }),
  "extended-twice": (p: Params) => ({
    en: `${p.cite} allows one extension, and it was taken on ${p.first}.`,
    es: `${p.cite} permite una sola prórroga, y se tomó el ${p.first}.`,
  }),
  "extension-too-long": (p: Params) => ({
    en: `An extension of ${p.given} is not allowed; give a whole number from 1 to ${p.max}.`,
    es: `No se permite una prórroga de ${p.given}; indique un número entero de 1 a ${p.max}.`,
  }),
  "ground-not-allowed": (p: Params) => ({
    en: `“${p.given}” is not a ground of this law on that day; accepted are ${p.accepted}.`,
    es: `«${p.given}» no es un motivo de esta ley en esa fecha; se aceptan ${p.accepted}.`,
  }),
  "not-begun": (p: Params) => ({
    en: `“${p.kind}” on ${p.on} ends nothing that stands open; record “${p.begins}” first.`,
    es: `«${p.kind}» el ${p.on} no termina nada que esté abierto; registre primero «${p.begins}».`,
  }),
  "already-begun": (p: Params) => ({
    en: `“${p.kind}” stands open since ${p.first}; record “${p.ends}” before another on ${p.on}.`,
    es: `«${p.kind}» sigue abierto desde el ${p.first}; registre «${p.ends}» antes de otro el ${p.on}.`,
  }),
} satisfies Record<string, (params: Params) => Words>;

export type RefusalCode = keyof typeof SENTENCES;
export const REFUSAL_CODES = Object.keys(SENTENCES) as readonly RefusalCode[];

/** Refused by the law's arithmetic. `message` is a plain English sentence that says what is accepted. */
export class LawRefused extends Error {
  readonly code: RefusalCode;
  readonly params: Params;

  constructor(code: RefusalCode, params: Params = {}) {
    super(SENTENCES[code](params).en);
    this.name = "LawRefused";
    this.code = code;
    this.params = params;
  }
}

/** The refusal as one sentence in the reader's language. */
export function sayRefusal(refusal: LawRefused, locale: Locale): string {
  return SENTENCES[refusal.code](refusal.params)[locale];
}
