import { expect, test } from "vitest";
import { listEventsAt, openEvents } from "#app/feeds/find-events.server.ts";
import { findProfile } from "#app/feeds/find-profile.server.ts";
import { listQuarantine } from "#app/feeds/list-quarantine.server.ts";
import { receiveUpload } from "#app/feeds/receive-upload.server.ts";
import { replayRows } from "#app/feeds/replay-rows.server.ts";
import { getProfileState } from "#app/feeds/stored-profile.server.ts";
import type { Mapping } from "#app/feeds/stored-profile.ts";
import { ownId } from "#app/feeds/stored-profile.ts";
import {
  beginProfile,
  dropProfileDraft,
  forgetProfileDrafts,
  mapProfile,
  openProfileDraft,
  previewProfile,
  saveProfile,
} from "#app/feeds/stored-profile-draft.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { account, givenFeed, OPERATOR, streamOf, ZONE } from "./given-feed.ts";

const slugs = { agencySlug: "oakfield", systemSlug: "alpr" };
const CAD = [
  "When;Officer;Tag;Why;Secret",
  "18.06.2025 12:02;P. Canary;7CNRY23;theft;no",
  "18.06.2025 13:02;Q. Canary;8XYZ987;an inquiry;yes",
  "yesterday;R. Canary;6DEF456;theft;no",
  "",
].join("\n");

const mapping = (changed: Partial<Mapping> = {}): Mapping => ({
  about: "Our dispatch export",
  of: null,
  columns: { When: "at", Officer: "user", Tag: "plate", Why: "purpose", Secret: "sealed" },
  several: "refuse",
  times: ["day-first"],
  zone: ZONE,
  dates: "year-first",
  listSeparator: null,
  yes: { sealed: ["yes"] },
  ...changed,
});

async function made(portal: TestPortal, clerk: AccountActor, text = CAD, wanted = mapping(), version = 1) {
  const draftId = await beginProfile(portal, clerk, slugs, streamOf(text));
  await mapProfile(portal, clerk, { ...slugs, draftId }, wanted);
  return saveProfile(portal, clerk, { ...slugs, draftId, version });
}

test("a sample becomes a form with guesses, a preview, and a version by which deliveries are read", async () => {
  await using portal = await openTestPortal();
  const { clerk, agencyId, systemId } = await givenFeed(portal);
  const draftId = await beginProfile(portal, clerk, slugs, streamOf(CAD, 7));
  const input = { ...slugs, draftId };
  const draft = await openProfileDraft(portal, clerk, input);
  expect(draft.sample.columns.map(({ name }) => name)).toEqual(["When", "Officer", "Tag", "Why", "Secret"]);
  expect(Object.fromEntries(draft.guesses)).toEqual({
    When: "at",
    Officer: "user",
    Tag: "plate",
    Why: "purpose",
  });
  await expect(previewProfile(portal, clerk, { ...input, locale: "en" })).rejects.toThrow(NotFound);

  await mapProfile(portal, clerk, input, mapping());
  const preview = await previewProfile(portal, clerk, { ...input, locale: "en" });
  expect(preview).toMatchObject({ rows: 3, readable: 2, whole: true, problems: [{ row: 4 }] });
  expect(preview.events.map(({ number, event }) => [number, event.at, event.sealed])).toEqual([
    [2, "2025-06-18T19:02:00.000Z", false],
    [3, "2025-06-18T20:02:00.000Z", true],
  ]);
  expect(await portal.db.storedProfile.count()).toBe(0);

  const saved = await saveProfile(portal, clerk, { ...input, version: 1 });
  expect(saved).toMatchObject({ id: "own-our-dispatch-export", version: 1 });
  expect([
    await portal.db.profileDraft.count(),
    await portal.db.dataKey.count({ where: { purpose: "profile-draft" } }),
  ]).toEqual([0, 0]);
  expect(await getProfileState(portal, clerk, slugs)).toMatchObject({ current: saved, own: [saved] });

  const delivered = await receiveUpload(portal, clerk, { ...slugs, stream: streamOf(CAD) });
  expect(delivered).toMatchObject({ rows: 3, stored: 2, quarantined: 1 });
  expect(await portal.db.batch.findFirstOrThrow()).toMatchObject({ profile: saved.id, profileVersion: 1 });
  const refs = await listEventsAt(portal, { agencyId, systemId, on: "2025-06-18", zone: ZONE });
  expect(await openEvents(portal, refs)).toMatchObject([
    { event: { user: { value: "P. Canary" } } },
    { event: { user: { value: "Q. Canary" }, sealed: true } },
  ]);
});

