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
];

export function findReview(id: string): Review | null {
  return REVIEWS.find((review) => review.id === id) ?? null;
}

/** The ways to have an answer under this rule reviewed, the nearest first. */
export function listReviews(rule: { readonly reviews: readonly string[] }): Review[] {
  return rule.reviews.map(findReview).filter((review) => review !== null);
}
