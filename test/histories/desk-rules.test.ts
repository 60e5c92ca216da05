import { describe, expect, it } from "vitest";
import { type FilterTags, groupOf, inGroups, passes, UNFILTERED } from "#app/histories/facets.ts";
import { listGrounds, listUnweighed } from "#app/histories/ground.ts";
import { between, COMMANDS, commandOf, KEYS } from "#app/routes/desk.cases.$caseId/desk-keys.ts";

describe("a law that must be weighed", () => {
  it.each([
    [true, [], [], []],
    [true, ["a"], [], []],
    [true, ["a", "b"], [], ["a", "b"]],
    [true, ["a", "b"], ["a"], ["b"]],
    [true, ["a", "b"], ["a", "b", "c"], []],
    [false, ["a", "b"], [], []],
  ])("weighed: %s, to %j, opened %j: look first at %j", (needsJudgement, ids, opened, first) => {
    expect(listUnweighed({ needsJudgement }, ids, new Set(opened))).toEqual(first);
  });

  it("is every one that the law lists but what another person's data is by itself", () => {
    const bounds = [
      { custodian: "local-agency", rule: "ca.cpra.determination" },
      { custodian: "state-agency", rule: "ca.ipa.access" },
    ] as const;
    const free = bounds.flatMap((bound) => listGrounds(bound).filter((ground) => !ground.needsJudgement));
    expect(free.map(({ id }) => id)).toEqual(["ca.cpra.third-party", "ca.ipa.third-party"]);
    // Nothing that hides a whole line is free of weighing.
    expect(free.every(({ covers }) => !covers.includes("line"))).toBe(true);
  });
});

describe("what was made together", () => {
  const cell = (value?: string) =>
    value === undefined ? ({ state: "empty" } as const) : ({ state: "value", value } as const);
  const event = (org?: string, user?: string, caseNumber?: string, group?: string) => ({
    ...{ org: cell(org), user: cell(user), caseNumber: cell(caseNumber), groupId: cell(group) },
  });
  it.each([
    ["a group's number", event("A", "u", "1", "g"), event("A", "v", "2", "g"), true],
    ["another agency's same number", event("A", "u", "1", "g"), event("B", "u", "1", "g"), false],
    ["user and case number", event("A", "u", "1"), event("A", "u", "1"), true],
    ["another user", event("A", "u", "1"), event("A", "v", "1"), false],
    ["another case number", event("A", "u", "1"), event("A", "u", "2"), false],
  ])("%s", (_name, a, b, same) => {
    expect(groupOf(a) === groupOf(b)).toBe(same);
    expect(groupOf(a)).not.toBeNull();
  });
  it("is nothing where the log says neither", () => {
    expect(groupOf(event("A", "u"))).toBeNull();
    expect(groupOf(event("A", undefined, "1"))).toBeNull();
  });
  it("stands where its newest stands, the rest as it was", () => {
    const rows = [
      ["1", null],
      ["2", "x"],
      ["3", null],
      ["4", "x"],
    ].map(([eventId, groupTag]) => ({ eventId: eventId ?? "", groupTag: groupTag ?? null }));
    expect(inGroups(rows).map(({ eventId }) => eventId)).toEqual(["1", "2", "4", "3"]);
  });
});

describe("a filter", () => {
  const row = {
    ...{ eventId: "e", eventAt: new Date("2025-03-02T07:30:00Z"), waits: false },
    ...{ systemId: "s", orgTag: "o", groupTag: "g" },
  };
  const tags: FilterTags = { orgTag: "o", groupTag: "g" };
  it.each([
    [{}, true],
    [{ show: "waiting" }, false],
    [{ systemId: "s" }, true],
    [{ systemId: "t" }, false],
    // In Los Angeles it is still the first of March.
    [{ from: "2025-03-02" }, false],
    [{ to: "2025-03-01" }, true],
    [{ from: "2025-03-01", to: "2025-03-01" }, true],
    [{ agency: "O" }, true],
    [{ groupOf: "other" }, true],
  ] as const)("%j lets it through: %s", (change, through) => {
    expect(passes({ ...UNFILTERED, ...change }, tags, row, "America/Los_Angeles")).toBe(through);
  });
  it("by an agency or a group that the case does not have shows nothing", () => {
    const none = { orgTag: "other", groupTag: undefined };
    expect(passes({ ...UNFILTERED, agency: "P" }, none, row, "UTC")).toBe(false);
    expect(passes({ ...UNFILTERED, groupOf: "x" }, none, { ...row, groupTag: null }, "UTC")).toBe(false);
    expect(passes({ ...UNFILTERED, groupOf: "e" }, none, { ...row, groupTag: null }, "UTC")).toBe(true);
  });
});

describe("the keys of the list", () => {
  const bare = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  it("are one for each command", () => {
    for (const command of COMMANDS) {
      const { key, shift } = KEYS[command];
      expect(
        commandOf({ ...bare, key: shift === true ? key.toUpperCase() : key, shiftKey: shift === true }, false),
      ).toBe(command);
    }
  });
  it("leave alone what is typed, and what is the browser's", () => {
    expect(commandOf({ ...bare, key: "d" }, true)).toBeNull();
    for (const held of ["ctrlKey", "metaKey", "altKey"]) {
      expect(commandOf({ ...bare, key: "d", [held]: true }, false)).toBeNull();
    }
    for (const key of ["Tab", "Enter", " ", "Escape", "z"]) expect(commandOf({ ...bare, key }, false)).toBeNull();
  });
  it.each([
    [null, "b", ["b"]],
    ["a", "c", ["a", "b", "c"]],
    ["c", "b", ["b", "c"]],
    ["gone", "b", ["b"]],
  ])("pick from %s to %s: %j", (from, to, picked) => {
    expect(between(["a", "b", "c"], from, to)).toEqual(picked);
  });
});
