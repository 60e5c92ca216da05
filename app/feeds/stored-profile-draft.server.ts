/**
 * A profile in the making. The beginning of the sample is kept sealed under a key of its own, for the one who
 * brought it, until the profile is saved or given up, and never longer than a day.
 */
import type { Actor } from "#app/people/actor.ts";
import { isId, newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { type Feed, openFeed } from "./feed.server.ts";
import { findProfile, listOwnProfiles } from "./find-profile.server.ts";
import { decodeText, Undecodable } from "./formats/decode.ts";
import { guessFields, guessTime, type TimeGuess, togetherIn } from "./guess-columns.ts";
import { completeJson } from "./maker/json-sample.ts";
import { isDocument, type Layout, layoutSchema, readSample, readSampleAs, type Sample } from "./maker/sample.ts";
import { lockProfiles, staleVersion, storeVersion } from "./maker/store-version.server.ts";
import { type Values, valuesSchema } from "./maker/values.ts";
import { type Locale, reasonSentence } from "./problem.ts";
import type { Field, Profile } from "./profile.ts";
import { readFeedFile } from "./read-file.ts";
import type { GoodRow } from "./read-row.ts";
import { type Mapping, mappingSchema, profileOf } from "./stored-profile.ts";

/** So much of a sample is kept: a hundred rows of the widest logs, and no more of anybody's data than that needs. */
const SAMPLE_BYTES = 1 << 18;
const DAY_MS = 24 * 60 * 60 * 1000;

interface FeedSlugs {
  agencySlug: string;
  systemSlug: string;
}

/**
 * Takes the beginning of a sample file, compressed or not.
 * @returns the draft's id
 * @throws NotFound; Refused `feedsProfile.refusedSample` when no columns can be seen in it
 */
export async function beginProfile(
  portal: Portal,
  actor: Actor,
  slugs: FeedSlugs,
  stream: AsyncIterable<Uint8Array>,
): Promise<string> {
  const { feed, accountId } = await openMaker(portal, actor, slugs);
  const { bytes, whole } = await readBeginning(stream);
  if ((await readSample(bytes)) === null) throw noColumns();
  const id = newId();
  const { agencyId } = feed.custody;
  await inTransaction(portal, async (tx) => {
    const keyId = await portal.vault.createKey(tx, "profile-draft");
    const sampleSealed = await portal.vault.seal(keyId, samplePlace(id), bytes);
    const createdAt = portal.time.now();
    await tx.profileDraft.create({ data: { id, accountId, agencyId, keyId, sampleSealed, whole, createdAt } });
    await appendLedger(portal, tx, {
      actor: feed.ledgerActor,
      act: "feed.sample-taken",
      thing: { type: "profile-draft", id },
      agencyId,
      detail: { system: feed.custody.system.slug, bytes: bytes.length },
    });
  });
  return id;
}

function noColumns(): Refused {
  const sentence =
    "No columns can be seen in this file. Accepted is a table (CSV), lines with fixed columns, or JSON with a list of objects.";
  return new Refused("feedsProfile.refusedSample", sentence);
}

/** Whole lines alone, so that no row of the sample is a broken one. */
async function readBeginning(stream: AsyncIterable<Uint8Array>): Promise<{ bytes: Buffer; whole: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of decodeText(stream)) {
      // The reader goes on in its own memory.
      parts.push(Uint8Array.from(part));
      length += part.length;
      if (length > SAMPLE_BYTES) break;
    }
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    throw noColumns();
  }
  const all = Buffer.concat(parts);
  if (all.length <= SAMPLE_BYTES) return { bytes: all, whole: true };
  const text = all.subarray(0, SAMPLE_BYTES).toString("utf8");
  // A document has no lines to be cut at; its last row that is whole is the last of the sample.
  const document = isDocument(text) ? completeJson(text) : null;
  if (document !== null) return { bytes: Buffer.from(document), whole: false };
  const end = all.lastIndexOf(10, SAMPLE_BYTES);
  return { bytes: all.subarray(0, end < 0 ? SAMPLE_BYTES : end + 1), whole: false };
}

interface Maker {
  feed: Feed;
  accountId: string;
}

async function openMaker(portal: Portal, actor: Actor, slugs: FeedSlugs): Promise<Maker> {
  const feed = await openFeed(portal, actor, "feed.mend", slugs);
  if (actor.kind !== "account") throw new NotFound("profile");
  return { feed, accountId: actor.accountId };
}