test("a new version reads what waits under an old header, and changes nothing that is stored", async () => {
  await using portal = await openTestPortal();
  const { clerk, agencyId, systemId } = await givenFeed(portal);
  const first = await made(portal, clerk, CAD, mapping({ times: ["month-first"] }));
  const wrong = await receiveUpload(portal, clerk, {
    ...slugs,
    stream: streamOf(CAD.replace("yesterday", "06/18/2025 08:00")),
  });
  expect(wrong).toMatchObject({ stored: 1, quarantined: 2 });
  const events = async () =>
    openEvents(portal, await listEventsAt(portal, { agencyId, systemId, on: "2025-06-18", zone: ZONE }));
  const before = await events();

  const changed = CAD.replace("When;", "Unit;When;").replaceAll(/^(\d|yes)/gm, "12;$1");
  const next = await made(portal, clerk, changed, mapping({ of: first.id, about: "Dispatch" }), 2);
  expect(next).toMatchObject({ id: first.id, version: 2, about: { en: "Dispatch" } });
  expect(next.formats).toHaveLength(2);
  const replayed = await replayRows(portal, clerk, { ...slugs, which: { batchId: wrong.batchId } });
  expect(replayed).toMatchObject({ stored: 2, duplicates: 0, waiting: 0 });
  const after = await events();
  expect(after.filter(({ eventId }) => before.some((one) => one.eventId === eventId))).toEqual(before);
  expect(after).toHaveLength(3);
  // The first version is still there, as it was, and cannot be changed.
  expect((await portal.db.storedProfile.findMany({ orderBy: { version: "asc" } })).map(({ body }) => body)).toEqual([
    first,
    next,
  ]);
  await expect(portal.db.storedProfile.updateMany({ data: { version: 9 } })).rejects.toThrow();
});

test("rows that wait under another profile are read by the one that the log has now", async () => {
  await using portal = await openTestPortal();
  const { clerk, agencyId } = await givenFeed(portal);
  const audit = "id,at,org,user,plate,licence,purpose,case_number,scope\n1,18.06.2025 12:02,PD,u,7ABC123,,theft,,\n";
  await portal.db.custody.updateMany({ where: { agencyId }, data: { profile: "canonical" } });
  await receiveUpload(portal, clerk, { ...slugs, stream: streamOf(audit) });
  const [line] = await listQuarantine(portal, clerk, slugs);
  const which = { quarantineId: line?.id ?? "" };
  expect(await replayRows(portal, clerk, { ...slugs, which })).toMatchObject({ stored: 0, waiting: 1 });
  const columns = { at: "at", user: "user", plate: "plate", purpose: "purpose" } as const;
  await made(portal, clerk, audit, mapping({ columns, yes: {} }));
  expect(await replayRows(portal, clerk, { ...slugs, which })).toMatchObject({ stored: 1, waiting: 0 });
});

test("a sample is sealed, read on the record, for its owner alone, and gone after a day", async () => {
  await using portal = await openTestPortal();
  const { clerk, otherClerk, agencyId } = await givenFeed(portal);
  const draftId = await beginProfile(portal, clerk, slugs, streamOf(CAD));
  const input = { ...slugs, draftId };
  await openProfileDraft(portal, clerk, input);
  const { rows } = await portal.pool.query("SELECT d::text AS text FROM profile_draft d");
  expect(JSON.stringify(rows)).not.toMatch(/Canary|7CNRY23/);
  expect(Buffer.from(rows[0].text.match(/\\x([0-9a-f]+)/)?.[1] ?? "", "hex").toString("latin1")).not.toContain(
    "Canary",
  );
  const acts = await portal.pool.query("SELECT act FROM ledger.entry WHERE act LIKE 'feed.sample-%' ORDER BY seq");
  expect(acts.rows.map(({ act }) => act)).toEqual(["feed.sample-taken", "feed.sample-read"]);

  const colleague = account("clerk", agencyId);
  for (const actor of [colleague, otherClerk, OPERATOR]) {
    await expect(openProfileDraft(portal, actor, input)).rejects.toThrow(NotFound);
    await expect(mapProfile(portal, actor, input, mapping())).rejects.toThrow(NotFound);
    await expect(saveProfile(portal, actor, { ...input, version: 1 })).rejects.toThrow(NotFound);
    await expect(dropProfileDraft(portal, actor, input)).rejects.toThrow(NotFound);
  }
  for (const actor of [otherClerk, OPERATOR, account("intake", agencyId)]) {
    await expect(beginProfile(portal, actor, slugs, streamOf(CAD))).rejects.toThrow(NotFound);
  }
  await forgetProfileDrafts(portal);
  expect(await portal.db.profileDraft.count()).toBe(1);
  portal.time.advance({ days: 1 });
  // Too old to be opened even before the job has come round.
  await expect(openProfileDraft(portal, clerk, input)).rejects.toThrow(NotFound);
  await forgetProfileDrafts(portal);
  await forgetProfileDrafts(portal);
  expect([
    await portal.db.profileDraft.count(),
    await portal.db.dataKey.count({ where: { purpose: "profile-draft" } }),
  ]).toEqual([0, 0]);

  const given = await beginProfile(portal, clerk, slugs, streamOf(CAD));
  await dropProfileDraft(portal, clerk, { ...slugs, draftId: given });
  expect(await portal.db.profileDraft.count()).toBe(0);
});

