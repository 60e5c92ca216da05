/** Ways to have an answer reviewed, in plain words. */
import type { Evidence, Words } from "./words.ts";

export interface Review {
  readonly id: string;
  readonly words: Words;
  readonly cite: string;
  readonly evidence: Evidence;
  /** The rule whose clock runs for the body that reviews, or for the resident; null: none. */
  readonly clock: string | null;
}

const REVIEWS: readonly Review[] = [
  {
    id: "ca.cpra.petition",
    words: {
      en: "You can ask the superior court to order the release of the records. There is no appeal inside the agency. If you win, the agency pays your court costs and a reasonable lawyer's fee.",
      es: "Usted puede pedir al tribunal superior que ordene entregar los registros. No hay apelación dentro de la agencia. Si gana, la agencia paga las costas y honorarios razonables de abogado.",
    },
    cite: "Gov. Code §§ 7923.000-7923.115",
    evidence: "B",
    clock: null,
  },
  {
    id: "ca.ipa.exempt.review",
    words: {
      en: "You can ask the head of the agency to review the refusal. The agency has 30 days from receiving your request, and must give its findings in writing.",
      es: "Usted puede pedir a la dirección de la agencia que revise la negativa. La agencia tiene 30 días desde que recibe su solicitud y debe dar sus conclusiones por escrito.",
    },
    cite: "Civ. Code § 1798.41(b)",
    evidence: "V",
    clock: "ca.ipa.exempt.review",
  },
  {
    id: "ca.ipa.amend.review",
    words: {
      en: "You can ask the agency to review its refusal to correct. It has 30 days from the day you ask, and its head may take 30 more for good cause. You may then add a statement of disagreement.",
      es: "Usted puede pedir que la agencia revise su negativa a corregir. Tiene 30 días desde que usted lo pide, y su dirección puede tomar 30 más con causa justificada. Después puede añadir una declaración de desacuerdo.",
    },
    cite: "Civ. Code § 1798.36",
    evidence: "V",
    clock: "ca.ipa.amend.review",
  },
  {
    id: "ca.ipa.suit",
    words: {
      en: "You can go to court. The judge looks at the matter afresh, may see the records in private, and the agency must prove that it was right. You have two years.",
      es: "Usted puede acudir al tribunal. El juez examina el asunto de nuevo, puede ver los registros en privado, y la agencia debe probar que tenía razón. Usted tiene dos años.",
    },
    cite: "Civ. Code §§ 1798.45, 1798.46, 1798.49",
    evidence: "V",
    clock: "ca.ipa.suit",
  },
  {
    id: "ca.local.adjudication",
    words: {
      en: "You can ask for a hearing under the agency's own rules.",
      es: "Usted puede pedir una audiencia según las reglas de la propia agencia.",
    },
    cite: "Pen. Code § 13324",
    evidence: "V",
    clock: null,
  },
  {
    id: "ca.doj.adjudication",
    words: {
      en: "You can ask for a hearing before the Department of Justice.",
      es: "Usted puede pedir una audiencia ante el Departamento de Justicia.",
    },
    cite: "Pen. Code § 11126",
    evidence: "S",
    clock: null,
  },
  {
    id: "ca.claims.suit",
    words: {
      en: "After the agency rejects your claim, or lets 45 days pass, you can sue. After a written rejection you have six months.",
      es: "Cuando la agencia rechaza su reclamo, o deja pasar 45 días, usted puede demandar. Tras un rechazo escrito tiene seis meses.",
    },
    cite: "Gov. Code §§ 912.4, 945.6",
    evidence: "B",
    clock: "ca.claims.act.suit",
  },
  {
    id: "us.foia.appeal",
    words: {
      en: "You can appeal to the head of the agency. You have at least 90 days, and the agency then has 20 working days to decide.",
      es: "Usted puede apelar ante la dirección de la agencia. Tiene al menos 90 días, y la agencia tiene después 20 días hábiles para decidir.",
    },
    cite: "5 U.S.C. § 552(a)(6)(A)",
    evidence: "B",
    clock: "us.foia.appeal",
  },
  {
    id: "us.foia.suit",
    words: {
      en: "You can go to a federal court. The judge looks at the matter afresh, and the agency must prove that it was right.",
      es: "Usted puede acudir a un tribunal federal. El juez examina el asunto de nuevo, y la agencia debe probar que tenía razón.",
    },
    cite: "5 U.S.C. § 552(a)(4)(B)",
    evidence: "B",
    clock: null,
  },
  {
    id: "us.pa.appeal",
    words: {
      en: "You can ask for a review inside the agency. It has 30 working days.",
      es: "Usted puede pedir una revisión dentro de la agencia. Esta tiene 30 días hábiles.",
    },
    cite: "5 U.S.C. § 552a(d)(3)",
    evidence: "B",
    clock: "us.pa.amend.review",
  },
  {
    id: "us.pa.suit",
    words: {
      en: "You can go to a federal court within two years.",
      es: "Usted puede acudir a un tribunal federal en dos años.",
    },
    cite: "5 U.S.C. § 552a(g)",
    evidence: "B",
    clock: "us.pa.suit",
  },
  {
    id: "eu.authority",
    words: {
      en: "You can complain to the data-protection authority of your country. It must say within three months how your complaint stands.",
      es: "Usted puede reclamar ante la autoridad de protección de datos de su país. Esta debe decir en tres meses cómo va su reclamación.",
    },
    cite: "GDPR art. 77, 78(2)",
    evidence: "B",
    clock: "eu.gdpr.complaint",
  },
  {
    id: "eu.court",
    words: { en: "You can go to court.", es: "Usted puede acudir al tribunal." },
    cite: "GDPR art. 78, 79",
    evidence: "B",
    clock: null,
  },
  {
    id: "uk.controller",
    words: {
      en: "You can complain to the organisation first. It must confirm your complaint within 30 days.",
      es: "Usted puede reclamar primero ante la organización. Esta debe confirmar su reclamación en 30 días.",
    },
    cite: "DPA 2018 s. 164A",
    evidence: "V",
    clock: "uk.complaint.controller",
  },
  {
    id: "uk.ico",
    words: {
      en: "You can complain to the Information Commissioner, best within three months of your last contact with the organisation.",
      es: "Usted puede reclamar ante el Comisionado de Información, mejor en los tres meses desde su último contacto con la organización.",
    },
    cite: "DPA 2018 s. 165",
    evidence: "B",
    clock: "uk.complaint.ico",
  },
  {
    id: "uk.tribunal",
    words: {
      en: "If the Commissioner makes no progress in three months, you can ask the tribunal to order it.",
      es: "Si el Comisionado no avanza en tres meses, usted puede pedir al tribunal que se lo ordene.",
    },
    cite: "DPA 2018 s. 166",
    evidence: "B",
    clock: null,
  },
  {
    id: "uk.court",
    words: {
      en: "You can ask a court to order the organisation to comply.",
      es: "Usted puede pedir a un tribunal que ordene cumplir a la organización.",
    },
    cite: "DPA 2018 s. 167",
    evidence: "B",
    clock: null,
  },
  {
    id: "ee.aki",
    words: {
      en: "You can complain to the Data Protection Inspectorate. It has 30 days, and may take up to 60 more.",
      es: "Usted puede reclamar ante la Inspección de Protección de Datos. Esta tiene 30 días y puede tomar hasta 60 más.",
    },
    cite: "IKS §§ 24(4), 61",
    evidence: "V",
    clock: "ee.aki.complaint",
  },
  {
    id: "ee.aki.challenge",
    words: {
      en: "You can challenge the decision before the Data Protection Inspectorate.",
      es: "Usted puede impugnar la decisión ante la Inspección de Protección de Datos.",
    },
    cite: "AvTS § 46",
    evidence: "V",
    clock: null,
  },
  {
    id: "ee.court",
    words: {
      en: "You can go to the administrative court.",
      es: "Usted puede acudir al tribunal administrativo.",
    },
    cite: "IKS § 24(4); AvTS § 46",
    evidence: "V",
    clock: null,
  },
];

export function findReview(id: string): Review | null {
  return REVIEWS.find((review) => review.id === id) ?? null;
}

/** The ways to have an answer under this rule reviewed, the nearest first. */
export function listReviews(rule: { readonly reviews: readonly string[] }): Review[] {
  return rule.reviews.map(findReview).filter((review) => review !== null);
}
