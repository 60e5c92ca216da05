import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { emailAddress } from "#app/people/account.ts";
import { caseNumber, requestNumber, stageOf } from "#app/requests/case.ts";
import {
  type Answers,
  answerSchema,
  defaultPeriod,
  findWhole,
  mayVisit,
  NO_ANSWERS,
  nextStep,
} from "#app/requests/request.ts";
import { fieldsOfSection, sectionForm } from "#app/requests/section-form.ts";
import { countRows, SECTIONS, type Section } from "#app/requests/sections.ts";
import { readForm } from "#app/ui/form.ts";
import { en } from "#app/ui/words/en/index.ts";
import { es } from "#app/ui/words/es/index.ts";
import { getWords, registerWords } from "#app/ui/words/words.ts";
import { answersOf, PERSON } from "#test/requests/given-request.ts";

registerWords("en", en);
registerWords("es", es);

const NOW = { today: "2026-03-02", offered: ["agency-1", "agency-2"] };
const whole = (answers: Record<string, unknown>): Answers => ({ whole: answers as Answers["whole"], unfinished: {} });
const ALL = whole(answersOf(["agency-1"]));

function formOf(fields: Record<string, string | string[]>): FormData {
  const form = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) form.append(name, value);
  return form;
}

function issuesOf(section: Section, fields: Record<string, string | string[]>) {
  const read = readForm(sectionForm(section, NOW), formOf(fields));
  return read.ok ? {} : Object.fromEntries(Object.entries(read.issues).map(([name, issue]) => [name, issue.key]));
}

const day = (name: string, text: string) => {
  const [year = "", month = "", dayOfMonth = ""] = text.split("-");
  return { [`${name}.year`]: year, [`${name}.month`]: month, [`${name}.day`]: dayOfMonth };
};

describe("the journey is computed from the answers", () => {
  test("the next page is the first without an answer, and no page after it may be visited", () => {
    expect(nextStep(NO_ANSWERS, NOW)).toBe("you");
    expect(mayVisit("identifiers", NO_ANSWERS, NOW)).toBe(false);
    const two = whole({ you: ALL.whole.you, identifiers: ALL.whole.identifiers, contact: ALL.whole.contact });
    expect(nextStep(two, NOW)).toBe("agencies");
    expect(mayVisit("identifiers", two, NOW)).toBe(true);
    expect(mayVisit("contact", two, NOW)).toBe(false);
    expect(nextStep(ALL, NOW)).toBe("check");
  });

  test("what was left half-way is asked for again, although an older answer was whole", () => {
    expect(nextStep({ ...ALL, unfinished: { period: { "from.year": "20" } } }, NOW)).toBe("period");
    expect(findWhole({ ...ALL, unfinished: { period: {} } }, NOW)).toBeNull();
  });

  test("an agency that takes no requests any more is asked for again", () => {
    expect(nextStep(ALL, { ...NOW, offered: ["agency-2"] })).toBe("agencies");
    expect(findWhole(ALL, { ...NOW, offered: [] })).toBeNull();
  });

  test("an answer drawn into its fields and read back is the same answer", () => {
    for (const section of SECTIONS) {
      const fields = fieldsOfSection(section, ALL, { today: NOW.today, locale: "en" });
      const form: Record<string, string | string[]> = {};
      for (const [name, value] of Object.entries(fields)) {
        if (/^\d{4}-\d\d-\d\d$/.test(value)) Object.assign(form, day(name, value));
        else if (name === "agencies") form["agencies[]"] = value.split("\n");
        else form[name] = value;
      }
      const read = readForm(sectionForm(section, NOW), formOf(form));
      expect(read, section).toEqual({ ok: true, value: ALL.whole[section] });
    }
  });

  test("a name is searched for unless somebody says no, and each other name stands in its own field", () => {
    const given = { today: NOW.today, locale: "en" } as const;
    expect(fieldsOfSection("identifiers", NO_ANSWERS, given)["byName"]).toBe("yes");
    // Whoever answered before it could be asked has not said yes.
    const { byName: _, ...before } = ALL.whole.identifiers as NonNullable<Answers["whole"]["identifiers"]>;
    expect(fieldsOfSection("identifiers", whole({ identifiers: before }), given)["byName"]).toBe("no");
    const read = (fields: Record<string, string>) => readForm(sectionForm("identifiers", NOW), formOf(fields));
    const two = read({ byName: "yes", otherName0: "", otherName1: "Ana Vega", otherName2: " Ana  Prado " });
    expect(two).toMatchObject({ ok: true, value: { plates: [], byName: { otherNames: ["Ana Vega", "Ana  Prado"] } } });
    const again = fieldsOfSection("identifiers", whole({ identifiers: two.ok ? two.value : {} }), given);
    expect(again).toMatchObject({ byName: "yes", otherName0: "Ana Vega", otherName1: "Ana  Prado" });
    expect(issuesOf("identifiers", { byName: "no", otherName0: "Ana Vega" })).toEqual({
      plate0: "request.identifierNeeded",
    });
    expect(issuesOf("identifiers", { byName: "yes", otherName1: "n".repeat(130) })).toEqual({
      otherName0: "errors.tooLong",
    });
  });

  test("the period is three years back unless said otherwise, and a leap day has one too", () => {
    expect(defaultPeriod("2026-03-02")).toEqual({ from: "2023-03-02", to: "2026-03-02" });
    expect(defaultPeriod("2028-02-29")).toEqual({ from: "2025-02-28", to: "2028-02-29" });
  });
});

