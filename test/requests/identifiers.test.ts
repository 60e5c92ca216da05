import { expect, test } from "vitest";
import { getCaseFile } from "#app/requests/case-file.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { listIdentifierClaims } from "#app/requests/identifiers.server.ts";
import { openTestPortal } from "#test/support/database.ts";
import { answersOf, givenActor, givenDraft, givenWorld, PERSON } from "./given-request.ts";

test("identifiers stand before the clerk in the order in which the resident gave them", async () => {
  await using portal = await openTestPortal();
  const { sheriff } = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const given = ["7DEM042", "6ENU888", "9ZZZ111", "1AAA222", "5MMM333"];
  const plates = given.map((value) => ({ value, from: "2023-01-01", to: null }));
  const answers = { ...answersOf([sheriff]), identifiers: { plates, licence: "A1234567" } };
  const { requestId } = await fileRequest(portal, resident, await givenDraft(portal, resident, answers));
  const { id } = await portal.db.case.findFirstOrThrow({ where: { requestId } });
  const claims = await listIdentifierClaims(portal, await getCaseFile(portal, id));
  expect(claims.map((claim) => claim.value)).toEqual([...given, "A1234567"]);
});
