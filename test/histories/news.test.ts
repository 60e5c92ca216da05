import { expect, test } from "vitest";
import { decideField, decideLines } from "#app/histories/decide.server.ts";
import { composeNews } from "#app/histories/document/compose-news.ts";
import { wordsFor } from "#app/histories/document/words.ts";
import { runsOf } from "#app/histories/news.ts";
import { getReleaseForResident, getReleasePdf, listReleases } from "#app/histories/queries.server.ts";
import { verifyReleaseFile } from "#app/histories/verify-release.server.ts";
import { DISCLOSE, givenCase, givenMatched, REDACT, release, WITHHOLD } from "#test/histories/given-case.ts";
import { openTestPortal } from "#test/support/database.ts";

test("a later edition says what is new in it, page and PDF alike, and the former is superseded", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const { caseId } = given;
  const [oldest, middle, newest] = await givenMatched(portal, given);
  const later = { ...WITHHOLD, outcome: "defer", reviewOn: "2026-04-01" } as const;
  await decideLines(portal, given.clerk, { caseId, events: [oldest!], ...later });
  const first = await release(portal, given);
  const read = (id: string) => getReleaseForResident(portal, given.resident, id);
  expect((await read(first)).history.news).toBeUndefined();

  await decideLines(portal, given.clerk, { caseId, events: [oldest!], ...DISCLOSE });
  await decideField(portal, given.clerk, { caseId, eventId: middle!, field: "user", ...REDACT });
  await decideLines(portal, given.clerk, { caseId, events: [newest!], ...WITHHOLD });
  const second = await release(portal, given);
  const { history } = await read(second);
  // Newest first: the middle look-up is line 1 now, the oldest line 2.
  expect(history.news).toEqual({ edition: 1, releasedOn: "2026-03-02", lines: [2], changed: [1], gone: 1 });
  expect((await listReleases(portal, caseId)).map(({ edition, newCount }) => [edition, newCount])).toEqual([
    [2, 1],
    [1, null],
  ]);
  expect((await read(first)).release.superseded).toBe(true);
  const { bytes } = await getReleasePdf(portal, given.resident, first);
  expect(await verifyReleaseFile(portal, bytes)).toMatchObject({ genuine: true, edition: 1, superseded: true });

  const said = JSON.stringify(composeNews(history, wordsFor("en")));
  expect(said).toContain("New in edition 2");
  expect(said).toContain("1 look-up is shown for the first time: 2.");
  expect(said).toContain("1 look-up now reads differently: 1.");
  expect(said).toContain("1 look-up that was shown there is not shown here.");
  expect(JSON.stringify(composeNews({ ...history, locale: "es" }, wordsFor("es")))).toContain("edición 2");
});

test("an edition in which nothing is new says so, and a moved day is no news", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const { caseId } = given;
  const [first] = await givenMatched(portal, given);
  const redacted = { caseId, eventId: first!, field: "user", ...REDACT } as const;
  await decideField(portal, given.clerk, { ...redacted, reviewOn: "2026-04-01" });
  await release(portal, given);
  await decideField(portal, given.clerk, { ...redacted, reviewOn: "2026-05-01" });
  const { history } = await getReleaseForResident(portal, given.resident, await release(portal, given));
  expect(history.news).toMatchObject({ lines: [], changed: [], gone: 0 });
  expect(JSON.stringify(composeNews(history, wordsFor("en")))).toContain("are the same");
});

test("numbers are said as runs", () => {
  expect(runsOf([])).toEqual([]);
  expect(runsOf([1, 2, 3, 7, 9, 10])).toEqual([
    [1, 3],
    [7, 7],
    [9, 10],
  ]);
});
