import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ageInDays,
  type ComplaintEvent,
  checkMove,
  EVENT_KINDS,
  type EventKind,
  isEnded,
  isState,
  movesFrom,
  STATES,
  type State,
  stateOf,
  whoseMove,
} from "#app/complaints/complaint.ts";
import { disciplineLimitOf, nextDateOf, reminderDayOf } from "#app/complaints/next-date.ts";
import { Refused } from "#app/platform/failure.ts";

const TODAY = "2026-03-10";

const event = (kind: EventKind, on = "2026-03-02"): ComplaintEvent => ({
  kind,
  on,
  detail: kind === "finding" ? "sustained" : null,
});

/** A way to each state. */
const ROADS: Readonly<Record<State, readonly EventKind[]>> = {
  received: ["received"],
  acknowledged: ["received", "acknowledged"],
  "inquiry-opened": ["received", "inquiry-opened"],
  finding: ["received", "inquiry-opened", "finding"],
  appealed: ["received", "inquiry-opened", "finding", "appealed"],
  closed: ["received", "inquiry-opened", "finding", "closed"],
  withdrawn: ["received", "withdrawn"],
};
const at = (state: State) => ROADS[state].map((kind) => event(kind));

/** Written out once more, so that a change of the table is a change that somebody meant. */
const ALLOWED: Readonly<Record<State, string>> = {
  received: "acknowledged inquiry-opened withdrawn officer-left note",
  acknowledged: "inquiry-opened withdrawn officer-left note",
  "inquiry-opened": "finding withdrawn officer-left note",
  finding: "appealed closed withdrawn officer-left note",
  appealed: "inquiry-opened finding withdrawn officer-left note",
  closed: "appealed",
  withdrawn: "",
};

const PAIRS = STATES.flatMap((state) => EVENT_KINDS.map((kind) => [state, kind] as const));

describe("the transition table", () => {
  test.each(PAIRS)("%s, then %s", (state, kind) => {
    const mover = kind === "withdrawn" ? "resident" : "intake";
    const other = mover === "intake" ? "resident" : "intake";
    const attempt = (by: "intake" | "resident") => () => checkMove(at(state), event(kind), by, TODAY);
    expect(attempt(other)).toThrow(Refused);
    if (ALLOWED[state].split(" ").includes(kind)) {
      expect(attempt(mover)).not.toThrow();
      expect(stateOf([...at(state), event(kind)])).toBe(isState(kind) ? kind : state);
    } else {
      expect(attempt(mover)).toThrow(/cannot be .+; (what can follow is: .+|nothing can follow)\.$/);
      expect(() => stateOf([...at(state), event(kind)])).toThrow();
    }
  });

  test("whatever happens, a complaint ends only by a finding that was told, or by the resident", () => {
    const kinds = fc.array(fc.constantFrom(...EVENT_KINDS), { maxLength: 25 });
    fc.assert(
      fc.property(kinds, (tried) => {
        let events = at("received");
        for (const kind of tried) {
          if (movesFrom(stateOf(events), kind === "withdrawn" ? "resident" : "intake").includes(kind)) {
            events = [...events, event(kind)];
          }
        }
        const state = stateOf(events);
        const told = events.some((one) => one.kind === "finding");
        if (state === "closed") expect(told).toBe(true);
        expect(nextDateOf(events, []) === null).toBe(isEnded(state));
        expect(whoseMove(state)).toBe(isEnded(state) ? "nobody" : "agency");
      }),
    );
  });

  test("an officer who leaves ends nothing: state, next date and the agency's turn stay as they were", () => {
    for (const state of STATES.filter((one) => !isEnded(one))) {
      const before = at(state);
      const after = [...before, event("officer-left", "2026-03-09")];
      expect(stateOf(after)).toBe(state);
      expect(nextDateOf(after, [])).toEqual(nextDateOf(before, []));
      expect(movesFrom(stateOf(after), "intake")).toEqual(movesFrom(state, "intake"));
    }
  });

  test("the officer may have left before the complaint came in", () => {
    expect(() => checkMove(at("received"), event("officer-left", "2020-01-01"), "intake", TODAY)).not.toThrow();
  });

  test("a day in the future, or before the last step, is refused with the day that would do", () => {
    const move = (on: string) => () => checkMove(at("received"), event("acknowledged", on), "intake", TODAY);
    expect(move("2026-03-11")).toThrow("The day must not be later than today, 2026-03-10.");
    expect(move("2026-03-01")).toThrow("The day must be 2026-03-02 or later");
    expect(move("2026-03-10")).not.toThrow();
    expect(move("2026-03-02")).not.toThrow();
  });

  test("a finding needs one of the four words, and nothing else may carry one", () => {
    const bare = { ...event("finding"), detail: null };
    expect(() => checkMove(at("inquiry-opened"), bare, "intake", TODAY)).toThrow(
      /sustained, not-sustained, exonerated, unfounded/,
    );
    const decorated = { ...event("acknowledged"), detail: "unfounded" } as const;
    expect(() => checkMove(at("received"), decorated, "intake", TODAY)).toThrow(Refused);
  });

  test("events that do not begin with a receipt are no complaint", () => {
    expect(() => stateOf([])).toThrow();
    expect(() => stateOf([event("acknowledged")])).toThrow();
  });
});

