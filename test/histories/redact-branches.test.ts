// One test for each branch of the redaction code that no other test holds; mutate.ts takes the branches away.
import { describe, expect, it } from "vitest";
import { type AccessEvent, accessEventSchema } from "#app/feeds/access-event.ts";
import type { MatchedEvent, Reading } from "#app/histories/cells.ts";
import { type Decision, effectiveDecisions, LINE, type Target } from "#app/histories/decision.ts";
import { FIELDS, type Field } from "#app/histories/history.ts";
import { redactEvents } from "#app/histories/redact.ts";
import { withheldValues } from "#app/histories/withheld-values.ts";

const PLATE = "9ZQX417";
const READING: Reading = {
  locale: "en",
  zone: "America/Los_Angeles",
  own: [{ identifierId: "i1", kind: "plate", value: PLATE, from: "2025-01-01", to: null }],
};
const value = (text: string) => ({ state: "value", value: text }) as const;
const EMPTY = { state: "empty" } as const;

function matched(eventId: string, changes: Partial<AccessEvent> = {}): MatchedEvent {
  const event = accessEventSchema.parse({
    sourceId: value(eventId),
    at: "2025-06-18T00:02:04.000Z",
    zone: "UTC",
    timeAsLogged: "06/18/2025, 12:02:04 AM UTC",
    org: value("Alder Creek PD"),
    user: value("u-1017"),
    searchedBy: [{ kind: "plate", ...value(PLATE) }],
    purpose: value("Stolen vehicle"),
    caseNumber: value("25-02183"),
    scope: { networks: value("94"), devices: EMPTY, timeFrame: EMPTY, searchType: value("lookup"), filters: EMPTY },
    textPrompt: EMPTY,
    moderation: EMPTY,
    ...changes,
  });
  return { eventId, systemName: "Plate readers", event };
}

let clock = 0;
function decided(eventId: string, field: Target, changes: Partial<Decision> = {}): Decision {
  clock += 1;
  const outcome = field === LINE ? "disclose" : "redact";
  const shape = {
    id: `d${clock}`,
    eventId,
    field,
    outcome,
    reason: null,
    reviewOn: null,
    by: "c",
    at: new Date(clock),
  };
  return { ...shape, exemption: "ca.cpra.privacy", ...changes } as Decision;
}
const disclose = (...ids: string[]) => ids.map((id) => decided(id, LINE, { exemption: null }));
const withhold = (id: string, changes: Partial<Decision> = {}) =>
  decided(id, LINE, { outcome: "withhold", ...changes });
const redact = (events: MatchedEvent[], decisions: Decision[]) =>
  redactEvents(events, effectiveDecisions(decisions), READING);
const named = (events: MatchedEvent[], decisions: Decision[]) =>
  withheldValues(events, effectiveDecisions(decisions), READING);

/** Every order of some things. */
function orders<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((one, at) => orders(things.toSpliced(at, 1)).map((rest) => [one, ...rest]));
}

describe("what is counted and said of what is withheld", () => {
  it("is each use of a ground, on cells and on lines, and of no other", () => {
    const decisions = [...disclose("a", "b"), decided("a", "user"), decided("b", "user"), withhold("c")];
    const { uses } = redact([matched("a"), matched("b"), matched("c")], decisions);
    expect([...uses]).toEqual([["ca.cpra.privacy", 3]]);
  });

  it("is whether a line waits or is withheld for good", () => {
    const decisions = [withhold("a"), withhold("b", { outcome: "defer", reviewOn: "2027-01-01" })];
    const { withheld } = redact([matched("a"), matched("b")], decisions);
    expect(withheld.map(({ outcome, reviewOn }) => [outcome, reviewOn])).toEqual([
      ["defer", "2027-01-01"],
      ["withhold", null],
    ]);
  });
});

describe("the order of the lines", () => {
  it("is by time, then by a number that says nothing; whatever order they came in", () => {
    const days = { z: "2025-06-20", a: "2025-06-19", c: "2025-06-18", b: "2025-06-18", d: "2025-06-18" };
    const events = Object.entries(days).map(([id, day]) => matched(id, { at: `${day}T12:00:00.000Z` }));
    for (const order of orders(events)) {
      const { eventIds } = redact(order, disclose(...Object.keys(days)));
      expect([...eventIds.values()]).toEqual(["z", "a", "b", "c", "d"]);
    }
  });

  it("is by what they say where the time is withheld", () => {
    const ids = ["1", "2", "3", "4"];
    const events = ids.map((id) => matched(`x${id}`, { user: value(`u-${9 - Number(id)}`) }));
    const decisions = ids.flatMap((id) => [...disclose(`x${id}`), decided(`x${id}`, "at")]);
    for (const order of orders(events)) {
      expect([...redact(order, decisions).eventIds.values()]).toEqual(["x4", "x3", "x2", "x1"]);
    }
  });

  it("is by ground, outcome and day of review where a whole line is withheld", () => {
    const decisions = [
      withhold("a", { reviewOn: "2027-02-01" }),
      withhold("b", { outcome: "defer", reviewOn: "2027-03-01" }),
      withhold("c", { reviewOn: "2027-01-01" }),
      withhold("d", { exemption: "ca.cpra.balance" }),
    ];
    for (const order of orders([matched("a"), matched("b"), matched("c"), matched("d")])) {
      expect([...redact(order, decisions).eventIds.values()]).toEqual(["d", "b", "c", "a"]);
    }
  });
});

