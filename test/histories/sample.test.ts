import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCertain } from "#app/histories/certain.ts";
import { type Look, linesToSendBack, notLookedAt } from "#app/histories/look.ts";
import { changesBetween, type ProposedContent, type ProposedContentLine } from "#app/histories/proposed-content.ts";
import { drawSample, isInSample, leastSample } from "#app/histories/sample.ts";

const line = (eventId: string, more: Partial<ProposedContentLine> = {}): ProposedContentLine => ({
  eventId,
  when: "2025-06-18T00:02:04.000Z",
  verdict: "accepted",
  by: "clerk",
  at: "2026-03-01T00:00:00.000Z",
  line: `d-${eventId}`,
  fields: {},
  always: [],
  ...more,
});
const plain = (count: number): ProposedContent => ({
  lines: Array.from({ length: count }, (_, i) => line(`e${i}`)),
});

describe("the sample", () => {
  it("is everything of a few lines, and about sixty of very many", () => {
    expect([0, 1, 5, 19].map(leastSample)).toEqual([0, 1, 5, 19]);
    expect(leastSample(100)).toBe(45);
    expect(leastSample(100_000)).toBe(59);
  });

  it("would show it, with 95 % certainty, if 5 % of the lines were wrong", () => {
    // Drawn a thousand times from 200 lines of which 10 are wrong (5 %): a clean sample is rare.
    let clean = 0;
    for (let round = 0; round < 1_000; round += 1) {
      const { drawn } = drawSample(plain(200), `seed-${round}`);
      if (![...drawn].some((eventId) => Number(eventId.slice(1)) < 10)) clean += 1;
    }
    expect(clean / 1_000).toBeLessThan(0.07);
  });

  it("is drawn again from the same seed, whatever order the lines have, and another from another", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.string(), (count, seed) => {
        const content = plain(count);
        const turned = { lines: content.lines.toReversed() };
        expect([...drawSample(turned, seed).drawn].sort()).toEqual([...drawSample(content, seed).drawn].sort());
      }),
      { numRuns: 30 },
    );
    expect([...drawSample(plain(300), "a").drawn]).not.toEqual([...drawSample(plain(300), "b").drawn]);
  });

  it("grows when more are asked for, keeps what it had, and never falls below the least", () => {
    const [least, more, all] = [0, 90, 9_999].map((size) => drawSample(plain(300), "s", size));
    expect([least?.drawn.size, more?.drawn.size, all?.drawn.size]).toEqual([leastSample(300), 90, 300]);
    expect([...(least?.drawn ?? [])].every((id) => more?.drawn.has(id))).toBe(true);
    expect(drawSample(plain(300), "s", 1).drawn.size).toBe(leastSample(300));
    expect(drawSample(plain(300), "s", Number.NaN).drawn.size).toBe(leastSample(300));
  });

  it("always holds what is held back or was judged, and nothing that is not part of the answer", () => {
    const content = plain(500);
    content.lines[7] = line("held", { always: ["withheld"] });
    content.lines[8] = line("asked", { always: ["asked"] });
    content.lines[9] = line("other", { verdict: "rejected" });
    for (const seed of ["a", "b", "c", "d"]) {
      const sample = drawSample(content, seed);
      expect(["held", "asked", "other"].map((id) => isInSample(sample, id))).toEqual([true, true, false]);
      expect(sample).toMatchObject({ lines: 499, drawnFrom: 497 });
    }
  });
});

it("only a number that was compared character by character makes a match certain", () => {
  expect(isCertain(["plate-exact", "inside-period"])).toBe(true);
  for (const evidence of [[], ["inside-period"], ["name-exact"], ["name-ask", "birth-date"], ["plate-near"]])
    expect(isCertain(evidence), evidence.join()).toBe(false);
});

describe("looks", () => {
  const look = (eventId: string, verdict: Look["verdict"], by: string, at: number): Look => ({
    eventId,
    verdict,
    remark: verdict === "back" ? "why?" : null,
    by,
    at: new Date(at),
  });
  const sample = drawSample(plain(3), "s");

  it("count for the one who took them alone", () => {
    const looks = [look("e0", "agree", "ann", 1), look("e1", "agree", "ann", 1), look("e2", "agree", "bob", 1)];
    expect(notLookedAt(sample, looks, "ann")).toEqual(["e2"]);
    expect(notLookedAt(sample, looks, "bob").sort()).toEqual(["e0", "e1"]);
  });

  it("leave a remark standing until somebody agrees", () => {
    const looks = [look("e0", "back", "ann", 1), look("e1", "back", "ann", 1), look("e0", "agree", "bob", 2)];
    expect(linesToSendBack(looks).map(({ eventId }) => eventId)).toEqual(["e1"]);
  });
});

describe("the difference between two answers", () => {
  it("is nothing between an answer and itself", () => {
    expect(changesBetween(plain(40), plain(40))).toEqual([]);
  });

  it("names what came in, what fell out, and what was decided otherwise, from what to what", () => {
    const before = { lines: [line("a"), line("b"), line("c"), line("d", { verdict: null, line: null })] };
    const after = {
      lines: [line("a", { line: "d-new", fields: { user: "d-user" } }), line("b", { verdict: "rejected" }), line("d")],
    };
    expect(changesBetween(before, after).map(({ eventId, kind, turns }) => ({ eventId, kind, turns }))).toEqual([
      {
        eventId: "a",
        kind: "changed",
        turns: [
          { target: "line", from: "d-a", to: "d-new" },
          { target: "user", from: null, to: "d-user" },
        ],
      },
      { eventId: "b", kind: "dropped", turns: [{ target: "match", from: "accepted", to: "rejected" }] },
      {
        eventId: "c",
        kind: "dropped",
        turns: [
          { target: "match", from: "accepted", to: null },
          { target: "line", from: "d-c", to: null },
        ],
      },
      {
        eventId: "d",
        kind: "added",
        turns: [
          { target: "match", from: null, to: "accepted" },
          { target: "line", from: null, to: "d-d" },
        ],
      },
    ]);
  });

  it("turned round it says the opposite, and never loses a line", () => {
    const some = fc.array(
      fc.record({
        id: fc.integer({ min: 0, max: 20 }),
        line: fc.constantFrom("x", "y", null),
        verdict: fc.constantFrom("accepted" as const, "rejected" as const, null),
      }),
      { maxLength: 20 },
    );
    const contentOf = (rows: { id: number; line: string | null; verdict: "accepted" | "rejected" | null }[]) => ({
      lines: [...new Map(rows.map((row) => [row.id, row])).values()].map(({ id, ...row }) => line(`e${id}`, row)),
    });
    fc.assert(
      fc.property(some, some, (one, two) => {
        const [before, after] = [contentOf(one), contentOf(two)];
        const forth = changesBetween(before, after);
        const back = changesBetween(after, before);
        expect(back.map(({ eventId }) => eventId)).toEqual(forth.map(({ eventId }) => eventId));
        for (const [index, change] of forth.entries()) {
          const opposite = { added: "dropped", dropped: "added", changed: "changed" }[change.kind];
          expect(back[index]?.kind).toBe(opposite);
          expect(back[index]?.turns.map(({ target, from, to }) => [target, to, from])).toEqual(
            change.turns.map(({ target, from, to }) => [target, from, to]),
          );
        }
      }),
    );
  });
});
