/**
 * Neutral signals: things that one may want to ask about in a look-up. Each is a rule as data, switched on by an
 * agency for itself. None says that anything was wrong, and each says what can be normal about it.
 */
import { listForbiddenPurposes } from "#app/law/forbidden-purposes.ts";
import type { Evidence, Words } from "#app/law/words.ts";
import type { Field } from "../history.ts";

export const SIGNAL_IDS = [
  "no-case-number",
  "outside-usual-hours",
  "repeated-over-weeks",
  "many-systems",
  "same-user-often",
  "reason-says-nothing",
  "purpose-not-permitted",
] as const;
export type SignalId = (typeof SIGNAL_IDS)[number];

export interface SignalRule {
  readonly id: SignalId;
  /** Raised with every change of what it finds or says. */
  readonly version: number;
  readonly name: Words;
  /** For the agency's own people. */
  readonly clerk: Words;
  /** For the resident. */
  readonly resident: Words;
  /** Where it comes from: a law, or a rule of this portal. */
  readonly source: Words;
  readonly evidence: Evidence;
  /** The fields that it looks at: withheld, one of them keeps it silent. A test holds the rules to it. */
  readonly reads: readonly Field[];
  /** Its thresholds, by name; evaluate.ts says what each means. */
  readonly thresholds: Readonly<Record<string, number>>;
}

const OWN_RULE: Pick<SignalRule, "source" | "evidence"> = {
  source: {
    en: "A rule of this portal. No law says that such a look-up is wrong.",
    es: "Una regla de este portal. Ninguna ley dice que tal consulta esté mal.",
  },
  evidence: "V",
};

const FORBIDDEN_CITES = listForbiddenPurposes()
  .map(({ cite }) => cite)
  .join("; ");

