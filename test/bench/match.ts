/**
 * A resident looked for by name and birth date: the candidates among a million people, and a whole request against
 * millions of events. Both are held against their goals, and their growth against itself.
 */
import { findEventsBySubject } from "#app/feeds/find-events.server.ts";
import { withReader } from "#app/feeds/store/reader.server.ts";
import { findSubjects, listCandidates } from "#app/feeds/subjects/find-subjects.server.ts";
import { SUBJECT_INDEXES, subjectTags } from "#app/feeds/subjects/seal-subjects.server.ts";
import { subjectKeyInHand } from "#app/feeds/subjects/subject-book.server.ts";
import { DEFAULT_MODEL } from "#app/histories/matching/default-model.ts";
import { explain } from "#app/histories/matching/explanation.ts";
import { uuidOf } from "#app/platform/sealing/indexer.ts";
import { type BenchOptions, type Measured, median } from "./bench.ts";
import { newOwner } from "./feeds-load.ts";
import { fillStore, PARTS } from "./feeds-lookup.ts";
import { type BenchPortal, openBenchPortal } from "./feeds-portal.ts";
import { drawing, fillPeople, type Person, person, subjectOf, withErrors } from "./match-people.ts";

const USUAL_EVENTS = 10_000_000;
/** One event in so many was searched by name. */
const BY_NAME = 5;
const MOST_PEOPLE = 1_000_000;
const SEARCHES = 400;
const REQUESTS = 60;
const YEAR = { from: "2024-01-01", to: "2024-12-31" };

/** People of the population that `fillPeople` makes, each with how a log has misspelt him. */
function searches(count: number, people: number): { readonly truth: Person; readonly written: Person }[] {
  const draw = drawing(11);
  const errors = drawing(23);
  const every = Math.max(1, Math.floor(people / count));
  const found: { truth: Person; written: Person }[] = [];
  for (let i = 0; i < people && found.length < count; i++) {
    const truth = person(draw);
    if (i % every === 0) found.push({ truth, written: withErrors(truth, errors) });
  }
  return found;
}

interface Candidates {
  readonly milliseconds: readonly number[];
  readonly recall: number;
  /** On the average. */
  readonly count: number;
}

/** The keyed hashes as SQL, warm: who is found, and in what time. */
async function findCandidates(portal: BenchPortal, people: number): Promise<Candidates> {
  const book = await subjectKeyInHand(portal, portal.agencyId);
  const { indexKeys } = await portal.vault.keysInHand(book.keyId, SUBJECT_INDEXES);
  const tags = subjectTags(indexKeys, portal.agencyId);
  const asked = searches(SEARCHES, people).map(({ truth, written }) => ({
    id: uuidOf(tags.idOf(subjectOf(truth))),
    keys: [...new Set(tags.keysOf(subjectOf(written)))].map(uuidOf),
  }));
  return withReader(portal.pool, async (client) => {
    for (const { keys } of asked) await listCandidates(client, keys);
    const milliseconds: number[] = [];
    let [hits, count] = [0, 0];
    for (const { id, keys } of asked) {
      const began = process.hrtime.bigint();
      const rows = await listCandidates(client, keys);
      milliseconds.push(Number(process.hrtime.bigint() - began) / 1e6);
      count += rows.length;
      if (rows.some((row) => row.id === id)) hits += 1;
    }
    return { milliseconds, recall: hits / asked.length, count: count / asked.length };
  });
}

/** Searches by name among the events that are there: one event in five names somebody. */
async function nameEvents(portal: BenchPortal, part: number): Promise<void> {
  const month = `2024_${String(part + 1).padStart(2, "0")}`;
  await portal.pool.query(
    `INSERT INTO events.search_key_${month} (tag, at, event_id, place)
     SELECT p.id, k.at, k.event_id, 0
     FROM (SELECT at, event_id, row_number() OVER () AS n FROM events.search_key_${month}) k
     JOIN bench_person p ON p.n = (k.n * 7919 + $1) % (SELECT count(*) FROM bench_person)
     WHERE k.n % ${BY_NAME} = 0`,
    [part],
  );
}

