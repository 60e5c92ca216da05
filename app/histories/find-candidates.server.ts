/** The look-ups of a case as the logs and the verified identifiers stand now: by exact identifiers and by names. */
import { PLACE_SEARCHED_BY, type SearchTerm } from "#app/feeds/access-event.ts";
import { type FoundEvent, findEventsBySubject, openEvents, type SubjectKey } from "#app/feeds/find-events.server.ts";
import { type ClaimKind, findIdentifier, type IndexedKind } from "#app/feeds/identifier.ts";
import { findNameCounts } from "#app/feeds/subjects/count-names.server.ts";
import { findSubjects } from "#app/feeds/subjects/find-subjects.server.ts";
import { subjectsOfClaim } from "#app/feeds/subjects/subject.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { CaseFile } from "#app/requests/case-file.server.ts";
import { listVerifiedIdentifiers, type VerifiedIdentifier } from "#app/requests/identifiers.server.ts";
import { modelFor } from "./matching/default-model.ts";
import { type Explanation, explain, stronger } from "./matching/explanation.ts";
import type { Model } from "./matching/model.ts";

export interface Candidate extends FoundEvent {
  /** The kinds of the exact identifiers that it was searched by. */
  readonly exact: readonly ClaimKind[];
  /** How well the name fits; null where an exact identifier stands for it. */
  readonly explanation: Explanation | null;
}

/** Somebody in the logs who may be the resident, by which of the verified names, and how probably. */
interface Likely {
  readonly identifierId: string;
  readonly explanation: Explanation;
}

/** By verified identifiers alone, each inside its own verified period and the period asked for. */
export async function listCandidates(portal: Portal, file: CaseFile): Promise<Candidate[]> {
  const verified = await listVerifiedIdentifiers(portal, file.id);
  const exact = verified.filter(({ kind }) => kind !== "person");
  const names = verified.filter(({ kind }) => kind === "person");
  const likely = new Map<string, Likely>();
  const keys: SubjectKey[] = exact.map(keyOf);
  const model = modelFor(names.length === 0 ? null : await findNameCounts(portal, file.agency.id));
  for (const name of names) {
    for (const { subjectId, explanation } of await listLikely(portal, file, name, model)) {
      // Two names of one resident may both fit, each in its own period: each has its key, and the better one its say.
      const key = `${name.identifierId} ${subjectId}`;
      likely.set(key, { identifierId: name.identifierId, explanation });
      keys.push({ ...keyOf(name), identifierId: key, tag: subjectId });
    }
  }
  if (keys.length === 0) return [];
  const events = await findEventsBySubject(portal, {
    agencyId: file.agency.id,
    keys,
    period: file.period,
    zone: file.agency.zone,
  });
  const kindOf = new Map(exact.map((one) => [one.identifierId, one.kind]));
  return withNumbers(
    portal,
    events.map((event) => toCandidate(event, kindOf, likely)),
    exact,
  );
}

const keyOf = ({ identifierId, tag, from, to }: VerifiedIdentifier): SubjectKey => ({ identifierId, tag, from, to });

async function listLikely(portal: Portal, file: CaseFile, { value }: VerifiedIdentifier, model: Model) {
  const names = subjectsOfClaim(value);
  const found = await findSubjects(portal, { agencyId: file.agency.id, names });
  return found.flatMap(({ subjectId, subject }) => {
    const explanation = explain(model, subject, names);
    return explanation === null ? [] : [{ subjectId, explanation }];
  });
}

/** Under the identifiers' own ids, the exact ones first: where one of these stands, nobody needs the name. */
function toCandidate(
  event: FoundEvent,
  kindOf: ReadonlyMap<string, ClaimKind>,
  likely: ReadonlyMap<string, Likely>,
): Candidate {
  const exactIds = event.identifierIds.filter((id) => kindOf.has(id));
  const exact = [...new Set(exactIds.flatMap((id) => kindOf.get(id) ?? []))];
  const fits = event.identifierIds.flatMap((id) => likely.get(id) ?? []);
  const [first, ...others] = fits;
  if (exact.length > 0 || first === undefined) {
    const ids = [...exactIds, ...fits.map(({ identifierId }) => identifierId)];
    return { ...event, identifierIds: [...new Set(ids)], exact, explanation: null };
  }
  const best = others.reduce((one, other) => {
    return stronger(one.explanation, other.explanation) === one.explanation ? one : other;
  }, first);
  const ids = [best.identifierId, ...fits.map(({ identifierId }) => identifierId)];
  return { ...event, identifierIds: [...new Set(ids)], exact: [], explanation: best.explanation };
}

/**
 * Two people of one name and one birth date have different licences: a look-up that names another number of a kind
 * that the resident has proved is asked, however well the name fits.
 */
async function withNumbers(
  portal: Portal,
  candidates: readonly Candidate[],
  exact: readonly VerifiedIdentifier[],
): Promise<Candidate[]> {
  const numbers = exact.filter(({ kind }) => LIFELONG.some((one) => one === kind));
  const named = candidates.filter(({ explanation, place }) => explanation !== null && place === PLACE_SEARCHED_BY);
  if (numbers.length === 0 || named.length === 0) return [...candidates];
  const opened = await openEvents(portal, named);
  const others = new Set(
    opened.filter(({ event }) => namesOther(event.searchedBy, numbers)).map(({ eventId }) => eventId),
  );
  return candidates.map((candidate) => {
    const { explanation, eventId } = candidate;
    if (explanation === null || !others.has(eventId)) return candidate;
    return { ...candidate, explanation: { ...explanation, band: "ask", numberOther: true } };
  });
}

/** Numbers that stay with a person; a plate is the car's, and somebody may have several. */
const LIFELONG = ["licence", "state-id", "ssn"] as const satisfies readonly IndexedKind[];

function namesOther(terms: readonly SearchTerm[], own: readonly VerifiedIdentifier[]): boolean {
  return LIFELONG.some((kind) => {
    const mine = own.filter((one) => one.kind === kind).map(({ value }) => value);
    const theirs = terms.flatMap((term) => {
      const value = term.kind === kind && term.state === "value" ? findIdentifier(kind, term.value) : null;
      return value === null ? [] : [value];
    });
    return mine.length > 0 && theirs.length > 0 && !theirs.some((value) => mine.includes(value));
  });
}
