/**
 * What has to be shown before an identifier counts as somebody's own. Pure, and one table.
 *
 * Two things must be shown: that the one who asks is that person, and that the identifier was that person's. Whoever
 * holds the mailbox, the name, the birth date and the address of another can write any statement and fill any form;
 * so no way that needs only these is enough for anything. And whoever proves to be himself must not get another's
 * plate by saying that it is his; so one's own word never shows whose an identifier was.
 */
import type { ClaimKind } from "#app/feeds/identifier.ts";

/** By what something is shown. */
export const BASES = [
  "in-person",
  "video",
  "mailed-code",
  "registration-on-file",
  "record-on-file",
  "notarised-statement",
  "sworn-statement",
  "assertion",
] as const;
export type Basis = (typeof BASES)[number];

/** What a clerk notes. A code is typed by the resident and an assertion comes from its issuer: nobody can note those. */
export const NOTED_BASES = [
  "in-person",
  "video",
  "registration-on-file",
  "record-on-file",
  "notarised-statement",
  "sworn-statement",
] as const satisfies readonly Basis[];
export type NotedBasis = (typeof NOTED_BASES)[number];

/** The least level of assurance at which somebody's issuer has looked at a document (NIST SP 800-63A, IAL2). */
export const ASSERTION_LEVEL = 2;

/** Whether a way is enough for an identifier: by itself, together with one of some sets, or never. */
export type Sufficiency =
  | { readonly is: "enough"; readonly why: Reason; readonly cite: string | null }
  | {
      readonly is: "with";
      readonly others: readonly (readonly Basis[])[];
      readonly why: Reason;
      readonly cite: string | null;
    }
  | { readonly is: "never"; readonly why: Reason; readonly cite: string | null };

/** Why, as the key of a sentence. */
export type Reason =
  | "seen"
  | "face-only"
  | "household"
  | "whose-not-who"
  | "notary-knows-who"
  | "own-word"
  | "issuer-knows-who"
  | "other-kind";

/** Civ. Code § 1798.34(a): the agency's time runs from a request with proper identification; it says not by what. */
const PROPER = "Civ. Code § 1798.34(a)";
/** A declaration under penalty of perjury has the force of an affidavit. */
const SWORN = "Code Civ. Proc. § 2015.5";
/** A notary certifies an identity on satisfactory evidence alone. */
const NOTARY = "Civ. Code § 1185";

const enough = (why: Reason, cite: string | null): Sufficiency => ({ is: "enough", why, cite });
const together = (why: Reason, cite: string | null, ...others: (readonly Basis[])[]): Sufficiency => ({
  is: "with",
  others,
  why,
  cite,
});
const never = (why: Reason, cite: string | null = null): Sufficiency => ({ is: "never", why, cite });

/** What stands in a state's register of vehicles: its paper is in the car, and cars change hands. */
const VEHICLE: Readonly<Record<Basis, Sufficiency>> = {
  "in-person": enough("seen", PROPER),
  video: together("face-only", PROPER, ["registration-on-file"]),
  "mailed-code": together("household", PROPER, ["registration-on-file"]),
  "registration-on-file": together(
    "whose-not-who",
    null,
    ["mailed-code"],
    ["video"],
    ["notarised-statement"],
    ["assertion"],
  ),
  "record-on-file": never("other-kind"),
  "notarised-statement": together("notary-knows-who", NOTARY, ["registration-on-file"]),
  "sworn-statement": never("own-word", SWORN),
  assertion: together("issuer-knows-who", null, ["registration-on-file"]),
};

/** A number on a card that its owner carries; it never changes hands. */
const CARD: Readonly<Record<Basis, Sufficiency>> = {
  "in-person": enough("seen", PROPER),
  video: together("face-only", PROPER, ["record-on-file"]),
  "mailed-code": together("household", PROPER, ["record-on-file"]),
  "registration-on-file": never("other-kind"),
  "record-on-file": together("whose-not-who", null, ["mailed-code"], ["video"], ["notarised-statement"], ["assertion"]),
  "notarised-statement": together("notary-knows-who", NOTARY, ["record-on-file"]),
  "sworn-statement": never("own-word", SWORN),
  assertion: together("issuer-knows-who", null, ["record-on-file"]),
};

/**
 * A number that leads to a whole criminal history or to all that somebody ever signed. Who lives in the same house
 * opens the same letters: a code by letter needs beside it a statement for which one can be punished.
 */
const LIFE: Readonly<Record<Basis, Sufficiency>> = {
  ...CARD,
  "mailed-code": together("household", PROPER, ["record-on-file", "sworn-statement"]),
  "record-on-file": together(
    "whose-not-who",
    null,
    ["mailed-code", "sworn-statement"],
    ["video"],
    ["notarised-statement"],
    ["assertion"],
  ),
  "sworn-statement": together("own-word", SWORN, ["mailed-code", "record-on-file"]),
};

