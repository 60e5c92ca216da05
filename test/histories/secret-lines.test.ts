import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importBatch } from "#app/feeds/import-batch.server.ts";
import { decideLines } from "#app/histories/decide.server.ts";
import { getDesk, getLine } from "#app/histories/get-desk.server.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { DISCLOSE, type GivenCase, givenCase, givenMatched, OTHER_PLATE, PLATE, WITHHOLD } from "./given-case.ts";

let portal: TestPortal;
let given: GivenCase;
beforeEach(async () => {
  portal = await openTestPortal();
  given = await givenCase(portal, { rows: [] });
  const header = "id,at,org,user,plate,licence,purpose,case_number,scope,hidden_reason,hidden_until";
  const rows = [
    `s1,2025-06-18T00:02:04Z,Alder Creek PD,u-1,${PLATE},,Stolen vehicle,25-1,lookup,,`,
    `s2,2025-07-02T18:30:00Z,Alder Creek PD,u-2,${PLATE},,Narcotics,25-2,lookup,wire on ${OTHER_PLATE},2027-03-01T20:00:00Z`,
    `s3,2025-08-20T03:15:00Z,Alder Creek PD,u-3,${PLATE},,Property crime,25-3,lookup,,`,
  ];
  await importBatch(
    portal,
    { kind: "operator", name: "tester" },
    {
      agencySlug: "alder",
      systemSlug: "alpr",
      profile: "canonical",
      via: "command",
      stream: (async function* () {
        yield Buffer.from([header, ...rows, ""].join("\n"));
      })(),
    },
  );
});
afterEach(() => portal[Symbol.asyncDispose]());

const desk = () => getDesk(portal, given.clerk, { caseId: given.caseId, locale: "en", page: 1, show: "all" });
const disclose = (events: readonly string[] | "undecided") =>
  decideLines(portal, given.clerk, { caseId: given.caseId, events, ...DISCLOSE });

describe("a look-up that its log keeps from the person", () => {
  it("says so to the clerk, with the log's reason and nobody else's plate in it", async () => {
    await givenMatched(portal, given);
    const marks = (await desk()).lines.map((line) => line.secret);
    expect(marks.filter((mark) => mark !== null)).toEqual([
      { reason: expect.stringMatching(/^wire on /), until: "2027-03-01" },
    ]);
    expect(JSON.stringify(marks)).not.toContain(OTHER_PLATE);
  });

  it("is never disclosed because it stood among many", async () => {
    const [first = "", secret = "", third = ""] = await givenMatched(portal, given);
    await expect(disclose([first, secret])).rejects.toMatchObject({ code: "desk.refusedSealed" });
    expect(await disclose("undecided")).toEqual({ decided: 2 });
    const decided = await portal.db.decision.findMany({ where: { caseId: given.caseId } });
    expect(decided.map((one) => one.eventId).sort()).toEqual([first, third].sort());
    await expect(disclose("undecided")).rejects.toMatchObject({ code: "desk.refusedSealed" });
  });

  it("can be disclosed by itself, and held back with others", async () => {
    const [first = "", secret = ""] = await givenMatched(portal, given);
    expect(await disclose([secret])).toEqual({ decided: 1 });
    // A law that must be weighed is applied to several at once only by whoever has had each of them open.
    for (const eventId of [first, secret]) {
      await getLine(portal, given.clerk, { caseId: given.caseId, eventId, locale: "en" });
    }
    const held = await decideLines(portal, given.clerk, {
      caseId: given.caseId,
      events: [first, secret],
      ...WITHHOLD,
    });
    expect(held).toEqual({ decided: 2 });
  });
});
