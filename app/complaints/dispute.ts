/** What a resident says of released lines, and to which agency each line goes. Pure. */
import { z } from "zod";
import type { Line } from "#app/histories/history.ts";

/** What the resident wants to come of it. */
export const WANTS = ["explanation", "correction", "discipline", "safety"] as const;
export type Want = (typeof WANTS)[number];

const WRONG_LONGEST = 4000;
const KNOWN_LONGEST = 2000;

/** The resident's own words. */
export const disputeWords = z.strictObject({
  wrong: z.string({ error: "complaint.wrongMissing" }).min(1, { error: "complaint.wrongMissing" }).max(WRONG_LONGEST),
  known: z.string().max(KNOWN_LONGEST).optional(),
  want: z.array(z.enum(WANTS), { error: "complaint.wantMissing" }).min(1, { error: "complaint.wantMissing" }),
});
export type DisputeWords = z.infer<typeof disputeWords>;

/** The form: messages are keys of the pages' words. */
export const disputeForm = z.object({
  ...disputeWords.shape,
  formId: z.uuid(),
  lines: z
    .array(z.coerce.number().int().positive(), { error: "complaint.linesMissing" })
    .min(1, { error: "complaint.linesMissing" }),
  /** "none", or the account of an advocate. */
  advocate: z.union([z.literal("none"), z.uuid()], { error: "complaint.advocateMissing" }),
});
export type DisputeForm = z.infer<typeof disputeForm>;

/**
 * Why a line goes to an agency: it employs the person who looked ("employer"); the employer takes no
 * part here, so the custodian gets it ("not-here"); or the answer does not show the employer ("not-shown").
 */
const routedLine = z.strictObject({
  line: z.int().positive(),
  basis: z.enum(["employer", "not-here", "not-shown"]),
});

const route = z.strictObject({ agencyId: z.string(), lines: z.array(routedLine).min(1) });
export type Route = z.infer<typeof route>;
export type Basis = Route["lines"][number]["basis"];

/** What is sealed of a dispute: the words, and which agency got which lines. */
export const sealedDispute = z.strictObject({ words: disputeWords, routes: z.array(route).min(1) });
export type SealedDispute = z.infer<typeof sealedDispute>;

/** A released line and the agency that the log names behind it. */
export interface LineOrigin {
  readonly line: number;
  readonly model: Line;
  readonly sha256: string;
  readonly org: string | null;
  /** Who made the look-up as the log names him; null when it names nobody. */
  readonly user: string | null;
}

/**
 * The agency named in the log, but only where the released line shows it: from where a complaint goes,
 * nobody may learn what the answer withholds.
 */
export function shownEmployer(origin: LineOrigin): string | null {
  return origin.model.cells.agency.kind === "shown" ? origin.org : null;
}

/**
 * One complaint for each employing agency, in the order of the lines.
 * @param agencies ids of the agencies that take part here, by the name that the log uses
 */
export function routeLines(
  origins: readonly LineOrigin[],
  agencies: ReadonlyMap<string, string>,
  custodianId: string,
): Route[] {
  const routes = new Map<string, Route["lines"]>();
  for (const origin of origins) {
    const employer = shownEmployer(origin);
    const employerId = employer === null ? undefined : agencies.get(employer);
    const agencyId = employerId ?? custodianId;
    const basis: Basis = employerId ? "employer" : employer === null ? "not-shown" : "not-here";
    routes.set(agencyId, [...(routes.get(agencyId) ?? []), { line: origin.line, basis }]);
  }
  return [...routes].map(([agencyId, lines]) => ({ agencyId, lines }));
}