async function fillEvents(portal: BenchPortal, batchId: string, events: number): Promise<void> {
  await portal.empty();
  await fillStore(portal, batchId, events);
  for (let part = 0; part < PARTS; part++) await nameEvents(portal, part);
  await portal.pool.query("VACUUM ANALYZE events.search_key");
}

/** What a clerk waits for: candidates, opened, scored, and the look-ups of those that are left. */
async function request(portal: BenchPortal, names: readonly Person[]): Promise<{ ms: number; found: number }> {
  const began = process.hrtime.bigint();
  const subjects = names.map(subjectOf);
  const candidates = await findSubjects(portal, { agencyId: portal.agencyId, names: subjects });
  const likely = candidates.filter(({ subject }) => explain(DEFAULT_MODEL, subject, subjects) !== null);
  const keys = likely.map(({ subjectId }) => ({
    identifierId: subjectId,
    tag: subjectId,
    from: "2023-01-01",
    to: null,
  }));
  const events = await findEventsBySubject(portal, { agencyId: portal.agencyId, keys, period: YEAR, zone: "UTC" });
  return { ms: Number(process.hrtime.bigint() - began) / 1e6, found: events.length };
}

async function requests(portal: BenchPortal, people: number, names: number): Promise<number[]> {
  const asked = searches(REQUESTS * names, people);
  const times: number[] = [];
  let found = 0;
  for (let i = 0; i < REQUESTS; i++) {
    const own = asked.slice(i * names, (i + 1) * names).map(({ written }) => written);
    const done = await request(portal, own);
    found += done.found;
    if (i >= REQUESTS / 6) times.push(done.ms);
  }
  if (found === 0) throw new Error("no request found anything");
  return times;
}

const fixed = (name: string, value: number) => ({ name, values: [value] });

/** @param options.events Events in the store; a tenth as many people, a million at most. */
export async function* matchBench({ events = USUAL_EVENTS }: BenchOptions): AsyncGenerator<Measured> {
  const people = Math.min(MOST_PEOPLE, Math.ceil(events / 10));
  await using portal = await openBenchPortal();
  await fillPeople(portal, people);
  await portal.pool.query(
    `CREATE TABLE bench_person AS SELECT row_number() OVER () - 1 AS n, id FROM subject;
     CREATE INDEX ON bench_person (n); ANALYZE bench_person`,
  );
  const candidates = await findCandidates(portal, people);
  const among = `among ${people} people`;
  yield {
    ...{ name: `match.candidates ${among}`, unit: "ms", values: candidates.milliseconds },
    ...{ against: fixed("a millisecond", 1), goal: { atMost: 1 } },
  };
  yield {
    ...{ name: `match.candidates-recall ${among}`, unit: "share", values: [candidates.recall] },
    ...{ against: fixed("0.97", 0.97), goal: { atLeast: 1 } },
  };
  yield {
    ...{ name: `match.candidates-count ${among}`, unit: "people", values: [candidates.count] },
    ...{ against: fixed("everybody", people), goal: { atMost: 0.01 } },
  };
  const { batchId } = await newOwner(portal);
  const few = Math.ceil(events / 10);
  await fillEvents(portal, batchId, few);
  const small = await requests(portal, people, 1);
  await fillEvents(portal, batchId, events);
  const one = await requests(portal, people, 1);
  yield {
    ...{ name: `match.request of ${events} events`, unit: "ms", values: one },
    ...{ against: fixed("two seconds", 2000), goal: { atMost: 1 } },
  };
  yield {
    ...{ name: "match.request-growth with ten times the events", unit: "ms", values: one },
    ...{ against: { name: `${few} events`, values: small }, goal: { atMost: 2 } },
  };
  const four = await requests(portal, people, 4);
  yield {
    ...{ name: "match.request-growth with four names", unit: "ms", values: [median(four)] },
    ...{ against: { name: "one name", values: one }, goal: { atMost: 4.5 } },
  };
}
