/** California Information Practices Act: records that state agencies hold about a person. */
import { exemptionsOf } from "../exemptions.ts";
import type { Rule, Saying } from "../rule.ts";
import { nothingStops, startsClock } from "../stops.ts";
import { CALIFORNIA, CALIFORNIA_KEPT } from "./california-time.ts";
import { saying } from "./usual.ts";

/** Civ. Code § 1798.3(b): state agencies; cities, counties and districts are left out. */
export const INFORMATION_PRACTICES = {
  ...CALIFORNIA,
  evidence: "V",
  sourceVersion: "text of Civ. Code §§ 1798.25-1798.49 as read, 2019 to 2026",
} as const;

const REFUSED_IN_WRITING: Saying = saying(
  {
    en: "Where something is not shown: a written statement that the law does not require its disclosure.",
    es: "Si algo no se muestra: una declaración escrita de que la ley no exige divulgarlo.",
  },
  "Civ. Code § 1798.41(a)",
);

const access: Rule = {
  ...INFORMATION_PRACTICES,
  id: "ca.ipa.access",
  title: {
    en: "Information Practices Act: let people see the records about themselves",
    es: "Ley de Prácticas de Información: permitir ver los registros sobre uno mismo",
  },
  cite: "Civ. Code § 1798.34(a)",
  trigger: {
    en: "the state agency receives the request with proper identification",
    es: "la agencia estatal recibe la solicitud con identificación adecuada",
  },
  act: {
    en: "Let the person inspect the personal information about them in active records.",
    es: "Permitir que la persona inspeccione la información personal sobre ella en los registros activos.",
  },
  period: { length: 30, unit: "days" },
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
    saying(
      {
        en: "That the person may bring someone of their own choosing; the agency may ask them to authorise this in writing.",
        es: "Que la persona puede ir con alguien que ella elija; la agencia puede pedirle que lo autorice por escrito.",
      },
      "Civ. Code § 1798.34",
    ),
    saying(
      {
        en: "An exact copy within 15 days of the inspection.",
        es: "Una copia exacta dentro de los 15 días desde la inspección.",
      },
      "Civ. Code § 1798.34",
    ),
    REFUSED_IN_WRITING,
  ],
  mayRefuse: exemptionsOf("information-practices"),
  fee: {
    words: {
      en: "Copies only, at most 10 cents a page unless a statute says otherwise; nothing for searching or reviewing.",
      es: "Solo copias, como máximo 10 centavos por página salvo que otra ley disponga; nada por buscar o revisar.",
    },
    cite: "Civ. Code § 1798.33",
    evidence: "V",
  },
  retention: saying(
    {
      en: "While a request for access is pending the record may not be destroyed, nor changed or moved to avoid the law.",
      es: "Mientras haya una solicitud de acceso pendiente, el registro no puede destruirse, ni cambiarse o trasladarse para eludir la ley.",
    },
    "Civ. Code § 1798.77",
  ),
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
  answerMustSay: [
    saying(
      {
        en: "Of each disclosure: its date, nature and purpose, and the name, title and business address of whoever received it.",
        es: "De cada divulgación: fecha, naturaleza y fin, y el nombre, cargo y dirección de quien la recibió.",
      },
      "Civ. Code § 1798.25",
    ),
    saying(
      {
        en: "Of a disclosure to a law-enforcement or regulatory agency that asked (§ 1798.24(o)): the date, the agency, and whether it was for an investigation or for licensing, certification or regulation.",
        es: "De una divulgación a una agencia policial o reguladora que la pidió (§ 1798.24(o)): la fecha, la agencia, y si fue para una investigación o para licencias, certificación o regulación.",
      },
      "Civ. Code § 1798.25",
    ),
    REFUSED_IN_WRITING,
  ],
  retention: saying(
    {
      en: "Three years from the disclosure, or until the record disclosed is destroyed, whichever is shorter.",
      es: "Tres años desde la divulgación, o hasta que se destruya el registro divulgado, lo que ocurra antes.",
    },
    "Civ. Code § 1798.27",
  ),
  caveat: {
    en: "The record covers disclosures to others outside the agency, not look-ups by the agency's own staff, and not every routine disclosure about crimes and suspects to other agencies. The statute sets no separate time for it; the 30 days of access are used.",
    es: "El registro abarca divulgaciones a terceros fuera de la agencia, no las consultas del propio personal ni toda divulgación rutinaria sobre delitos y sospechosos a otras agencias. La ley no fija un plazo aparte; se usan los 30 días del acceso.",
  },
};

