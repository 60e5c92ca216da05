/** United States: the Privacy Act, health records, drivers' records, and the suit under 42 U.S.C. § 1983. */
import type { Rule } from "../rule.ts";
import { nothingStops, pauses, pausesOn } from "../stops.ts";
import { FEDERAL, FEDERAL_RESIDENT } from "./united-states.ts";
import { ground, KEPT, saying, since, USUAL } from "./usual.ts";

const NO_PROMISE = {
  en: "Systems for law enforcement are mostly exempt from this: the disclosures that a law-enforcement agency asked for are not shown, and the FBI's own systems give no access under this act.",
  es: "Los sistemas policiales están en su mayoría exentos: no se muestran las divulgaciones que pidió una agencia policial, y los sistemas del FBI no dan acceso según esta ley.",
} as const;

/** 5 U.S.C. § 552a(j)(2), (k)(2). */
const EXEMPT_SYSTEMS = [
  saying(
    {
      en: "The agency has exempted the system by a rule: records of criminal law enforcement, or of an investigation under another law.",
      es: "La agencia eximió el sistema mediante una norma: registros de persecución penal o de una investigación según otra ley.",
    },
    "5 U.S.C. § 552a(j)(2), (k)(2)",
    "B",
  ),
];

const amendAcknowledgement: Rule = {
  ...FEDERAL,
  id: "us.pa.amend.ack",
  title: {
    en: "Privacy Act: confirm a request to correct a record",
    es: "Ley de Privacidad: confirmar una solicitud de corregir un registro",
  },
  cite: "5 U.S.C. § 552a(d)(2)(A); 28 CFR § 16.46(b)",
  evidence: "V",
  sourceVersion: "28 CFR § 16.46(b) as read; the statute by general knowledge (B)",
  trigger: { en: "the agency receives the request", es: "la agencia recibe la solicitud" },
  act: {
    en: "Confirm receipt in writing. Then, promptly, correct the record or say why not.",
    es: "Confirmar la recepción por escrito. Luego, sin demora, corregir el registro o decir por qué no.",
  },
  period: { length: 10, unit: "working-days" },
  stops: nothingStops("5 U.S.C. § 552a(d)(2)", "B"),
  mayRefuse: EXEMPT_SYSTEMS,
  caveat: NO_PROMISE,
  reviews: ["us.pa.appeal", "us.pa.suit"],
};

const amendReview: Rule = {
  ...FEDERAL,
  id: "us.pa.amend.review",
  title: {
    en: "Privacy Act: review a refusal to correct",
    es: "Ley de Privacidad: revisar una negativa a corregir",
  },
  cite: "5 U.S.C. § 552a(d)(3)",
  evidence: "B",
  sourceVersion: "general knowledge",
  trigger: {
    en: "the person asks for the review (the safe reading; the agency receives it later)",
    es: "la persona pide la revisión (la lectura segura; la agencia la recibe después)",
  },
  act: { en: "Finish the review and decide.", es: "Terminar la revisión y decidir." },
  period: { length: 30, unit: "working-days" },
  extension: {
    max: { length: 30, unit: "working-days" },
    who: { en: "the head of the agency", es: "la dirección de la agencia" },
    noticeMustSay: { en: "The good cause for taking longer.", es: "La causa justificada para tardar más." },
    grounds: [],
    cite: "5 U.S.C. § 552a(d)(3)",
    evidence: "B-",
  },
  stops: nothingStops("5 U.S.C. § 552a(d)(3)", "B"),
  mayRefuse: EXEMPT_SYSTEMS,
  answerMustSay: [
    {
      words: {
        en: "If the refusal stands: that the person may file a statement of disagreement and may go to court.",
        es: "Si la negativa se mantiene: que la persona puede presentar una declaración de desacuerdo y acudir al tribunal.",
      },
      cite: "5 U.S.C. § 552a(d)(3), (g)",
      evidence: "B",
    },
  ],
  caveat: {
    en: "The law lets the head of the agency take longer for good cause and names no length; the 30 working days more are an assumption of this portal.",
    es: "La ley permite a la dirección de la agencia tardar más con causa justificada y no nombra una duración; los 30 días hábiles más son un supuesto de este portal.",
  },
  reviews: ["us.pa.suit"],
};