describe("the age", () => {
  test("counts to today while it is open, and stands still once it has ended", () => {
    expect(ageInDays(at("received"), "2026-03-02")).toBe(0);
    expect(ageInDays(at("inquiry-opened"), "2027-03-02")).toBe(365);
    const closed = [...at("finding"), event("closed", "2026-03-20")];
    expect(ageInDays(closed, "2030-01-01")).toBe(18);
    expect(ageInDays([...closed, event("appealed", "2026-04-01")], "2026-04-11")).toBe(40);
  });
});

describe("the next date", () => {
  test.each([
    ["received", "2026-03-16"],
    ["acknowledged", "2026-04-01"],
    ["inquiry-opened", "2026-05-01"],
    ["appealed", "2026-04-01"],
  ] as const)("before a finding it is the portal's own and says so: %s", (state, on) => {
    expect(nextDateOf(at(state), [])).toMatchObject({ source: "portal", on, since: "2026-03-02" });
  });

  test("from a finding the law gives 30 days, counted from the finding, not from the filing", () => {
    const events = [
      event("received", "2026-01-05"),
      event("inquiry-opened", "2026-01-20"),
      event("finding", "2026-03-02"),
    ];
    const next = nextDateOf(events, []);
    expect(next).toMatchObject({ source: "law", on: "2026-04-01", clock: { rule: "ca.complaint.disposition" } });
    expect(next && reminderDayOf(next)).toBe("2026-03-25");
  });

  test("a last day on a weekend, a holiday or a closed office moves forward", () => {
    const found = (on: string) => [
      event("received", "2026-01-05"),
      event("inquiry-opened", "2026-01-05"),
      event("finding", on),
    ];
    // 30 days after Mar 1, 2026 is Cesar Chavez Day, Tuesday Mar 31, a court holiday.
    expect(nextDateOf(found("2026-03-01"), [])?.on).toBe("2026-04-01");
    expect(nextDateOf(found("2026-03-01"), ["2026-04-01"])?.on).toBe("2026-04-02");
    // 30 days after Apr 2, 2026 is Saturday, May 2.
    expect(nextDateOf(found("2026-04-02"), [])?.on).toBe("2026-05-04");
  });

  test("a second finding, after an appeal, starts its own 30 days", () => {
    const events = [...at("appealed"), event("finding", "2026-06-01")];
    expect(nextDateOf(events, [])).toMatchObject({ source: "law", on: "2026-07-01" });
  });

  test("a note does not move the reminder on: a complaint cannot be kept quiet by writing notes", () => {
    const noted = [...at("received"), event("note", "2026-03-15")];
    expect(nextDateOf(noted, [])?.on).toBe("2026-03-16");
  });

  test("the year for discipline runs from the receipt, and is not shown once it has ended", () => {
    expect(disciplineLimitOf(at("received"), [])).toMatchObject({ rule: "ca.discipline.limit", due: "2027-03-02" });
    expect(disciplineLimitOf(at("appealed"), [])?.due).toBe("2027-03-02");
    expect(disciplineLimitOf(at("closed"), [])).toBeNull();
    expect(disciplineLimitOf(at("withdrawn"), [])).toBeNull();
  });
});
