import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { listEventsAt, openEvents } from "#app/feeds/find-events.server.ts";
import { openCodes, saveCodes } from "#app/feeds/maker/save-codes.server.ts";
import { USUAL_VALUES, type Values } from "#app/feeds/maker/values.ts";
import { receiveUpload } from "#app/feeds/receive-upload.server.ts";
import type { Mapping } from "#app/feeds/stored-profile.ts";
import {
  beginProfile,
  layOutProfile,
  mapProfile,
  openProfileDraft,
  previewProfile,
  saveProfile,
  valueProfile,
} from "#app/feeds/stored-profile-draft.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { openTestPortal } from "#test/support/database.ts";
import { account, givenFeed, OPERATOR, streamOf, ZONE } from "../given-feed.ts";

const slugs = { agencySlug: "oakfield", systemSlug: "alpr" };

const mapping = (columns: Mapping["columns"], changed: Partial<Mapping> = {}): Mapping => ({
  about: "Our journal",
  of: null,
  columns,
  several: "join",
  times: ["compact", "iso"],
  zone: ZONE,
  dates: "year-first",
  listSeparator: null,
  yes: {},
  ...changed,
});
const values = (changed: Partial<Values>): Values => ({ ...USUAL_VALUES, ...changed });

const JOURNAL = [
  "20250618120200QV 7CNRY23   A",
  "20250618130200QV ###       C",
  "20250619080000QX 8XYZ987   C",
  "short",
  "",
].join("\n");
const COLUMNS = [
  { name: "DATE", from: 1, to: 8 },
  { name: "TIME", from: 9, to: 14 },
  { name: "MKE", from: 15, to: 17 },
  { name: "ARG", from: 18, to: 27 },
  { name: "PUR", from: 28, to: 28 },
];

test("a ruled journal is laid out, mapped, given its code tables and constants, and read by what was saved", async () => {
  await using portal = await openTestPortal();
  const { clerk, agencyId, systemId } = await givenFeed(portal);
  const input = { ...slugs, draftId: await beginProfile(portal, clerk, slugs, streamOf(JOURNAL)) };
  expect(await openProfileDraft(portal, clerk, input)).toMatchObject({ laidOut: false });
  await layOutProfile(portal, clerk, input, { kind: "fixed-width", skip: 0, least: 17, columns: COLUMNS });
  const draft = await openProfileDraft(portal, clerk, input);
  expect(draft.laidOut).toBe(true);
  expect(draft.sample.columns.map(({ name }) => name)).toEqual(["DATE", "TIME", "MKE", "ARG", "PUR"]);
  await expect(valueProfile(portal, clerk, input, values({}))).rejects.toThrow(NotFound);
  await mapProfile(
    portal,
    clerk,
    input,
    mapping({ DATE: "at", TIME: "at", MKE: "messageKey", ARG: "term", PUR: "purposeCode" }),
  );
  // Without the table of message keys nobody knows what was searched by.
  const before = await previewProfile(portal, clerk, { ...input, locale: "en" });
  expect(before).toMatchObject({ rows: 4, readable: 0 });

  const messageKey = { QV: { en: "Vehicle", es: "Vehículo", searches: "plate" as const } };
  const said = values({
    codes: { messageKey, purposeCode: { A: { en: "Applicants", es: "Solicitantes" } } },
    constants: { org: "Oakfield Sheriff" },
    hiddenByVendor: ["###"],
    hiddenByAgency: ["REDACTED"],
    marks: { bulk: { purposeCode: ["A"] }, automatic: {}, sealed: {} },
  });
  await valueProfile(portal, clerk, input, said);
  const preview = await previewProfile(portal, clerk, { ...input, locale: "en" });
  expect(preview.events.map(({ number, event }) => [number, event.searchedBy, event.bulk])).toEqual([
    [1, [{ kind: "plate", state: "value", value: "7CNRY23" }], true],
    [2, [{ kind: "plate", state: "hidden-by-vendor", mark: "###" }], false],
  ]);
  expect(preview.problems.map(({ row }) => row)).toEqual([3, 4]);
  const saved = await saveProfile(portal, clerk, { ...input, version: 1 });
  expect(saved.codes.messageKey).toEqual(messageKey);

  await receiveUpload(portal, clerk, { ...slugs, stream: streamOf(JOURNAL) });
  const refs = await listEventsAt(portal, { agencyId, systemId, on: "2025-06-18", zone: ZONE });
  expect((await openEvents(portal, refs))[0]?.event).toMatchObject({
    at: "2025-06-18T19:02:00.000Z",
    org: { value: "Oakfield Sheriff" },
    messageKey: { value: "QV", meaning: { en: "Vehicle", es: "Vehículo" } },
    purposeCode: { meaning: { en: "Applicants" } },
  });
});