const justiceAppeal: Rule = {
  ...FEDERAL_RESIDENT,
  id: "us.pa.appeal.doj",
  title: {
    en: "Privacy Act: appeal inside the Department of Justice",
    es: "Ley de Privacidad: apelar dentro del Departamento de Justicia",
  },
  cite: "28 CFR §§ 16.45, 16.46",
  evidence: "B",
  sourceVersion: "90 days by general knowledge; the regulation of 2008, which was read, had 60",
  trigger: { en: "the day of the refusal", es: "el día de la negativa" },
  act: { en: "Send the appeal.", es: "Enviar la apelación." },
  period: { length: 90, unit: "days" },
  stops: nothingStops("28 CFR § 16.45", "B"),
  caveat: {
    en: "An older text of the regulation had 60 days. Whoever can, appeals within 60.",
    es: "Un texto anterior del reglamento tenía 60 días. Quien pueda, que apele en 60.",
  },
};

const suit: Rule = {
  ...FEDERAL_RESIDENT,
  id: "us.pa.suit",
  title: { en: "Privacy Act: go to court", es: "Ley de Privacidad: acudir al tribunal" },
  cite: "5 U.S.C. § 552a(g)(5)",
  evidence: "B",
  sourceVersion: "general knowledge",
  trigger: { en: "the day on which the right to sue arises", es: "el día en que nace el derecho a demandar" },
  act: { en: "File the suit.", es: "Presentar la demanda." },
  period: { length: 2, unit: "years" },
  stops: nothingStops("5 U.S.C. § 552a(g)(5)", "B"),
  caveat: {
    en: "Where the agency wilfully misrepresented something material, the two years run from its discovery.",
    es: "Si la agencia falseó a propósito algo importante, los dos años corren desde que se descubre.",
  },
};

const accountingRetention: Rule = {
  ...KEPT,
  jurisdiction: "us",
  id: "us.pa.accounting.retention",
  title: {
    en: "Privacy Act: keep the record of a disclosure",
    es: "Ley de Privacidad: conservar el registro de una divulgación",
  },
  cite: "5 U.S.C. § 552a(c)(2)",
  evidence: "V",
  sourceVersion: "text as read",
  trigger: { en: "the disclosure", es: "la divulgación" },
  act: {
    en: "Keep the record of the disclosure through this day, or as long as the record disclosed exists, whichever is longer.",
    es: "Conservar el registro de la divulgación hasta este día inclusive, o mientras exista el registro divulgado, lo que dure más.",
  },
  period: { length: 5, unit: "years" },
  stops: nothingStops("5 U.S.C. § 552a(c)"),
  caveat: NO_PROMISE,
};

