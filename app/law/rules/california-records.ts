/** California: one's own criminal history, the logs kept of it, and how long a local agency keeps anything. */
import type { Rule } from "../rule.ts";
import { nothingStops } from "../stops.ts";
import { CALIFORNIA, CALIFORNIA_KEPT } from "./california-time.ts";
import { saying } from "./usual.ts";

const localDispute: Rule = {
  ...CALIFORNIA,
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
        en: "If the agency agrees: the correction, and a list of the agencies outside criminal justice that received the record in the past two years, unless the list would interfere with an authorised investigation.",
        es: "Si la agencia está de acuerdo: la corrección y una lista de las agencias ajenas a la justicia penal que recibieron el registro en los últimos dos años, salvo que la lista interfiera con una investigación autorizada.",
      },
      cite: "Pen. Code § 13324",
      evidence: "V",
    },
    saying(
      {
        en: "The agencies of criminal justice that received the record in the past two years are told of the correction.",
        es: "Se avisa de la corrección a las agencias de justicia penal que recibieron el registro en los últimos dos años.",
      },
      "Pen. Code § 13324",
    ),
    saying(
      {
        en: "If the agency does not agree: that the person may ask for a hearing under local rules.",
        es: "Si la agencia no está de acuerdo: que la persona puede pedir una audiencia según las reglas locales.",
      },
      "Pen. Code § 13324",
    ),
  ],
  retention: saying(
    {
      en: "The log of each release of criminal history is kept for three years: ask early.",
      es: "El registro de cada entrega de antecedentes se conserva tres años: pídalo pronto.",
    },
    "11 CCR § 707",
    "B",
  ),
  reviews: ["ca.local.adjudication"],
};

const stateDispute: Rule = {
  ...CALIFORNIA,
  id: "ca.doj.record_dispute",
  title: {
    en: "State criminal history: answer a claim that it is wrong",
    es: "Antecedentes penales estatales: responder a quien dice que son erróneos",
  },
  cite: "Pen. Code § 11126",
  evidence: "S",
  sourceVersion: "secondary sources and the Attorney General's questions and answers; the section was not read",
  trigger: {
    en: "the Department of Justice receives the claim that the record is wrong (form BCIA 8706)",
    es: "el Departamento de Justicia recibe la declaración de que el registro es erróneo (formulario BCIA 8706)",
  },
  act: {
    en: "Correct the record and tell the person, or say why not.",
    es: "Corregir el registro y comunicarlo a la persona, o decir por qué no.",
  },
  period: { length: 30, unit: "days" },
  stops: nothingStops("Pen. Code § 11126", "S"),
  answerMustSay: [
    {
      words: {
        en: "Whoever received the record in the past 90 days is told of the correction.",
        es: "Se avisa de la corrección a quien recibió el registro en los últimos 90 días.",
      },
      cite: "Pen. Code § 11126",
      evidence: "S",
    },
  ],
  fee: saying(
    {
      en: "For the copy of the record at most $25 besides the fee for fingerprints; nothing for whoever shows that they cannot pay.",
      es: "Por la copia del registro, como máximo 25 dólares además de la toma de huellas; nada para quien demuestre que no puede pagar.",
    },
    "Pen. Code §§ 11120-11124",
  ),
  caveat: {
    en: "The Department asks the agency that reported the entry, which has about 30 days of its own. The record shows arrests and convictions, not who looked at it.",
    es: "El Departamento pregunta a la agencia que comunicó la anotación, que tiene unos 30 días propios. El registro muestra detenciones y condenas, no quién lo consultó.",
  },
  reviews: ["ca.doj.adjudication"],
};

const releaseLog: Rule = {
  ...CALIFORNIA_KEPT,
  id: "ca.cori.release_log",
  title: {
    en: "Criminal history: keep the log of a release",
    es: "Antecedentes penales: conservar el registro de una entrega",
  },
  cite: "11 CCR § 707",
  evidence: "B",
  sourceVersion: "regulation not read; a sheriff's manual that carries it out was",
  trigger: { en: "criminal history is released to someone", es: "se entregan antecedentes penales a alguien" },
  act: {
    en: "Keep the log through this day: date, who asked, who received, what was given, and how.",
    es: "Conservar el registro hasta este día inclusive: fecha, quién pidió, quién recibió, qué se dio y cómo.",
  },
  period: { length: 3, unit: "years" },
  stops: nothingStops("11 CCR § 707", "B"),
};

const localRetention: Rule = {
  ...CALIFORNIA_KEPT,
  id: "ca.local.retention",
  title: {
    en: "Cities and counties: the least time for which a record is kept",
    es: "Ciudades y condados: el tiempo mínimo durante el que se conserva un registro",
  },
  cite: "Gov. Code §§ 26202, 34090",
  evidence: "B",
  sourceVersion: "general knowledge",
  trigger: { en: "the record is made", es: "se crea el registro" },
  act: {
    en: "Keep the record through this day. Whoever wants a log should ask for it before.",
    es: "Conservar el registro hasta este día inclusive. Quien quiera un registro de consultas debería pedirlo antes.",
  },
  period: { length: 2, unit: "years" },
  stops: nothingStops("Gov. Code §§ 26202, 34090", "B"),
  caveat: {
    en: "A general floor. Some logs are no record in its sense and may be gone sooner, others have longer times of their own.",
    es: "Un mínimo general. Algunos registros de consultas no entran en él y pueden borrarse antes; otros tienen plazos propios más largos.",
  },
};

export const CALIFORNIA_RECORDS_RULES: readonly Rule[] = [localDispute, stateDispute, releaseLog, localRetention];
