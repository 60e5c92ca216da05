import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { EVENT_KINDS } from "#app/law/event.ts";
import { LAW } from "#app/law/law.ts";
import { JURISDICTIONS } from "#app/law/rule.ts";
import { fieldsFor, listExamples, listLaws } from "#app/routes/deadlines._index/laws.ts";
import { addressOf, MOST_CLOSED, MOST_EVENTS, readQuestion, typedOf } from "#app/routes/deadlines._index/question.ts";
import { workOut } from "#app/routes/deadlines._index/work-out.ts";
import { LOCALES, type Locale } from "#app/ui/locale.ts";
import { en } from "#app/ui/words/en/index.ts";
import { es } from "#app/ui/words/es/index.ts";
import { getWords, registerWords } from "#app/ui/words/words.ts";

beforeAll(() => {
  registerWords("en", en);
  registerWords("es", es);
});

const TODAY = "2026-11-23";
const CPRA = "rule=ca.cpra.determination&on=2026-11-02";
const UK = "rule=uk.gdpr.dsar&on=2026-09-03";
const HOURS = "rule=eu.gdpr.breach&on=2026-12-23";

const read = (query: string) => readQuestion(new URLSearchParams(query));
const ask = (query: string, locale: Locale = "en") =>
  workOut(read(query), { law: LAW, words: getWords(locale), todayIn: () => TODAY });
const dueOf = (query: string) => ask(query).result?.view.due;
const sentences = (query: string, locale: Locale = "en") =>
  Object.entries(ask(query, locale).issues).map(([field, message]) => `${field}: ${getWords(locale).say(message)}`);

describe("the address of a question", () => {
  const PLAIN = `${UK}&event=information-asked:2026-09-10&event=information-received:2026-09-17&closed=2026-10-12&calendar=uk.scotland`;

  it("comes out as it went in", () => {
    expect(addressOf(read(PLAIN).question)).toBe(`/deadlines?${PLAIN}`);
    expect(addressOf(read(`${HOURS}&at=16:30&event=answered:2026-12-24T09:05`).question)).toBe(
      `/deadlines?${HOURS}&at=16:30&event=answered:2026-12-24T09:05`,
    );
    expect(addressOf(read("").question)).toBe("/deadlines");
  });

  it("is made from what the form sends, blank rows left out", () => {
    const form = new URLSearchParams({
      rule: "ca.cpra.determination",
      "on.month": "11",
      "on.day": "2",
      "on.year": "2026",
      event0: "",
      "event0On.month": "",
      "event0On.day": "",
      "event0On.year": "",
      event1: "extended",
      "event1On.month": "11",
      "event1On.day": " 9 ",
      "event1On.year": "2026",
      "closed0.month": "",
      "closed0.day": "",
      "closed0.year": "",
      "closed1.month": "11",
      "closed1.day": "12",
      "closed1.year": "2026",
      add: "event",
    });
    const { question, fromForm } = readQuestion(form);
    expect(fromForm).toBe(true);
    expect(addressOf(question)).toBe(`/deadlines?${CPRA}&event=extended:2026-11-09&closed=2026-11-12&add=event`);
  });

  it("keeps what was typed, also what is no day", () => {
    const form = new URLSearchParams({ "on.month": "Sept", "on.day": "3-4", "on.year": "", event0: "extended" });
    const first = readQuestion(form).question;
    const again = read(addressOf(first).split("?")[1] ?? "").question;
    expect(again).toEqual(first);
    expect(typedOf(again)).toMatchObject({ on: "-Sept-3\u20114", event0: "extended", event0On: "" });
  });

  it("keeps a month that was typed in capitals", () => {
    const form = { event0: "extended", "event0On.month": "OCT", "event0On.day": "3", "event0On.year": "2026" };
    for (const at of ["", "16:30"]) {
      const first = readQuestion(new URLSearchParams({ ...form, event0At: at })).question;
      expect(first.events).toEqual([{ kind: "extended", on: "2026-OCT-03", at }]);
      expect(read(addressOf(first).split("?")[1] ?? "").question).toEqual(first);
    }
  });

  it("survives any typing unchanged, from the form to the address and back", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 9 });
    fc.assert(
      fc.property(text, text, text, fc.constantFrom(...EVENT_KINDS), (year, month, day, kind) => {
        const parts = { year, month, day };
        const fields = ["on", "event0On", "closed0"].flatMap((name) =>
          Object.entries(parts).map(([part, value]) => [`${name}.${part}`, value]),
        );
        const first = readQuestion(new URLSearchParams([...fields, ["event0", kind]])).question;
        expect(read(addressOf(first).split("?")[1] ?? "").question).toEqual(first);
      }),
    );
  });
});

