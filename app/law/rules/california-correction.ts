/** California Information Practices Act: having a record corrected, and having a refusal looked at again. */
import type { Rule } from "../rule.ts";
import { nothingStops } from "../stops.ts";
import { INFORMATION_PRACTICES } from "./california-information.ts";
import { CALIFORNIA_RESIDENT } from "./california-time.ts";

const amend: Rule = {
  ...INFORMATION_PRACTICES,
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
  period: { length: 30, unit: "days" },
  stops: nothingStops("Civ. Code § 1798.35"),
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
  reviews: ["ca.ipa.amend.review"],
};

const amendReview: Rule = {
  ...INFORMATION_PRACTICES,
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
  period: { length: 30, unit: "days" },
  extension: {
    max: { length: 30, unit: "days" },
    who: { en: "the head of the agency", es: "la dirección de la agencia" },
    noticeMustSay: { en: "The good cause for taking longer.", es: "La causa justificada para tardar más." },
    grounds: [],
    cite: "Civ. Code § 1798.36",
    evidence: "V",
  },
  stops: nothingStops("Civ. Code § 1798.36"),
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
  ...INFORMATION_PRACTICES,
  ...CALIFORNIA_RESIDENT,
  id: "ca.ipa.suit",
  title: { en: "Information Practices Act: go to court", es: "Ley de Prácticas de Información: acudir al tribunal" },
  cite: "Civ. Code § 1798.49",
  trigger: { en: "the day on which the right to sue arises", es: "el día en que nace el derecho a demandar" },
  act: {
    en: "File the suit. The portal shows the earliest reading, so that nobody comes too late.",
    es: "Presentar la demanda. El portal muestra la lectura más temprana para que nadie llegue tarde.",
  },
  period: { length: 2, unit: "years" },
  stops: nothingStops("Civ. Code § 1798.49"),
  caveat: {
    en: "Where an agency wilfully misrepresented something material, the two years run from its discovery. A claim for money may need a government claim within six months first (Gov. Code § 911.2).",
    es: "Si una agencia falseó a propósito algo importante, los dos años corren desde que se descubre. Una demanda de dinero puede exigir antes un reclamo administrativo en seis meses (Gov. Code § 911.2).",
  },
};

export const CALIFORNIA_CORRECTION_RULES: readonly Rule[] = [amend, amendReview, exemptReview, suit];