test("of a long file only the beginning is kept, in whole rows", async () => {
  await using portal = await openTestPortal();
  const { clerk } = await givenFeed(portal);
  const row = "18.06.2025 12:02;P. Canary;7CNRY23;theft;no\n";
  const draftId = await beginProfile(portal, clerk, slugs, streamOf(CAD + row.repeat(20_000)));
  await mapProfile(portal, clerk, { ...slugs, draftId }, mapping());
  const preview = await previewProfile(portal, clerk, { ...slugs, draftId, locale: "es" });
  expect(preview.whole).toBe(false);
  expect(preview.rows).toBeLessThan(7_000);
  expect(preview.problems).toHaveLength(1);
  expect(preview.events).toHaveLength(100);
});

test.each<[string, Partial<Mapping>, string]>([
  ["feedsProfile.refusedName", { about: " " }, "about"],
  ["feedsProfile.refusedName", { about: "x".repeat(81) }, "about"],
  ["feedsProfile.refusedTime", { columns: { Tag: "plate" } }, "columns"],
  ["feedsProfile.refusedTwice", { columns: { When: "at", Tag: "plate", Why: "plate" } }, "columns"],
  ["feedsProfile.refusedZone", { zone: "Nowhere/Land" }, "zone"],
  ["feedsProfile.refusedOrder", { times: ["day-first", "month-first"] }, "times"],
  ["feedsProfile.refusedYes", { yes: {} }, "yes-sealed"],
])("%s: %o", async (code, changed, field) => {
  await using portal = await openTestPortal();
  const { clerk } = await givenFeed(portal);
  const draftId = await beginProfile(portal, clerk, slugs, streamOf(CAD));
  const mapped = mapProfile(portal, clerk, { ...slugs, draftId }, mapping(changed));
  await expect(mapped).rejects.toMatchObject({ code, params: { field } });
});

test("what is no table is refused before anything of it is kept", async () => {
  await using portal = await openTestPortal();
  const { clerk } = await givenFeed(portal);
  for (const file of ["", "a letter\n", Buffer.from("PK\u0003\u0004rest"), "[]"]) {
    await expect(beginProfile(portal, clerk, slugs, streamOf(file))).rejects.toMatchObject({
      code: "feedsProfile.refusedSample",
    });
  }
  expect(await portal.db.profileDraft.count()).toBe(0);
});

test("a name is taken once, and of two who save a version at once the second looks again", async () => {
  await using portal = await openTestPortal();
  const { clerk, agencyId, otherAgencyId } = await givenFeed(portal);
  const first = await made(portal, clerk);
  await expect(made(portal, clerk)).rejects.toMatchObject({ code: "feedsProfile.refusedTaken" });
  const draft = async () => {
    const draftId = await beginProfile(portal, clerk, slugs, streamOf(CAD));
    await mapProfile(portal, clerk, { ...slugs, draftId }, mapping({ of: first.id }));
    return draftId;
  };
  const drafts = [await draft(), await draft()];
  const both = await Promise.allSettled(
    drafts.map((draftId) => saveProfile(portal, clerk, { ...slugs, draftId, version: 2 })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect((await findProfile(portal, agencyId, first.id))?.version).toBe(2);
  expect(await findProfile(portal, otherAgencyId, first.id)).toBeNull();
});

test.each([
  ["Our dispatch export", "own-our-dispatch-export"],
  ["Exportación de Ñuñoa!", "own-exportacion-de-nunoa"],
  ["日本", "own-export"],
  ["x".repeat(80), `own-${"x".repeat(36)}`],
])("the id of %s", (about, id) => {
  expect(ownId(about)).toBe(id);
});
