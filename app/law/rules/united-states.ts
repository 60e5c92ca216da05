/** United States: the Freedom of Information Act. It reaches federal agencies alone, such as the FBI. */
import type { Extension, Rolling, Rule } from "../rule.ts";
import { changesNothing, nothingStops, pauses } from "../stops.ts";
import { ground, RESIDENT, saying, since, USUAL } from "./usual.ts";

/** Working days leave out Saturdays, Sundays and legal public holidays (5 U.S.C. § 6103(a)). */
export const FEDERAL_DAYS: Rolling = {
  calendar: "us.federal",
  national: [],
  arguable: [],
  cite: "5 U.S.C. §§ 552(a)(6)(A), 6103(a)",
  arguableCite: "5 U.S.C. § 6103(a)",
};

export const FEDERAL = { ...USUAL, jurisdiction: "us", rolling: FEDERAL_DAYS } as const;
export const FEDERAL_RESIDENT = { ...RESIDENT, jurisdiction: "us" } as const;

const UNUSUAL_CIRCUMSTANCES: Extension = {
  max: { length: 10, unit: "working-days" },
  who: { en: "the agency", es: "la agencia" },
  noticeMustSay: {
    en: "In writing: the unusual circumstances, and the date on which the decision is expected.",
    es: "Por escrito: las circunstancias inusuales y la fecha en que se espera la decisión.",
  },
  grounds: [
    ground("field-facilities", {
      en: "The records must be searched for and collected from field offices or other places away from the office handling the request.",
      es: "Los registros deben buscarse y reunirse en oficinas u otros lugares distintos de la oficina que tramita la solicitud.",
    }),
    ground("voluminous", {
      en: "A very large number of separate records must be searched for and examined.",
      es: "Hay que buscar y examinar una cantidad muy grande de registros separados.",
    }),
    ground("consultation", {
      en: "Another agency, or two or more parts of this one, must be consulted.",
      es: "Hay que consultar a otra agencia o a dos o más partes de esta.",
    }),
  ],
  cite: "5 U.S.C. § 552(a)(6)(B)",
  evidence: "V",
};

/**
 * The answer's day ends the tolling; whether the day of the question counts is not said, and the safe date
 * counts it. The notice of an extension must come while "the time limits" run: they stand still together.
 */
const TOLLS = {
  noticeToo: true,
  arguably: { does: "pauses", ends: "both", noticeToo: true },
  cite: "5 U.S.C. § 552(a)(6)(A)(ii)",
} as const;

const request: Rule = {
  ...FEDERAL,
  id: "us.foia",
  title: {
    en: "Freedom of Information Act: decide and answer",
    es: "Ley de Libertad de Información: decidir y responder",
  },
  cite: "5 U.S.C. § 552(a)(6)(A)(i)",
  evidence: "V",
  sourceVersion: "text as read, with the OPEN Government Act of 2007; its first day by general knowledge (B)",
  inForce: since("2008-12-31"),
  trigger: {
    en: "the part of the agency that the request belongs to receives it, at the latest 10 days after any part that takes requests received it",
    es: "la recibe la parte de la agencia a la que corresponde la solicitud, a más tardar 10 días después de que la reciba cualquier parte que admite solicitudes",
  },
  act: {
    en: "Decide whether to comply, and tell the requester at once, with reasons.",
    es: "Decidir si se accede y comunicarlo de inmediato, con los motivos.",
  },
  period: { length: 20, unit: "working-days" },
  extension: UNUSUAL_CIRCUMSTANCES,
  stops: {
    ...nothingStops("5 U.S.C. § 552(a)(6)(A)"),
    identity: changesNothing({ cite: "5 U.S.C. § 552(a)(6)(A)", evidence: "B" }),
    information: pauses("one", { ...TOLLS, times: 1 }),
    fee: pauses("one", TOLLS),
  },
  silence: {
    words: {
      en: "If the agency does not answer in time, the person counts as having tried everything inside the agency and may go to court.",
      es: "Si la agencia no responde a tiempo, se considera agotada la vía interna y la persona puede acudir al tribunal.",
    },
    cite: "5 U.S.C. § 552(a)(6)(C)",
    evidence: "V",
  },
  answerMustSay: [
    {
      words: {
        en: "The decision and the reasons, the right to help from the agency's public liaison, and on refusal the right to appeal within at least 90 days.",
        es: "La decisión y los motivos, el derecho a recibir ayuda del enlace público de la agencia y, si se niega, el derecho a apelar en al menos 90 días.",
      },
      cite: "5 U.S.C. § 552(a)(6)(A)(i)",
      evidence: "B",
    },
  ],
  mayRefuse: [
    saying(
      {
        en: "One of the nine exemptions of the act; for a record compiled for law enforcement, where showing it would do one of the harms listed in (b)(7).",
        es: "Una de las nueve excepciones de la ley; en un registro policial, cuando mostrarlo causaría uno de los daños enumerados en (b)(7).",
      },
      "5 U.S.C. § 552(b)",
      "B",
    ),
  ],
  fee: {
    words: {
      en: "An agency that missed the time may not charge for searching (nor, for some requesters, for copies), with exceptions.",
      es: "Una agencia que no cumplió el plazo no puede cobrar la búsqueda (ni, a algunos solicitantes, las copias), con excepciones.",
    },
    cite: "5 U.S.C. § 552(a)(4)(A)(viii)",
    evidence: "B",
  },
  caveat: {
    en: "Where ten more working days are not enough, the agency must offer to narrow the request or to agree on another time; the clock does not know of such an agreement. A federal agency reaches no state or local log.",
    es: "Si diez días hábiles más no bastan, la agencia debe ofrecer reducir la solicitud o acordar otro plazo; este cálculo no conoce ese acuerdo. Una agencia federal no alcanza registros estatales ni locales.",
  },
  reviews: ["us.foia.appeal", "us.foia.suit"],
};