describe("an answer", () => {
  it.each([
    [CPRA, "2026-11-12"],
    [`${CPRA}&event=extended:2026-11-05`, "2026-11-30"],
    ["rule=ca.cpra.determination&on=2026-11-16&closed=2026-11-30", "2026-12-01"],
    [`${UK}&event=information-asked:2026-09-10&event=information-received:2026-09-17`, "2026-10-12"],
    [`${HOURS}&at=16:30`, "2026-12-26T16:30"],
    [HOURS, "2026-12-26T00:00"],
    // A time of day is of no use to a rule in days, and does no harm.
    [`${CPRA}&at=16:30`, "2026-11-12"],
  ])("%s is due on %s", (query, due) => {
    expect(ask(query).issues).toEqual({});
    expect(dueOf(query)).toBe(due);
  });

  it.each([
    [CPRA, { can: "no-longer", on: "2026-11-12" }],
    ["rule=ca.cpra.determination&on=2026-11-20", { can: "until", on: "2026-11-30" }],
    [`${CPRA}&event=extended:2026-11-05`, { can: "taken", on: "2026-11-05" }],
    [`${CPRA}&event=answered:2026-11-05`, { can: "answered" }],
    [`${UK}&event=information-asked:2026-09-10`, { can: "open" }],
    ["rule=ca.ipa.access&on=2026-11-02", { can: "never" }],
  ])("%s: more time can be taken %j", (query, moreTime) => {
    expect(ask(query).result?.moreTime).toEqual(moreTime);
  });

  it("is none, and nothing is wrong, before anything was asked", () => {
    expect(ask("")).toEqual({ issues: {}, result: null });
    expect(ask("add=event")).toEqual({ issues: {}, result: null });
  });
});