/** A draft as its form needs it. */
export interface ProfileDraft {
  feed: Feed;
  sample: Sample;
  bytes: Buffer;
  /** Whether somebody has said how it is built; else that is a guess. */
  laidOut: boolean;
  /** Of a longer file only the beginning was kept. */
  whole: boolean;
  guesses: Map<string, Field>;
  timeGuess: TimeGuess;
  /** What was mapped so far; null before the form was sent for the first time. */
  mapping: Mapping | null;
  /** What was said beside the columns; null before that form was sent for the first time. */
  values: Values | null;
  /** The agency's own profiles, of which this may become a new version. */
  own: Profile[];
}

/**
 * Opens a draft for the one who began it. Its sample may hold anybody's data, so the read stands in the ledger.
 * @throws NotFound also when it is older than a day
 */
export async function openProfileDraft(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { draftId: string },
): Promise<ProfileDraft> {
  const { feed, accountId } = await openMaker(portal, actor, input);
  const { agencyId } = feed.custody;
  const since = new Date(portal.time.now().getTime() - DAY_MS);
  const row = isId(input.draftId)
    ? await portal.db.profileDraft.findFirst({
        where: { id: input.draftId, accountId, agencyId, createdAt: { gt: since } },
      })
    : null;
  if (row === null) throw new NotFound("profile");
  await inTransaction(portal, (tx) =>
    appendLedger(portal, tx, {
      actor: feed.ledgerActor,
      act: "feed.sample-read",
      thing: { type: "profile-draft", id: row.id },
      agencyId,
    }),
  );
  const bytes = await portal.vault.open(row.keyId, samplePlace(row.id), row.sampleSealed);
  const layout = row.layout === null ? null : layoutSchema.parse(row.layout);
  const sample = layout === null ? await readSample(bytes) : await readSampleAs(bytes, layout);
  if (sample === null) throw noColumns();
  const guesses = guessFields(sample.columns);
  const times = togetherIn(sample.columns.filter(({ name }) => guesses.get(name) === "at"));
  return {
    ...{ feed, sample, bytes, guesses },
    laidOut: layout !== null,
    whole: row.whole,
    timeGuess: guessTime(times),
    mapping: row.mapping === null ? null : mappingSchema.parse(row.mapping),
    values: row.values === null ? null : valuesSchema.parse(row.values),
    own: await listOwnProfiles(portal, agencyId),
  };
}

/** Keeps what was mapped. @throws NotFound; Refused as `profileOf`, with the field in `params.field` */
export async function mapProfile(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { draftId: string },
  mapping: Mapping,
): Promise<void> {
  const draft = await openProfileDraft(portal, actor, input);
  profileOf(draft.sample, mapping, await findEarlier(portal, draft.feed, mapping), draft.values);
  await portal.db.profileDraft.update({ where: { id: input.draftId }, data: { mapping } });
}

/**
 * Keeps how the sample is built. Columns that it does not have any more lose their meaning.
 * @throws NotFound; Refused `feedsLayout.refusedSample` when no columns can be seen in it so
 */
export async function layOutProfile(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { draftId: string },
  layout: Layout,
): Promise<void> {
  const { bytes, mapping } = await openProfileDraft(portal, actor, input);
  const sample = await readSampleAs(bytes, layout);
  if (sample === null) throw new Refused("feedsLayout.refusedSample", "No columns can be seen in the sample so.");
  const names = new Set(sample.columns.map(({ name }) => name));
  const columns = Object.fromEntries(Object.entries(mapping?.columns ?? {}).filter(([name]) => names.has(name)));
  const data = { layout, ...(mapping === null ? {} : { mapping: { ...mapping, columns } }) };
  await portal.db.profileDraft.update({ where: { id: input.draftId }, data });
}

/**
 * Keeps what is said beside the columns.
 * @throws NotFound, also before anything was mapped; Refused as `profileOf`
 */
export async function valueProfile(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { draftId: string },
  values: Values,
): Promise<void> {
  const { sample, feed, mapping } = await openProfileDraft(portal, actor, input);
  if (mapping === null) throw new NotFound("profile");
  profileOf(sample, mapping, await findEarlier(portal, feed, mapping), values);
  await portal.db.profileDraft.update({ where: { id: input.draftId }, data: { values } });
}

