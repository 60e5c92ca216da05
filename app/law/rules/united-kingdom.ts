/**
 * United Kingdom: one's own data, of anybody and of the police. The Data (Use and Access) Act 2025 changed
 * both from 5 February 2026. Months count to the same date of the next month (Regulation 1182/71 as kept;
 * the ICO counts so), although the period "begins with" the day itself.
 */
import type { InForce, Rolling, Rule, Stop, StopRule } from "../rule.ts";
import { changesNothing, pauses, startsClock } from "../stops.ts";
import { ground, saying, since, twoFurtherMonths, USUAL } from "./usual.ts";

const LAST_DAYS: Rolling = {
  calendar: "uk.england-wales",
  national: ["uk.scotland", "uk.northern-ireland"],
  arguable: [],
  cite: "Reg. (EEC, Euratom) 1182/71 art. 3(4) as retained; ICO guidance",
  arguableCite: "Reg. (EEC, Euratom) 1182/71 art. 3(4) as retained",
};

export const UNITED_KINGDOM = { ...USUAL, jurisdiction: "uk", rolling: LAST_DAYS } as const;

const BEFORE_2026: InForce = { from: "2018-05-25", to: "2026-02-04" };
const SINCE_2026 = since("2026-02-05");

const GROUNDS = [
  ground("complexity", { en: "The requests are complex.", es: "Las solicitudes son complejas." }, "B"),
  ground("number", { en: "There are many requests.", es: "Las solicitudes son numerosas." }, "B"),
];

/** The "relevant time" is the latest of receipt, proof of identity and payment of a fee that may be charged. */
function relevantTime(cite: string, evidence: "V" | "B", information: StopRule): Readonly<Record<Stop, StopRule>> {
  const starts = startsClock({ cite, evidence });
  return { identity: starts, fee: starts, information, ground: changesNothing({ cite, evidence }) };
}

const access: Rule = {
  ...UNITED_KINGDOM,
  id: "uk.gdpr.dsar",
  title: {
    en: "UK GDPR: give people their own data",
    es: "RGPD del Reino Unido: dar a las personas sus propios datos",
  },
  cite: "UK GDPR art. 12(3), 12A, 15",
  evidence: "V",
  sourceVersion: "text as amended by the Data (Use and Access) Act 2025 s. 76; its first day by a law firm (S)",
  inForce: SINCE_2026,
  trigger: { en: "the organisation receives the request", es: "la organización recibe la solicitud" },
  act: {
    en: "Give the information and the copy, without undue delay and by this day at the latest; or say why not.",
    es: "Dar la información y la copia, sin dilación indebida y a más tardar este día; o decir por qué no.",
  },
  period: { length: 1, unit: "months" },
  extension: twoFurtherMonths("UK GDPR art. 12A(3)-(4)", GROUNDS),
  stops: relevantTime(
    "UK GDPR art. 12(6), 12A(2)",
    "V",
    pauses("both", { noticeToo: true, cite: "UK GDPR art. 12A(5)" }),
  ),
  silence: {
    words: {
      en: "If the organisation does not answer in time, the person may complain to it, then to the Information Commissioner, and go to court.",
      es: "Si la organización no responde a tiempo, la persona puede reclamar ante ella, luego ante el Comisionado de Información, y acudir al tribunal.",
    },
    cite: "DPA 2018 ss. 164A, 165, 167",
    evidence: "B",
  },
  answerMustSay: [
    {
      words: {
        en: "The data themselves, what they are used for, who received them, where they came from and how long they are kept, as a reasonable and proportionate search finds them.",
        es: "Los datos mismos, para qué se usan, quién los recibió, de dónde vinieron y cuánto se conservan, según los halle una búsqueda razonable y proporcionada.",
      },
      cite: "UK GDPR art. 15",
      evidence: "B",
    },
    saying(
      {
        en: "The kinds of data, the rights to correction, erasure, restriction and objection, the right to complain, and whether a machine decided.",
        es: "Las categorías de datos, los derechos de rectificación, supresión, limitación y oposición, el derecho a reclamar, y si decidió una máquina.",
      },
      "UK GDPR art. 15(1)",
      "B",
    ),
    {
      words: {
        en: "On refusal: the reasons, the right to complain and the right to go to court.",
        es: "Si se niega: los motivos, el derecho a reclamar y el de acudir al tribunal.",
      },
      cite: "UK GDPR art. 12(4)",
      evidence: "B",
    },
  ],
  mayRefuse: [
    saying(
      {
        en: "The request is manifestly unfounded or excessive; the organisation must show that it is.",
        es: "La solicitud es manifiestamente infundada o excesiva; la organización debe demostrarlo.",
      },
      "UK GDPR art. 12(5)",
      "B",
    ),
    saying(
      {
        en: "An exemption of the Act applies, such as crime prevention, legal privilege or the rights of others.",
        es: "Se aplica una excepción de la ley, como la prevención de delitos, el secreto profesional o los derechos de otros.",
      },
      "DPA 2018 s. 15, Sch. 2",
      "B",
    ),
  ],
  fee: {
    words: {
      en: "Free, unless the request is manifestly unfounded or excessive.",
      es: "Gratuito, salvo que la solicitud sea manifiestamente infundada o excesiva.",
    },
    cite: "UK GDPR art. 12(5)",
    evidence: "B",
  },
  caveat: {
    en: "Scotland and Northern Ireland have other bank holidays: name the nation.",
    es: "Escocia e Irlanda del Norte tienen otros feriados: indique la nación.",
  },
  reviews: ["uk.controller", "uk.ico", "uk.court"],
};