describe("bad input is answered by the field's own sentence", () => {
  test.each<[string, Section, Record<string, string | string[]>, string, string]>([
    [
      "a plate of 400 characters",
      "identifiers",
      { plate0: "7".repeat(400), ...day("plateFrom0", "2022-03-01") },
      "plate0",
      "request.plateWrong",
    ],
    [
      "a plate with a wildcard",
      "identifiers",
      { plate0: "7QV*", ...day("plateFrom0", "2022-03-01") },
      "plate0",
      "request.plateWrong",
    ],
    ["a plate without its days", "identifiers", { plate0: PERSON.plate }, "plateFrom0", "request.plateFromNeeded"],
    [
      "days without a plate",
      "identifiers",
      { plate0: "", ...day("plateFrom0", "2022-03-01") },
      "plate0",
      "request.plateWrong",
    ],
    [
      "a plate that ended before it began",
      "identifiers",
      { plate0: "7QVX913", ...day("plateFrom0", "2022-03-01"), ...day("plateTo0", "2022-02-28") },
      "plateTo0",
      "request.toBeforeFrom",
    ],
    [
      "a plate of tomorrow",
      "identifiers",
      { plate0: "7QVX913", ...day("plateFrom0", "2026-03-03") },
      "plateFrom0",
      "errors.dateInFuture",
    ],
    [
      "the second plate wrong",
      "identifiers",
      { plate0: "7QVX913", ...day("plateFrom0", "2022-03-01"), plate1: "?", ...day("plateFrom1", "2022-03-01") },
      "plate1",
      "request.plateWrong",
    ],
    ["no identifier at all", "identifiers", { plate0: "", licence: "" }, "plate0", "request.identifierNeeded"],
    ["a licence of one letter", "identifiers", { licence: "A" }, "licence", "request.licenceWrong"],
    [
      "a birth date in the future",
      "you",
      { name: "A", ...day("birthDate", "2026-03-03") },
      "birthDate",
      "errors.dateInFuture",
    ],
    [
      "a birth date before 1900",
      "you",
      { name: "A", ...day("birthDate", "1899-12-31") },
      "birthDate",
      "request.birthTooEarly",
    ],
    [
      "a day that does not exist",
      "you",
      { name: "A", ...day("birthDate", "1986-02-30") },
      "birthDate",
      "errors.dateNotReal",
    ],
    [
      "a name with a line break",
      "you",
      { name: "A\r\nBcc: x@example.org", ...day("birthDate", "1986-04-28") },
      "name",
      "errors.oneLine",
    ],
    [
      "a name of 121 letters",
      "you",
      { name: "x".repeat(121), ...day("birthDate", "1986-04-28") },
      "name",
      "errors.tooLong",
    ],
    ["no name", "you", { name: "  ", ...day("birthDate", "1986-04-28") }, "name", "request.nameNeeded"],
    ["no agency", "agencies", {}, "agencies", "errors.chooseSome"],
    [
      "an agency that is not offered",
      "agencies",
      { "agencies[]": ["agency-1", "agency-9"] },
      "agencies",
      "request.agencyGone",
    ],
    [
      "a period that ends tomorrow",
      "period",
      { ...day("from", "2025-01-01"), ...day("to", "2026-03-03") },
      "to",
      "errors.dateInFuture",
    ],
    [
      "a period that ends before it begins",
      "period",
      { ...day("from", "2025-01-02"), ...day("to", "2025-01-01") },
      "to",
      "request.toBeforeFrom",
    ],
    ["no way to be told", "contact", { locale: "en" }, "mode", "errors.chooseOne"],
    ["a language we do not write", "contact", { mode: "mail", locale: "xx" }, "locale", "errors.chooseOne"],
  ])("%s", (_what, section, fields, field, sentence) => {
    expect(issuesOf(section, fields)).toEqual({ [field]: sentence });
  });

  test("what was typed is kept as it was", () => {
    const typed = { plate0: ` ${"7".repeat(400)}`, ...day("plateFrom0", "2026-3-") };
    const read = readForm(sectionForm("identifiers", NOW), formOf(typed));
    expect(read).toMatchObject({ ok: false, typed: { plate0: typed.plate0, plateFrom0: "2026-3-" } });
  });

  test("a mail address with a line break is none", () => {
    expect(emailAddress.safeParse("a@example.org\nBcc: b@example.org").success).toBe(false);
    expect(emailAddress.safeParse("a@example.org").success).toBe(true);
  });

  test("every sentence that a rule names exists in both languages, and keeps no variable open", () => {
    const rules = ["request", "section-form", "identifier-check"]
      .map((name) => readFileSync(`app/requests/${name}.ts`, "utf8"))
      .join("\n");
    const named = [...new Set(rules.match(/"(request|errors)\.\w+"/g))].map((quoted) => quoted.slice(1, -1));
    expect(named.length).toBeGreaterThan(15);
    for (const locale of ["en", "es"] as const) {
      for (const name of named) {
        const said = getWords(locale).say({ key: name as "errors.missing", params: { maximum: 120 } });
        expect(said, name).not.toBe(name);
        expect(said, name).not.toContain("{{");
      }
    }
  });

  test("the rules hold on what is sent past the form, too", () => {
    const sent = { plates: [{ value: "7".repeat(400), from: "2022-03-01", to: null }], licence: null };
    expect(answerSchema("identifiers", NOW).safeParse(sent).success).toBe(false);
    const eleven = Array.from({ length: 11 }, (_, n) => ({ value: `7QVX9${n}`, from: "2022-03-01", to: null }));
    expect(answerSchema("identifiers", NOW).safeParse({ plates: eleven, licence: null }).success).toBe(false);
    const twice = [eleven[0], eleven[0]];
    expect(answerSchema("identifiers", NOW).safeParse({ plates: twice, licence: null }).success).toBe(false);
  });
});

