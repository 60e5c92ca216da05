/** California Consumer Privacy Act: businesses such as vendors. It binds no government agency. */
import type { Rule } from "../rule.ts";
import { changesNothing, nothingStops } from "../stops.ts";
import { CALIFORNIA, CALIFORNIA_KEPT } from "./california-time.ts";
import { saying, since } from "./usual.ts";

const CONSUMER_PRIVACY = {
  // AB 375 (Stats. 2018).
  inForce: since("2020-01-01"),
  retention: saying(
    {
      en: "The business keeps the record of a request and of its answer for 24 months.",
      es: "La empresa conserva el registro de la solicitud y de su respuesta 24 meses.",
    },
    "11 CCR § 7101",
    "S",
  ),
  caveat: {
    en: "This law binds businesses such as vendors. It does not bind the police or any other government agency.",
    es: "Esta ley obliga a empresas, como los proveedores. No obliga a la policía ni a ninguna otra agencia pública.",
  },
} as const;

const acknowledgement: Rule = {
  ...CALIFORNIA,
  ...CONSUMER_PRIVACY,
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
};

const response: Rule = {
  ...CALIFORNIA,
  ...CONSUMER_PRIVACY,
  id: "ca.ccpa.respond",
  title: {
    en: "Consumer Privacy Act: a business answers a request",
    es: "Ley de Privacidad del Consumidor: una empresa responde una solicitud",
  },
  cite: "Civ. Code § 1798.130(a)(2); 11 CCR § 7021(b)",
  evidence: "V",
  sourceVersion: "statute and regulation as read",
  trigger: { en: "the business receives the request", es: "la empresa recibe la solicitud" },
  act: {
    en: "Answer the request to know, correct or delete.",
    es: "Responder la solicitud de conocer, corregir o borrar.",
  },
  period: { length: 45, unit: "days" },
  // The regulation: the period "will begin on the day that the business receives the request".
  firstDay: "arguably-counted",
  extension: {
    max: { length: 45, unit: "days" },
    who: { en: "the business", es: "la empresa" },
    noticeMustSay: {
      en: "Within the first 45 days: that more time is needed, and why. At most 90 days from receipt in all.",
      es: "Dentro de los primeros 45 días: que hace falta más tiempo y por qué. Como máximo 90 días en total desde la recepción.",
    },
    grounds: [],
    cite: "Civ. Code § 1798.130(a)(2); 11 CCR § 7021(b)",
    evidence: "V",
  },
  stops: {
    ...nothingStops("11 CCR § 7021(b)"),
    identity: changesNothing({ cite: "11 CCR § 7021(b) (“regardless of time required to verify the request”)" }),
  },
};

const records: Rule = {
  ...CALIFORNIA_KEPT,
  ...CONSUMER_PRIVACY,
  id: "ca.ccpa.records",
  title: {
    en: "Consumer Privacy Act: keep the record of a request",
    es: "Ley de Privacidad del Consumidor: conservar el registro de una solicitud",
  },
  cite: "11 CCR § 7101",
  evidence: "S",
  sourceVersion: "secondary sources",
  trigger: { en: "the request", es: "la solicitud" },
  act: {
    en: "Keep the record of the request and of the answer through this day, at the least.",
    es: "Conservar el registro de la solicitud y de la respuesta al menos hasta este día inclusive.",
  },
  period: { length: 24, unit: "months" },
  stops: nothingStops("11 CCR § 7101", "S"),
};

export const CALIFORNIA_BUSINESS_RULES: readonly Rule[] = [acknowledgement, response, records];
