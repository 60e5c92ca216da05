/** California: criminal history held locally, complaints about officers and what follows from them. */
import type { Rule } from "../rule.ts";
import { nothingStops } from "../stops.ts";
import { ALWAYS, ROLLS } from "./california-time.ts";

const NOTHING_MORE = {
  jurisdiction: "us-ca",
  formerCite: null,
  inForce: ALWAYS,
  who: "agency",
  duty: "act-by",
  firstDay: "not-counted",
  rolling: ROLLS,
  extension: null,
  silence: null,
  answerMustSay: [],
  fee: null,
  caveat: null,
  reviews: [],
} as const;

const recordDispute: Rule = {
  ...NOTHING_MORE,
  id: "ca.local.record_dispute",
  title: {
    en: "Local criminal history: answer a claim that it is wrong",
    es: "Antecedentes penales locales: responder a quien dice que son erróneos",
  },
  cite: "Pen. Code § 13324",
  evidence: "V",
  sourceVersion: "text as read",
  trigger: {
    en: "the local agency receives the written request",
    es: "la agencia local recibe la solicitud escrita",
  },
  act: {
    en: "Review the record and send on the results.",
    es: "Revisar el registro y enviar los resultados.",
  },
  period: { length: 60, unit: "days" },
  stops: nothingStops("Pen. Code § 13324"),
  answerMustSay: [
    {
      words: {
        en: "If the agency agrees: the correction, and a list of the agencies outside criminal justice that received the record in the past two years.",
        es: "Si la agencia está de acuerdo: la corrección y una lista de las agencias ajenas a la justicia penal que recibieron el registro en los últimos dos años.",
      },
      cite: "Pen. Code § 13324",
      evidence: "V",
    },
  ],
  reviews: ["ca.local.adjudication"],
};

const disposition: Rule = {
  ...NOTHING_MORE,
  id: "ca.complaint.disposition",
  title: {
    en: "Complaint about an officer: tell the complainant how it ended",
    es: "Queja contra un agente: comunicar cómo terminó",
  },
  cite: "Pen. Code § 832.7(f)(1)",
  evidence: "B",
  sourceVersion: "duty read in a bill digest; the subdivision's letter is to be confirmed",
  trigger: {
    en: "the disposition of the complaint (not the day it was filed)",
    es: "la resolución de la queja (no el día en que se presentó)",
  },
  act: {
    en: "Tell the complainant in writing whether the complaint was sustained, not sustained, exonerated or unfounded.",
    es: "Comunicar por escrito si la queja fue sostenida, no sostenida, exonerada o infundada.",
  },
  period: { length: 30, unit: "days" },
  stops: nothingStops("Pen. Code § 832.7(f)(1)"),
  caveat: {
    en: "No statute sets a time for finishing the investigation itself.",
    es: "Ninguna ley fija un plazo para terminar la investigación misma.",
  },
};

const disciplineLimit: Rule = {
  ...NOTHING_MORE,
  id: "ca.discipline.limit",
  title: {
    en: "Discipline of an officer: the one-year limit",
    es: "Disciplina de un agente: el límite de un año",
  },
  cite: "Gov. Code § 3304(d)",
  evidence: "V",
  sourceVersion: "text as quoted in a department's manual",
  trigger: {
    en: "the agency's discovery, by a person who may start an investigation",
    es: "el descubrimiento por la agencia, por alguien que puede iniciar una investigación",
  },
  act: {
    en: "Finish the investigation and tell the officer of the proposed discipline; after this day punishment by the agency is barred.",
    es: "Terminar la investigación y notificar al agente la disciplina propuesta; después de este día la agencia ya no puede sancionar.",
  },
  period: { length: 1, unit: "years" },
  stops: nothingStops("Gov. Code § 3304(d)"),
  caveat: {
    en: "The law stops this year in cases the clock does not model: a criminal case, a written waiver, several agencies or employees, an officer who cannot be reached, a civil suit naming the officer. The limit does not bind POST or the district attorney.",
    es: "La ley detiene este año en casos que el plazo no calcula: un proceso penal, una renuncia escrita, varias agencias o empleados, un agente no disponible, una demanda civil contra el agente. El límite no obliga a POST ni a la fiscalía.",
  },
};

const recordRelease: Rule = {
  ...NOTHING_MORE,
  id: "ca.records.release",
  title: {
    en: "Records of serious police misconduct: release to the public",
    es: "Registros de faltas policiales graves: entrega al público",
  },
  cite: "Pen. Code § 832.7(b)",
  evidence: "S",
  sourceVersion: "secondary sources",
  inForce: { from: "2019-01-01", to: null },
  trigger: { en: "the request for the records", es: "la solicitud de los registros" },
  act: {
    en: "Release the records, unless a ground for delay applies.",
    es: "Entregar los registros, salvo que haya un motivo de demora.",
  },
  period: { length: 45, unit: "days" },
  stops: nothingStops("Pen. Code § 832.7(b)"),
  caveat: {
    en: "A finding of database misuse alone is not on the list of public records, unless it is dishonesty or bias.",
    es: "Una conclusión de uso indebido de bases de datos por sí sola no está en la lista pública, salvo deshonestidad o prejuicio.",
  },
  reviews: ["ca.cpra.petition"],
};

const postReport: Rule = {
  ...NOTHING_MORE,
  id: "ca.post.report",
  title: {
    en: "Report to POST about an officer",
    es: "Informe a POST sobre un agente",
  },
  cite: "Pen. Code § 13510.9(a)",
  evidence: "V",
  sourceVersion: "text as read; 11 CCR §§ 1003, 1207",
  // SB 2 (Stats. 2021): reports are due from 2023.
  inForce: { from: "2023-01-01", to: null },
  trigger: {
    en: "the event to report: a separation, an allegation of serious misconduct, an oversight finding, a final disposition, a civil judgment",
    es: "el hecho que se informa: una separación, una acusación de falta grave, una conclusión de supervisión, una resolución final, una sentencia civil",
  },
  act: { en: "Report the event to POST.", es: "Informar el hecho a POST." },
  period: { length: 10, unit: "days" },
  stops: nothingStops("Pen. Code § 13510.9"),
};

const ccpaAcknowledgement: Rule = {
  ...NOTHING_MORE,
  id: "ca.ccpa.ack",
  title: {
    en: "Consumer Privacy Act: a business confirms a request",
    es: "Ley de Privacidad del Consumidor: una empresa confirma una solicitud",
  },
  cite: "11 CCR § 7021(a)",
  evidence: "V",
  sourceVersion: "regulation as read; which days are business days is not defined there (B)",
  trigger: { en: "the business receives the request", es: "la empresa recibe la solicitud" },
  act: {
    en: "Confirm receipt and say how the request is handled.",
    es: "Confirmar la recepción y decir cómo se tramita.",
  },
  period: { length: 10, unit: "working-days" },
  stops: nothingStops("11 CCR § 7021"),
  caveat: {
    en: "This law binds businesses such as vendors. It does not bind the police or any other government agency.",
    es: "Esta ley obliga a empresas, como los proveedores. No obliga a la policía ni a ninguna otra agencia pública.",
  },
};

export const CALIFORNIA_CONDUCT_RULES: readonly Rule[] = [
  recordDispute,
  disposition,
  disciplineLimit,
  recordRelease,
  postReport,
  ccpaAcknowledgement,
];