test("the rows of a document are mapped by their paths; rows that are no look-ups, and the cut end, stay out", async () => {
  await using portal = await openTestPortal();
  const { clerk } = await givenFeed(portal);
  const row = (id: number, kind = "search") => ({
    id,
    kind,
    when: "2025-06-18T12:00:00Z",
    who: { badge: `b-${id}` },
    searched: [{ plate: "7CNRY23" }, { plate: "8XYZ987" }],
  });
  const rows = [row(1), row(2, "login"), ...Array.from({ length: 4_000 }, (_, i) => row(i + 3))];
  const document = JSON.stringify({ number: 7, log: { rows } });
  const input = { ...slugs, draftId: await beginProfile(portal, clerk, slugs, streamOf(document)) };
  const draft = await openProfileDraft(portal, clerk, input);
  expect(draft.whole).toBe(false);
  expect(draft.sample.format).toEqual({ kind: "json", items: ["log.rows[]"], marks: [], facts: {} });
  expect(Object.fromEntries(draft.guesses)).toMatchObject({
    id: "sourceId",
    when: "at",
    "who.badge": "user",
    "searched.plate": "plate",
  });
  await layOutProfile(portal, clerk, input, {
    kind: "json",
    items: ["log.rows[]"],
    marks: [],
    facts: { sequenceNo: "number" },
  });
  await mapProfile(
    portal,
    clerk,
    input,
    mapping({ when: "at", "who.badge": "user", "searched.plate": "plate" }, { times: ["iso"], zone: null }),
  );
  await valueProfile(portal, clerk, input, values({ only: { sources: ["kind"], values: ["search"] } }));
  const preview = await previewProfile(portal, clerk, { ...input, locale: "en" });
  // Of a document that was cut, the last whole row is the last: no row of the sample is a broken one.
  expect(preview.problems.map(({ row: number }) => number)).toEqual([2]);
  expect(preview.readable).toBe(preview.rows - 1);
  expect(preview.events[0]?.event.searchedBy).toHaveLength(2);
  const saved = await saveProfile(portal, clerk, { ...input, version: 1 });
  expect(saved.formats).toEqual([{ kind: "json", items: ["log.rows[]"], marks: [], facts: { sequenceNo: "number" } }]);
});

test("laid out anew, a sample keeps what still fits, and what cannot be read so is refused", async () => {
  await using portal = await openTestPortal();
  const { clerk, agencyId } = await givenFeed(portal);
  const input = { ...slugs, draftId: await beginProfile(portal, clerk, slugs, streamOf(JOURNAL)) };
  const layout = { kind: "fixed-width" as const, skip: 0, least: 17, columns: COLUMNS };
  await layOutProfile(portal, clerk, input, layout);
  await mapProfile(portal, clerk, input, mapping({ DATE: "at", TIME: "at", PUR: "purposeCode" }));
  await layOutProfile(portal, clerk, input, { ...layout, columns: COLUMNS.slice(0, 4) });
  expect((await openProfileDraft(portal, clerk, input)).mapping).toMatchObject({
    about: "Our journal",
    columns: { DATE: "at", TIME: "at" },
  });
  const json = { kind: "json" as const, items: ["[]"], marks: [], facts: {} };
  await expect(layOutProfile(portal, clerk, input, json)).rejects.toMatchObject({ code: "feedsLayout.refusedSample" });
  for (const actor of [OPERATOR, account("clerk", agencyId)]) {
    await expect(layOutProfile(portal, actor, input, layout)).rejects.toThrow(NotFound);
    await expect(valueProfile(portal, actor, input, values({}))).rejects.toThrow(NotFound);
  }
});