test("spellings of one plate become one", () => {
  const read = readForm(
    sectionForm("identifiers", NOW),
    formOf({ plate0: " 7qvx-913 ", ...day("plateFrom0", "2022-03-01") }),
  );
  expect(read).toMatchObject({ ok: true, value: { plates: [{ value: "7QVX913", from: "2022-03-01", to: null }] } });
});

test("a form shows as many plates as it has, never more than allowed", () => {
  expect(countRows({})).toBe(1);
  expect(countRows({ plate0: "", plate3: "" })).toBe(4);
  expect(countRows({ plate99: "" })).toBe(10);
});

test("cases are lettered in order, also past Z", () => {
  const request = requestNumber(2026, 12);
  expect(request).toBe("WL-2026-00012");
  expect([0, 1, 25, 26, 27, 701, 702].map((n) => caseNumber(request, n).slice(14))).toEqual([
    "A",
    "B",
    "Z",
    "AA",
    "AB",
    "ZZ",
    "AAA",
  ]);
});

test("a case's stage follows what happened last", () => {
  const at = new Date("2026-03-02T17:00:00Z");
  const none = { identifierIds: ["i1", "i2"], checkedIds: ["i1"], matches: 0, steps: [] };
  expect(stageOf(none)).toBe("identity");
  expect(stageOf({ ...none, checkedIds: ["i1", "i2"] })).toBe("matching");
  expect(stageOf({ ...none, checkedIds: ["i1", "i2"], matches: 3 })).toBe("review");
  expect(stageOf({ ...none, steps: [{ kind: "proposed", at }] })).toBe("proposed");
  expect(
    stageOf({
      ...none,
      steps: [
        { kind: "proposed", at },
        { kind: "sent-back", at },
      ],
    }),
  ).toBe("sent-back");
});
