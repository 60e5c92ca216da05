/** The few words that the redacted model itself contains, in the resident's language. */

import type { ClaimKind } from "#app/feeds/identifier.ts";

export interface AnswerWords {
  readonly scope: Readonly<
    Record<"networks" | "devices" | "timeFrame" | "searchType" | "filters" | "textPrompt" | "outcome", string>
  >;
  readonly kinds: Readonly<Record<ClaimKind, string>>;
  /** Stands in a text where a withheld value stood; of one width, whatever it hides. */
  readonly mark: string;
  /** What a reader of the file did, by the ledger's code; any other act is `otherAct`. */
  readonly acts: Readonly<Record<string, string>>;
  readonly otherAct: string;
  /** An act that was done `count` times, two or more, on one day. */
  readonly often: (act: string, count: number) => string;
}

const WORDS: Readonly<Record<"en" | "es", AnswerWords>> = {
  en: {
    scope: {
      networks: "Networks searched",
      devices: "Devices searched",
      timeFrame: "Time frame",
      searchType: "Kind of search",
      filters: "Filters",
      textPrompt: "Described in words",
      outcome: "What came back",
    },
    kinds: {
      plate: "License plate",
      licence: "Driver license",
      vin: "Vehicle identification number",
      "state-id": "State identification number",
      ssn: "Social Security number",
      person: "Name and date of birth",
    },
    mark: "[withheld]",
    acts: {
      "case.read": "Opened the case",
      "line.read": "Opened one look-up",
      "identifier.checked": "Checked an identifier",
      "identity.read": "Looked at what proves who you are",
      "identity.noted": "Noted something that was shown",
      "identity.letter-asked": "Prepared a letter with a code",
      "identity.letter-printed": "Printed a letter with a code",
      "identity.overlap-confirmed": "Looked at two claims to one identifier",
      "upload.read": "Opened a file that you handed in",
      "authority.checked": "Checked a court’s paper",
      "matches.found": "Searched the logs",
      "match.decided": "Decided whether look-ups are yours",
      "line.decided": "Decided what to disclose",
      "field.decided": "Decided what to disclose of one look-up",
      "history.proposed": "Proposed the answer",
      "proposal.read": "Read the proposed answer",
      "signals.counted": "Counted what fixed rules point out in the look-ups",
      "proposal.looked": "Looked at lines of the proposed answer",
      "history.sent-back": "Sent the answer back to be changed",
      "history.approved": "Approved the answer",
      "clock.read": "Looked at the dates and letters",
      "case.extended": "Took more time",
      "resident.asked": "Asked you for something",
      "resident.answered": "Recorded that something from you came",
      "clock.paused": "Stopped the clock",
      "clock.resumed": "Let the clock run on",
      "determination.sent": "Told you the decision",
      "denial.sent": "Refused the request",
      "message.sent": "Wrote a message",
      "messages.read": "Read the messages",
      "message.file-read": "Opened a file that came with a message",
      "decision.undone": "Took back a decision",
      "line.noted": "Wrote a note for the agency",
    },
    otherAct: "Worked on the file",
    often: (act, count) => `${act} (${count} times)`,
  },
  es: {
    scope: {
      networks: "Redes consultadas",
      devices: "Dispositivos consultados",
      timeFrame: "Período consultado",
      searchType: "Tipo de búsqueda",
      filters: "Filtros",
      textPrompt: "Descrito con palabras",
      outcome: "Qué resultó",
    },
    kinds: {
      plate: "Placa",
      licence: "Licencia de conducir",
      vin: "Número de identificación del vehículo",
      "state-id": "Número de identificación estatal",
      ssn: "Número de Seguro Social",
      person: "Nombre y fecha de nacimiento",
    },
    mark: "[reservado]",
    acts: {
      "case.read": "Abrió el caso",
      "line.read": "Abrió una consulta",
      "identifier.checked": "Comprobó un identificador",
      "identity.read": "Miró lo que prueba quién es usted",
      "identity.noted": "Anotó algo que se mostró",
      "identity.letter-asked": "Preparó una carta con un código",
      "identity.letter-printed": "Imprimió una carta con un código",
      "identity.overlap-confirmed": "Miró dos reclamos sobre un identificador",
      "upload.read": "Abrió un archivo que usted entregó",
      "authority.checked": "Comprobó un documento judicial",
      "matches.found": "Buscó en los registros",
      "match.decided": "Decidió si las consultas son sobre usted",
      "line.decided": "Decidió qué entregar",
      "field.decided": "Decidió qué entregar de una consulta",
      "history.proposed": "Propuso la respuesta",
      "proposal.read": "Leyó la respuesta propuesta",
      "signals.counted": "Contó lo que unas reglas fijas señalan en las consultas",
      "proposal.looked": "Miró consultas de la respuesta propuesta",
      "history.sent-back": "Devolvió la respuesta para que se cambie",
      "history.approved": "Aprobó la respuesta",
      "clock.read": "Miró las fechas y las cartas",
      "case.extended": "Tomó más tiempo",
      "resident.asked": "Le pidió algo",
      "resident.answered": "Registró que llegó algo de usted",
      "clock.paused": "Detuvo el plazo",
      "clock.resumed": "Dejó correr el plazo",
      "determination.sent": "Le comunicó la decisión",
      "denial.sent": "Negó la solicitud",
      "message.sent": "Escribió un mensaje",
      "messages.read": "Leyó los mensajes",
      "message.file-read": "Abrió un archivo que vino con un mensaje",
      "decision.undone": "Retiró una decisión",
      "line.noted": "Escribió una nota para la agencia",
    },
    otherAct: "Trabajó en el expediente",
    often: (act, count) => `${act} (${count} veces)`,
  },
};

export function answerWords(locale: "en" | "es"): AnswerWords {
  return WORDS[locale];
}
