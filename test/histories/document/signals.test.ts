import { expect, test } from "vitest";
import { textsOf } from "#app/histories/document/blocks.ts";
import { composeHistory } from "#app/histories/document/compose.ts";
import { rangesOf } from "#app/histories/document/compose-signals.ts";
import { checkRelease } from "#app/histories/gates.server.ts";
import type { History } from "#app/histories/history.ts";
import { renderHistory } from "#app/histories/render-history.server.ts";
import { historyOf } from "./histories.ts";

const NAMED = {
  version: 1,
  name: "No case number",
  plain: "There is no case number.",
  source: "A rule of this portal.",
};

/** Every third look-up carries the signal. */
function withSignals(count: number, changes: Partial<History> = {}): History {
  const history = historyOf(count, changes);
  const lines = history.lines.map((line) => (line.number % 3 === 0 ? { ...line, signals: ["no-case-number"] } : line));
  return { ...history, lines, signals: [{ id: "no-case-number", ...NAMED }] };
}

const textIn = (history: History) => composeHistory(history).flatMap((block) => [...textsOf(block)]);

test("a section says each signal once, with the look-ups that carry it, in the answer's language", () => {
  const texts = textIn(withSignals(9));
  expect(texts).toContain("What you may want to ask about");
  expect(texts).toContain("Look-ups 3, 6, 9.");
  expect(texts.filter((text) => text === NAMED.plain)).toHaveLength(1);
  expect(textIn(withSignals(4, { locale: "es" }))).toEqual(
    expect.arrayContaining(["Por lo que quizá quiera preguntar", "Consulta 3."]),
  );
});

test("without signals there is no section, and one that nothing explains stops the answer", () => {
  expect(textIn(historyOf(9))).not.toContain("What you may want to ask about");
  const { signals: _, ...unexplained } = withSignals(9);
  expect(() => composeHistory(unexplained)).toThrow(/does not explain/);
});

test("neighbours are told as a range", () => {
  expect(rangesOf([5, 1, 2, 3, 9])).toEqual(["1–3", "5", "9"]);
  expect(rangesOf([])).toEqual([]);
});

test("the gates let it pass, with thousands of numbers too", async () => {
  for (const count of [9, 1_500]) {
    const history = withSignals(count);
    const report = await checkRelease(await renderHistory(history), history, ["Castellane"]);
    expect(report.failures).toEqual([]);
  }
});
