/**
 * Purposes for which a system is closed, as data. What is not listed here is not said to be permitted: the list holds
 * what a rule names outright, so that a look-up under such a purpose can be pointed out.
 */
import { explainPurpose } from "./purposes.ts";
import type { Evidence, Words } from "./words.ts";

export interface ForbiddenPurpose {
  readonly id: string;
  /** Slugs of the systems that it closes. */
  readonly systems: readonly string[];
  /** What the purpose is about, and what is asked for in it: a reason names it when it has one of each. */
  readonly about: readonly string[];
  readonly act: readonly string[];
  /** A part of an agency that does nothing else. */
  readonly units: readonly string[];
  readonly cite: string;
  readonly words: Words;
  readonly evidence: Evidence;
}

const FORBIDDEN: readonly ForbiddenPurpose[] = [
  {
    id: "ca.clets.concealed-carry",
    systems: ["clets"],
    // "CCW" alone is also a crime that is investigated: carrying a concealed weapon (Pen. Code § 25400).
    about: ["ccw", "concealed carry", "concealed weapon", "concealed weapons", "concealed firearm", "arma oculta"],
    act: [
      ...["applicant", "applicants", "applicant s", "application", "applications", "background", "backgrounds"],
      ...["permit", "permits", "license", "licenses", "licence", "licensing", "licensee", "renewal", "renewals"],
      ...["issuance", "solicitud", "solicitante", "licencia", "permiso", "antecedentes", "renovacion"],
    ],
    units: ["ccw", "concealed carry", "concealed weapons"],
    cite: "CLETS Policies, Practices and Procedures; Gov. Code § 15153",
    words: {
      en: "Its rules do not let CLETS be used for checks on people who apply to carry a concealed weapon. The state’s Department of Justice does those checks with fingerprints.",
      es: "Sus reglas no permiten usar CLETS para verificar a quienes solicitan portar un arma oculta. El Departamento de Justicia del estado hace esas verificaciones con huellas dactilares.",
    },
    evidence: "S",
  },
];

/** What the log says of one look-up; null where it says nothing, or nothing that may be known. */
export interface StatedUse {
  readonly system: string;
  readonly agency: string | null;
  readonly purpose: string | null;
}

/**
 * The rule that names a look-up's purpose as one that its system is closed to, or null. A unit that does nothing else
 * counts as its purpose, unless the reason says something definite.
 */
export function findForbiddenPurpose({ system, agency, purpose }: StatedUse): ForbiddenPurpose | null {
  const slug = system.toLowerCase();
  for (const rule of FORBIDDEN) {
    if (!rule.systems.includes(slug)) continue;
    const reason = purpose === null ? "" : spaced(purpose);
    if (holdsAny(reason, rule.about) && holdsAny(reason, rule.act)) return rule;
    const definite = purpose !== null && isDefinite(purpose);
    if (agency !== null && holdsAny(spaced(agency), rule.units) && !definite) return rule;
  }
  return null;
}

export function listForbiddenPurposes(): readonly ForbiddenPurpose[] {
  return FORBIDDEN;
}

/** A purpose code says which kind of work it is for, not what for: it excuses nothing. */
function isDefinite(purpose: string): boolean {
  const known = explainPurpose(purpose);
  return known !== null && !known.code.startsWith("niem.");
}

/** Words in small letters, one space around each. */
function spaced(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return ` ${plain.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}

function holdsAny(text: string, phrases: readonly string[]): boolean {
  return phrases.some((phrase) => text.includes(` ${phrase} `));
}
