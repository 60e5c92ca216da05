/** United Kingdom: complaints about data, first to the organisation, then to the Information Commissioner. */
import type { Rule } from "../rule.ts";
import { nothingStops } from "../stops.ts";
import { UNITED_KINGDOM } from "./united-kingdom.ts";
import { RESIDENT, since } from "./usual.ts";

const toController: Rule = {
  ...UNITED_KINGDOM,
  id: "uk.complaint.controller",
  title: {
    en: "Data Protection Act: confirm a complaint about data",
    es: "Ley de Protección de Datos: confirmar una reclamación sobre datos",
  },
  cite: "DPA 2018 s. 164A",
  evidence: "V",
  sourceVersion: "Data (Use and Access) Act 2025 s. 103; the first day is expected, not confirmed (B)",
  inForce: since("2026-06-19"),
  trigger: { en: "the organisation receives the complaint", es: "la organización recibe la reclamación" },
  act: {
    en: "Confirm that the complaint has come. Then look into it and tell the outcome, without undue delay.",
    es: "Confirmar que la reclamación llegó. Luego examinarla y comunicar el resultado, sin dilación indebida.",
  },
  period: { length: 30, unit: "days" },
  // "30 days beginning when the complaint is received": with that day, or after it (Regulation 1182/71 art. 3).
  firstDay: "arguably-counted",
  stops: nothingStops("DPA 2018 s. 164A"),
  caveat: {
    en: "The law sets no number of days for the outcome.",
    es: "La ley no fija un número de días para el resultado.",
  },
  reviews: ["uk.ico"],
};

const toCommissioner: Rule = {
  ...UNITED_KINGDOM,
  id: "uk.complaint.ico",
  title: {
    en: "Information Commissioner: say how a complaint stands",
    es: "Comisionado de Información: decir cómo va una reclamación",
  },
  cite: "DPA 2018 ss. 165, 166",
  evidence: "B",
  sourceVersion: "general knowledge",
  inForce: since("2018-05-25"),
  trigger: { en: "the Commissioner receives the complaint", es: "el Comisionado recibe la reclamación" },
  act: {
    en: "Tell the complainant how far the complaint is, or how it ended.",
    es: "Comunicar a quien reclama el curso o el resultado de la reclamación.",
  },
  period: { length: 3, unit: "months" },
  stops: nothingStops("DPA 2018 s. 166", "B"),
  silence: {
    words: {
      en: "If there was no progress in three months, the tribunal may order the Commissioner to act.",
      es: "Si no hubo avance en tres meses, el tribunal puede ordenar al Comisionado que actúe.",
    },
    cite: "DPA 2018 s. 166",
    evidence: "B",
  },
  reviews: ["uk.tribunal"],
};

const complain: Rule = {
  ...RESIDENT,
  jurisdiction: "uk",
  id: "uk.complaint.ico.lodge",
  title: {
    en: "Information Commissioner: complain in good time",
    es: "Comisionado de Información: reclamar a tiempo",
  },
  cite: "DPA 2018 s. 165; ICO guidance",
  evidence: "B",
  sourceVersion: "general knowledge of the ICO's practice",
  inForce: since("2018-05-25"),
  trigger: {
    en: "the last meaningful contact with the organisation",
    es: "el último contacto significativo con la organización",
  },
  act: { en: "Complain to the Information Commissioner.", es: "Reclamar ante el Comisionado de Información." },
  period: { length: 3, unit: "months" },
  stops: nothingStops("DPA 2018 s. 165", "B"),
  caveat: {
    en: "The Commissioner's own practice (about three months), not a limit in the law.",
    es: "Práctica del propio Comisionado (unos tres meses), no un límite de la ley.",
  },
};

export const UNITED_KINGDOM_COMPLAINT_RULES: readonly Rule[] = [toController, toCommissioner, complain];
