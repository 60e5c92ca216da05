/**
 * Estonia: police data under the Personal Data Protection Act (IKS), public information (AvTS), complaints
 * to the Data Protection Inspectorate (AKI) and requests for an explanation. Periods start the day after
 * the event; a last day on a holiday or day of rest moves to the next working day (TsÜS §§ 134-136).
 */
import type { Rolling, Rule } from "../rule.ts";
import { nothingStops } from "../stops.ts";
import { CONTROLLER, saying, since, USUAL } from "./usual.ts";

const LAST_DAYS: Rolling = {
  calendar: "ee",
  national: [],
  arguable: [],
  cite: "TsÜS §§ 135, 136(8)",
  arguableCite: "TsÜS § 136(8)",
};

const ESTONIA = { ...USUAL, jurisdiction: "ee", rolling: LAST_DAYS } as const;

/** The Personal Data Protection Act of 2018. */
const SINCE_2019 = since("2019-01-15");

const police: Rule = {
  ...ESTONIA,
  id: "ee.iks.lea_access",
  title: {
    en: "Personal Data Protection Act: the police give people their own data",
    es: "Ley de Protección de Datos Personales: la policía da a las personas sus propios datos",
  },
  cite: "IKS §§ 24, 27(2)",
  evidence: "V",
  sourceVersion: "version in force on 2026-03-16; the act's first day by general knowledge (B)",
  inForce: SINCE_2019,
  trigger: {
    en: "the law-enforcement authority receives the request",
    es: "la autoridad policial recibe la solicitud",
  },
  act: {
    en: "Give the information, or say in writing that it is refused, delayed or limited.",
    es: "Dar la información, o decir por escrito que se niega, aplaza o limita.",
  },
  period: { length: 1, unit: "months" },
  stops: nothingStops("IKS § 27"),
  silence: {
    words: {
      en: "If the authority does not answer in time, the person may complain to the Data Protection Inspectorate or go to court.",
      es: "Si la autoridad no responde a tiempo, la persona puede reclamar ante la Inspección de Protección de Datos o acudir al tribunal.",
    },
    cite: "IKS § 24(4)",
    evidence: "V",
  },
  answerMustSay: [
    {
      words: {
        en: "Whether data are held; the data and their kinds, source, purpose and legal basis, recipients, how long they are kept, the right to correction, and the right to complain to the Inspectorate, with its address.",
        es: "Si hay datos; los datos y sus tipos, origen, fin y base legal, destinatarios, cuánto se conservan, el derecho a corregirlos y el derecho a reclamar ante la Inspección, con su dirección.",
      },
      cite: "IKS § 24(1)",
      evidence: "V",
    },
    {
      words: {
        en: "On refusal, delay or limit: that it is so, without delay; the reasons may be left out; and the way to the Inspectorate or the court.",
        es: "Si se niega, aplaza o limita: que es así, sin demora; los motivos pueden omitirse; y la vía ante la Inspección o el tribunal.",
      },
      cite: "IKS § 24(3)-(4)",
      evidence: "V",
    },
  ],
  mayRefuse: [
    saying(
      {
        en: "Only where a law provides for it: to prevent, detect or punish offences, for the rights of others, national security, public order, or an official inquiry. The authority records the grounds.",
        es: "Solo si una ley lo prevé: para prevenir, detectar o castigar delitos, por los derechos de otros, la seguridad nacional, el orden público o una investigación oficial. La autoridad deja constancia de los motivos.",
      },
      "IKS § 24(2), (5)",
    ),
    saying(
      { en: "The request is unfounded or excessive.", es: "La solicitud es infundada o excesiva." },
      "IKS § 27(3)",
    ),
  ],
  retention: saying(
    {
      en: "The log of who read or disclosed data shows the reason, date, time, who it was and the recipients. How long it is kept is the authority's own choice.",
      es: "El registro de quién leyó o divulgó datos indica el motivo, la fecha, la hora, quién fue y los destinatarios. Cuánto se conserva lo decide la propia autoridad.",
    },
    "IKS § 36",
  ),
  fee: {
    words: {
      en: "Free; of an unfounded or excessive request a reasonable cost by law, or refusal.",
      es: "Gratuito; por una solicitud infundada o excesiva, un costo razonable según la ley, o la negativa.",
    },
    cite: "IKS § 27(3)",
    evidence: "V",
  },
  caveat: {
    en: "The log of who looked must be kept (§ 36), but serves checks and the Inspectorate; the act gives no right to read it.",
    es: "El registro de quién consultó debe llevarse (§ 36), pero sirve para controles y para la Inspección; la ley no da derecho a leerlo.",
  },
  reviews: ["ee.aki", "ee.court"],
};

