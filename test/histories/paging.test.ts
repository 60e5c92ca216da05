import { expect, test } from "vitest";
import { getProposal } from "#app/histories/get-proposal.server.ts";
import { getCaseFile, recordRead } from "#app/requests/case-file.server.ts";
import { listReadersForResident } from "#app/requests/readers.server.ts";
import { approve, givenCase, givenMatched, PLATE, propose } from "#test/histories/given-case.ts";
import { openTestPortal } from "#test/support/database.ts";

test("a long proposal is read page by page, every line once, and approved as a whole", async () => {
  await using portal = await openTestPortal();
  const rows = Array.from({ length: 53 }, (_, i) => ({
    id: `p${i}`,
    at: new Date(Date.UTC(2025, 5, 1, i)).toISOString(),
    org: "Alder Creek PD",
    user: `u-${i}`,
    plate: PLATE,
  }));
  const given = await givenCase(portal, { rows });
  await givenMatched(portal, given);
  await propose(portal, given);
  const read = (page: number) => getProposal(portal, given.supervisor, { caseId: given.caseId, locale: "en", page });
  const pages = [await read(1), await read(2)];
  expect(pages.map(({ page, pages: all, lines }) => [page, all, lines.length])).toEqual([
    [1, 2, 50],
    [2, 2, 3],
  ]);
  const numbers = pages.flatMap((page) => page.lines.map((line) => line.number));
  expect(numbers).toEqual(Array.from({ length: 53 }, (_, i) => i + 1));
  expect((await read(99)).page).toBe(2);
  expect((await read(-4)).page).toBe(1);
  expect(pages[0]?.digest).toBe(pages[1]?.digest);
  await approve(portal, given);
});

test("no look at a file can be pushed out of its resident's list by many others", async () => {
  await using portal = await openTestPortal();
  const given = await givenCase(portal);
  const file = await getCaseFile(portal, given.caseId);
  for (let i = 0; i < 101; i += 1) {
    portal.time.advance({ seconds: 1 });
    await recordRead(portal, i === 0 ? given.supervisor : given.clerk, file, "case.read");
  }
  const first = await listReadersForResident(portal, given.resident, given.requestId);
  expect(first.others).toMatchObject({ count: 101, page: 1, pages: 2 });
  expect(first.others.readings).toHaveLength(100);
  const last = await listReadersForResident(portal, given.resident, given.requestId, { others: 2 });
  expect(last.others.readings.map(({ role, act }) => [role, act])).toEqual([["supervisor", "case.read"]]);
  expect(last.own.readings[0]?.act).toBe("readers.read");
});
