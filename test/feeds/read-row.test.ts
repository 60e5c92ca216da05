import { describe, expect, test } from "vitest";
import { accessEventSchema } from "#app/feeds/access-event.ts";
import { licenceSchema, normaliseLicence, normalisePlate, plateSchema } from "#app/feeds/identifier.ts";
import { profileSchema } from "#app/feeds/profile.ts";
import { PROFILES } from "#app/feeds/profiles.ts";
import type { FileRow } from "#app/feeds/read-file.ts";
import { ALPR_HEADER } from "./given-feed.ts";
import { good, readRows } from "./given-file.ts";

const without = ALPR_HEADER.split(",");
const withDevices = [...without.slice(0, 4), "Total Devices Searched", ...without.slice(4)];
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

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const lineOf = (cells: readonly string[]) => cells.map(quoted).join(",");

async function readLines(header: readonly string[], ...lines: string[]): Promise<FileRow[]> {
  return readRows([lineOf(header), ...lines].join("\n"), "alpr-network-audit");
}

async function read(changed: Record<string, string> = {}, header = without): Promise<FileRow> {
  const values: Record<string, string> = { ...GOOD, ...changed };
  const [row] = await readLines(header, lineOf(header.map((name) => values[name] ?? "")));
  if (row === undefined) throw new Error("no row");
  return row;
}

const event = async (changed: Record<string, string> = {}, header = without) => good(await read(changed, header));

test("every shipped profile is what the schema of profiles says, and feeds no field from a column it refuses", () => {
  for (const profile of PROFILES) expect(profileSchema.parse(profile)).toEqual(profile);
  for (const { formats, fields } of PROFILES) {
    const columns = formats.flatMap((format) =>
      format.kind === "csv" ? [...format.required, ...format.optional] : [],
    );
    if (columns.length === 0) continue;
    const sources = Object.values(fields).flat();
    const named = sources.flatMap((source) =>
      typeof source === "string" ? [source] : "join" in source ? source.join : [],
    );
    expect(new Set(named)).toEqual(new Set(columns));
  }
});

test("a row becomes a canonical event", async () => {
  const row = await event();
  expect(accessEventSchema.parse(row.event)).toMatchObject(row.event);
  expect(row.event).toMatchObject({
    at: "2025-06-18T00:02:04.000Z",
    zone: "UTC",
    timeAsLogged: "06/18/2025, 12:02:04 AM UTC",
    searchedBy: [{ kind: "plate", state: "value", value: "7abc 123" }],
    scope: { networks: { state: "value", value: "94" }, devices: { state: "not-exported" } },
  });
  expect(row.identifiers).toEqual([{ kind: "plate", normalised: "7ABC123" }]);
  expect((await event({}, withDevices)).event.scope.devices).toEqual({ state: "value", value: "1,200" });
});

test("an event that was stored before the newer fields were reads as one whose log does not have them", async () => {
  const { event: stored } = await event();
  expect(JSON.stringify(stored)).not.toContain("queryId");
  const opened = accessEventSchema.parse(JSON.parse(JSON.stringify(stored)));
  expect(opened).toMatchObject({ queryId: { state: "not-exported" }, bulk: null, sealed: null });
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
  ])("a plate cell that says '%s'", async (text, cell) => {
    const row = await event({ "License Plate": text });
    expect(row.event.searchedBy).toEqual([{ kind: "plate", ...cell }]);
    expect(row.identifiers).toHaveLength(cell.state === "value" ? 1 : 0);
  });

  test("a cited law hides a plate, but in a reason it is the reason", async () => {
    expect((await event({ Reason: "ORS 164.055 theft" })).event.purpose).toEqual({
      state: "value",
      value: "ORS 164.055 theft",
    });
  });

  test("no filters is empty, not a value", async () => {
    expect((await event()).event.scope.filters).toEqual({ state: "empty", mark: "{}" });
  });
});