describe("what cannot be", () => {
  const refusals: readonly (readonly [query: string, field: string, sentence: string])[] = [
    ["on=2026-11-02", "rule", "Choose the law that sets the time."],
    ["rule=no.such&on=2026-11-02", "rule", "We know no such law."],
    ["rule=ca.cpra.determination", "on", "Enter the day that starts the clock."],
    ["rule=ca.cpra.determination&on=2026-02-30", "on", "Enter a real day"],
    ["rule=ca.cpra.determination&on=2200-02-20", "on", "February 20, 2200 is too far away"],
    ["rule=ca.cpra.determination&on=2100-12-30", "on", "is too far away"],
    [
      "rule=uk.complaint.controller&on=2026-01-05",
      "on",
      "did not apply on January 5, 2026. It applies from June 19, 2026 on.",
    ],
    [`${HOURS}&at=25:00`, "at", "is not a time of day"],
    [`${HOURS}&at=16:30&event=answered:2026-12-24T99`, "event0At", "is not a time of day"],
    [`${CPRA}&calendar=uk.scotland`, "calendar", "does not use that country"],
    [`${CPRA}&event=:2026-11-05`, "event0", "Choose what happened"],
    [`${CPRA}&event=extended:`, "event0On", "Enter the day on which it happened"],
    [`${CPRA}&event=extended`, "event0On", "Enter the day on which it happened"],
    [`${CPRA}&event=jumped:2026-11-05`, "event0", "We know no event “jumped”"],
    [`${CPRA}&event=received:2026-11-05`, "event0", "already started on November 2, 2026"],
    [`${CPRA}&event=extended:2026-11-01`, "event0On", "November 1, 2026 lies before November 2, 2026"],
    [`${CPRA}&event=answered:2026-11-04&event=extended:2026-11-05`, "event1On", "The answer came on November 4, 2026"],
    [`${CPRA}&event=extended:2026-11-20`, "event0On", "November 20, 2026 is too late"],
    [`${CPRA}&event=extended:2026-11-05&event=extended:2026-11-06`, "event1On", "once"],
    [`${CPRA}&event=paused:2026-11-05`, "event0", "names no event that stops this clock"],
    ["rule=ca.ipa.access&on=2026-11-02&event=extended:2026-11-05", "event0", "allows no extra time"],
    [`${CPRA}&event=fee-paid:2026-11-05`, "event0On", "First enter this: a fee is asked for"],
    [
      `${CPRA}&event=fee-asked:2026-11-05&event=fee-asked:2026-11-06`,
      "event1On",
      "First enter how it ended: the fee is paid",
    ],
    [`${CPRA}&closed=2026-13-01`, "closed0", "Enter a real day"],
    [`${CPRA}&closed=${"9".repeat(400)}`, "form", "far too long"],
    [`rule=${"x".repeat(4000)}&on=2026-11-02`, "form", "far too long"],
    [`${CPRA}${"&event=answered:2026-11-05".repeat(2000)}`, "form", "at most 6 events"],
    [`${CPRA}${"&closed=2026-12-24".repeat(2000)}`, "form", "at most 6 events"],
  ];

  it.each(refusals.map(([query, field, sentence]) => ({ name: query.slice(0, 90), query, field, sentence })))(
    "$name is said beside $field, in both languages",
    ({ query, field, sentence }) => {
      expect(ask(query).result).toBe(null);
      expect(sentences(query).join(" | ")).toContain(sentence);
      for (const locale of LOCALES) {
        const said = sentences(query, locale);
        expect(said.filter((one) => one.startsWith(`${field}: `)).length, said.join(" | ")).toBe(1);
        expect(said.join(" ")).not.toContain("{{");
      }
    },
  );

  it("says of several fields at once what is wrong with each", () => {
    const query = "rule=no.such&on=x&event=extended:y&closed=z";
    expect(Object.keys(ask(query).issues)).toEqual(["rule", "on", "event0On", "closed0"]);
  });

  it("never ends in anything but an answer or a sentence", () => {
    const rules = [
      ...LAW.listRules().map(({ id }) => id),
      "",
      "constructor",
      "__proto__",
      "../../etc/passwd",
      "<script>",
    ];
    const day = fc.oneof(
      fc
        .date({ min: new Date("1990-01-01"), max: new Date("2105-01-01"), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 10)),
      fc.constantFrom(
        "2026-11-02",
        "2026-11-05",
        "2026-02-30",
        "",
        "0000-00-00",
        "2026-11-02T",
        "\u0000",
        "٢٠٢٦-١١-٠٢",
      ),
      fc.string({ unit: "binary", maxLength: 30 }),
    );
    const kind = fc.oneof(fc.constantFrom<string>(...EVENT_KINDS), fc.string({ maxLength: 12 }));
    const query = fc.record({
      rule: fc.constantFrom(...rules),
      on: day,
      at: fc.oneof(fc.constantFrom("", "16:30", "24:00"), fc.string({ maxLength: 8 })),
      calendar: fc.constantFrom("", ...LAW.calendars.keys(), "toString"),
      events: fc.array(fc.tuple(kind, day), { maxLength: MOST_EVENTS + 2 }),
      closed: fc.array(day, { maxLength: MOST_CLOSED + 2 }),
    });
    fc.assert(
      fc.property(query, fc.constantFrom(...LOCALES), ({ events, closed, ...rest }, locale) => {
        const search = new URLSearchParams(rest);
        for (const [one, on] of events) search.append("event", `${one}:${on}`);
        for (const on of closed) search.append("closed", on);
        const given = readQuestion(search);
        expect(given.question.events.length).toBeLessThanOrEqual(MOST_EVENTS);
        expect(given.question.closed.length).toBeLessThanOrEqual(MOST_CLOSED);
        const { issues, result } = workOut(given, { law: LAW, words: getWords(locale), todayIn: () => TODAY });
        const fields = Object.keys(typedOf(given.question));
        for (const [field, message] of Object.entries(issues)) {
          expect([...fields, "form"]).toContain(field);
          expect(getWords(locale).say(message)).not.toMatch(/\{\{|^\w+\.\w+$/);
        }
        if (result === null) return;
        expect(issues).toEqual({});
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      }),
      { numRuns: 1500 },
    );
  });
});

describe("what there is to choose from", () => {
  it("is every rule once, under its jurisdiction", () => {
    const groups = listLaws(LAW, "en");
    const ids = groups.flatMap(({ rules }) => rules.map(({ id }) => id));
    expect(ids.toSorted()).toEqual([...new Set(LAW.listRules().map(({ id }) => id))].sort());
    expect(groups.map(({ jurisdiction }) => jurisdiction)).toEqual([...JURISDICTIONS]);
  });

  it.each(LOCALES)("has an example for each jurisdiction that leads to an answer (%s)", (locale) => {
    const examples = listExamples(LAW, locale, () => TODAY);
    expect(examples.map(({ jurisdiction }) => jurisdiction)).toEqual([...JURISDICTIONS]);
    for (const { to } of examples) expect(ask(to.split("?")[1] ?? "").result, to).not.toBe(null);
  });

  it("offers of each rule what it has a use for", () => {
    const fields = (id: string) => fieldsFor(LAW.findRule(id), LAW.calendars, "en");
    expect(fieldsFor(null, LAW.calendars, "en").kinds).toEqual(EVENT_KINDS.filter((kind) => kind !== "received"));
    expect(fields("ca.ipa.access")).toMatchObject({ hours: false, closed: true, calendars: [] });
    expect(fields("ca.ipa.access").kinds).not.toContain("extended");
    expect(fields("eu.gdpr.breach")).toMatchObject({ hours: true, closed: false });
    expect(fields("uk.gdpr.dsar").calendars.map(({ id }) => id)).toContain("uk.scotland");
  });

  it("computes with every calendar that it offers", () => {
    for (const rule of LAW.listRules()) {
      const { calendars } = fieldsFor(rule, LAW.calendars, "es");
      const on = rule.inForce.from ?? "2026-03-02";
      for (const { id } of calendars) {
        expect(dueOf(`rule=${rule.id}&on=${on}&calendar=${id}`), `${rule.id} with ${id}`).toBeDefined();
      }
    }
  });
});
