/** European Union: the General Data Protection Regulation. Its months count by Regulation 1182/71. */
import type { Rolling, Rule } from "../rule.ts";
import { changesNothing, nothingStops, pauses } from "../stops.ts";
import { ground, saying, since, twoFurtherMonths, USUAL } from "./usual.ts";

const LAST_DAYS: Rolling = {
  calendar: "eu.generic",
  national: ["ee", "uk.england-wales", "uk.scotland", "uk.northern-ireland"],
  arguable: ["eu.widespread"],
  cite: "Reg. (EEC, Euratom) 1182/71 art. 3(4)",
  arguableCite: "Reg. (EEC, Euratom) 1182/71 art. 2(1), 3(4)",
};

const GDPR = {
  ...USUAL,
  jurisdiction: "eu",
  inForce: since("2018-05-25"),
  rolling: LAST_DAYS,
} as const;

const access: Rule = {
  ...GDPR,
  id: "eu.gdpr.dsar",
  title: { en: "GDPR: give people their own data", es: "RGPD: dar a las personas sus propios datos" },
  cite: "GDPR art. 12(3), 15",
  evidence: "V",
  sourceVersion: "text as read; parts by general knowledge (B)",
  trigger: { en: "the organisation receives the request", es: "la organización recibe la solicitud" },
  act: {
    en: "Give the information and the copy, without undue delay and by this day at the latest; or say why not.",
    es: "Dar la información y la copia, sin dilación indebida y a más tardar este día; o decir por qué no.",
  },
  period: { length: 1, unit: "months" },
  extension: twoFurtherMonths("GDPR art. 12(3)", [
    ground("complexity-and-number", {
      en: "The requests are complex, and there are many of them.",
      es: "Las solicitudes son complejas y numerosas.",
    }),
  ]),
  stops: {
    identity: pauses("one", {
      noticeToo: false,
      arguably: { does: "starts-clock" },
      cite: "GDPR art. 12(6); EDPB Guidelines 01/2022",
      evidence: "B",
    }),
    information: changesNothing(
      { cite: "GDPR recital 63; EDPB Guidelines 01/2022", evidence: "B" },
      { does: "pauses", ends: "both", noticeToo: false },
    ),
    fee: changesNothing({ cite: "GDPR art. 12(5)", evidence: "B" }),
    ground: changesNothing({ cite: "GDPR art. 12(3)" }),
  },
  silence: {
    words: {
      en: "If the organisation does not answer in time, the person may complain to the data-protection authority and go to court.",
      es: "Si la organización no responde a tiempo, la persona puede reclamar ante la autoridad de protección de datos y acudir al tribunal.",
    },
    cite: "GDPR art. 77, 79",
    evidence: "B",
  },
  answerMustSay: [
    {
      words: {
        en: "The data themselves, what they are used for, where they came from, how long they are kept, and each recipient by name if that was asked (C-154/21).",
        es: "Los datos mismos, para qué se usan, de dónde vinieron, cuánto se conservan y cada destinatario por su nombre si así se pidió (C-154/21).",
      },
      cite: "GDPR art. 15",
      evidence: "V",
    },
    saying(
      {
        en: "The kinds of data, the rights to correction, erasure, restriction and objection, the right to complain to the authority, and whether a machine decided.",
        es: "Las categorías de datos, los derechos de rectificación, supresión, limitación y oposición, el derecho a reclamar ante la autoridad, y si decidió una máquina.",
      },
      "GDPR art. 15(1)",
    ),
    {
      words: {
        en: "When the data were looked at, and why (C-579/21). The names of the employees who looked only where the person needs them to use their rights, weighed against the employees' own.",
        es: "Cuándo se consultaron los datos y para qué (C-579/21). Los nombres de los empleados solo si la persona los necesita para ejercer sus derechos, ponderados con los de ellos.",
      },
      cite: "GDPR art. 15(1)",
      evidence: "S",
    },
    {
      words: {
        en: "On refusal, within the first month: the reasons, the right to complain and the right to go to court.",
        es: "Si se niega, dentro del primer mes: los motivos, el derecho a reclamar y el de acudir al tribunal.",
      },
      cite: "GDPR art. 12(4)",
      evidence: "V",
    },
  ],
  mayRefuse: [
    saying(
      {
        en: "The request is manifestly unfounded or excessive; the organisation must show that it is.",
        es: "La solicitud es manifiestamente infundada o excesiva; la organización debe demostrarlo.",
      },
      "GDPR art. 12(5)",
    ),
    saying(
      {
        en: "A copy would harm the rights and freedoms of others.",
        es: "Una copia afectaría a los derechos y libertades de otros.",
      },
      "GDPR art. 15(4)",
      "B",
    ),
  ],
  fee: {
    words: {
      en: "Free, unless the request is manifestly unfounded or excessive.",
      es: "Gratuito, salvo que la solicitud sea manifiestamente infundada o excesiva.",
    },
    cite: "GDPR art. 12(5)",
    evidence: "V",
  },
  caveat: {
    en: "Name the country: its own holidays then count. Police files are outside this Regulation; Directive 2016/680 sets no number of days for them, and each country may.",
    es: "Indique el país: entonces cuentan sus propios feriados. Los archivos policiales quedan fuera de este Reglamento; la Directiva 2016/680 no fija para ellos un número de días, y cada país puede hacerlo.",
  },
  reviews: ["eu.authority", "eu.court"],
};

const breach: Rule = {
  ...GDPR,
  id: "eu.gdpr.breach",
  title: {
    en: "GDPR: report a breach of personal data to the authority",
    es: "RGPD: notificar una violación de datos personales a la autoridad",
  },
  cite: "GDPR art. 33(1)",
  evidence: "V",
  sourceVersion: "text as read",
  trigger: {
    en: "the organisation becomes aware of the breach",
    es: "la organización tiene conocimiento de la violación",
  },
  act: { en: "Report the breach to the authority.", es: "Notificar la violación a la autoridad." },
  period: { length: 72, unit: "hours" },
  // Regulation 1182/71 art. 3(4) moves no period that is expressed in hours.
  rolling: null,
  stops: nothingStops("GDPR art. 33(1)"),
  answerMustSay: [
    {
      words: { en: "If it is later than this: the reasons.", es: "Si es más tarde: los motivos." },
      cite: "GDPR art. 33(1)",
      evidence: "V",
    },
  ],
};

const complaint: Rule = {
  ...GDPR,
  id: "eu.gdpr.complaint",
  title: {
    en: "GDPR: the authority says how a complaint stands",
    es: "RGPD: la autoridad dice cómo va una reclamación",
  },
  cite: "GDPR art. 78(2)",
  evidence: "B",
  sourceVersion: "general knowledge",
  trigger: { en: "the complaint is lodged", es: "se presenta la reclamación" },
  act: {
    en: "Tell the complainant how far the complaint is, or how it ended.",
    es: "Comunicar a quien reclama el curso o el resultado de la reclamación.",
  },
  period: { length: 3, unit: "months" },
  stops: nothingStops("GDPR art. 78(2)", "B"),
  silence: {
    words: {
      en: "If the authority is silent for three months, the person may take it to court.",
      es: "Si la autoridad calla tres meses, la persona puede demandarla ante el tribunal.",
    },
    cite: "GDPR art. 78(2)",
    evidence: "B",
  },
  reviews: ["eu.court"],
};

export const EUROPEAN_UNION_RULES: readonly Rule[] = [access, breach, complaint];
