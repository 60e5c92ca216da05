import fc from "fast-check";
import { expect, test } from "vitest";
import { ABSENT_STATES, type AccessEvent, accessEventSchema } from "#app/feeds/access-event.ts";
import type { MatchedEvent, Reading } from "#app/histories/cells.ts";
import { type Decision, effectiveDecisions, LINE, type Target } from "#app/histories/decision.ts";
import { FIELDS, type Field } from "#app/histories/history.ts";
import { NotDecided, redactEvents } from "#app/histories/redact.ts";
import { withheldValues } from "#app/histories/withheld-values.ts";

const PLATE = "9ZQX417";
const READING: Reading = {
  locale: "en",
  zone: "America/Los_Angeles",
  own: [{ identifierId: "i1", kind: "plate", value: PLATE, from: "2025-01-01", to: "2025-06-30" }],
};

const value = (text: string) => ({ state: "value", value: text }) as const;
const EMPTY = { state: "empty" } as const;

function eventOf(changes: Partial<AccessEvent> = {}): AccessEvent {
  return accessEventSchema.parse({
    sourceId: value("s-1"),
    at: "2025-06-18T00:02:04.000Z",
    zone: "UTC",
    timeAsLogged: "06/18/2025, 12:02:04 AM UTC",
    org: value("Alder Creek PD"),
    user: value("u-1017"),
    searchedBy: [{ kind: "plate", ...value(PLATE) }],
    purpose: value("Stolen vehicle"),
    caseNumber: value("25-02183"),
    scope: {
      networks: value("94"),
      devices: EMPTY,
      timeFrame: value("06/18/2025, 12:00:00 AM PDT"),
      searchType: value("lookup"),
      filters: EMPTY,
    },
    textPrompt: EMPTY,
    moderation: EMPTY,
    ...changes,
  });
}

const matched = (eventId: string, changes: Partial<AccessEvent> = {}): MatchedEvent => ({
  eventId,
  systemName: "Plate readers",
  event: eventOf(changes),
});

let clock = 0;
function decided(
  eventId: string,
  field: Target,
  outcome: Decision["outcome"],
  changes: Partial<Decision> = {},
): Decision {
  clock += 1;
  const exemption = outcome === "disclose" ? null : "ca.cpra.privacy";
  return {
    id: `d${clock}`,
    eventId,
    field,
    outcome,
    exemption,
    reason: null,
    reviewOn: null,
    by: "clerk",
    at: new Date(clock),
    ...changes,
  };
}

const redact = (events: MatchedEvent[], decisions: Decision[]) =>
  redactEvents(events, effectiveDecisions(decisions), READING);
const disclose = (...ids: string[]) => ids.map((id) => decided(id, LINE, "disclose"));

test("a line without a decision is a fault, never a disclosure; so is a withholding without a ground", () => {
  expect(() => redact([matched("a")], [])).toThrow(NotDecided);
  expect(() => redact([matched("a")], [decided("a", "user", "disclose")])).toThrow(NotDecided);
  expect(() => redact([matched("a")], [decided("a", LINE, "withhold", { exemption: null })])).toThrow(NotDecided);
});

test.each(FIELDS)("a redacted field %s leaves nothing of its value in the model", (field: Field) => {
  const secret = "Quillfeather-77X";
  const changes: Partial<Record<Field, Partial<AccessEvent>>> = {
    agency: { org: value(secret) },
    user: { user: value(secret) },
    purpose: { purpose: value(secret) },
    caseNumber: { caseNumber: value(secret) },
    scope: { textPrompt: value(secret) },
  };
  const events = [matched("a", changes[field])];
  const { lines, uses } = redact(events, [...disclose("a"), decided("a", field, "redact")]);
  expect(lines[0]?.cells[field]).toEqual({ kind: "withheld", ground: "ca.cpra.privacy", reviewOn: null });
  expect(JSON.stringify(lines)).not.toContain(secret);
  expect(uses.get("ca.cpra.privacy")).toBe(1);
});

test("a field that is disclosed again is shown, and a line withheld later hides all of it", () => {
  const events = [matched("a")];
  const back = [...disclose("a"), decided("a", "user", "redact"), decided("a", "user", "disclose")];
  expect(redact(events, back).lines[0]?.cells.user).toEqual({ kind: "shown", text: "u-1017" });
  const hidden = redact(events, [...back, decided("a", LINE, "withhold")]);
  expect(hidden.lines).toEqual([]);
  expect(hidden.withheld).toHaveLength(1);
  // Disclosing the line as a whole undoes no redaction in it.
  const both = [decided("a", "user", "redact"), ...disclose("a")];
  expect(redact(events, both).lines[0]?.cells.user.kind).toBe("withheld");
});

