import { describe, expect, it } from "vitest";
import { en } from "#app/ui/words/en/index.ts";
import { es } from "#app/ui/words/es/index.ts";
import { getWords, isWordKey, registerWords } from "#app/ui/words/words.ts";

registerWords("en", en);
registerWords("es", es);

type Areas = Readonly<Record<string, Readonly<Record<string, string>>>>;

const variables = (sentence: string) =>
  [...sentence.matchAll(/\{\{\s*([^},]+)/g)].map(([, name]) => String(name).trim()).sort();
const keysOf = (areas: Areas) =>
  Object.entries(areas).flatMap(([area, sentences]) => Object.keys(sentences).map((key) => `${area}.${key}`));
const sentencesOf = (areas: Areas) =>
  Object.entries(areas).flatMap(([area, sentences]) =>
    Object.entries(sentences).map(([key, sentence]) => ({ key: `${area}.${key}`, sentence })),
  );

describe("the words of both languages", () => {
  it("have exactly the same keys", () => {
    expect(keysOf(es).sort()).toEqual(keysOf(en).sort());
    expect(keysOf(en).length).toBeGreaterThan(100);
  });

  it("have the same variables in each sentence, so that nothing is left out in one of them", () => {
    const spanish = new Map(sentencesOf(es).map(({ key, sentence }) => [key, variables(sentence)]));
    // "1 day" may say its number in words; every other form must carry what English carries.
    for (const { key, sentence } of sentencesOf(en)) {
      if (key.endsWith("_one")) continue;
      expect(spanish.get(key), key).toEqual(variables(sentence));
    }
  });

  it("have no blank sentence and none left in the other language", () => {
    const english = new Map(sentencesOf(en).map(({ key, sentence }) => [key, sentence]));
    for (const { key, sentence } of [...sentencesOf(en), ...sentencesOf(es)]) {
      expect(sentence.trim(), key).not.toBe("");
    }
    // A short word can be the same in both; a sentence cannot.
    const untranslated = sentencesOf(es).filter(
      ({ key, sentence }) => sentence.split(" ").length > 3 && sentence === english.get(key),
    );
    expect(untranslated.map(({ key }) => key)).toEqual([]);
  });

  it("come in pairs where they depend on a number", () => {
    const keys = new Set(keysOf(en));
    for (const key of keys) {
      if (key.endsWith("_one")) expect(keys, key).toContain(key.replace(/_one$/, "_other"));
    }
  });
});

describe("a voice", () => {
  it("puts numbers and plurals where they belong", () => {
    expect(getWords("en").t("common.daysLeft", { count: 1 })).toBe("1 day left");
    expect(getWords("en").t("common.daysLeft", { count: 4 })).toBe("4 days left");
    expect(getWords("es").t("common.daysLeft", { count: 1 })).toBe("Falta 1 día");
    expect(getWords("es").t("common.daysLeft", { count: 4 })).toBe("Faltan 4 días");
  });

  it("says Spanish's third plural for a million too, instead of the bare key", () => {
    expect(getWords("es").t("common.daysLeft", { count: 1_000_000 })).toBe("Faltan 1000000 días");
  });

  it("leaves escaping to React: an apostrophe or a tag comes out as typed", () => {
    const said = getWords("en").t("errors.reference", { requestId: "<b>O'Neil</b>" });
    expect(said).toContain("<b>O'Neil</b>");
  });

  it("does not read a variable inside a variable's value", () => {
    const said = getWords("en").t("errors.reference", { requestId: "{{minutes}} $t(common.skip)" });
    expect(said).toContain("{{minutes}} $t(common.skip)");
  });

  it("finds a refusal by its code, dots and all", () => {
    expect(isWordKey("refused.sign-in.spent")).toBe(true);
    expect(isWordKey("refused.no-such-code")).toBe(false);
    expect(getWords("es").say({ key: "refused.sign-in.spent" })).toBe(es.refused["sign-in.spent"]);
  });

  it("knows no language that was not registered", () => {
    expect(() => getWords("fr" as "en")).toThrow("not registered");
  });
});
