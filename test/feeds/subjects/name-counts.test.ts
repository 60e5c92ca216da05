import { describe, expect, it } from "vitest";
import { nameFromParts } from "#app/feeds/names/person-name.ts";
import { countAllNames, findNameCounts } from "#app/feeds/subjects/count-names.server.ts";
import { countNames, shareOf } from "#app/feeds/subjects/name-counts.ts";
import { modelFor } from "#app/histories/matching/default-model.ts";
import { explain } from "#app/histories/matching/explanation.ts";
import { openTestPortal } from "#test/support/database.ts";
import { givenFeed } from "../given-feed.ts";
import { deliverNames, nameFile } from "./given-people.ts";

const subject = (given: string, family: string, birth = "19860314") => ({ name: nameFromParts(given, family), birth });
const WORDS = "abcdefghijklmnopqrst".split("");
const familyOf = (i: number) => (i % 4 === 0 ? "Garcia" : `Qu${WORDS[i % 20]}${WORDS[Math.floor(i / 20)]}ist`);

describe("how common names are", () => {
  it("is counted once a day, sealed, and of names alone that several have", async () => {
    await using portal = await openTestPortal({ now: "2026-01-10T12:00:00Z" });
    const given = await givenFeed(portal);
    const rows = Array.from({ length: 240 }, (_, i) => ({
      id: `r${i}`,
      name: `${familyOf(i)}, Maria`,
      birth: `19${40 + (i % 60)}-0${1 + (i % 9)}-1${i % 9}`,
    }));
    await deliverNames(portal, nameFile(rows.slice(0, 100)));
    await countAllNames(portal);
    expect(await findNameCounts(portal, given.agencyId)).toBeNull();
    await deliverNames(portal, nameFile(rows));
    await countAllNames(portal);
    const counts = await findNameCounts(portal, given.agencyId);
    expect(counts?.people).toBe(await portal.db.subject.count());
    expect(counts?.given["maria"]).toBe(counts?.people);
    expect(counts?.family["garcia"]).toBeGreaterThan(40);
    expect(Object.keys(counts?.family ?? {})).toEqual(["garcia"]);
    expect(await findNameCounts(portal, given.otherAgencyId)).toBeNull();
    const { rows: raw } = await portal.pool.query<{ text: string }>(
      "SELECT subject_book::text AS text FROM subject_book",
    );
    expect(raw.map(({ text }) => text).join()).not.toContain(Buffer.from("garcia").toString("hex"));
  }, 60_000);

  it("makes a common name speak less for anybody, and changes nothing for one that nobody counted", () => {
    const counter = countNames();
    for (let i = 0; i < 240; i++) counter.add(subject("Maria", familyOf(i)));
    const counts = counter.result();
    if (counts === null) throw new Error("nobody was counted");
    const bits = (model: ReturnType<typeof modelFor>, family: string) => {
      const parts = explain(model, subject("Ana", family), [subject("Ana", family)])?.parts ?? [];
      return parts.find(({ field }) => field === "family")?.bits ?? Number.NaN;
    };
    expect(bits(modelFor(counts), "Garcia")).toBeLessThan(bits(modelFor(null), "Garcia") - 5);
    expect(bits(modelFor(counts), "Pfefferkorn")).toBe(bits(modelFor(null), "Pfefferkorn"));
    expect(shareOf(counts, "family", subject("Ana", "Constructor"))).toBeNull();
  });
});
