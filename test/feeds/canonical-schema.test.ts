import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { feedSchema } from "#app/cli/feed.ts";
import { CANONICAL_VERSION, canonicalEventSchema, canonicalJsonSchema } from "#app/feeds/canonical-schema.ts";
import { getProfile } from "#app/feeds/profiles.ts";
import { commandContext } from "#test/support/command.ts";

interface Schema {
  $id: string;
  $schema: string;
  anyOf: { properties: Record<string, object>; required: string[]; additionalProperties: boolean }[];
}

test("the published schema has a version, and says of each member what the profile takes from it", async () => {
  const schema = canonicalJsonSchema() as Schema;
  expect(schema.$schema).toContain("2020-12");
  expect(schema.$id).toBe(`urn:wholooked:canonical-event:${CANONICAL_VERSION}`);
  const [line, head] = schema.anyOf;
  expect(line?.required).toEqual(["id", "at"]);
  expect(line?.additionalProperties).toBe(false);
  expect(Object.keys(head?.properties ?? {})).toEqual(["batch"]);
  const { fields } = getProfile("canonical-jsonl");
  const taken = Object.values(fields)
    .flat()
    .map((source) => String(source).split(/[.[]/)[0]);
  expect(new Set(taken)).toEqual(new Set(Object.keys(line?.properties ?? {})));
  const published = await feedSchema([], commandContext());
  expect(published.json).toEqual(schema);
  expect(JSON.parse(published.lines.join(""))).toEqual(schema);
});

test("version 1 is a promise: its members and their types stay", () => {
  const published = JSON.parse(
    readFileSync(new URL("../fixtures/feeds/canonical-event-1.schema.json", import.meta.url), "utf8"),
  );
  // A member may be added: then write the schema anew. One that goes away or changes asks for a new version.
  expect(canonicalJsonSchema()).toEqual(published);
});

test.each([
  ["no number", { at: "2026-01-05T08:30:00Z" }],
  ["a time without an offset", { id: "1", at: "2026-01-05T08:30:00" }],
  ["a member that there is not", { id: "1", at: "2026-01-05T08:30:00Z", plate: "7ABC123" }],
  [
    "a kind that there is not",
    { id: "1", at: "2026-01-05T08:30:00Z", searchedBy: [{ kind: "plat", value: "7ABC123" }] },
  ],
])("%s is not by the schema", (_name, line) => {
  expect(canonicalEventSchema.safeParse(line).success).toBe(false);
});
