/** What an auditor asks the ledger. Pure. */
import type { LocalDate } from "#app/platform/time/local-date.ts";

export const ENTRIES_ON_A_PAGE = 100;
/** What one file may have: a spreadsheet opens it, and a longer period is asked for in parts. */
export const MOST_EXPORTED = 50_000;

/** Null stands for all of them. */
export interface AuditFilter {
  readonly person: string | null;
  readonly act: string | null;
  /** Local days of the agency, both included. */
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/** Codes as the ledger has them: an act, and the id of who acted, which for an operator is a name. */
export const ACT_CODE = /^[a-z-]+\.[a-z-]+$/;
export const PERSON_CODE = /^[\w.-]{1,64}$/;

/** One entry as an auditor reads it. Nobody whose request it is has a name here. */
export interface AuditEntry {
  readonly seq: number;
  /** ISO instant. */
  readonly at: string;
  readonly kind: "account" | "operator" | "custodian" | "system";
  /** The acting person's name; null for the resident, a machine or a job. */
  readonly name: string | null;
  readonly role: string;
  readonly act: string;
  readonly agency: string | null;
  readonly zone: string;
  readonly caseNumber: string | null;
  readonly why: string | null;
}
