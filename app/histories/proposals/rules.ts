/** The rules that propose decisions, the stronger ones first: of two that speak of one target, the first counts. */
import type { AccessEvent, SearchTerm } from "#app/feeds/access-event.ts";
import { foldWords, telling } from "#app/feeds/names/person-name.ts";
import { addDays, type LocalDate, localDate } from "#app/platform/time/local-date.ts";
import { instantOf, isOwn, loggedValue, type MatchedEvent, ownOn, secretMarkOf } from "../cells.ts";
import { LINE } from "../decision.ts";
import type { Found, ProposalFacts, ProposalRule } from "./proposal.ts";

/** After how many days a line is looked at again, where its mark names no day. */
const REVIEW_DAYS = 90;

const INVESTIGATION = ["ca.cpra.investigation", "ca.ipa.investigation"];
/** Official information (Evid. Code § 1040), which an undercover officer's name is. */
const OFFICIAL_INFORMATION = ["ca.cpra.other-law/Evid. Code § 1040", "ca.ipa.investigation"];
const THIRD_PARTY = ["ca.cpra.third-party", "ca.ipa.third-party"];

/** Words of a custodian's mark, per language, by their beginnings: small letters, no accents. */
const UNDERCOVER = {
  en: ["undercover", "covert", "informant", "confidential source", "uc", "ci"],
  es: ["encubiert", "infiltrad", "informante", "confidente"],
};
const OPEN_CASE = {
  en: ["investigat", "open case", "active case", "pending", "wire", "warrant", "grand jury", "surveillance"],
  es: ["investigaci", "caso abierto", "caso activo", "pendiente", "escucha", "orden judicial", "vigilancia"],
};

