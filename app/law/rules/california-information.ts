/** California Information Practices Act: records that state agencies hold about a person. */
import type { Rule } from "../rule.ts";
import { nothingStops, startsClock } from "../stops.ts";
import { ALWAYS, ROLLS } from "./california-time.ts";

const access: Rule = {
  id: "ca.ipa.access",
  jurisdiction: "us-ca",
  title: {
    en: "Information Practices Act: let people see the records about themselves",
    es: "Ley de Prácticas de Información: permitir ver los registros sobre uno mismo",
  },
  cite: "Civ. Code § 1798.34(a)",
  formerCite: null,
  evidence: "V",
  sourceVersion: "text of Civ. Code §§ 1798.25-1798.49 as read, 2019 to 2026",
  inForce: ALWAYS,
  who: "agency",
  duty: "act-by",
  trigger: {
    en: "the state agency receives the request with proper identification",
    es: "la agencia estatal recibe la solicitud con identificación adecuada",
  },
  act: {
    en: "Let the person inspect the personal information about them in active records.",
    es: "Permitir que la persona inspeccione la información personal sobre ella en los registros activos.",
  },
  period: { length: 30, unit: "days" },
  firstDay: "not-counted",
  rolling: ROLLS,
  extension: null,
  stops: {
    ...nothingStops("Civ. Code § 1798.34"),
    identity: startsClock({ cite: "Civ. Code § 1798.34(a) (“upon request and proper identification”)" }),
  },
  silence: {
    words: {
      en: "If the agency does not act in time, the law treats it as a refusal, and the person may go to court.",
      es: "Si la agencia no actúa a tiempo, la ley lo considera una negativa y la persona puede acudir al tribunal.",
    },
    cite: "Civ. Code §§ 1798.34(a), 1798.45",
    evidence: "V",
  },
  answerMustSay: [
    {
      words: {
        en: "The record in a reasonably comprehensible form.",
        es: "El registro en una forma razonablemente comprensible.",
      },
      cite: "Civ. Code § 1798.34",
      evidence: "V",
    },
    {
      words: {
        en: "Where something is not shown: a written statement that the law does not require its disclosure.",
        es: "Si algo no se muestra: una declaración escrita de que la ley no exige divulgarlo.",
      },
      cite: "Civ. Code § 1798.41(a)",
      evidence: "V",
    },
  ],
  fee: {
    words: {
      en: "Copies only, at most 10 cents a page unless a statute says otherwise; nothing for searching or reviewing.",
      es: "Solo copias, como máximo 10 centavos por página salvo que otra ley disponga; nada por buscar o revisar.",
    },
    cite: "Civ. Code § 1798.33",
    evidence: "V",
  },
  caveat: null,
  reviews: ["ca.ipa.exempt.review", "ca.ipa.suit"],
};

const dispersedAccess: Rule = {
  ...access,
  id: "ca.ipa.access.60",
  title: {
    en: "Information Practices Act: records that are dispersed or in central storage",
    es: "Ley de Prácticas de Información: registros dispersos o en almacenamiento central",
  },
  act: {
    en: "Let the person inspect the personal information about them in records that are geographically dispersed, or inactive and in central storage.",
    es: "Permitir que la persona inspeccione la información personal sobre ella en registros dispersos geográficamente, o inactivos y en almacenamiento central.",
  },
  period: { length: 60, unit: "days" },
};

const accounting: Rule = {
  ...access,
  id: "ca.ipa.accounting.inspect",
  title: {
    en: "Information Practices Act: let people see to whom their information was disclosed",
    es: "Ley de Prácticas de Información: permitir ver a quién se divulgó su información",
  },
  act: {
    en: "Let the person inspect the record of disclosures of their information to others.",
    es: "Permitir que la persona inspeccione el registro de divulgaciones de su información a terceros.",
  },
  caveat: {
    en: "The record covers disclosures to others outside the agency, not look-ups by the agency's own staff. The statute sets no separate time for it; the 30 days of access are used.",
    es: "El registro abarca divulgaciones a terceros fuera de la agencia, no las consultas del propio personal. La ley no fija un plazo aparte; se usan los 30 días del acceso.",
  },
};

const accountingRetention: Rule = {
  ...access,
  id: "ca.ipa.accounting.retention",
  title: {
    en: "Information Practices Act: keep the record of a disclosure",
    es: "Ley de Prácticas de Información: conservar el registro de una divulgación",
  },
  cite: "Civ. Code § 1798.27",
  duty: "keep-through",
  trigger: { en: "the disclosure", es: "la divulgación" },
  act: {
    en: "Keep the record of the disclosure through this day, or until the record disclosed is destroyed, whichever is shorter.",
    es: "Conservar el registro de la divulgación hasta este día inclusive, o hasta que se destruya el registro divulgado, lo que ocurra antes.",
  },
  period: { length: 3, unit: "years" },
  rolling: null,
  stops: nothingStops("Civ. Code § 1798.27"),
  silence: null,
  answerMustSay: [],
  fee: null,
  reviews: [],
};

