import { describe, expect, it, test } from "vitest";
import type { AccessEvent } from "#app/feeds/access-event.ts";
import { SIGNAL_IDS, SIGNALS, signalsOn } from "#app/histories/signals/signal.ts";
import { dayWorker, EMPTY, eventOf, type GivenLine, signalsOf, value } from "./given-lines.ts";

const one = (event: Partial<AccessEvent>, more: Omit<GivenLine, "id" | "event"> = {}) =>
  signalsOf([{ id: "a", event, ...more }])["a"] ?? [];
const absent = (state: "empty" | "not-exported" | "hidden-by-vendor" | "hidden-by-agency" | "placeholder") => ({
  state,
});
const at = (instant: string) => ({ at: `${instant}.000Z` });

test("an ordinary look-up carries no signal", () => {
  expect(one({}, { hours: dayWorker() })).toEqual([]);
});

describe("no case number", () => {
  it.each([
    ["the cell is empty", { caseNumber: EMPTY }, true],
    ["a placeholder stands there", { caseNumber: absent("placeholder") }, true],
    ["there is no reason either, and no column for one", { caseNumber: EMPTY, purpose: absent("not-exported") }, true],
    ["the reason names one", { caseNumber: EMPTY, purpose: value("burglary 25-02183") }, false],
    ["the reason is a call's number", { caseNumber: EMPTY, purpose: value("2510494") }, false],
    ["the log has no such column", { caseNumber: absent("not-exported") }, false],
    ["the vendor hid it", { caseNumber: absent("hidden-by-vendor") }, false],
    ["the reason is hidden and may name one", { caseNumber: EMPTY, purpose: absent("hidden-by-agency") }, false],
  ])("%s", (_, event, fires) => {
    expect(one(event).includes("no-case-number")).toBe(fires);
  });
});

describe("a reason that says little", () => {
  it.each([
    ...["investigation", "Investigative+", "INV", "test", ".", "n/a", "N.A.", "xx", "Law enforcement purposes"],
    ...["police business", "see report", "investigación", "Asunto oficial", "sin motivo", "prueba"],
  ])("%s", (reason) => {
    expect(one({ purpose: value(reason) })).toContain("reason-says-nothing");
  });

  it.each(["Stolen vehicle", "burglary", "investigation 25-02183", "welfare check", "homicide investigation", "robo"])(
    "%s says something",
    (reason) => {
      expect(one({ purpose: value(reason) })).not.toContain("reason-says-nothing");
    },
  );

  it("somebody else's plate in it says nothing, and an empty one neither", () => {
    expect(one({ purpose: value("investigation plate 5KRW903") })).toContain("reason-says-nothing");
    expect(one({ purpose: EMPTY })).toContain("reason-says-nothing");
  });

  it("a code beside it does, and what somebody hid may do", () => {
    expect(one({ purpose: value("investigation"), purposeCode: value("C") })).toEqual([]);
    expect(one({ purpose: absent("hidden-by-agency") })).toEqual([]);
    expect(one({ purpose: absent("not-exported") })).toEqual([]);
  });
});

describe("outside the user's usual hours", () => {
  // 10:30 UTC is 3:30 in the morning in California's summer.
  const night = at("2025-06-18T10:30:00");
  it("is found by that user's own hours, on the agency's clock", () => {
    expect(one(night, { hours: dayWorker() })).toEqual(["outside-usual-hours"]);
    expect(one(at("2025-06-18T19:30:00"), { hours: dayWorker() })).toEqual([]);
  });

  it.each([
    ["nothing is known of the user", null],
    ["there are too few look-ups", dayWorker({ lookUps: 59 })],
    ["they lie on too few days", dayWorker({ days: 14 })],
    ["the hour beside it is usual", dayWorker({ hours: dayWorker().hours.map((n, hour) => (hour === 4 ? 9 : n)) })],
  ])("is not said when %s", (_, hours) => {
    expect(one(night, { hours })).toEqual([]);
  });

  it("is not said of what a machine sent off", () => {
    expect(one({ ...night, automatic: true }, { hours: dayWorker() })).toEqual([]);
  });

  it("counts round midnight", () => {
    const hours = Array.from({ length: 24 }, (_, hour) => (hour === 0 ? 100 : 0));
    const usual = { lookUps: 100, days: 30, hours };
    expect(one(at("2025-06-18T06:30:00"), { hours: usual })).toEqual([]);
    expect(one(at("2025-06-18T19:00:00"), { hours: usual })).toEqual(["outside-usual-hours"]);
  });
});

