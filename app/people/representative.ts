/** Somebody who acts for a resident: in which capacity, in what, and until when. Pure. */
import { z } from "zod";
import { addPeriod, isLocalDate, type LocalDate } from "#app/law/local-date.ts";
import { emailAddress } from "./account.ts";

export const KINDS = ["attorney", "advocate", "parent", "guardian", "conservator", "executor"] as const;
export type RepresentativeKind = (typeof KINDS)[number];

/** Those whom a court or the law appoints for somebody who cannot sign. */
export const COURT_KINDS = ["parent", "guardian", "conservator", "executor"] as const satisfies RepresentativeKind[];

/** see: read the request and its answers; dispute: complain of released lines; receive: get the letters' notices. */
export const SCOPES = ["see", "dispute", "receive"] as const;
export type Scope = (typeof SCOPES)[number];

/** Longer than this nobody acts for another without being asked anew. */
export const MOST_YEARS = 2;
export const INVITE_DAYS = 14;

/** Who acts, as authorise() is told of it: only those whose authority holds now. */
export interface ActingFor {
  readonly accountId: string;
  readonly scopes: readonly Scope[];
}

/** A stored representation, as far as it says whether it holds. */
export interface Holding {
  readonly accountId: string | null;
  readonly scopes: readonly string[];
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
  /** The first instant at which it holds no more. */
  readonly endsAt: Date;
}

/** Those who may act now: accepted, not revoked, not over. */
export function actingNow(rows: readonly Holding[], now: Date): ActingFor[] {
  return rows.flatMap((row) => {
    if (row.accountId === null || !holds(row, now)) return [];
    return [{ accountId: row.accountId, scopes: SCOPES.filter((scope) => row.scopes.includes(scope)) }];
  });
}

export function holds(row: Holding, now: Date): boolean {
  return row.acceptedAt !== null && row.revokedAt === null && now < row.endsAt;
}

const name = (missing: string) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, { error: missing })
    .max(120, { error: "errors.tooLong" })
    .refine((value) => !/[\p{Cc}\u2028\u2029]/u.test(value), { error: "errors.oneLine" });

function lastDay(today: LocalDate) {
  return z
    .string({ error: "representatives.endNeeded" })
    .refine(isLocalDate, { error: "errors.dateNotReal", abort: true })
    .refine((on) => on >= today, { error: "representatives.endPast" })
    .refine((on) => on <= addPeriod(today, MOST_YEARS, "years"), { error: "representatives.endLate" });
}

/** How a resident appoints somebody: a declaration, signed by typing the own name. Sentences are keys of words. */
export function appointmentSchema(today: LocalDate) {
  return (
    z
      .object({
        kind: z.enum(KINDS, { error: "errors.chooseOne" }),
        name: name("representatives.nameNeeded"),
        email: z.string({ error: "representatives.emailNeeded" }).pipe(emailAddress),
        scopes: z.array(z.enum(SCOPES), { error: "errors.chooseSome" }).min(1, { error: "errors.chooseSome" }),
        endsOn: lastDay(today),
        signature: name("representatives.signatureNeeded"),
        confirm: z
          .array(z.literal("yes"), { error: "representatives.confirmNeeded" })
          .min(1, { error: "representatives.confirmNeeded" }),
      })
      // Who disputes a line has read it.
      .refine(({ scopes }) => !scopes.includes("dispute") || scopes.includes("see"), {
        error: "representatives.disputeNeedsSee",
        path: ["scopes"],
      })
  );
}
export type Appointment = z.output<ReturnType<typeof appointmentSchema>>;

/** How somebody says to have filed for a person who cannot sign. */
export function authoritySchema(today: LocalDate) {
  return z.object({
    kind: z.enum(COURT_KINDS, { error: "errors.chooseOne" }),
    name: name("representatives.ownNameNeeded"),
    endsOn: lastDay(today),
    confirm: z
      .array(z.literal("yes"), { error: "representatives.confirmNeeded" })
      .min(1, { error: "representatives.confirmNeeded" }),
  });
}
export type Authority = z.output<ReturnType<typeof authoritySchema>>;
