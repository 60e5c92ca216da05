/** California: complaints about officers, what follows from them, and the yearly report of misuse. */
import type { Ground, Rule } from "../rule.ts";
import { nothingStops, pauses, pausesOn } from "../stops.ts";
import { CALIFORNIA, CALIFORNIA_KEPT } from "./california-time.ts";
import { ground, saying, since } from "./usual.ts";

const disposition: Rule = {
  ...CALIFORNIA,
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
  stops: nothingStops("Pen. Code § 832.7(f)(1)", "B"),
  answerMustSay: [
    saying(
      {
        en: "The disposition: sustained, not sustained, exonerated or unfounded.",
        es: "La resolución: sostenida, no sostenida, exonerada o infundada.",
      },
      "Pen. Code § 832.7(f)(1)",
      "B",
    ),
  ],
  retention: saying(
    {
      en: "At least 5 years where the complaint was not sustained and 15 where it was; longer while a request or a suit about it is pending.",
      es: "Al menos 5 años si la queja no fue sostenida y 15 si lo fue; más mientras haya una solicitud o un juicio pendiente.",
    },
    "Pen. Code § 832.5(b)",
  ),
  caveat: {
    en: "No statute sets a time for finishing the investigation itself. The disposition binds no court and may not be used there. Whoever complains gets a copy of their own statements when they file (§ 832.7).",
    es: "Ninguna ley fija un plazo para terminar la investigación misma. La resolución no obliga a ningún tribunal ni puede usarse allí. Quien se queja recibe copia de sus propias declaraciones al presentarla (§ 832.7).",
  },
};

const RETENTION_CAVEAT = {
  en: "The section names no first day; the day of the finding keeps longer than the day of filing and is used. Nothing may be destroyed while a request for it or a suit is pending.",
  es: "El artículo no nombra un primer día; se usa el de la conclusión, que conserva más que el de la presentación. Nada puede destruirse mientras haya una solicitud o un juicio pendiente.",
} as const;

const retention: Rule = {
  ...CALIFORNIA_KEPT,
  id: "ca.complaint.retention",
  title: {
    en: "Complaint about an officer that was not sustained: keep the file",
    es: "Queja contra un agente que no fue sostenida: conservar el expediente",
  },
  cite: "Pen. Code § 832.5(b)",
  evidence: "V",
  sourceVersion: "text as read",
  trigger: { en: "the complaint's finding", es: "la conclusión de la queja" },
  act: {
    en: "Keep the complaint and every report about it through this day, at the least.",
    es: "Conservar la queja y todos los informes sobre ella al menos hasta este día inclusive.",
  },
  period: { length: 5, unit: "years" },
  stops: nothingStops("Pen. Code § 832.5(b)"),
  caveat: RETENTION_CAVEAT,
};

const sustainedRetention: Rule = {
  ...retention,
  id: "ca.complaint.retention.sustained",
  title: {
    en: "Complaint about an officer that was sustained: keep the file",
    es: "Queja contra un agente que fue sostenida: conservar el expediente",
  },
  sourceVersion: "SB 16 (Stats. 2021)",
  // SB 16: before, five years for every complaint.
  inForce: since("2022-01-01"),
  period: { length: 15, unit: "years" },
};

/** Gov. Code § 3304(d)(2). */
const DISCIPLINE_GROUNDS: readonly Ground[] = [
  ground("criminal-case", {
    en: "The same conduct is under criminal investigation or prosecution.",
    es: "El mismo hecho es objeto de investigación o proceso penal.",
  }),
  ground("written-waiver", {
    en: "The officer has given up the year in writing.",
    es: "El agente renunció al año por escrito.",
  }),
  ground("multi-jurisdiction", {
    en: "Agencies of several places have to work together; the law allows a reasonable time and names no number of days.",
    es: "Deben coordinarse agencias de varios lugares; la ley permite un tiempo razonable y no nombra un número de días.",
  }),
  ground("several-employees", {
    en: "Several employees are involved; the law allows a reasonable time and names no number of days.",
    es: "Hay varios empleados implicados; la ley permite un tiempo razonable y no nombra un número de días.",
  }),
  ground("officer-unavailable", {
    en: "The officer is incapacitated or cannot be reached.",
    es: "El agente está incapacitado o no está disponible.",
  }),
  ground("civil-litigation", {
    en: "A civil suit names the officer as a defendant.",
    es: "Una demanda civil nombra al agente como demandado.",
  }),
  ground(
    "workers-compensation-fraud",
    {
      en: "The matter is about fraud in workers' compensation.",
      es: "El asunto trata de fraude en la compensación laboral.",
    },
    "B",
  ),
  ground(
    "complainant-defendant",
    {
      en: "The complainant is a defendant in a criminal case about the same matter.",
      es: "Quien se queja es acusado en un proceso penal sobre el mismo asunto.",
    },
    "S",
  ),
];

