/**
 * The canonical JSON line: what a custodian's program writes, one object a line, and the JSON Schema that it can be
 * checked with before it is sent. The schema has a version, in its $id: a member may be added within a version, and
 * none changes its meaning or goes away.
 */
import { z } from "zod";
import { IDENTIFIER_KINDS } from "./identifier.ts";

export const CANONICAL_VERSION = 1;

const text = z.string();
/** Empty, null and left out are three different answers: left empty, left empty, and no such column. */
const cell = text.nullable().optional();
const count = z.int().nonnegative().nullable().optional();

const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/)
  .describe("ISO 8601 with its offset: 2026-03-02T09:00:00-08:00");

export const canonicalEventSchema = z
  .strictObject({
    id: text.min(1).describe("The log's own number of this entry; the same number again is the same look-up"),
    at: time.describe("When the record was searched, ISO 8601 with its offset"),
    agency: z
      .strictObject({ name: cell, code: cell })
      .optional()
      .describe("Who searched: the agency's name and its code, such as an ORI"),
    user: z.strictObject({ id: cell, name: cell }).optional().describe("Who searched: the person, by id and by name"),
    searchedBy: z
      .array(
        z.strictObject({
          kind: z.enum(IDENTIFIER_KINDS),
          value: text.nullable().describe("As searched; null when it was left empty, REDACTED when it is hidden"),
        }),
      )
      .optional()
      .describe("What was searched for; one entry for each. Birth dates as YYYY-MM-DD"),
    purpose: cell.describe("The stated reason, in words"),
    purposeCode: cell.describe("The stated reason, as a code"),
    legalBasis: cell,
    consent: cell.describe("A reference to the consent that the search rests on"),
    caseNumber: cell,
    queryId: cell.describe("What joins the logs of both sides of this query"),
    groupId: cell.describe("What joins the queries of one proceeding, or of one press of a key"),
    messageKey: cell.describe("The kind of message or transaction"),
    outcome: cell,
    scope: z
      .strictObject({ networks: count, devices: count, timeFrame: cell, type: cell, filters: cell })
      .optional()
      .describe("How wide the search was"),
    textPrompt: cell.describe("What was searched for in words, where a machine reads words"),
    moderation: cell,
    bulk: z.boolean().nullable().optional().describe("Part of a search over many people's records"),
    automatic: z.boolean().nullable().optional().describe("Sent off by a machine, not by a person"),
    hidden: z
      .strictObject({ reason: cell, until: time.nullable().optional() })
      .optional()
      .describe("For an entry kept from its subject: why, and until when; without `until`, until told otherwise"),
  })
  .meta({ title: "WhoLooked canonical access event" });

/** A first line may say what the delivery holds. */
const headSchema = z.strictObject({
  batch: z.strictObject({
    sequence: z.int().nonnegative().optional().describe("The sender's number of the delivery, counted up by one"),
    from: z.iso.date().optional().describe("The first day of which the delivery holds every look-up"),
    to: z.iso.date().optional().describe("The last such day"),
    rows: z.int().nonnegative().optional().describe("How many look-ups follow"),
  }),
});

/** JSON Schema (2020-12) of one line. */
export function canonicalJsonSchema(): object {
  const { $schema, ...line } = z.toJSONSchema(z.union([canonicalEventSchema, headSchema]));
  return {
    $schema,
    $id: `urn:wholooked:canonical-event:${CANONICAL_VERSION}`,
    title: "A line of WhoLooked's canonical JSON Lines",
    description: "A look-up, or, in the first line alone, what the delivery says of itself.",
    ...line,
  };
}
