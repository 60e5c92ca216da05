/** Which duty a custodian has when a resident asks who looked, and what the law does not give. */
import type { Evidence, Words } from "./words.ts";

export type CustodianKind = "state-agency" | "local-agency";
export type Ask = "copy-of-access-log";

export interface Duty {
  /** Id of the rule that binds the case. */
  readonly rule: string;
  /** Why this rule. */
  readonly reason: Words;
  readonly cite: string;
  readonly evidence: Evidence;
  /** What the law gives here and what it does not, said honestly. */
  readonly gives: Words;
}

export const DUTIES: Record<CustodianKind, Record<Ask, Duty>> = {
  "state-agency": {
    "copy-of-access-log": {
      rule: "ca.ipa.access",
      reason: {
        en: "A state agency must let you see the records it keeps about you.",
        es: "Una agencia estatal debe permitirle ver los registros que guarda sobre usted.",
      },
      cite: "Civ. Code §§ 1798.3(b), 1798.34",
      evidence: "V",
      gives: {
        en: "The law lets you see records about you, and the list of disclosures to others outside the agency. It does not say that look-ups by the agency's own staff must be listed, and it lets the agency hold back much of what belongs to criminal investigations. Where the agency shows more, it does so voluntarily.",
        es: "La ley le permite ver los registros sobre usted y la lista de divulgaciones a terceros fuera de la agencia. No dice que deban listarse las consultas del propio personal, y permite reservar mucho de lo que pertenece a investigaciones penales. Si la agencia muestra más, lo hace voluntariamente.",
      },
    },
  },
  "local-agency": {
    "copy-of-access-log": {
      rule: "ca.cpra.determination",
      reason: {
        en: "The Information Practices Act leaves out cities and counties, so a local agency answers under the Public Records Act.",
        es: "La Ley de Prácticas de Información no incluye a ciudades ni condados; por eso una agencia local responde según la Ley de Registros Públicos.",
      },
      cite: "Civ. Code § 1798.3(b)(4); Gov. Code § 7922.535(a)",
      evidence: "V",
      gives: {
        en: "California law gives you no general right to learn from a local agency who looked you up. It must keep a log of licence-plate searches, but no law says that you may see your part of it. It must decide on your request in time and give reasons, and it may refuse. Where an agency shows you the log, it does so voluntarily.",
        es: "La ley de California no le da un derecho general a saber por una agencia local quién consultó sus datos. Debe llevar un registro de las búsquedas de placas, pero ninguna ley dice que usted pueda ver su parte. Debe decidir su solicitud a tiempo y dar motivos, y puede negarse. Si una agencia le muestra el registro, lo hace voluntariamente.",
      },
    },
  },
};

/** The rule that binds a custodian of this kind for what is asked, with the reason. */
export function ruleFor(custodian: CustodianKind, ask: Ask): Duty {
  return DUTIES[custodian][ask];
}