test("a new version begins with what the one before said of codes, constants and hidden values", async () => {
  await using portal = await openTestPortal();
  const { clerk } = await givenFeed(portal);
  const sample = "when;tag;why\n2025-06-18 12:02;7CNRY23;A\n";
  const columns = { when: "at", tag: "plate", why: "purposeCode" } as const;
  const make = async (of: string | null, said: Values | null, version: number) => {
    const input = { ...slugs, draftId: await beginProfile(portal, clerk, slugs, streamOf(sample)) };
    await mapProfile(portal, clerk, input, mapping(columns, { of }));
    if (said !== null) await valueProfile(portal, clerk, input, said);
    return saveProfile(portal, clerk, { ...input, version });
  };
  const codes = { purposeCode: { A: { en: "Audit", es: "Auditoría" } } };
  const said = values({ codes, constants: { org: "Oakfield" }, citations: ["Gov. Code"], placeholder: ["?"] });
  const first = await make(null, said, 1);
  const second = await make(first.id, null, 2);
  expect(second).toMatchObject({ codes, states: first.states, fields: { org: [{ constant: "Oakfield" }] } });
  // A constant stands behind every column, and is said once however many versions there are.
  const third = await make(first.id, values({ constants: { org: "Oakfield SO", purposeCode: "X" } }), 3);
  expect(third.fields.org).toEqual([{ constant: "Oakfield SO" }]);
  expect(third.fields.purposeCode).toEqual(["why", { constant: "X" }]);
});

test("words of a citation are whole words, and two meanings of one text are refused", async () => {
  await using portal = await openTestPortal();
  const { clerk } = await givenFeed(portal);
  const rows = ["Gov. Code 7923.600", "Governor Cody", "7ABC123"].map((tag, i) => `2025-06-18 12:0${i};${tag}`);
  const sample = ["when;tag", ...rows].join("\n");
  const input = { ...slugs, draftId: await beginProfile(portal, clerk, slugs, streamOf(`${sample}\n`)) };
  await mapProfile(portal, clerk, input, mapping({ when: "at", tag: "plate" }));
  await valueProfile(portal, clerk, input, values({ citations: ["Gov. Code"] }));
  const preview = await previewProfile(portal, clerk, { ...input, locale: "en" });
  expect(preview.events.map(({ event }) => event.searchedBy[0]?.state)).toEqual(["hidden-by-agency", "value"]);
  const clash = values({ hiddenByAgency: ["-"], placeholder: ["-"] });
  await expect(valueProfile(portal, clerk, input, clash)).rejects.toMatchObject({
    code: "feedsProfile.refusedClash",
    params: { text: "-" },
  });
});

test("an agency's own message keys make a version of its own of a shipped profile, and the next of that", async () => {
  await using portal = await openTestPortal();
  const { clerk, otherClerk, agencyId } = await givenFeed(portal);
  await portal.db.custody.updateMany({ where: { agencyId }, data: { profile: "clets-journal" } });
  const journal = readFileSync("test/fixtures/feeds/clets-arg.csv");
  const before = await receiveUpload(portal, clerk, { ...slugs, stream: streamOf(journal) });
  expect(before.stored).toBe(0);
  const opened = await openCodes(portal, clerk, slugs);
  expect(opened).toMatchObject({ next: 1, fields: ["purposeCode", "messageKey"] });
  const codes = (searches: "plate" | "name") => ({
    ...opened.profile.codes,
    messageKey: { QV: { en: "Vehicle", es: "Vehículo", searches } },
  });
  const input = { ...slugs, codes: codes("plate"), version: 1 };
  for (const actor of [otherClerk, OPERATOR]) {
    await expect(saveCodes(portal, actor, input)).rejects.toThrow(NotFound);
    await expect(openCodes(portal, actor, slugs)).rejects.toThrow(NotFound);
  }
  const first = await saveCodes(portal, clerk, input);
  expect(first).toMatchObject({ id: "own-clets-journal", version: 1 });
  expect(first.formats).toEqual(opened.profile.formats);
  expect((await receiveUpload(portal, clerk, { ...slugs, stream: streamOf(journal) })).stored).toBeGreaterThan(0);
  await expect(saveCodes(portal, clerk, input)).rejects.toMatchObject({ code: "feedsProfile.refusedStale" });
  await expect(saveCodes(portal, clerk, { ...input, version: 2 })).rejects.toMatchObject({
    code: "feedsCodes.unchanged",
  });
  expect(await saveCodes(portal, clerk, { ...slugs, codes: codes("name"), version: 2 })).toMatchObject({ version: 2 });
  const kept = await portal.db.storedProfile.findMany({ orderBy: { version: "asc" } });
  expect(kept.map(({ body }) => body)).toMatchObject([{ codes: codes("plate") }, { codes: codes("name") }]);
  const acts = await portal.pool.query("SELECT count(*)::int AS n FROM ledger.entry WHERE act = 'feed.profile-saved'");
  expect(acts.rows[0].n).toBe(2);
  // Read by the shipped one again, the agency's own tables are still the ones to go on from.
  await portal.db.custody.updateMany({ where: { agencyId }, data: { profile: "clets-journal" } });
  expect(await openCodes(portal, clerk, slugs)).toMatchObject({ next: 3, profile: { id: "own-clets-journal" } });
});