describe("repeated over weeks", () => {
  const on = (id: string, instant: string, event: Partial<AccessEvent> = {}) => ({
    id,
    event: { ...at(instant), ...event },
  });
  const three = [on("a", "2025-06-02T18:00:00"), on("b", "2025-06-10T18:00:00"), on("c", "2025-07-01T18:00:00")];
  const carrying = (lines: GivenLine[]) =>
    Object.entries(signalsOf(lines)).flatMap(([id, signals]) => (signals.includes("repeated-over-weeks") ? [id] : []));

  it("three different weeks of one user", () => {
    expect(carrying(three)).toEqual(["a", "b", "c"]);
    expect(carrying(three.slice(0, 2))).toEqual([]);
  });

  it("weeks begin on Monday, on the agency's wall", () => {
    // Sunday evening and Monday morning in California; both are Monday in UTC.
    expect(carrying([...three.slice(0, 1), on("x", "2025-06-09T05:00:00"), on("y", "2025-06-09T18:00:00")])).toEqual(
      [],
    );
    expect(carrying([on("w", "2025-05-26T18:00:00"), ...three.slice(0, 2)])).toEqual(["w", "a", "b"]);
  });

  it("not by different users, not of different agencies, not by a machine, and not over half a year", () => {
    expect(carrying([...three.slice(0, 2), on("c", "2025-07-01T18:00:00", { user: value("u-2") })])).toEqual([]);
    expect(carrying([...three.slice(0, 2), on("c", "2025-07-01T18:00:00", { org: value("Marin SO") })])).toEqual([]);
    expect(carrying([...three.slice(0, 2), on("c", "2025-07-01T18:00:00", { automatic: true })])).toEqual([]);
    expect(carrying([...three.slice(0, 2), on("c", "2025-12-08T18:00:00")])).toEqual([]);
    expect(carrying([...three, on("late", "2026-06-01T18:00:00")])).toEqual(["a", "b", "c"]);
  });
});

describe("several systems within minutes", () => {
  const in3 = (minutes: number, changes: Partial<AccessEvent> = {}): GivenLine[] => [
    { id: "a", system: "alpr", event: at("2025-06-18T18:00:00") },
    { id: "b", system: "clets", event: at("2025-06-18T18:04:00") },
    { id: "c", system: "rms", event: { ...at(`2025-06-18T18:${minutes}:00`), ...changes } },
  ];
  const carrying = (lines: GivenLine[]) =>
    Object.entries(signalsOf(lines))
      .flatMap(([id, signals]) => (signals.includes("many-systems") ? [id] : []))
      .sort();

  it("three inside ten minutes, one agency", () => {
    expect(carrying(in3(10))).toEqual(["a", "b", "c"]);
    expect(carrying(in3(11))).toEqual([]);
    expect(carrying(in3(10, { org: value("Marin SO") }))).toEqual([]);
    expect(carrying(in3(10).map((line) => ({ ...line, system: "alpr" })))).toEqual([]);
  });

  it("a second time later, and a look-up alone in between, are told apart", () => {
    const later = in3(10).map((line) => ({
      ...line,
      id: `${line.id}2`,
      event: at(String(line.event?.at).slice(0, 19).replace("T18", "T20")),
    }));
    const alone = { id: "alone", system: "alpr", event: at("2025-06-18T19:00:00") };
    expect(carrying([...in3(10), alone, ...later])).toEqual(["a", "a2", "b", "b2", "c", "c2"]);
  });
});

