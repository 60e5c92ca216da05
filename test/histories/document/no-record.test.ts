import { expect, test } from "vitest";
import { textsOf } from "#app/histories/document/blocks.ts";
import { composeHistory } from "#app/histories/document/compose.ts";
import { checkRelease } from "#app/histories/gates.server.ts";
import type { History } from "#app/histories/history.ts";
import { renderHistory } from "#app/histories/render-history.server.ts";
import { findNoRecordLaw } from "#app/law/no-record.ts";
import { RULES } from "#app/law/rules.ts";
import { historyOf } from "./histories.ts";

const under = (history: History, rule: string): History => ({ ...history, rule: { ...history.rule, id: rule } });
const said = (history: History) => composeHistory(history).flatMap((block) => [...textsOf(block)]);

/** Sentences that a court's order would make untrue. */
const CLAIMS =
  /no look-up was found|found no|nothing was found|what these logs contain|no se encontró|no se halló|lo que contienen estos registros/i;

test("where a court may allow it, an empty answer claims nothing about what was found, and says so, in each language", () => {
  for (const locale of ["en", "es"] as const) {
    const state = said(under({ ...historyOf(0, { withheld: [] }), locale }, "ca.ipa.access")).join("\n");
    expect(state).not.toMatch(CLAIMS);
    expect(state).toContain("1798.41(c)");
    expect(state).toMatch(locale === "en" ? /does not prove that nobody/ : /no prueba que nadie/);
    // Coverage stands there as it is.
    const local = said(under({ ...historyOf(0, { withheld: [] }), locale }, "ca.cpra.determination")).join("\n");
    expect(local).toMatch(CLAIMS);
    expect(local).not.toContain("1798.41(c)");
  }
});

test("the document can be drawn and passes its gates", async () => {
  const history = under(historyOf(0, { withheld: [] }), "ca.ipa.access");
  const report = await checkRelease(await renderHistory(history), history, []);
  expect(report.failures).toEqual([]);
});

test("the law is asked for every rule of the Information Practices Act, and for no local agency's", () => {
  const governed = RULES.filter(({ id }) => findNoRecordLaw(id) !== null).map(({ id }) => id);
  expect(governed.length).toBeGreaterThan(0);
  expect(governed.every((id) => id.startsWith("ca.ipa."))).toBe(true);
  expect(findNoRecordLaw("ca.cpra.determination")).toBeNull();
});