async function findEarlier(portal: Portal, { custody }: Feed, { of }: Mapping): Promise<Profile | null> {
  if (of === null) return null;
  const earlier = await findProfile(portal, custody.agencyId, of);
  if (earlier === null) throw new NotFound("profile");
  return earlier;
}

export interface ProfilePreview {
  feed: Feed;
  profile: Profile;
  whole: boolean;
  rows: number;
  readable: number;
  /** The first hundred rows that became events. */
  events: GoodRow[];
  /** Every row of the sample that did not, with why. */
  problems: { row: number; reason: string }[];
}

const SHOWN_EVENTS = 100;

/** What the profile makes of the sample. @throws NotFound, also before anything was mapped; Refused */
export async function previewProfile(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { draftId: string; locale: Locale },
): Promise<ProfilePreview> {
  const draft = await openProfileDraft(portal, actor, input);
  if (draft.mapping === null) throw new NotFound("profile");
  const earlier = await findEarlier(portal, draft.feed, draft.mapping);
  const profile = profileOf(draft.sample, draft.mapping, earlier, draft.values);
  const preview: ProfilePreview = {
    ...{ feed: draft.feed, profile, whole: draft.whole },
    rows: 0,
    readable: 0,
    events: [],
    problems: [],
  };
  for await (const group of readFeedFile(once(draft.bytes), profile, portal.time.now())) {
    for (const row of group) {
      preview.rows += 1;
      if (row.problem === null) {
        preview.readable += 1;
        if (preview.events.length < SHOWN_EVENTS) preview.events.push(row);
      } else preview.problems.push({ row: row.number, reason: reasonSentence(row.problem, input.locale) });
    }
  }
  return preview;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/**
 * Saves what was previewed as a version that never changes, from now on the one by which this log's deliveries
 * are read, and forgets the sample. Events that are stored already stay as they are.
 * @returns the profile
 * @throws NotFound; Refused as `profileOf`, and `feedsProfile.refusedStale` when somebody saved a version meanwhile
 */
export async function saveProfile(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { draftId: string; version: number },
): Promise<Profile> {
  const draft = await openProfileDraft(portal, actor, input);
  const { feed, mapping, values } = draft;
  if (mapping === null) throw new NotFound("profile");
  const { agencyId } = feed.custody;
  return inTransaction(portal, async (tx) => {
    await lockProfiles(tx, agencyId);
    const made = profileOf(draft.sample, mapping, await findEarlier(portal, feed, mapping), values);
    const taken = mapping.of === null && (await findProfile(portal, agencyId, made.id)) !== null;
    if (taken) {
      throw new Refused("feedsProfile.refusedTaken", "There is an export of that name. Make a new version of it.", {
        field: "about",
      });
    }
    if (made.version !== input.version) throw staleVersion();
    await storeVersion(portal, tx, feed, made);
    await forget(tx, input.draftId);
    return made;
  });
}

type DraftTable = Pick<Portal["db"], "profileDraft" | "dataKey">;

/** The draft and its key: what was sealed is gone with it. */
async function forget(tx: DraftTable, draftId: string): Promise<void> {
  const { keyId } = await tx.profileDraft.delete({ where: { id: draftId } });
  await tx.dataKey.delete({ where: { id: keyId } });
}

export const FORGET_TASK = "forget-profile-drafts";

/** Job: forgets every sample that is older than a day. */
export async function forgetProfileDrafts(portal: Portal): Promise<void> {
  const before = new Date(portal.time.now().getTime() - DAY_MS);
  const old = await portal.db.profileDraft.findMany({ where: { createdAt: { lte: before } }, select: { id: true } });
  for (const { id } of old) {
    await inTransaction(portal, async (tx) => {
      // Saved or given up meanwhile, it is gone already.
      if ((await tx.profileDraft.findUnique({ where: { id } })) !== null) await forget(tx, id);
    });
  }
}

/** Gives a draft up: its sample is forgotten at once. @throws NotFound */
export async function dropProfileDraft(
  portal: Portal,
  actor: Actor,
  input: FeedSlugs & { draftId: string },
): Promise<void> {
  await openProfileDraft(portal, actor, input);
  await inTransaction(portal, (tx) => forget(tx, input.draftId));
}

function samplePlace(draftId: string) {
  return { table: "profile_draft", column: "sample_sealed", row: draftId };
}