const accessBefore: Rule = {
  ...access,
  cite: "UK GDPR art. 12(3), 15",
  sourceVersion: "text before the Data (Use and Access) Act 2025; pause and restart by the ICO's guidance (B)",
  inForce: BEFORE_2026,
  extension: twoFurtherMonths("UK GDPR art. 12(3)", GROUNDS, "B"),
  stops: relevantTime(
    "UK GDPR art. 12(5)-(6); ICO guidance",
    "B",
    pauses("both", { noticeToo: false, cite: "UK GDPR recital 63; ICO guidance", evidence: "B" }),
  ),
  silence: access.silence && { ...access.silence, cite: "UK GDPR art. 77, 79; DPA 2018 s. 165" },
  reviews: ["uk.ico", "uk.court"],
};

const police: Rule = {
  ...UNITED_KINGDOM,
  id: "uk.dpa.part3",
  title: {
    en: "Data Protection Act: the police give people their own data",
    es: "Ley de Protección de Datos: la policía da a las personas sus propios datos",
  },
  cite: "DPA 2018 ss. 45, 54",
  evidence: "V",
  sourceVersion: "current text on legislation.gov.uk; its first day by a law firm (S)",
  inForce: SINCE_2026,
  trigger: {
    en: "the police or another competent authority receives the request",
    es: "la policía u otra autoridad competente recibe la solicitud",
  },
  act: {
    en: "Give the data, or say by this day that something is held back, unless saying so would itself do harm.",
    es: "Dar los datos, o decir a más tardar este día que algo se reserva, salvo que decirlo ya cause daño.",
  },
  period: { length: 1, unit: "months" },
  extension: twoFurtherMonths("DPA 2018 s. 54(3A)-(3D)", GROUNDS),
  stops: relevantTime("DPA 2018 s. 54(2)", "V", pauses("both", { noticeToo: true, cite: "DPA 2018 s. 54(3A)-(3D)" })),
  silence: {
    words: {
      en: "If the authority does not answer in time, the person may complain to the Information Commissioner, ask the Commissioner to check in their place, or go to court.",
      es: "Si la autoridad no responde a tiempo, la persona puede reclamar ante el Comisionado de Información, pedirle que compruebe en su lugar, o acudir al tribunal.",
    },
    cite: "DPA 2018 ss. 51, 165, 167",
    evidence: "B",
  },
  answerMustSay: [
    {
      words: {
        en: "Where something is held back: that it is, the reasons, and the right to complain, so far as this does not defeat the purpose.",
        es: "Si algo se reserva: que es así, los motivos y el derecho a reclamar, en lo que no frustre el fin.",
      },
      cite: "DPA 2018 s. 45(5)",
      evidence: "V",
    },
    saying(
      {
        en: "Where legal privilege is claimed: that it is, and the ways to complain.",
        es: "Si se invoca el secreto profesional: que es así, y las vías de reclamación.",
      },
      "DPA 2018 s. 45A",
    ),
    saying(
      {
        en: "Where the request is refused as unfounded or excessive: the reasons and the right to complain, within the same time.",
        es: "Si la solicitud se niega por infundada o excesiva: los motivos y el derecho a reclamar, en el mismo plazo.",
      },
      "DPA 2018 s. 53",
    ),
  ],
  mayRefuse: [
    saying(
      {
        en: "As far and as long as it is necessary and proportionate: not to obstruct an inquiry; not to prejudice the prevention, detection or punishment of crime; to protect public security, national security, or the rights of others.",
        es: "En la medida y el tiempo necesarios y proporcionados: no obstruir una investigación; no perjudicar la prevención, detección o castigo de delitos; proteger la seguridad pública, la seguridad nacional o los derechos de otros.",
      },
      "DPA 2018 s. 45(4)",
      "B",
    ),
    saying(
      { en: "The information is under legal privilege.", es: "La información está bajo secreto profesional." },
      "DPA 2018 s. 45A",
    ),
    saying(
      {
        en: "The request is manifestly unfounded or excessive.",
        es: "La solicitud es manifiestamente infundada o excesiva.",
      },
      "DPA 2018 s. 53",
    ),
  ],
  fee: {
    words: {
      en: "Free, unless the request is manifestly unfounded or excessive.",
      es: "Gratuito, salvo que la solicitud sea manifiestamente infundada o excesiva.",
    },
    cite: "DPA 2018 s. 53",
    evidence: "V",
  },
  caveat: {
    en: "The police may neither confirm nor deny. Their logs of who looked serve checks and the Commissioner first; the law gives no plain right to them.",
    es: "La policía puede no confirmar ni negar. Sus registros de consultas sirven ante todo para controles y para el Comisionado; la ley no da un derecho claro a verlos.",
  },
  reviews: ["uk.ico", "uk.court"],
};

const policeBefore: Rule = {
  ...police,
  evidence: "B",
  sourceVersion: "text before the Data (Use and Access) Act 2025, by general knowledge",
  inForce: BEFORE_2026,
  extension: null,
  stops: relevantTime("DPA 2018 s. 54(2)", "B", changesNothing({ cite: "DPA 2018 s. 54", evidence: "B" })),
};

export const UNITED_KINGDOM_ACCESS_RULES: readonly Rule[] = [accessBefore, access, policeBefore, police];
