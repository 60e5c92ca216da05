import { z } from "zod";
import type { LocalDate } from "#app/platform/time/local-date.ts";

/** Which law binds a custodian: the IPA binds state agencies only (Civ. Code 1798.3(b)(4)). */
export const custodianKind = z.enum(["state-agency", "local-agency"]);
export type CustodianKind = z.infer<typeof custodianKind>;

/** An agency that takes part. */
export interface Agency {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: CustodianKind;
  /** The office that answers requests, such as "Records Unit". */
  readonly unit: string;
  readonly address: readonly string[];
  readonly email: string;
  readonly zone: string;
  /** The calendar of its country or nation, where a rule leaves it to that; null: the rule's own. */
  readonly calendar: string | null;
  /** By how many working days before the safe date the agency wants to have answered. */
  readonly targetDays: number;
  /** Names under which other agencies' logs know this one. */
  readonly aliases: readonly string[];
  readonly demo: boolean;
  /** Whole days on which this office is closed (CCP 12b). */
  readonly closures: readonly LocalDate[];
}

/** A database whose queries are logged. */
export interface System {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** What it holds, in plain words. */
  readonly about: Readonly<Record<"en" | "es", string>>;
}

/** An agency keeps a system's log and has promised to deliver it. */
export interface Custody {
  readonly agencyId: string;
  readonly systemId: string;
  readonly system: System;
  readonly profile: string;
  /** Longest silence, in days, that it has promised not to exceed. */
  readonly rhythmDays: number;
  /** After how many days it purges its own log, if known. */
  readonly keptDays: number | null;
  /** After how many days the portal lets this log's events go; they are kept where nothing is said. */
  readonly retentionDays?: number | null;
}

/** Who is told that something is missing of a log. */
export interface FeedContact {
  readonly email: string;
  readonly locale: "en" | "es";
}

/** What a custodian promises of one log. */
export interface FeedPromise {
  readonly rhythmDays: number;
  readonly keptDays: number | null;
}

/** A promise with the local day from which on it held; null: from the beginning. */
export interface DatedPromise extends FeedPromise {
  readonly from: LocalDate | null;
}

export const MOST_RHYTHM_DAYS = 366;
/** A hundred years. */
export const MOST_KEPT_DAYS = 36_600;