const accountingRetention: Rule = {
  ...INFORMATION_PRACTICES,
  ...CALIFORNIA_KEPT,
  id: "ca.ipa.accounting.retention",
  title: {
    en: "Information Practices Act: keep the record of a disclosure",
    es: "Ley de Prácticas de Información: conservar el registro de una divulgación",
  },
  cite: "Civ. Code § 1798.27",
  trigger: { en: "the disclosure", es: "la divulgación" },
  act: {
    en: "Keep the record of the disclosure through this day, or until the record disclosed is destroyed, whichever is shorter.",
    es: "Conservar el registro de la divulgación hasta este día inclusive, o hasta que se destruya el registro divulgado, lo que ocurra antes.",
  },
  period: { length: 3, unit: "years" },
  stops: nothingStops("Civ. Code § 1798.27"),
};

const copyOfRecord: Rule = {
  ...INFORMATION_PRACTICES,
  id: "ca.ipa.access.copy",
  title: {
    en: "Information Practices Act: give a copy of the record that was inspected",
    es: "Ley de Prácticas de Información: dar copia del registro inspeccionado",
  },
  cite: "Civ. Code § 1798.34",
  trigger: { en: "the person inspects the record", es: "la persona inspecciona el registro" },
  act: {
    en: "Give the person an exact copy of what was inspected.",
    es: "Dar a la persona una copia exacta de lo inspeccionado.",
  },
  period: { length: 15, unit: "days" },
  stops: nothingStops("Civ. Code § 1798.34"),
  fee: access.fee,
  reviews: ["ca.ipa.suit"],
};

const inquiry: Rule = {
  ...INFORMATION_PRACTICES,
  id: "ca.ipa.inquiry",
  title: {
    en: "Information Practices Act: say whether there is a record about the person",
    es: "Ley de Prácticas de Información: decir si existe un registro sobre la persona",
  },
  cite: "Civ. Code § 1798.32",
  evidence: "?",
  sourceVersion: "the right was read (V); the statute states no time, and the 30 days are this portal's own default",
  trigger: {
    en: "the state agency receives the question whether it has a record",
    es: "la agencia estatal recibe la pregunta de si tiene un registro",
  },
  act: {
    en: "Say whether there is a record, and help to make the request specific.",
    es: "Decir si existe un registro y ayudar a precisar la solicitud.",
  },
  period: { length: 30, unit: "days" },
  stops: nothingStops("Civ. Code § 1798.32"),
  answerMustSay: [
    {
      words: {
        en: "The title and business address of the official responsible, how to see the record, and how to contest it (unless this was said within the past year).",
        es: "El cargo y la dirección de la persona responsable, cómo ver el registro y cómo impugnarlo (salvo que se haya dicho en el último año).",
      },
      cite: "Civ. Code § 1798.32",
      evidence: "V",
    },
  ],
  caveat: {
    en: "The law states no time for this answer. The 30 days are this portal's own default, taken from access; nobody can be held to them in court. A state law-enforcement agency that says “no record” may do so by court order (Civ. Code § 1798.41(c)): it proves nothing.",
    es: "La ley no fija un plazo para esta respuesta. Los 30 días son un valor propio de este portal, tomado del acceso; no se pueden exigir ante un tribunal. Una agencia policial estatal que dice “no hay registro” puede hacerlo por orden judicial (Civ. Code § 1798.41(c)): no prueba nada.",
  },
};

export const CALIFORNIA_INFORMATION_RULES: readonly Rule[] = [
  access,
  dispersedAccess,
  copyOfRecord,
  accounting,
  accountingRetention,
  inquiry,
];