describe("what is taken out of a text", () => {
  const cellsOf = (events: MatchedEvent[], decisions: Decision[], id: string) => {
    const { lines, eventIds } = redact(events, decisions);
    const found = lines.find((line) => eventIds.get(line.number) === id);
    if (!found) throw new Error(`no line ${id}`);
    return found.cells;
  };
  const text = (shown: string) => ({ kind: "shown", text: shown });

  it("is no word of ours: the system's name stays, though a withheld user has the same", () => {
    const events = [matched("a", { user: value("Plate readers") }), matched("b", { purpose: value("Plate readers!") })];
    const decisions = [...disclose("a", "b"), decided("a", "user")];
    expect(cellsOf(events, decisions, "b")).toMatchObject({
      system: text("Plate readers"),
      purpose: text("[withheld]!"),
    });
  });

  it("is every date where the time is withheld, in what was typed alone", () => {
    const changes = {
      org: value("2025-06-18 Task Force"),
      purpose: value("since 2025-06-18"),
      caseNumber: value("2025-06-18/7"),
    };
    const hidden = cellsOf([matched("a", changes)], [...disclose("a"), decided("a", "at")], "a");
    expect(hidden).toMatchObject({
      agency: text("2025-06-18 Task Force"),
      purpose: text("since [withheld]"),
      caseNumber: text("[withheld]/7"),
    });
    expect(cellsOf([matched("a", changes)], disclose("a"), "a").purpose).toEqual(text("since 2025-06-18"));
  });

  it("is no value too short to point at anyone, and no reason that everybody gives", () => {
    const events = [
      matched("a", { user: value("Al"), purpose: value("Stolen car") }),
      matched("b", { purpose: value("Al asked: Stolen car again") }),
    ];
    const decisions = [...disclose("a", "b"), decided("a", "user"), decided("a", "purpose")];
    expect(cellsOf(events, decisions, "b").purpose).toEqual(text("Al asked: Stolen car again"));
  });

  it("is what stands in a line that is withheld as a whole", () => {
    const events = [
      matched("a", { user: value("Dep. Tarrowby") }),
      matched("b", { purpose: value("as Dep. Tarrowby said") }),
    ];
    const decisions = [withhold("a"), ...disclose("b")];
    expect(cellsOf(events, decisions, "b").purpose).toEqual(text("as [withheld] said"));
  });

  it("is all that a line withholds, though it is disclosed elsewhere", () => {
    const secrets = { org: value("Quillmoor PD"), user: value("Tanager"), caseNumber: value("77-123") };
    const events = [
      matched("a", { ...secrets, purpose: value("Tanager of Quillmoor PD, 77-123") }),
      matched("b", secrets),
    ];
    const fields: Field[] = ["agency", "user", "caseNumber"];
    const decisions = [...disclose("a", "b"), ...fields.map((field) => decided("a", field))];
    expect(cellsOf(events, decisions, "a").purpose).toEqual(text("[withheld] of [withheld], [withheld]"));
  });

  it("is a longer value inside a word too", () => {
    const events = [matched("a", { user: value("Castellane"), purpose: value("mail jcastellane2@example.org") })];
    expect(cellsOf(events, [...disclose("a"), decided("a", "user")], "a").purpose).toEqual(
      text("mail j[withheld]2@example.org"),
    );
  });
});

describe("what the gate is told to look for", () => {
  const changes = {
    org: value("Quillmoor PD"),
    user: value("Tanager"),
    purpose: value("the Larkmoor matter"),
    caseNumber: value("77-123"),
    textPrompt: value("a red van"),
    searchedBy: [{ kind: "plate" as const, ...value(PLATE) }],
  };
  const ONLY: Readonly<Record<Field, readonly string[]>> = {
    at: ["2025-06-18T00:02:04.000Z", "06/18/2025, 12:02:04 AM UTC", "Jun 17, 2025, 5:02 PM PDT"],
    system: [],
    agency: ["Quillmoor PD"],
    user: ["Tanager"],
    searchedBy: [PLATE],
    purpose: ["the Larkmoor matter"],
    caseNumber: ["77-123"],
    scope: ["Networks searched: 94; Kind of search: lookup; Described in words: a red van", "a red van"],
  };

  it.each(FIELDS)("is the value of a redacted %s, and nothing else", (field) => {
    expect(named([matched("a", changes)], [...disclose("a"), decided("a", field)])).toEqual(ONLY[field]);
  });

  it("is every value of a line that is withheld, and the clerk's reason", () => {
    const found = named([matched("a", changes)], [withhold("a", { reason: "the inquiry is open" })]);
    expect(found).toEqual([...Object.values(ONLY).flat(), "the inquiry is open"]);
  });

  it("is nothing where the log itself has nothing", () => {
    const scope = { networks: EMPTY, devices: EMPTY, timeFrame: EMPTY, searchType: EMPTY, filters: EMPTY };
    const searchedBy = [{ kind: "plate" as const, ...EMPTY }];
    const bare = { org: EMPTY, user: EMPTY, purpose: EMPTY, caseNumber: EMPTY, scope, searchedBy };
    expect(named([matched("a", bare)], [withhold("a")])).toEqual(ONLY.at);
    expect(named([matched("a", bare)], disclose("a"))).toEqual([]);
    expect(named([matched("a", { user: value("  ") })], [...disclose("a"), decided("a", "user")])).toEqual([]);
  });
});