export const SIGNALS: readonly SignalRule[] = [
  {
    id: "no-case-number",
    version: 1,
    name: { en: "No case number", es: "Sin número de caso" },
    clerk: {
      en: "The log gives no case number, and the reason names none. That can be normal: at the beginning there is none yet.",
      es: "El registro no da número de caso y el motivo no nombra ninguno. Puede ser normal: al principio aún no lo hay.",
    },
    resident: {
      en: "This look-up has no case number. That can be normal: at the beginning of a case there is none yet, and many systems do not ask for one.",
      es: "Esta consulta no tiene número de caso. Puede ser normal: al comienzo de un caso aún no lo hay, y muchos sistemas no lo piden.",
    },
    source: {
      en: "A rule of this portal. California law asks a log of plate readers for the purpose (Civ. Code § 1798.90.52), not for a case number; a bill that would have (SB 274, 2025) was vetoed.",
      es: "Una regla de este portal. La ley de California pide el propósito en un registro de lectores de placas (Civ. Code § 1798.90.52), no un número de caso; un proyecto que lo pedía (SB 274, 2025) fue vetado.",
    },
    evidence: "V",
    // A number that was typed into the reason is a case number too.
    reads: ["caseNumber", "purpose"],
    thresholds: {},
  },
  {
    id: "outside-usual-hours",
    version: 1,
    name: { en: "At an unusual hour for this user", es: "A una hora inusual para este usuario" },
    clerk: {
      en: "In this log this user is seldom seen at this hour. That can be normal: shifts change, and emergencies have no hours.",
      es: "En este registro este usuario aparece pocas veces a esta hora. Puede ser normal: los turnos cambian y las emergencias no tienen horario.",
    },
    resident: {
      en: "The user made this look-up at an hour at which this user is seldom in this log. That can be normal: shifts change, and emergencies have no hours.",
      es: "El usuario hizo esta consulta a una hora a la que pocas veces aparece en este registro. Puede ser normal: los turnos cambian y las emergencias no tienen horario.",
    },
    ...OWN_RULE,
    // Whose hours they are, and in which log: one of them withheld, its distribution says something about it.
    reads: ["at", "user", "agency", "system"],
    thresholds: { leastLookUps: 60, leastDays: 15, around: 1, mostPercent: 2 },
  },
  {
    id: "repeated-over-weeks",
    version: 1,
    name: { en: "Repeated over weeks", es: "Repetida durante semanas" },
    clerk: {
      en: "The same user looked this person up in several different weeks. That can be normal: some cases take long.",
      es: "El mismo usuario consultó a esta persona en varias semanas distintas. Puede ser normal: algunos casos duran mucho.",
    },
    resident: {
      en: "The same user looked you up in several different weeks. That can be normal: some cases take long.",
      es: "El mismo usuario le consultó en varias semanas distintas. Puede ser normal: algunos casos duran mucho.",
    },
    ...OWN_RULE,
    reads: ["at", "user", "agency"],
    thresholds: { weeks: 3, within: 26 },
  },
  {
    id: "many-systems",
    version: 1,
    name: { en: "Several systems within minutes", es: "Varios sistemas en minutos" },
    clerk: {
      en: "Within a few minutes the same agency searched for this person in several systems. That can be normal: one stop often needs several searches.",
      es: "En pocos minutos la misma agencia buscó a esta persona en varios sistemas. Puede ser normal: una sola parada suele requerir varias búsquedas.",
    },
    resident: {
      en: "Within a few minutes the same agency searched for you in several systems. That can be normal: one traffic stop or one report often needs several searches.",
      es: "En pocos minutos la misma agencia le buscó en varios sistemas. Puede ser normal: una parada de tráfico o un informe suele requerir varias búsquedas.",
    },
    ...OWN_RULE,
    reads: ["at", "system", "agency"],
    thresholds: { systems: 3, minutes: 10 },
  },
  {
    id: "same-user-often",
    version: 1,
    name: { en: "The same user many times", es: "El mismo usuario muchas veces" },
    clerk: {
      en: "The same user looked this person up many times. That can be normal: one person often works on one case.",
      es: "El mismo usuario consultó a esta persona muchas veces. Puede ser normal: a menudo una sola persona trabaja en un caso.",
    },
    resident: {
      en: "The same user looked you up many times. That can be normal: often one person works on a case.",
      es: "El mismo usuario le consultó muchas veces. Puede ser normal: a menudo una sola persona trabaja en un caso.",
    },
    ...OWN_RULE,
    reads: ["user", "agency"],
    thresholds: { lookUps: 5 },
  },
  {
    id: "reason-says-nothing",
    version: 1,
    name: { en: "The reason says little", es: "El motivo dice poco" },
    clerk: {
      en: "The log gives no reason, or one that does not say what the look-up was for. That can be normal: many users type one short word.",
      es: "El registro no da motivo, o da uno que no dice para qué fue la consulta. Puede ser normal: muchos usuarios escriben una palabra corta.",
    },
    resident: {
      en: "The log gives no reason, or one that does not say what the look-up was for. That can be normal: many users type one short word.",
      es: "El registro no da motivo, o da uno que no dice para qué fue la consulta. Puede ser normal: muchos usuarios escriben una palabra corta.",
    },
    source: {
      en: "A rule of this portal. A log of plate readers must give the purpose (Civ. Code § 1798.90.52); how exactly, the law does not say.",
      es: "Una regla de este portal. Un registro de lectores de placas debe dar el propósito (Civ. Code § 1798.90.52); la ley no dice con qué detalle.",
    },
    evidence: "V",
    reads: ["purpose"],
    thresholds: {},
  },
  {
    id: "purpose-not-permitted",
    version: 1,
    name: { en: "A purpose to ask about", es: "Un propósito por el que preguntar" },
    clerk: {
      en: "The log names a purpose, or a unit, for which this system is closed by its rules. It may be a slip in the log, or an exception that the log does not show.",
      es: "El registro nombra un propósito, o una unidad, para el que este sistema está cerrado por sus reglas. Puede ser un error del registro o una excepción que no aparece en él.",
    },
    resident: {
      en: "The log names a purpose, or a unit, for which the rules of this system do not provide. It may be a slip in the log, or an exception that the log does not show. You can ask the agency.",
      es: "El registro nombra un propósito, o una unidad, que las reglas de este sistema no prevén. Puede ser un error del registro o una excepción que no aparece en él. Puede preguntar a la agencia.",
    },
    source: { en: FORBIDDEN_CITES, es: FORBIDDEN_CITES },
    evidence: "S",
    reads: ["system", "agency", "purpose"],
    thresholds: {},
  },
];

export function findSignal(id: string): SignalRule | null {
  return SIGNALS.find((rule) => rule.id === id) ?? null;
}

/** As a switch records it. */
export interface SignalSwitch {
  readonly signal: string;
  readonly version: number;
  readonly isOn: boolean;
}

/**
 * The rules that an agency has switched on, in the order of SIGNALS. The newest switch of a signal counts, and only for
 * the version that was looked at when it was switched.
 * @param switches The oldest first.
 */
export function signalsOn(switches: readonly SignalSwitch[]): SignalRule[] {
  const newest = new Map(switches.map((one) => [one.signal, one]));
  return SIGNALS.filter(({ id, version }) => {
    const last = newest.get(id);
    return last?.isOn === true && last.version === version;
  });
}

/** Switched on once, and changed since: it is off until somebody looks at it again. */
export function isOutdated(rule: SignalRule, switches: readonly SignalSwitch[]): boolean {
  const last = switches.findLast(({ signal }) => signal === rule.id);
  return last?.isOn === true && last.version !== rule.version;
}