/** A word of three letters or fewer must stand alone; of longer ones the beginning counts. */
function speaksOf(mark: string, words: typeof UNDERCOVER): boolean {
  const text = ` ${mark
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
  return [...words.en, ...words.es].some((word) => text.includes(word.length < 4 ? ` ${word} ` : ` ${word}`));
}

/** A mark that the log puts on an entry which its subject is not to know of yet (AccessEvent.sealed). */
interface Mark {
  readonly reason: string;
  /** The first local day on which it holds no more; null: the log names none. */
  readonly until: LocalDate | null;
  readonly hasEnded: boolean;
}

function markOf(matched: MatchedEvent, { reading, today }: ProposalFacts): Mark | null {
  const mark = secretMarkOf(matched, reading);
  if (mark === null) return null;
  return { reason: mark.reason ?? "", until: mark.until, hasEnded: mark.until !== null && mark.until <= today };
}

/** The line comes back on the day on which the mark ends, or after a while. */
function deferred(mark: Mark, grounds: readonly string[], { today }: ProposalFacts): Found {
  return { field: LINE, outcome: "defer", grounds, reviewOn: mark.until ?? addDays(today, REVIEW_DAYS) };
}

const BASE = { version: 1, cite: null, evidence: "B", oneByOne: false } as const;

export const PROPOSAL_RULES: readonly ProposalRule[] = [
  {
    ...BASE,
    id: "mark-undercover",
    name: { en: "Marked: undercover", es: "Marcada: encubierta" },
    why: {
      en: "The log marks this look-up as part of undercover work. Who made it is official information, and the line can wait until the mark ends.",
      es: "El registro marca esta consulta como parte de un trabajo encubierto. Quién la hizo es información oficial, y la línea puede esperar hasta que termine la marca.",
    },
    find: (matched, facts) => {
      const mark = markOf(matched, facts);
      if (mark === null || !speaksOf(mark.reason, UNDERCOVER)) return [];
      const user: Found = { field: "user", outcome: "redact", grounds: OFFICIAL_INFORMATION, reviewOn: null };
      const hasUser = matched.event.user.state === "value";
      return [...(mark.hasEnded ? [] : [deferred(mark, OFFICIAL_INFORMATION, facts)]), ...(hasUser ? [user] : [])];
    },
  },
  {
    ...BASE,
    id: "mark-investigation",
    name: { en: "Marked: investigation open", es: "Marcada: investigación abierta" },
    why: {
      en: "The log marks this look-up as part of an investigation that is still open. The exemption lasts as long as the investigation does, so the line comes back.",
      es: "El registro marca esta consulta como parte de una investigación aún abierta. La excepción dura lo que dure la investigación, así que la línea vuelve.",
    },
    find: (matched, facts) => {
      const mark = markOf(matched, facts);
      if (mark === null || mark.hasEnded || !speaksOf(mark.reason, OPEN_CASE)) return [];
      return [deferred(mark, INVESTIGATION, facts)];
    },
  },
  {
    ...BASE,
    id: "mark-secret",
    name: { en: "Marked: kept secret", es: "Marcada: en secreto" },
    why: {
      en: "The log marks this look-up as one that its subject is not to know of yet, without saying that an investigation is open. Ask the custodian why before you take this over.",
      es: "El registro marca esta consulta como una que la persona aún no debe conocer, sin decir que haya una investigación abierta. Pregunte el motivo al custodio antes de aceptarlo.",
    },
    find: (matched, facts) => {
      const mark = markOf(matched, facts);
      return mark === null || mark.hasEnded ? [] : [deferred(mark, INVESTIGATION, facts)];
    },
  },
  {
    ...BASE,
    id: "mark-ended",
    name: { en: "The mark has ended", es: "La marca terminó" },
    why: {
      en: "The day has passed until which the log kept this look-up secret. Nothing else that a rule knows of holds it back.",
      es: "Pasó el día hasta el que el registro mantuvo en secreto esta consulta. Nada más que una regla conozca la retiene.",
    },
    evidence: "V",
    // As with every look-up that a log marks: never disclosed because it stood among many.
    oneByOne: true,
    find: (matched, facts) =>
      markOf(matched, facts)?.hasEnded ? [{ field: LINE, outcome: "disclose", grounds: null, reviewOn: null }] : [],
  },
  {
    ...BASE,
    id: "other-person-in-query",
    name: { en: "Somebody else in the same query", es: "Otra persona en la misma consulta" },
    why: {
      en: "The same query searched for something that is not verified as this person’s: another plate, license, number or name. It is masked already; with this the whole of what was searched by goes.",
      es: "La misma consulta buscó algo que no está comprobado como de esta persona: otra placa, licencia, número o nombre. Ya está oculto; con esto desaparece todo lo que se buscó.",
    },
    find: (matched, facts) =>
      searchedForOthers(matched.event, facts)
        ? [{ field: "searchedBy", outcome: "redact", grounds: THIRD_PARTY, reviewOn: null }]
        : [],
  },
  {
    ...BASE,
    id: "bulk-query",
    name: { en: "A search over many people", es: "Una búsqueda sobre muchas personas" },
    why: {
      en: "The log marks this as a search over many people’s records, not as one about this person. Bulk data is no record of an investigation, so that exemption does not hold it back.",
      es: "El registro la marca como una búsqueda sobre muchas personas, no sobre esta. Los datos masivos no son un expediente de investigación, así que esa excepción no la retiene.",
    },
    cite: "ACLU v. Superior Court (2017) 3 Cal.5th 1032",
    evidence: "S",
    // The case is about the Public Records Act; of the other act nothing of the kind is known.
    find: ({ event }, { bound }) =>
      event.bulk === true && event.sealed !== true && !bound.rule.startsWith("ca.ipa.")
        ? [{ field: LINE, outcome: "disclose", grounds: null, reviewOn: null }]
        : [],
  },
];

/** Identifiers that were not the resident's on that day, and names of which no telling word is the resident's. */
function searchedForOthers(event: AccessEvent, { reading, residentName }: ProposalFacts): boolean {
  const own = ownOn(localDate(instantOf(event), reading.zone), reading.own);
  const words = new Set(telling(foldWords(residentName)));
  return event.searchedBy.some((term) => {
    if (loggedValue(term) === null || term.kind === "birth-date") return false;
    return term.kind === "name" ? isOtherName(term, words) : !isOwn(term, own);
  });
}

function isOtherName(term: SearchTerm, resident: ReadonlySet<string>): boolean {
  const words = telling(foldWords(loggedValue(term) ?? ""));
  return words.length > 0 && !words.some((word) => resident.has(word));
}