const healthAccounting: Rule = {
  ...USUAL,
  jurisdiction: "us",
  id: "us.hipaa.accounting",
  title: {
    en: "Health records: say to whom they were disclosed",
    es: "Registros de salud: decir a quién se divulgaron",
  },
  cite: "45 CFR § 164.528",
  evidence: "B",
  sourceVersion:
    "paragraph (a), what is listed and what suspends it, as read (V); paragraph (c), the times, by general knowledge",
  // The day on which most had to comply.
  inForce: since("2003-04-14"),
  trigger: { en: "the request is received", es: "se recibe la solicitud" },
  act: {
    en: "Give the list of disclosures of the past six years, or less if less was asked for.",
    es: "Dar la lista de divulgaciones de los últimos seis años, o de menos si se pidió menos.",
  },
  period: { length: 60, unit: "days" },
  extension: {
    max: { length: 30, unit: "days" },
    who: { en: "whoever keeps the health records", es: "quien guarda los registros de salud" },
    noticeMustSay: {
      en: "In writing, within the first 60 days: the reasons, and the date by which the list will be given.",
      es: "Por escrito, dentro de los primeros 60 días: los motivos y la fecha en que se dará la lista.",
    },
    grounds: [],
    cite: "45 CFR § 164.528(c)(1)(ii)",
    evidence: "B",
  },
  stops: {
    ...nothingStops("45 CFR § 164.528"),
    ground: pausesOn(
      [
        ground("written-statement", {
          en: "A law-enforcement or health-oversight body says in writing that the list would impede its work, and for how long.",
          es: "Una autoridad policial o de supervisión sanitaria declara por escrito que la lista dificultaría su labor, y por cuánto tiempo.",
        }),
        ground("oral-statement", {
          en: "Such a body says so by word of mouth: for 30 days at most.",
          es: "Esa autoridad lo declara de palabra: por 30 días como máximo.",
        }),
      ],
      pauses("one", {
        noticeToo: false,
        arguably: { does: "pauses", ends: "both", noticeToo: true },
        cite: "45 CFR § 164.528(a)(2)",
      }),
    ),
  },
  answerMustSay: [
    {
      words: {
        en: "Of each disclosure: the date, who received it (with the address), what was disclosed in brief, and why.",
        es: "De cada divulgación: la fecha, quién la recibió (con su dirección), qué se divulgó en resumen y para qué.",
      },
      cite: "45 CFR § 164.528(b)(2)",
      evidence: "B",
    },
  ],
  mayRefuse: [
    saying(
      {
        en: "Not on the list: treatment, payment and running the practice; what went to the person, was authorised or was incidental; directories; national security; custody; limited data sets.",
        es: "No figuran: tratamiento, pago y administración; lo entregado a la persona, autorizado o incidental; directorios; seguridad nacional; custodia; conjuntos limitados de datos.",
      },
      "45 CFR § 164.528(a)(1)",
    ),
  ],
  fee: {
    words: {
      en: "The first list in twelve months is free.",
      es: "La primera lista en doce meses es gratuita.",
    },
    cite: "45 CFR § 164.528(c)(2)",
    evidence: "B",
  },
  caveat: {
    en: "The statement of a body suspends only what it names; the rest of the list stays due.",
    es: "La declaración de una autoridad suspende solo lo que nombra; el resto de la lista sigue debiéndose.",
  },
};

const driverSuit: Rule = {
  ...FEDERAL_RESIDENT,
  id: "us.dppa.suit",
  title: {
    en: "Drivers' records used without a permitted purpose: sue",
    es: "Datos de conductores usados sin un fin permitido: demandar",
  },
  cite: "18 U.S.C. § 2724; 28 U.S.C. § 1658",
  evidence: "B",
  sourceVersion: "the right by a form of the DMV (V); the four years by general knowledge",
  trigger: { en: "the record is obtained, disclosed or used", es: "se obtienen, divulgan o usan los datos" },
  act: { en: "File the suit.", es: "Presentar la demanda." },
  period: { length: 4, unit: "years" },
  stops: nothingStops("28 U.S.C. § 1658", "B"),
};

const civilRightsSuit: Rule = {
  ...FEDERAL_RESIDENT,
  id: "us.1983.suit",
  title: {
    en: "Civil rights violated by an official: sue (in California)",
    es: "Derechos civiles violados por un funcionario: demandar (en California)",
  },
  cite: "42 U.S.C. § 1983; Code Civ. Proc. § 335.1",
  evidence: "B",
  sourceVersion: "general knowledge",
  trigger: {
    en: "the person learns of the violation",
    es: "la persona se entera de la violación",
  },
  act: { en: "File the suit.", es: "Presentar la demanda." },
  period: { length: 2, unit: "years" },
  stops: nothingStops("42 U.S.C. § 1983", "B"),
  caveat: {
    en: "The time is that of the state for personal injury: two years in California since 2003, another number elsewhere.",
    es: "El plazo es el del estado para daños personales: dos años en California desde 2003, otro en otros lugares.",
  },
};

export const UNITED_STATES_PRIVACY_RULES: readonly Rule[] = [
  amendAcknowledgement,
  amendReview,
  justiceAppeal,
  suit,
  accountingRetention,
  healthAccounting,
  driverSuit,
  civilRightsSuit,
];