test("the same user many times: five, of one agency, by hand", () => {
  const times = (count: number, changes: (n: number) => Partial<AccessEvent> = () => ({})) =>
    Object.keys(signalsOf(Array.from({ length: count }, (_, n) => ({ id: `${n}`, event: changes(n) })))).length;
  expect(times(5)).toBe(5);
  expect(times(4)).toBe(0);
  expect(times(5, (n) => (n === 0 ? { org: value("Marin SO") } : {}))).toBe(0);
  expect(times(5, (n) => (n === 0 ? { automatic: true } : {}))).toBe(0);
  expect(times(5, (n) => ({ user: value(n === 0 ? " U-1017 " : "u-1017") }))).toBe(5);
  expect(times(5, () => ({ user: EMPTY }))).toBe(0);
});

describe("a purpose for which the system is closed", () => {
  it.each([
    ["CCW applicant background", "Alder SO", true],
    ["concealed carry permit renewal", "Alder SO", true],
    ["antecedentes, solicitante de arma oculta", "Alder SO", true],
    ["Purpose code C", "Alder SO CCW Unit", true],
    ["investigation", "ALDER SO - CCW", true],
    ["", "Alder SO CCW Unit", true],
    // Carrying a concealed weapon is a crime too, and is investigated.
    ["CCW arrest", "Alder SO", false],
    ["PC 25400 CCW", "Alder SO", false],
    ["Stolen vehicle", "Alder SO CCW Unit", false],
    ["Purpose code C", "Alder SO", false],
  ])("%s by %s", (reason, org, fires) => {
    const event = { purpose: reason === "" ? EMPTY : value(reason), org: value(org) };
    expect(one(event, { system: "clets" }).includes("purpose-not-permitted")).toBe(fires);
    expect(one(event, { system: "alpr" })).not.toContain("purpose-not-permitted");
  });
});

describe("the rules as data", () => {
  it("are one for each id, with words in both languages that accuse nobody", () => {
    expect(SIGNALS.map(({ id }) => id)).toEqual([...SIGNAL_IDS]);
    for (const { name, clerk, resident, source, reads } of SIGNALS) {
      for (const words of [name, clerk, resident, source]) {
        expect(words.en.length * words.es.length).toBeGreaterThan(0);
        expect(words.en).not.toMatch(/illegal|suspicious|abuse|misuse|violat|unlawful|improper/i);
        expect(words.es).not.toMatch(/ilegal|sospechos|abus|viola|indebid/i);
      }
      expect(resident.en).toMatch(/normal|may be/);
      expect(resident.es).toMatch(/normal|puede ser/i);
      expect(reads.length).toBeGreaterThan(0);
    }
  });

  it("are off until they are switched on, and off again when they have changed since", () => {
    const on = { signal: "many-systems", version: 1, isOn: true };
    expect(signalsOn([])).toEqual([]);
    expect(signalsOn([on]).map(({ id }) => id)).toEqual(["many-systems"]);
    expect(signalsOn([on, { ...on, isOn: false }])).toEqual([]);
    expect(signalsOn([{ ...on, isOn: false }, on])).toHaveLength(1);
    expect(signalsOn([{ ...on, version: 0 }])).toEqual([]);
    expect(signalsOn([{ ...on, signal: "no such" }])).toEqual([]);
  });
});

test("5,000 lines take well under a second", () => {
  const lines = Array.from({ length: 5_000 }, (_, n) => ({
    id: `${n}`,
    system: `s${n % 4}`,
    hours: dayWorker(),
    event: {
      at: new Date(Date.UTC(2025, 0, 1) + n * 47 * 60_000).toISOString(),
      user: value(`u-${n % 40}`),
      purpose: value(n % 2 === 0 ? "investigation" : `burglary on ${n} Mill Street`),
      caseNumber: n % 3 === 0 ? EMPTY : value(`25-${n}`),
    },
  }));
  expect(eventOf().at).toBe("2025-06-18T18:00:00.000Z");
  const began = performance.now();
  const found = signalsOf(lines);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(Object.keys(found).length).toBeGreaterThan(2_500);
});