const complaint: Rule = {
  ...ESTONIA,
  id: "ee.aki.complaint",
  title: {
    en: "Data Protection Inspectorate: decide a complaint",
    es: "Inspección de Protección de Datos: decidir una reclamación",
  },
  cite: "IKS § 61",
  evidence: "V",
  sourceVersion: "version in force on 2026-03-16",
  inForce: SINCE_2019,
  trigger: { en: "the Inspectorate receives the complaint", es: "la Inspección recibe la reclamación" },
  act: { en: "Decide the complaint.", es: "Decidir la reclamación." },
  period: { length: 30, unit: "days" },
  extension: {
    max: { length: 60, unit: "days" },
    who: { en: "the Inspectorate", es: "la Inspección" },
    noticeMustSay: {
      en: "In writing: that more time is needed to find out the facts.",
      es: "Por escrito: que hace falta más tiempo para aclarar los hechos.",
    },
    grounds: [],
    cite: "IKS § 61",
    evidence: "V",
  },
  stops: nothingStops("IKS § 61"),
  caveat: {
    en: "Where other countries' authorities must be heard, a reasonable time comes on top; the clock does not know it.",
    es: "Si hay que oír a autoridades de otros países, se añade un tiempo razonable; este cálculo no lo conoce.",
  },
  reviews: ["ee.court"],
};

const publicInformation: Rule = {
  ...ESTONIA,
  id: "ee.avts",
  title: {
    en: "Public Information Act: give the information",
    es: "Ley de Información Pública: dar la información",
  },
  cite: "AvTS § 18",
  evidence: "V",
  sourceVersion: "§§ 14, 18, 19, 23, 46 as read; the act's first day by general knowledge (B)",
  inForce: since("2001-01-01"),
  trigger: {
    en: "the request is registered, which must happen on the day it comes or the next working day",
    es: "la solicitud se registra, lo que debe ocurrir el día en que llega o el siguiente día hábil",
  },
  act: {
    en: "Give the information, refuse it with reasons, or send the request on to whoever holds it.",
    es: "Dar la información, negarla con motivos o remitir la solicitud a quien la tenga.",
  },
  period: { length: 5, unit: "working-days" },
  extension: {
    // § 19: "kuni 15 tööpäevani", fifteen in all.
    max: { length: 10, unit: "working-days" },
    who: { en: "the holder of the information", es: "quien tiene la información" },
    noticeMustSay: {
      en: "Within the five working days: that more time is needed, and why. Fifteen working days in all.",
      es: "Dentro de los cinco días hábiles: que hace falta más tiempo y por qué. Quince días hábiles en total.",
    },
    grounds: [],
    cite: "AvTS § 19",
    evidence: "V",
  },
  stops: nothingStops("AvTS §§ 14, 18"),
  answerMustSay: [
    {
      words: {
        en: "If the request is incomplete: within five working days, what is missing.",
        es: "Si la solicitud está incompleta: en cinco días hábiles, qué falta.",
      },
      cite: "AvTS §§ 14, 18",
      evidence: "V",
    },
    {
      words: {
        en: "On refusal: the reasons, within five working days.",
        es: "Si se niega: los motivos, en cinco días hábiles.",
      },
      cite: "AvTS § 23",
      evidence: "V",
    },
  ],
  caveat: {
    en: "Not for one's own data (use the GDPR or IKS). What would need an analysis or a new document is a request for an explanation, with 30 days.",
    es: "No para los datos propios (use el RGPD o la IKS). Lo que exija un análisis o un documento nuevo es una solicitud de explicación, con 30 días.",
  },
  reviews: ["ee.aki.challenge", "ee.court"],
};

const explanation: Rule = {
  ...ESTONIA,
  id: "ee.explanation",
  title: {
    en: "Request for an explanation: answer it",
    es: "Solicitud de explicación: responderla",
  },
  cite: "Märgukirjale ja selgitustaotlusele vastamise seadus § 6",
  evidence: "B",
  sourceVersion: "general knowledge",
  trigger: { en: "the request is registered", es: "la solicitud se registra" },
  act: { en: "Answer the request.", es: "Responder la solicitud." },
  period: { length: 30, unit: "days" },
  extension: {
    max: { length: 32, unit: "days" },
    upTo: { length: 2, unit: "months" },
    who: CONTROLLER,
    noticeMustSay: {
      en: "That more time is needed, and why. Two months in all.",
      es: "Que hace falta más tiempo y por qué. Dos meses en total.",
    },
    grounds: [],
    cite: "Märgukirjale ja selgitustaotlusele vastamise seadus § 6",
    evidence: "B",
  },
  stops: nothingStops("Märgukirjale ja selgitustaotlusele vastamise seadus", "B"),
  reviews: ["ee.court"],
};

export const ESTONIA_RULES: readonly Rule[] = [police, complaint, publicInformation, explanation];