const disciplineLimit: Rule = {
  ...CALIFORNIA,
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
  stops: {
    ...nothingStops("Gov. Code § 3304(d)"),
    ground: pausesOn(
      DISCIPLINE_GROUNDS,
      pauses("one", {
        noticeToo: false,
        arguably: { does: "pauses", ends: "both", noticeToo: false },
        cite: "Gov. Code § 3304(d)(2)",
      }),
    ),
  },
  caveat: {
    en: "The date is right only when every pause is entered: a criminal case, a written waiver and the other grounds of the section stop the year, and the portal cannot know of one that nobody enters. The year protects the officer from punishment by the agency; it does not bind POST or the district attorney, and it does not keep the agency from finishing its findings.",
    es: "La fecha es correcta solo si se anota cada pausa: un proceso penal, una renuncia escrita y los demás motivos del artículo detienen el año, y el portal no puede conocer la que nadie anota. El año protege al agente de una sanción de la agencia; no obliga a POST ni a la fiscalía, ni impide que la agencia termine sus conclusiones.",
  },
};

const recordRelease: Rule = {
  ...CALIFORNIA,
  id: "ca.records.release",
  title: {
    en: "Records of serious police misconduct: release to the public",
    es: "Registros de faltas policiales graves: entrega al público",
  },
  cite: "Pen. Code § 832.7(b)",
  evidence: "S",
  sourceVersion: "secondary sources; SB 1421 (Stats. 2018)",
  inForce: since("2019-01-01"),
  trigger: { en: "the request for the records", es: "la solicitud de los registros" },
  act: {
    en: "Release the records, unless a ground for delay applies.",
    es: "Entregar los registros, salvo que haya un motivo de demora.",
  },
  period: { length: 45, unit: "days" },
  stops: nothingStops("Pen. Code § 832.7(b)", "S"),
  caveat: {
    en: "A finding of database misuse alone is not on the list of public records, unless it is dishonesty or bias.",
    es: "Una conclusión de uso indebido de bases de datos por sí sola no está en la lista pública, salvo deshonestidad o prejuicio.",
  },
  reviews: ["ca.cpra.petition"],
};

const misuseReporting: Rule = {
  ...CALIFORNIA,
  id: "ca.clets.misuse_reporting",
  title: {
    en: "CLETS: report last year's misuse to the state",
    es: "CLETS: informar al estado del uso indebido del año anterior",
  },
  cite: "CLETS Policies, Practices and Procedures; Gov. Code §§ 15150-15167",
  evidence: "B",
  sourceVersion: "the duty from secondary sources (S); the day and the form HDC 0010 are not confirmed",
  trigger: {
    en: "the year reported ends: any day of it, or 1 January after it",
    es: "termina el año que se informa: cualquier día de ese año, o el 1 de enero siguiente",
  },
  act: {
    en: "Report to the Department of Justice how many misuse investigations there were and how they ended, also when there were none.",
    es: "Informar al Departamento de Justicia cuántas investigaciones por uso indebido hubo y cómo terminaron, también si no hubo ninguna.",
  },
  // 1 February.
  countedFrom: "new-year",
  period: { length: 1, unit: "months" },
  // A policy's fixed date: no statute moves it off a weekend.
  rolling: null,
  stops: nothingStops("CLETS Policies, Practices and Procedures", "B"),
  caveat: {
    en: "The figures that the state publishes are totals. They give a resident no right to the log of a search.",
    es: "Las cifras que publica el estado son totales. No dan a nadie derecho al registro de una consulta.",
  },
};

export const CALIFORNIA_CONDUCT_RULES: readonly Rule[] = [
  disposition,
  retention,
  sustainedRetention,
  disciplineLimit,
  recordRelease,
  misuseReporting,
];