/** The table: an identifier's kind, a way, what it is worth. */
export const POLICY: Readonly<Record<ClaimKind, Readonly<Record<Basis, Sufficiency>>>> = {
  plate: VEHICLE,
  vin: VEHICLE,
  licence: CARD,
  "state-id": LIFE,
  ssn: LIFE,
  // What everybody knows of everybody, and what leads to the most: knowing it shows nothing, and who lives in the same
  // house knows it too.
  person: LIFE,
};

/** Whether what has been shown for an identifier of this kind is enough to count it as the resident's own. */
export function isEnough(kind: ClaimKind, shown: ReadonlySet<Basis>): boolean {
  return [...shown].some((basis) => {
    const cell = POLICY[kind][basis];
    if (cell.is === "enough") return true;
    return cell.is === "with" && cell.others.some((set) => set.every((other) => shown.has(other)));
  });
}

/** Every set of ways that is enough for a kind, none of which contains another; the easiest for a resident first. */
export function listEnough(kind: ClaimKind): readonly (readonly Basis[])[] {
  const sets = BASES.flatMap((basis) => {
    const cell = POLICY[kind][basis];
    if (cell.is === "enough") return [[basis]];
    return cell.is === "with" ? cell.others.map((others) => [basis, ...others].sort(byOrder)) : [];
  });
  const known = new Map(sets.map((set) => [set.join(" "), set]));
  return [...known.values()].sort((one, other) => one.length - other.length);
}

/** What would be enough, given what has been shown: for each set, what is still missing of it. */
export function listMissing(kind: ClaimKind, shown: ReadonlySet<Basis>): readonly (readonly Basis[])[] {
  return listEnough(kind).map((set) => set.filter((basis) => !shown.has(basis)));
}

function byOrder(one: Basis, other: Basis): number {
  return BASES.indexOf(one) - BASES.indexOf(other);
}

/** Kinds of documents that a clerk notes having seen. Their numbers are nobody's business here. */
export const DOCUMENTS = [
  "driver-licence",
  "state-id-card",
  "passport",
  "consular-id",
  "tribal-id",
  "other-photo-id",
  "registration-card",
  "vehicle-title",
  "bill-of-sale",
  "insurance-card",
  "ssn-card",
  "tax-form",
  "own-record",
  "statement-upload",
  "statement-paper",
] as const;
export type DocumentKind = (typeof DOCUMENTS)[number];

const PHOTO = [
  "driver-licence",
  "state-id-card",
  "passport",
  "consular-id",
  "tribal-id",
  "other-photo-id",
] as const satisfies readonly DocumentKind[];
const STATEMENT = ["statement-upload", "statement-paper"] as const satisfies readonly DocumentKind[];

/** What beside a face and its document shows at a counter whose the identifier was. */
const TIES: Readonly<Record<ClaimKind, readonly DocumentKind[]>> = {
  plate: ["registration-card", "vehicle-title", "bill-of-sale", "insurance-card", "own-record"],
  vin: ["registration-card", "vehicle-title", "bill-of-sale", "insurance-card", "own-record"],
  licence: ["driver-licence", "own-record"],
  // A state's number of a criminal record stands on no card.
  "state-id": ["state-id-card", "own-record"],
  ssn: ["ssn-card", "tax-form", "own-record"],
  // What shows a face, a name and a birth date on one card.
  person: ["driver-licence", "state-id-card", "passport", "consular-id", "tribal-id", "own-record"],
};

/** The documents that can show anything of this kind of identifier, whichever way is taken: no others are asked about. */
export function documentsFor(kind: ClaimKind): readonly DocumentKind[] {
  const useful = new Set(BASES.flatMap((basis) => groupsFor(kind, basis).flat()));
  return DOCUMENTS.filter((document) => useful.has(document));
}

/** What is missing among the documents seen: the groups of which at least one each must be there. Empty: nothing. */
export function listUnseen(
  kind: ClaimKind,
  basis: Basis,
  seen: readonly DocumentKind[],
): readonly (readonly DocumentKind[])[] {
  return groupsFor(kind, basis).filter((group) => !group.some((document) => seen.includes(document)));
}

function groupsFor(kind: ClaimKind, basis: Basis): readonly (readonly DocumentKind[])[] {
  if (basis === "in-person") return [PHOTO, TIES[kind]];
  if (basis === "video") return [PHOTO];
  if (basis === "notarised-statement" || basis === "sworn-statement") return [STATEMENT];
  return [];
}

/** The ways that show nothing of days: the period that counts stands in the other proof, or in the verdict. */
export function saysPeriod(basis: Basis): boolean {
  return basis === "in-person" || basis === "registration-on-file" || basis === "record-on-file";
}

/** Which of the agency's own records the address of a letter with a code stands in. */
export const SOURCES = ["vehicle-registration", "driver-licence", "own-record"] as const;
export type AddressSource = (typeof SOURCES)[number];
