/** Worked out by hand for these tables, from the sections and from printed calendars. `latest` left out is `due`. */
export interface Row {
  readonly why: string;
  readonly rule: string;
  readonly on: string;
  readonly after?: readonly string[];
  readonly calendar?: string;
  readonly closures?: readonly string[];
  readonly due: string;
  readonly latest?: string;
  readonly noticeDue?: string | null;
}

const CPRA = "ca.cpra.determination";
const DISCIPLINE = "ca.discipline.limit";

export const CALIFORNIA: readonly Row[] = [
  { why: "Juneteenth 2026 is a Friday", rule: CPRA, on: "2026-06-09", due: "2026-06-22" },
  { why: "Lincoln's Birthday 2026 is a Thursday", rule: CPRA, on: "2026-02-02", due: "2026-02-13" },
  { why: "Columbus Day closed the courts until 2021", rule: CPRA, on: "2021-10-01", due: "2021-10-12" },
  {
    why: "Native American Day was no judicial holiday before 2022",
    rule: CPRA,
    on: "2021-09-14",
    due: "2021-09-24",
    latest: "2021-09-27",
  },
  {
    why: "Friday before a Saturday 4 July: only the courts close",
    rule: CPRA,
    on: "2026-06-23",
    due: "2026-07-03",
    latest: "2026-07-06",
  },
  { why: "Veterans Day on a Saturday is kept on the Friday", rule: CPRA, on: "2028-10-31", due: "2028-11-13" },
  { why: "1 January on a Sunday is kept on the Monday", rule: CPRA, on: "2022-12-22", due: "2023-01-03" },
  { why: "a Saturday 25 December has no Friday", rule: CPRA, on: "2027-12-14", due: "2027-12-24" },
  {
    why: "14 days from the nominal end, not from the day after Veterans Day",
    rule: CPRA,
    on: "2026-11-01",
    after: ["extended 2026-11-12"],
    due: "2026-11-25",
    noticeDue: "2026-11-12",
  },
  {
    why: "day 24 is Veterans Day",
    rule: CPRA,
    on: "2026-10-18",
    after: ["extended 2026-10-28"],
    due: "2026-11-12",
    noticeDue: "2026-10-28",
  },
  { why: "Lincoln's Birthday on a Saturday has no Friday", rule: CPRA, on: "2033-02-01", due: "2033-02-11" },
  { why: "Lincoln's Birthday on a Sunday is kept on the Monday", rule: CPRA, on: "2034-02-02", due: "2034-02-14" },
  {
    why: "30 days from the proof of identity, a Sunday",
    rule: "ca.ipa.access",
    on: "2026-06-01",
    after: ["identity-asked 2026-06-03", "identity-received 2026-06-12"],
    due: "2026-07-13",
  },
  {
    why: "nothing else stops it",
    rule: "ca.ipa.access",
    on: "2026-06-01",
    after: ["information-asked 2026-06-03", "information-received 2026-06-12", "fee-asked 2026-06-04"],
    due: "2026-07-01",
  },
  {
    why: "30 days more for good cause, from the nominal Saturday",
    rule: "ca.ipa.amend.review",
    on: "2026-09-10",
    after: ["extended 2026-10-09"],
    due: "2026-11-09",
    noticeDue: "2026-10-12",
  },
  { why: "30 days end on Veterans Day", rule: "ca.ipa.exempt.review", on: "2026-10-12", due: "2026-11-12" },
  { why: "45 days end on Farmworkers Day", rule: "ca.records.confidential", on: "2026-02-14", due: "2026-04-01" },
  { why: "ten days to report to POST", rule: "ca.post.report", on: "2026-03-21", due: "2026-04-01" },
  { why: "an accounting rides on access", rule: "ca.ipa.accounting.inspect", on: "2026-06-01", due: "2026-07-01" },
  { why: "a correction has 30 days", rule: "ca.ipa.amend", on: "2026-06-01", due: "2026-07-01" },
  { why: "a review of a refusal has 30 days", rule: "ca.ipa.exempt.review", on: "2026-06-01", due: "2026-07-01" },
  { why: "15 days end on Thanksgiving", rule: "ca.ipa.access.copy", on: "2026-11-11", due: "2026-11-30" },
  { why: "30 days end on Native American Day", rule: "ca.ipa.inquiry", on: "2026-08-26", due: "2026-09-28" },
  {
    why: "day 45 counts the day of receipt or not; no verification stops it",
    rule: "ca.ccpa.respond",
    on: "2026-06-01",
    after: ["identity-asked 2026-06-02", "identity-received 2026-06-12"],
    due: "2026-07-15",
    latest: "2026-07-16",
    noticeDue: "2026-07-15",
  },
  {
    why: "day 44 is the Friday before 4 July, day 45 the Saturday",
    rule: "ca.ccpa.respond",
    on: "2026-05-20",
    due: "2026-07-03",
    latest: "2026-07-06",
  },
  {
    why: "90 days from receipt in all: day 89 a Saturday, day 90 a Sunday",
    rule: "ca.ccpa.respond",
    on: "2026-06-01",
    after: ["extended 2026-07-15"],
    due: "2026-08-31",
  },
  { why: "24 months, kept", rule: "ca.ccpa.records", on: "2026-02-28", due: "2028-02-28" },
  { why: "day 90 is a Sunday", rule: "ca.post.update", on: "2026-06-29", due: "2026-09-28" },
  { why: "three years end on Juneteenth", rule: "ca.post.limit", on: "2023-06-19", due: "2026-06-22" },
  { why: "from 29 February, kept", rule: "ca.cori.release_log", on: "2024-02-29", due: "2027-02-28" },
  { why: "five years, kept", rule: "ca.complaint.retention", on: "2021-02-03", due: "2026-02-03" },
  { why: "fifteen years, kept", rule: "ca.complaint.retention.sustained", on: "2022-05-05", due: "2037-05-05" },
  { why: "30 days end on 25 December", rule: "ca.doj.record_dispute", on: "2026-11-25", due: "2026-12-28" },
  { why: "what is kept is not rolled", rule: "ca.local.retention", on: "2024-12-25", due: "2026-12-25" },
  { why: "a Sunday, and it stays", rule: "ca.clets.misuse_reporting", on: "2026-01-01", due: "2026-02-01" },
  { why: "the last day of the year reported", rule: "ca.clets.misuse_reporting", on: "2025-12-31", due: "2026-02-01" },
  { why: "a day within the year reported", rule: "ca.clets.misuse_reporting", on: "2026-05-10", due: "2027-02-01" },
  { why: "Thanksgiving, and it stays", rule: "ca.cpra.writ", on: "2026-11-06", due: "2026-11-26" },
  { why: "a Sunday, and it stays", rule: "ca.limit.misdemeanor", on: "2026-03-07", due: "2027-03-07" },
  { why: "from 29 February", rule: "ca.limit.computer", on: "2024-02-29", due: "2027-02-28" },
  { why: "three years", rule: "ca.computer.civil", on: "2026-07-04", due: "2029-07-04" },
  { why: "the shorter of two readings", rule: "ca.alpr.civil", on: "2026-07-04", due: "2028-07-04" },
  { why: "six months from 31 August", rule: "ca.claims.act", on: "2026-08-31", due: "2027-02-28" },
  { why: "45 days end on 25 December", rule: "ca.claims.act.answer", on: "2026-11-10", due: "2026-12-28" },
  { why: "six months", rule: "ca.claims.act.suit", on: "2026-03-31", due: "2026-09-30" },
  { why: "a year from a leap day", rule: "ca.sacramento.complain", on: "2024-02-29", due: "2025-02-28" },
  {
    why: "a criminal case from 1 March to 1 June: 92 days, or 93",
    rule: DISCIPLINE,
    on: "2026-01-05",
    after: ["paused 2026-03-01 criminal-case", "resumed 2026-06-01"],
    due: "2027-04-07",
    latest: "2027-04-08",
  },
];
