/**
 * Changes of the law that were seen coming and whose first day was not known: each with what it would
 * change. An operator who reads in the statute book that one is in force switches it on by date.
 */
import type { CustodianKind, Duty } from "./duties.ts";
import { DUTIES } from "./duties.ts";
import type { Rule } from "./rule.ts";
import { determination } from "./rules/california-public-records.ts";
import type { Evidence, Words } from "./words.ts";

/** A day that a change adds to a calendar, every year from its first day in force. */
export interface NewHoliday {
  readonly calendar: string;
  readonly id: string;
  readonly words: Words;
  readonly cite: string;
}

export interface PendingChange {
  /** Such as "ca.ab-1821". */
  readonly id: string;
  readonly title: Words;
  /** What it changes, for the one who decides whether to switch it on. */
  readonly effect: Words;
  /** Where it stood when it was last read, and when that was. */
  readonly status: Words;
  readonly cite: string;
  readonly evidence: Evidence;
  /** What has to be said with the date: the day of a new holiday as "MM-DD". */
  readonly needs: "month-and-day" | null;
  /** The versions that take the place of the rules of these ids; from and to are set when it is switched on. */
  readonly rules: readonly Rule[];
  readonly duties: Readonly<Partial<Record<CustodianKind, Duty>>>;
  readonly holiday: NewHoliday | null;
}

/** AB 1821: the ten days and the fourteen of the extension would be business days. */
const determinationInBusinessDays: Rule = {
  ...determination,
  evidence: "S",
  sourceVersion: "AB 1821 as amended 2026-06-25",
  formerCite: null,
  period: { length: 10, unit: "working-days" },
  extension: determination.extension && {
    ...determination.extension,
    max: { length: 14, unit: "working-days" },
    evidence: "S",
  },
  caveat: {
    en: "Business days. A request sent elsewhere than to the address that the agency names for requests does not start this clock.",
    es: "Días hábiles. Una solicitud enviada a otro lugar que el que la agencia indica para solicitudes no inicia este plazo.",
  },
};

const accessFromLocalAgencies: Duty = {
  ...DUTIES["state-agency"]["copy-of-access-log"],
  reason: {
    en: "Since the Information Practices Act reaches cities and counties, a local agency must let you see the records it keeps about you.",
    es: "Desde que la Ley de Prácticas de Información alcanza a ciudades y condados, una agencia local debe permitirle ver los registros que guarda sobre usted.",
  },
  cite: "Civ. Code §§ 1798.3, 1798.34, as AB 1337 would amend them",
};

const NOTHING = { rules: [], duties: {}, holiday: null, needs: null } as const;

export const PENDING_CHANGES: readonly PendingChange[] = [
  {
    ...NOTHING,
    id: "ca.ab-1821",
    title: {
      en: "AB 1821 (Pacheco, 2026): business days in the Public Records Act",
      es: "AB 1821 (Pacheco, 2026): días hábiles en la Ley de Registros Públicos",
    },
    effect: {
      en: "The 10 days to decide and the 14 days of an extension become business days.",
      es: "Los 10 días para decidir y los 14 de una prórroga pasan a ser días hábiles.",
    },
    status: {
      en: "In the Senate Judiciary Committee, amended June 25, 2026.",
      es: "En el Comité Judicial del Senado, enmendada el 25 de junio de 2026.",
    },
    cite: "AB 1821 (2025-26)",
    evidence: "V",
    rules: [determinationInBusinessDays],
  },
  {
    ...NOTHING,
    id: "ca.ab-1337",
    title: {
      en: "AB 1337 (Ward, 2025-26): the Information Practices Act reaches local agencies",
      es: "AB 1337 (Ward, 2025-26): la Ley de Prácticas de Información alcanza a las agencias locales",
    },
    effect: {
      en: "Police and sheriff's departments answer under the 30 days of access to one's own records instead of the Public Records Act.",
      es: "La policía y los alguaciles responden en los 30 días del acceso a los propios registros, en lugar de la Ley de Registros Públicos.",
    },
    status: { en: "Pending in July 2026.", es: "Pendiente en julio de 2026." },
    cite: "AB 1337 (2025-26)",
    evidence: "V",
    duties: { "local-agency": accessFromLocalAgencies },
  },
  {
    ...NOTHING,
    id: "ca.sb-1013",
    title: {
      en: "SB 1013 (Cervantes, 2026): licence-plate readers",
      es: "SB 1013 (Cervantes, 2026): lectores de placas",
    },
    effect: {
      en: "Rewrites Civ. Code §§ 1798.90.5-.55. No deadline that this portal runs would move.",
      es: "Reescribe Civ. Code §§ 1798.90.5-.55. No movería ningún plazo de este portal.",
    },
    status: {
      en: "In a Senate committee, amended March 25, 2026.",
      es: "En comité del Senado, enmendada el 25 de marzo de 2026.",
    },
    cite: "SB 1013 (2025-26)",
    evidence: "V",
  },
  {
    ...NOTHING,
    id: "ca.ab-2294",
    title: { en: "AB 2294 (Ta, 2026): Sylvia Mendez Day", es: "AB 2294 (Ta, 2026): Día de Sylvia Mendez" },
    effect: {
      en: "A new state holiday in Gov. Code § 6700. It would make the later, arguable date later where a period ends on it.",
      es: "Un nuevo feriado estatal en Gov. Code § 6700. Haría posterior la fecha discutible cuando un plazo termine ese día.",
    },
    status: { en: "Introduced February 19, 2026.", es: "Presentada el 19 de febrero de 2026." },
    cite: "AB 2294 (2025-26)",
    evidence: "V",
    needs: "month-and-day",
    holiday: {
      calendar: "ca.government",
      id: "mendez",
      words: { en: "Sylvia Mendez Day", es: "Día de Sylvia Mendez" },
      cite: "Gov. Code § 6700 (AB 2294)",
    },
  },
];