test("where the time is withheld its day, its place among the lines and every date in its texts go too", () => {
  const texts = { purpose: value("seen 2025-06-18T00:01:00Z at 5:02 PM on June 17"), caseNumber: value("25-02183") };
  const events = [
    matched("old", { at: "2025-03-01T00:00:00.000Z" }),
    matched("hidden", texts),
    matched("new", { at: "2025-06-29T00:00:00.000Z" }),
  ];
  const { lines } = redact(events, [...disclose("old", "hidden", "new"), decided("hidden", "at", "redact")]);
  expect(lines.map((line) => line.on)).toEqual(["2025-06-28", "2025-02-28", null]);
  const said = JSON.stringify(lines[2]);
  expect(said).not.toMatch(/2025-06|06\/18|June 17|5:02/);
  expect(said).toContain("25-02183");
});

test("withheld lines come last and in an order that says nothing of their time", () => {
  const times = ["2025-03-01", "2025-06-01", "2025-02-01"].map((day) => `${day}T00:00:00.000Z`);
  const grounds = ["ca.cpra.privacy", "ca.cpra.balance", "ca.cpra.investigation"];
  const hide = (id: string) => decided(id, LINE, "withhold", { exemption: grounds[Number(id.at(-1))]! });
  const decisionsOf = (ids: string[]) => [...disclose("m"), ...ids.map(hide)];
  const run = (order: number[]) => {
    const events = [
      matched("m", { at: "2025-05-01T00:00:00.000Z" }),
      ...order.map((n) => matched(`w${n}`, { at: times[n]! })),
    ];
    return redact(events, decisionsOf(order.map((n) => `w${n}`)));
  };
  const { lines, withheld } = run([0, 1, 2]);
  expect(lines.map((line) => line.number)).toEqual([1]);
  expect(withheld.map((line) => line.number)).toEqual([2, 3, 4]);
  expect({ ...run([2, 1, 0]).withheld }).toEqual({ ...withheld });
});

test("two secrets of different length give one and the same model", () => {
  const model = (secret: string) => {
    const events = [
      matched("a", { user: value(secret), purpose: value(`told by ${secret} today`) }),
      matched("b", { purpose: value(secret.repeat(3)) }),
    ];
    return redact(events, [
      ...disclose("a"),
      decided("a", "user", "redact"),
      decided("b", LINE, "defer", { reviewOn: "2027-01-01" }),
    ]);
  };
  const [one, other] = [model("Lee"), model("Bartholomew Quillfeather the Younger")];
  expect({ lines: one.lines, withheld: one.withheld }).toEqual({ lines: other.lines, withheld: other.withheld });
});

test("the resident's own plate stands in a text only while it was the resident's", () => {
  const inTime = redact([matched("a", { purpose: value(`plate ${PLATE}`) })], disclose("a"));
  expect(inTime.lines[0]?.cells.purpose).toEqual({ kind: "shown", text: `plate ${PLATE}` });
  const sold = { at: "2025-08-01T12:00:00.000Z", purpose: value(`plate ${PLATE}`) };
  const { lines } = redact([matched("a", sold)], disclose("a"));
  expect(lines[0]?.cells.purpose).toEqual({ kind: "shown", text: "plate [plate]" });
  expect(lines[0]?.cells.searchedBy).toEqual({ kind: "shown", text: "[plate]" });
});

test.each(ABSENT_STATES)("a cell that the log itself left %s says so, and its mark stays inside", (state) => {
  const cell = { state, mark: "*MARK*" };
  const { lines } = redact([matched("a", { user: cell, purpose: cell })], disclose("a"));
  expect(lines[0]?.cells.user).toEqual({ kind: "absent", why: state });
  expect(JSON.stringify(lines)).not.toContain("MARK");
});

test("a user withheld in one line is taken out of another's text, unless he is disclosed somewhere by decision", () => {
  const events = [
    matched("a", { user: value("Dep. Castellane") }),
    matched("b", { user: value("u-2"), purpose: value("ask dep.  castellane") }),
  ];
  const hidden = redact(events, [...disclose("a", "b"), decided("a", "user", "redact")]);
  expect(hidden.lines.find((line) => line.cells.user.kind === "shown")?.cells.purpose).toEqual({
    kind: "shown",
    text: "ask [withheld]",
  });
  const known = [...events, matched("c", { user: value("Dep. Castellane") })];
  const shown = redact(known, [...disclose("a", "b", "c"), decided("a", "user", "redact")]);
  expect(JSON.stringify(shown.lines)).toContain("ask dep.  castellane");
});

