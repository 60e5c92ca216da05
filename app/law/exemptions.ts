/** Grounds on which a custodian may withhold a line or a field, as data for the person who decides. */
import type { CustodianKind } from "./duties.ts";
import type { Evidence, Words } from "./words.ts";

export interface Exemption {
  readonly id: string;
  readonly cite: string;
  /** Which act it belongs to: a case is decided under the grounds of its own act. */
  readonly act: "public-records" | "information-practices";
  readonly words: Words;
  /** Whose cases it may be used in. */
  readonly binds: readonly CustodianKind[];
  readonly covers: readonly ("line" | "field")[];
  /** True: a person must weigh it each time; false: it follows from what the field is. */
  readonly needsJudgement: boolean;
  /** True: it lasts only for a while, so that the line is deferred to a review date. */
  readonly passes: boolean;
  /** True: another law must be named with it. `through` lists those that are usual. */
  readonly needsOtherLaw: boolean;
  readonly through: readonly string[];
  readonly evidence: Evidence;
}

const CPRA = {
  act: "public-records",
  binds: ["local-agency", "state-agency"],
  covers: ["line", "field"],
  needsJudgement: true,
  passes: false,
  needsOtherLaw: false,
  through: [],
} as const;

const IPA = { ...CPRA, act: "information-practices", binds: ["state-agency"] } as const;

const EXEMPTIONS: readonly Exemption[] = [
  {
    ...CPRA,
    id: "ca.cpra.investigation",
    cite: "Gov. Code § 7923.600",
    words: {
      en: "It belongs to a law-enforcement investigation, a complaint to the police, or their intelligence or security procedures.",
      es: "Pertenece a una investigación policial, a una denuncia o a procedimientos policiales de inteligencia o seguridad.",
    },
    passes: true,
    evidence: "B",
  },
  {
    ...CPRA,
    id: "ca.cpra.privacy",
    cite: "Gov. Code § 7927.700",
    words: {
      en: "Showing it would invade someone's privacy without good reason: personnel, medical or similar files.",
      es: "Mostrarlo invadiría sin justificación la privacidad de alguien: expedientes de personal, médicos o similares.",
    },
    evidence: "B",
  },
  {
    ...CPRA,
    id: "ca.cpra.third-party",
    cite: "Gov. Code §§ 7927.700, 7922.000",
    words: {
      en: "It says something about another person, such as their name, plate or case.",
      es: "Dice algo sobre otra persona, como su nombre, placa o caso.",
    },
    covers: ["field"],
    needsJudgement: false,
    evidence: "B",
  },
  {
    ...CPRA,
    id: "ca.cpra.other-law",
    cite: "Gov. Code § 7927.705",
    words: {
      en: "Another law, which the agency must name, makes it confidential.",
      es: "Otra ley, que la agencia debe nombrar, lo declara confidencial.",
    },
    needsOtherLaw: true,
    through: ["Evid. Code § 1040", "Pen. Code § 832.7", "Pen. Code § 11105", "Pen. Code § 13300", "Gov. Code § 15153"],
    evidence: "B",
  },
  {
    ...CPRA,
    id: "ca.cpra.balance",
    cite: "Gov. Code § 7922.000",
    words: {
      en: "In this very case the public interest in not showing it clearly outweighs the public interest in showing it. The agency must explain why.",
      es: "En este caso concreto, el interés público en no mostrarlo supera claramente al de mostrarlo. La agencia debe explicar por qué.",
    },
    evidence: "B",
  },
  {
    ...IPA,
    id: "ca.ipa.identification",
    cite: "Civ. Code § 1798.40(a)",
    words: {
      en: "It was compiled to identify offenders, and consists only of identification, arrests and outcomes.",
      es: "Se recopiló para identificar a infractores y contiene solo identificación, arrestos y resultados.",
    },
    evidence: "V",
  },
  {
    ...IPA,
    id: "ca.ipa.investigation",
    cite: "Civ. Code § 1798.40(b)",
    words: {
      en: "It was compiled for a criminal investigation, including reports of informants and investigators.",
      es: "Se recopiló para una investigación penal, incluidos informes de informantes e investigadores.",
    },
    evidence: "V",
  },
  {
    ...IPA,
    id: "ca.ipa.process",
    cite: "Civ. Code § 1798.40(c)",
    words: {
      en: "It was compiled at a stage of enforcing criminal law, from arrest to release from supervision.",
      es: "Se recopiló en una etapa de la aplicación de la ley penal, del arresto al fin de la supervisión.",
    },
    evidence: "V",
  },
  {
    ...IPA,
    id: "ca.ipa.pending",
    cite: "Civ. Code § 1798.40(d)",
    words: {
      en: "It belongs to an open investigation of a grievance, complaint or suspected civil offence, and showing it now would harm that investigation.",
      es: "Pertenece a una investigación abierta de una reclamación, queja o presunta infracción civil, y mostrarlo ahora la perjudicaría.",
    },
    passes: true,
    evidence: "V",
  },
  {
    ...IPA,
    id: "ca.ipa.examination",
    cite: "Civ. Code § 1798.40(e)",
    words: {
      en: "It is material of an examination, for a public post, a licence or a school, and showing it would make the examination unfair.",
      es: "Es material de un examen, para un cargo público, una licencia o una escuela, y mostrarlo lo haría injusto.",
    },
    evidence: "V",
  },
  {
    ...IPA,
    id: "ca.ipa.medical",
    cite: "Civ. Code § 1798.40(f)",
    words: {
      en: "It is medical or psychological, and seeing it would harm the person's health. The agency must then show it to a practitioner whom the person names.",
      es: "Es médico o psicológico, y verlo dañaría la salud de la persona. La agencia debe entonces mostrarlo al profesional que la persona designe.",
    },
    evidence: "V",
  },
  {
    ...IPA,
    id: "ca.ipa.source",
    cite: "Civ. Code § 1798.38",
    words: {
      en: "It would reveal who gave information in confidence. What was said must be shown, unless that gives the person away.",
      es: "Revelaría quién dio información en confianza. Lo que se dijo debe mostrarse, salvo que delate a la persona.",
    },
    covers: ["field"],
    evidence: "B",
  },
  {
    ...IPA,
    id: "ca.ipa.third-party",
    cite: "Civ. Code § 1798.42",
    words: {
      en: "It says something about another person, such as their name, plate or case. The agency must take it out.",
      es: "Dice algo sobre otra persona, como su nombre, placa o caso. La agencia debe quitarlo.",
    },
    covers: ["field"],
    needsJudgement: false,
    evidence: "S",
  },
];