const amend: Rule = {
  ...access,
  id: "ca.ipa.amend",
  title: {
    en: "Information Practices Act: correct a record, or say why not",
    es: "Ley de Prácticas de Información: corregir un registro o decir por qué no",
  },
  cite: "Civ. Code § 1798.35",
  trigger: {
    en: "the state agency receives the written request to correct the record",
    es: "la agencia estatal recibe la solicitud escrita de corregir el registro",
  },
  act: {
    en: "Correct the record and say so, or refuse with the reason and how to have the refusal reviewed.",
    es: "Corregir el registro e informarlo, o negarse con el motivo y cómo pedir revisión.",
  },
  stops: nothingStops("Civ. Code § 1798.35"),
  silence: null,
  answerMustSay: [
    {
      words: {
        en: "On refusal: the reason, the way to have it reviewed, and the name, title and business address of the official who reviews.",
        es: "Si se niega: el motivo, cómo pedir revisión, y el nombre, cargo y dirección de la persona que revisa.",
      },
      cite: "Civ. Code § 1798.35(b)",
      evidence: "B",
    },
  ],
  fee: null,
  reviews: ["ca.ipa.amend.review"],
};

const amendReview: Rule = {
  ...access,
  id: "ca.ipa.amend.review",
  title: {
    en: "Information Practices Act: review a refusal to correct",
    es: "Ley de Prácticas de Información: revisar una negativa a corregir",
  },
  cite: "Civ. Code § 1798.36",
  trigger: {
    en: "the day on which the person asks for the review (not the day it arrives)",
    es: "el día en que la persona pide la revisión (no el día en que llega)",
  },
  act: { en: "Finish the review and decide.", es: "Terminar la revisión y decidir." },
  extension: {
    max: { length: 30, unit: "days" },
    who: { en: "the head of the agency", es: "la dirección de la agencia" },
    noticeMustSay: { en: "The good cause for taking longer.", es: "La causa justificada para tardar más." },
    grounds: [],
    cite: "Civ. Code § 1798.36",
    evidence: "V",
  },
  stops: nothingStops("Civ. Code § 1798.36"),
  silence: null,
  answerMustSay: [
    {
      words: {
        en: "If the refusal stands: that the person may file a statement of disagreement of reasonable length.",
        es: "Si la negativa se mantiene: que la persona puede presentar una declaración de desacuerdo de extensión razonable.",
      },
      cite: "Civ. Code § 1798.36",
      evidence: "V",
    },
  ],
  fee: null,
  reviews: ["ca.ipa.suit"],
};

const exemptReview: Rule = {
  ...amendReview,
  id: "ca.ipa.exempt.review",
  title: {
    en: "Information Practices Act: review a refusal to show something",
    es: "Ley de Prácticas de Información: revisar una negativa a mostrar algo",
  },
  cite: "Civ. Code § 1798.41(b)",
  trigger: { en: "the agency receives the request for review", es: "la agencia recibe la solicitud de revisión" },
  act: {
    en: "The head of the agency, or a person they name, reviews the refusal and gives the findings in writing.",
    es: "La dirección de la agencia, o quien designe, revisa la negativa y da sus conclusiones por escrito.",
  },
  extension: null,
  stops: nothingStops("Civ. Code § 1798.41(b)"),
  answerMustSay: [
    {
      words: { en: "The findings, in writing.", es: "Las conclusiones, por escrito." },
      cite: "Civ. Code § 1798.41(b)",
      evidence: "V",
    },
  ],
};

const suit: Rule = {
  ...access,
  id: "ca.ipa.suit",
  title: { en: "Information Practices Act: go to court", es: "Ley de Prácticas de Información: acudir al tribunal" },
  cite: "Civ. Code § 1798.49",
  who: "resident",
  trigger: { en: "the day on which the right to sue arises", es: "el día en que nace el derecho a demandar" },
  act: {
    en: "File the suit. The portal shows the earliest reading, so that nobody comes too late.",
    es: "Presentar la demanda. El portal muestra la lectura más temprana para que nadie llegue tarde.",
  },
  period: { length: 2, unit: "years" },
  rolling: null,
  stops: nothingStops("Civ. Code § 1798.49"),
  silence: null,
  answerMustSay: [],
  fee: null,
  caveat: {
    en: "Where an agency wilfully misrepresented something material, the two years run from its discovery. A claim for money may need a government claim within six months first (Gov. Code § 911.2).",
    es: "Si una agencia falseó a propósito algo importante, los dos años corren desde que se descubre. Una demanda de dinero puede exigir antes un reclamo administrativo en seis meses (Gov. Code § 911.2).",
  },
  reviews: [],
};

export const CALIFORNIA_INFORMATION_RULES: readonly Rule[] = [
  access,
  dispersedAccess,
  accounting,
  accountingRetention,
  amend,
  amendReview,
  exemptReview,
  suit,
];
