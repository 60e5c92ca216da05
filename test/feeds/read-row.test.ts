import { describe, expect, test } from "vitest";
import { accessEventSchema } from "#app/feeds/access-event.ts";
import { licenceSchema, normaliseLicence, normalisePlate, plateSchema } from "#app/feeds/identifier.ts";
import { profileSchema } from "#app/feeds/profile.ts";
import { getProfile, PROFILES } from "#app/feeds/profiles.ts";
import { compileRowReader } from "#app/feeds/read-row.ts";

const NOW = new Date("2026-03-02T17:00:00Z");
const alpr = getProfile("alpr-network-audit");
const [without, withDevices] = alpr.headers as [string[], string[]];
const GOOD: Record<string, string> = {
  ID: "row-1",
  Name: "user-1",
  "Org Name": "Oakfield PD",
  "Total Networks Searched": "94",
  "Total Devices Searched": "1,200",
  "Time Frame": "06/18/2025, 12:00:00 AM PDT -\r\n06/18/2025, 11:59:59 PM PDT",
  "License Plate": "7abc 123",
  Reason: "theft",
  "Case #": "25-02183",
  Filters: "{}",
  "Search Time": "06/18/2025, 12:02:04 AM UTC",
  "Search Type": "lookup",
};

function read(changed: Record<string, string> = {}, header = without) {
  const values: Record<string, string> = { ...GOOD, ...changed };
  return compileRowReader(alpr, header, NOW)(header.map((name) => values[name] ?? ""));
}

function event(changed: Record<string, string> = {}, header = without) {
  const row = read(changed, header);
  if (row.problem !== null) throw new Error(row.problem);
  return row;
}

test("every shipped profile is what the schema of profiles says", () => {
  for (const profile of PROFILES) expect(profileSchema.parse(profile)).toEqual(profile);
  for (const profile of PROFILES) {
    for (const name of profile.headers.flat()) expect(profile.columns).toHaveProperty([name]);
  }
});

test("a row becomes a canonical event", () => {
  const row = event();
  expect(accessEventSchema.parse(row.event)).toEqual(row.event);
  expect(row.event).toMatchObject({
    at: "2025-06-18T00:02:04.000Z",
    zone: "UTC",
    timeAsLogged: "06/18/2025, 12:02:04 AM UTC",
    searchedBy: [{ kind: "plate", state: "value", value: "7abc 123" }],
    scope: { networks: { state: "value", value: "94" }, devices: { state: "not-exported" } },
  });
  expect(row.identifiers).toEqual([{ kind: "plate", normalised: "7ABC123" }]);
  expect(event({}, withDevices).event.scope.devices).toEqual({ state: "value", value: "1,200" });
});

describe("cell states are kept apart", () => {
  test.each([
    ["", { state: "empty" }],
    ["***", { state: "hidden-by-vendor", mark: "***" }],
    ["REDACTED", { state: "hidden-by-agency", mark: "REDACTED" }],
    ["###", { state: "hidden-by-agency", mark: "###" }],
    ["ORS 192.345(3)", { state: "hidden-by-agency", mark: "ORS 192.345(3)" }],
    ["N/A", { state: "placeholder", mark: "N/A" }],
    ["8XYZ987", { state: "value", value: "8XYZ987" }],
  ])("a plate cell that says '%s'", (text, cell) => {
    const row = event({ "License Plate": text });
    expect(row.event.searchedBy).toEqual([{ kind: "plate", ...cell }]);
    expect(row.identifiers).toHaveLength(cell.state === "value" ? 1 : 0);
  });

  test("a cited law hides a plate, but in a reason it is the reason", () => {
    expect(event({ Reason: "ORS 164.055 theft" }).event.purpose).toEqual({
      state: "value",
      value: "ORS 164.055 theft",
    });
  });

  test("no filters is empty, not a value", () => {
    expect(event().event.scope.filters).toEqual({ state: "empty", mark: "{}" });
  });
});

test("several plates in one cell are several identifiers; one with a wildcard is kept but names nobody", () => {
  const row = event({ "License Plate": "7ABC123, 8XY*" });
  expect(row.event.searchedBy.map((term) => term.state === "value" && term.value)).toEqual(["7ABC123", "8XY*"]);
  expect(row.identifiers).toEqual([{ kind: "plate", normalised: "7ABC123" }]);
});

describe("a row that cannot be believed has its reason", () => {
  test.each([
    [{ "Search Time": "" }, "time"],
    [{ "Search Time": "18.06.2025 12:02" }, "time"],
    [{ "Search Time": "06/18/1925, 12:02:04 AM UTC" }, "time-range"],
    [{ "Search Time": "06/18/2027, 12:02:04 AM UTC" }, "time-range"],
    [{ "License Plate": "X".repeat(400) }, "plate"],
    [{ "License Plate": "123456789" }, "plate"],
    [{ "License Plate": "," }, "plate"],
    [{ "Total Networks Searched": "many" }, "count"],
  ])("%j -> %s", (changed, problem) => {
    expect(read(changed)).toEqual({ problem });
  });

  test("too few cells, and the header a second time", () => {
    const reader = compileRowReader(alpr, without, NOW);
    expect(reader(["a", "b"])).toEqual({ problem: "cell-count" });
    expect(reader([...without])).toEqual({ problem: "header-again" });
  });
});

test("identity is the delivered text: other line ends change nothing, any other change does", () => {
  const saved = event({ "Time Frame": String(GOOD["Time Frame"]).replace("\r\n", "\n") });
  expect(saved.identity).toBe(event().identity);
  const identities = ["Reason", "Case #", "Name", "Filters"].map((name) => event({ [name]: "changed" }).identity);
  expect(new Set([event().identity, ...identities]).size).toBe(5);
});

test("spellings of one identifier meet, look-alikes do not", () => {
  expect(normalisePlate("8wlk-042")).toBe("8WLK042");
  expect(normalisePlate("８ＷＬＫ　０４２")).toBe("8WLK042");
  expect(normalisePlate("8WLKO42")).not.toBe(normalisePlate("8WLK042"));
  expect(normaliseLicence("a123 4567")).toBe("A1234567");
  expect(plateSchema.parse(" 7abc-123 ")).toBe("7ABC123");
  expect(plateSchema.safeParse("X".repeat(400)).success).toBe(false);
  expect(plateSchema.safeParse("1").success).toBe(false);
  expect(licenceSchema.safeParse("A1").success).toBe(false);
});
