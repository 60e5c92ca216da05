/** Laws under which "no record" may be said although there are records: then an empty answer proves nothing. */
import type { Words } from "./words.ts";

export interface NoRecordLaw {
  readonly cite: string;
  /** For the resident, under every empty answer that this law governs, whether or not it was used. */
  readonly words: Words;
}

const CALIFORNIA_STATE: NoRecordLaw = {
  cite: "Civ. Code § 1798.41(c)",
  words: {
    en: "The law lets a state agency ask a court for leave to answer that it keeps no record, although it does. Such an answer reads exactly like this one, so this answer does not prove that nobody looked you up.",
    es: "La ley permite que una agencia estatal pida a un tribunal permiso para responder que no tiene registro alguno, aunque lo tenga. Esa respuesta se lee exactamente igual que esta, así que esta respuesta no prueba que nadie le consultó.",
  },
};

/** The law that governs an answer under this rule, or null where an empty answer means what it says. */
export function findNoRecordLaw(rule: string): NoRecordLaw | null {
  return rule.startsWith("ca.ipa.") ? CALIFORNIA_STATE : null;
}