test("whatever is decided: what the gate is told to look for is in no line, and every event is accounted for", () => {
  const outcomes = fc.constantFrom("disclose", "withhold", "defer") as fc.Arbitrary<"disclose" | "withhold" | "defer">;
  const choice = fc.record({ outcome: outcomes, redacted: fc.subarray([...FIELDS]) });
  fc.assert(
    fc.property(fc.array(choice, { minLength: 1, maxLength: 8 }), (choices) => {
      const events = choices.map((_, n) =>
        matched(`e${n}`, {
          org: value(`Org-QX${n}Z`),
          user: value(`User-QX${n}Z`),
          caseNumber: value(`CASE-QX${n}Z`),
          purpose: value(`Because-QX${n}Z`),
          textPrompt: value(`Prompt-QX${n}Z`),
        }),
      );
      const decisions = choices.flatMap(({ outcome, redacted }, n) => [
        decided(`e${n}`, LINE, outcome),
        ...redacted.map((field) => decided(`e${n}`, field, "redact", { reason: `why-QX${n}Z` })),
      ]);
      const result = redact(events, decisions);
      const said = JSON.stringify(result.lines) + JSON.stringify(result.withheld);
      const named = withheldValues(events, effectiveDecisions(decisions), READING).filter(
        (text) => text.includes("-QX") && !text.includes(";"),
      );
      for (const secret of named) expect(said).not.toContain(secret);
      expect(result.lines.length + result.withheld.length).toBe(events.length);
      expect(new Set(result.eventIds.values()).size).toBe(events.length);
    }),
  );
});

test("the gate is told of other people's plates, the clerk's reasons and every notation of a withheld time", () => {
  const events = [
    matched("a", {
      searchedBy: [
        { kind: "plate", ...value(PLATE) },
        { kind: "plate", ...value("5KRW-903") },
      ],
      purpose: value(`follows 7JMK483, not ${PLATE}`),
    }),
  ];
  const decisions = [...disclose("a"), decided("a", "at", "redact", { reason: "an open case" })];
  const named = withheldValues(events, effectiveDecisions(decisions), READING);
  expect(named).toEqual(
    expect.arrayContaining([
      "5KRW-903",
      "7JMK483",
      "an open case",
      "2025-06-18T00:02:04.000Z",
      "06/18/2025, 12:02:04 AM UTC",
    ]),
  );
  expect(named).toContain("Jun 17, 2025, 5:02 PM PDT");
  expect(named).not.toContain(PLATE);
});

test("a withheld agency's name is taken out of a user's name that holds it, and a withheld user out of the agency's", () => {
  const events = [
    matched("a", { org: value("Quillmoor PD"), user: value("r.tanager@quillmoor PD") }),
    matched("b", { org: value("Tanager Task Force"), user: value("Tanager") }),
  ];
  const decisions = [...disclose("a", "b"), decided("a", "agency", "redact"), decided("b", "user", "redact")];
  const { lines, eventIds } = redact(events, decisions);
  const cellsOf = (id: string) => lines.find((line) => eventIds.get(line.number) === id)!.cells;
  expect(cellsOf("a").user).toEqual({ kind: "shown", text: "r.[withheld]@[withheld]" });
  expect(cellsOf("b").agency).toEqual({ kind: "shown", text: "[withheld] Task Force" });
  expect(JSON.stringify(lines)).not.toMatch(/quillmoor|tanager/i);
});

test("what is disclosed in its own column elsewhere stays readable in other lines, and no text is cut by a short value", () => {
  const events = [
    matched("a", { user: value("Lee"), purpose: value("fleet of Lee, asked by LEE") }),
    matched("b", { user: value("Castellane"), purpose: value("told by  castellane\nat noon") }),
    matched("c", { user: value("Castellane"), purpose: value("ask Castellane") }),
  ];
  const decisions = [...disclose("a", "b", "c"), decided("a", "user", "redact"), decided("b", "user", "redact")];
  const { lines, eventIds } = redact(events, decisions);
  const purposes = Object.fromEntries(lines.map((line) => [eventIds.get(line.number), line.cells.purpose]));
  expect(purposes["a"]).toEqual({ kind: "shown", text: "fleet of [withheld], asked by [withheld]" });
  expect(purposes["b"]).toEqual({ kind: "shown", text: "told by  [withheld]\nat noon" });
  expect(purposes["c"]).toEqual({ kind: "shown", text: "ask Castellane" });
});

test("thousands of withheld values are taken out in the time of a few", () => {
  const events = Array.from({ length: 4_000 }, (_, i) =>
    matched(`e${i}`, { user: value(`Dep. Sparrow${i}x`), purpose: value(`entry ${i}, as Dep. Sparrow${i + 1}x said`) }),
  );
  const ids = events.map((event) => event.eventId);
  const decisions = [...disclose(...ids), ...ids.map((id) => decided(id, "user", "redact"))];
  const began = performance.now();
  const { lines } = redact(events, decisions);
  expect(performance.now() - began).toBeLessThan(15_000);
  // The last one names a value that nobody withholds.
  expect(lines.filter((line) => JSON.stringify(line.cells.purpose).includes("Sparrow"))).toHaveLength(1);
});