const requestBefore: Rule = {
  ...request,
  sourceVersion: "text before the OPEN Government Act of 2007, by general knowledge",
  evidence: "B",
  inForce: { from: null, to: "2008-12-30" },
  trigger: { en: "the agency receives the request", es: "la agencia recibe la solicitud" },
  stops: nothingStops("5 U.S.C. § 552(a)(6)(A)", "B"),
};

const appeal: Rule = {
  ...FEDERAL_RESIDENT,
  id: "us.foia.appeal",
  title: {
    en: "Freedom of Information Act: appeal inside the agency",
    es: "Ley de Libertad de Información: apelar dentro de la agencia",
  },
  cite: "5 U.S.C. § 552(a)(6)(A)(i)(III)",
  evidence: "B",
  sourceVersion: "FOIA Improvement Act of 2016, by general knowledge",
  inForce: since("2016-06-30"),
  trigger: { en: "the day of the refusal", es: "el día de la negativa" },
  act: {
    en: "Appeal to the head of the agency. The agency may allow more than 90 days, never less.",
    es: "Apelar ante la dirección de la agencia. La agencia puede dar más de 90 días, nunca menos.",
  },
  period: { length: 90, unit: "days" },
  stops: nothingStops("5 U.S.C. § 552(a)(6)(A)(i)", "B"),
};

const appealDetermination: Rule = {
  ...FEDERAL,
  id: "us.foia.appeal.determination",
  title: {
    en: "Freedom of Information Act: decide an appeal",
    es: "Ley de Libertad de Información: decidir una apelación",
  },
  cite: "5 U.S.C. § 552(a)(6)(A)(ii)",
  evidence: "V",
  sourceVersion: "text as read",
  trigger: { en: "the agency receives the appeal", es: "la agencia recibe la apelación" },
  act: { en: "Decide the appeal.", es: "Decidir la apelación." },
  period: { length: 20, unit: "working-days" },
  extension: { ...UNUSUAL_CIRCUMSTANCES, evidence: "B" },
  stops: nothingStops("5 U.S.C. § 552(a)(6)(A)"),
  silence: request.silence,
  answerMustSay: [
    {
      words: {
        en: "If the refusal stands: that a court may look at it.",
        es: "Si la negativa se mantiene: que un tribunal puede revisarla.",
      },
      cite: "5 U.S.C. § 552(a)(6)(A)(ii)",
      evidence: "B",
    },
  ],
  caveat: {
    en: "The ten working days of an extension are given once: those already taken on the request are no longer there for the appeal.",
    es: "Los diez días hábiles de prórroga se dan una vez: los ya tomados para la solicitud no quedan para la apelación.",
  },
  reviews: ["us.foia.suit"],
};

export const UNITED_STATES_RULES: readonly Rule[] = [requestBefore, request, appeal, appealDetermination];
