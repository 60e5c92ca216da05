/** California: reports to POST, the state's body that certifies officers (SB 2, Stats. 2021). */
import type { Rule } from "../rule.ts";
import { nothingStops } from "../stops.ts";
import { CALIFORNIA } from "./california-time.ts";
import { saying, since } from "./usual.ts";

const POST = {
  ...CALIFORNIA,
  // Reports are due from 2023.
  inForce: since("2023-01-01"),
} as const;

const report: Rule = {
  ...POST,
  id: "ca.post.report",
  title: { en: "Report to POST about an officer", es: "Informe a POST sobre un agente" },
  cite: "Pen. Code § 13510.9(a)",
  evidence: "V",
  sourceVersion: "text as read; 11 CCR §§ 1003, 1207",
  trigger: {
    en: "the event to report: a separation, an allegation of serious misconduct, an oversight finding, a final disposition, a civil judgment",
    es: "el hecho que se informa: una separación, una acusación de falta grave, una conclusión de supervisión, una resolución final, una sentencia civil",
  },
  act: { en: "Report the event to POST.", es: "Informar el hecho a POST." },
  period: { length: 10, unit: "days" },
  stops: nothingStops("Pen. Code § 13510.9"),
  answerMustSay: [
    saying(
      {
        en: "Of a separation: an affidavit under penalty of perjury (form POST 2-357) that says whether it resolves a pending charge. The officer may answer it.",
        es: "De una separación: una declaración bajo pena de perjurio (formulario POST 2-357) que diga si resuelve un cargo pendiente. El agente puede responder.",
      },
      "Pen. Code § 13510.9",
      "S",
    ),
  ],
  caveat: {
    en: "Misuse of a database is not named as serious misconduct. It may be one as abuse of power, as repeated or egregious acts against the law, or as dishonesty.",
    es: "El uso indebido de una base de datos no se nombra como falta grave. Puede serlo como abuso de poder, como actos ilegales repetidos o muy graves, o como deshonestidad.",
  },
};

const update: Rule = {
  ...POST,
  id: "ca.post.update",
  title: { en: "Report to POST: say again how it stands", es: "Informe a POST: decir de nuevo cómo va" },
  cite: "11 CCR § 1207(b)",
  evidence: "V",
  sourceVersion: "regulation as read",
  trigger: { en: "the report to POST, or the update before", es: "el informe a POST o la actualización anterior" },
  act: {
    en: "Send POST an update. The next 90 days count from this one, until the disposition.",
    es: "Enviar a POST una actualización. Los siguientes 90 días cuentan desde esta, hasta la resolución.",
  },
  period: { length: 90, unit: "days" },
  stops: nothingStops("11 CCR § 1207(b)"),
  answerMustSay: [
    saying(
      {
        en: "When the investigation is complete: the whole file.",
        es: "Cuando la investigación termina: el expediente completo.",
      },
      "11 CCR § 1207(c)",
    ),
  ],
};

const limit: Rule = {
  ...POST,
  id: "ca.post.limit",
  title: {
    en: "POST: the time in which it may act on a certificate",
    es: "POST: el tiempo en que puede actuar sobre una certificación",
  },
  cite: "Pen. Code § 13510.8(c)",
  evidence: "B",
  sourceVersion: "general knowledge; the section's rule on resigned officers was read in a digest",
  trigger: {
    en: "POST receives the agency's completed report",
    es: "POST recibe el informe terminado de la agencia",
  },
  act: {
    en: "Start the proceeding against the officer's certificate.",
    es: "Iniciar el procedimiento contra la certificación del agente.",
  },
  period: { length: 3, unit: "years" },
  stops: nothingStops("Pen. Code § 13510.8(c)", "B"),
  caveat: {
    en: "No limit runs where the conduct was never reported to POST. A resignation changes nothing here.",
    es: "No corre ningún límite si el hecho nunca se informó a POST. Una renuncia no cambia nada aquí.",
  },
};

export const CALIFORNIA_POST_RULES: readonly Rule[] = [report, update, limit];