/**
 * An exemption as it is cited, with the other law that it needs beside it where it needs one. `id` is what is
 * recorded: the exemption's id, or "id/other law".
 */
export interface Citation {
  readonly id: string;
  readonly cite: string;
  readonly words: Words;
  readonly covers: Exemption["covers"];
  readonly needsJudgement: boolean;
}

/** Every way in which an exemption can be cited. */
export function citationsOf(exemption: Exemption): Citation[] {
  const { id, cite, words, covers, needsJudgement, needsOtherLaw, through } = exemption;
  if (!needsOtherLaw) return [{ id, cite, words, covers, needsJudgement }];
  const one = { words, covers, needsJudgement };
  return through.map((other) => ({ id: `${id}/${other}`, cite: `${cite}; ${other}`, ...one }));
}

export function findExemption(id: string): Exemption | null {
  return EXEMPTIONS.find((exemption) => exemption.id === id) ?? null;
}

/** The grounds of one act, whoever answers under it. */
export function exemptionsOf(act: Exemption["act"]): readonly Exemption[] {
  return EXEMPTIONS.filter((exemption) => exemption.act === act);
}

/**
 * The grounds that a case of this custodian may use. A state agency that answers a person about
 * themselves does so under the Information Practices Act, and has that act's grounds.
 */
export function listExemptions(facts: {
  custodian: CustodianKind;
  /** Id of the rule that binds the case. */
  rule: string;
}): Exemption[] {
  const act = facts.rule.startsWith("ca.ipa.") ? "information-practices" : "public-records";
  return exemptionsOf(act).filter(({ binds }) => binds.includes(facts.custodian));
}