test("several plates in one cell are several identifiers; one with a wildcard is kept but names nobody", async () => {
  const row = await event({ "License Plate": "7ABC123, 8XY*" });
  expect(row.event.searchedBy.map((term) => term.state === "value" && term.value)).toEqual(["7ABC123", "8XY*"]);
  expect(row.identifiers).toEqual([{ kind: "plate", normalised: "7ABC123" }]);
});

describe("a row that cannot be believed has its reason", () => {
  test.each([
    [{ "Search Time": "" }, "time"],
    [{ "Search Time": "yesterday" }, "time"],
    [{ "Search Time": "18.06.2025 12:02" }, "time-order"],
    [{ "Search Time": "06/18/1925, 12:02:04 AM UTC" }, "time-range"],
    [{ "Search Time": "06/18/2027, 12:02:04 AM UTC" }, "time-range"],
    [{ "License Plate": "X".repeat(400) }, "plate"],
    [{ "License Plate": "123456789" }, "plate"],
    [{ "License Plate": "," }, "plate"],
    [{ "Total Networks Searched": "many" }, "count"],
  ])("%j -> %s", async (changed, problem) => {
    expect(await read(changed)).toMatchObject({ problem });
  });

  test("too few cells, and the header a second time", async () => {
    const rows = await readLines(without, "a,b", ALPR_HEADER, "");
    expect(rows.map((row) => row.problem)).toEqual(["cell-count", "header-again"]);
  });
});

describe("identity is the delivered text", () => {
  test("other line ends, quotes, blanks and another order of columns change nothing; any other change does", async () => {
    const { identity } = await event();
    const saved = await event({ "Time Frame": String(GOOD["Time Frame"]).replace("\r\n", "\n") });
    expect(saved.identity).toBe(identity);
    expect((await event({}, [...without].reverse())).identity).toBe(identity);
    const identities = await Promise.all(
      ["Reason", "Case #", "Name", "Filters"].map(async (name) => (await event({ [name]: "changed" })).identity),
    );
    expect(new Set([identity, ...identities]).size).toBe(5);
  });

  test("also where it is taken from the row's own text", async () => {
    const plain = { "Time Frame": "Last 30 days", "Search Time": "06/18/2025 12:02:04 AM UTC" };
    const values: Record<string, string> = { ...GOOD, ...plain };
    const cells = without.map((name) => values[name] ?? "");
    const spellings = [
      cells.join(","),
      cells.map((cell) => `"${cell}"`).join(","),
      ` ${cells.join(" , ")}`,
      cells.join(","),
    ];
    const rows = await readLines(without, ...spellings.slice(0, 3), `${spellings[3]}\r\n`);
    expect(new Set(rows.map((row) => good(row).identity)).size).toBe(1);
    // A comma inside a cell is not one between cells.
    const moved = await readLines(without, ["a,b", ...cells.slice(1)].map(quoted).join(","));
    expect(good(moved[0]).identity).not.toContain("a,b,");
  });

  test("also where rows that follow each other repeat a cell with blanks around it", async () => {
    const cells = without.map((name) => (name === "Time Frame" ? "Last 30 days" : (GOOD[name] ?? "")));
    const line = cells.map(quoted).join(",");
    const blanks = line.replace("Oakfield PD", " Oakfield PD ");
    const rows = await readLines(without, blanks, blanks, line, blanks);
    expect(new Set(rows.map((row) => good(row).identity)).size).toBe(1);
    expect(new Set(rows.map((row) => JSON.stringify(good(row).event))).size).toBe(1);
  });

  test("two columns that change places in the header are told apart", async () => {
    const portal = async (column: string) =>
      good((await readRows(`id,userId,searchDate,${column}\n1,u,2025-06-18 00:02:04,x`, "alpr-portal"))[0]).identity;
    expect(await portal("reason")).not.toBe(await portal("caseNumber"));
  });
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
