/** Bodies that take complaints about a look-up, which of them come into question, in which order and by when. */
import type { Law } from "./law.ts";
import type { LocalDate } from "./local-date.ts";
import { standsOn } from "./rule.ts";
import type { Covers, Force, SystemKind, Venue } from "./venue.ts";
import { INTERNAL_AFFAIRS, SYSTEM_COORDINATOR } from "./venues/california-agency.ts";
import { DISTRICT_ATTORNEY, SUPERIOR_COURT } from "./venues/california-courts.ts";
import {
  COUNTY_OVERSIGHT,
  LOS_ANGELES_COMMISSION,
  LOS_ANGELES_INSPECTOR,
  SACRAMENTO_ACCOUNTABILITY,
  SAN_FRANCISCO_ACCOUNTABILITY,
} from "./venues/california-oversight.ts";
import {
  ATTORNEY_GENERAL,
  DOJ_CLETS,
  DOJ_RECORDS,
  HIGHWAY_PATROL,
  MOTOR_VEHICLES,
  PLATE_READER_OVERSIGHT,
  POST,
  PRISONS_INSPECTOR,
} from "./venues/california-state.ts";

/** Every venue, in the order in which they are offered: who is nearest to the look-up first, a suit last. */
const VENUES: readonly Venue[] = [
  HIGHWAY_PATROL,
  INTERNAL_AFFAIRS,
  SYSTEM_COORDINATOR,
  PRISONS_INSPECTOR,
  LOS_ANGELES_INSPECTOR,
  LOS_ANGELES_COMMISSION,
  SAN_FRANCISCO_ACCOUNTABILITY,
  SACRAMENTO_ACCOUNTABILITY,
  COUNTY_OVERSIGHT,
  DOJ_CLETS,
  MOTOR_VEHICLES,
  DISTRICT_ATTORNEY,
  POST,
  PLATE_READER_OVERSIGHT,
  DOJ_RECORDS,
  ATTORNEY_GENERAL,
  SUPERIOR_COURT,
];

export function listVenues(): readonly Venue[] {
  return VENUES;
}

/** Those that do not depend on which force or place it was. */
export function listGeneralVenues(): readonly Venue[] {
  return VENUES.filter(({ covers }) => !(covers.forces || covers.county || covers.city || covers.custodian));
}

export function findVenue(id: string): Venue | null {
  return VENUES.find((venue) => venue.id === id) ?? null;
}

/** What is known of a disputed look-up. What is left out is not known. */
export interface LookUpFacts {
  readonly system: SystemKind;
  /** Who employs the person who looked. */
  readonly employer?: { readonly force: Force; readonly county?: string | null; readonly city?: string | null };
  /** Is the user known to be a peace officer who holds a certificate? Unknown counts as yes. */
  readonly officer?: boolean;
  /** The person who looked works for the employer no more. */
  readonly officerLeft?: boolean;
  /** Has the resident complained to the local bodies before? */
  readonly localWaysTried?: boolean;
  readonly districtAttorneyIsSubject?: boolean;
  /** The custodian that answered is the state's Department of Justice. */
  readonly fromStateJustice?: boolean;
}

/**
 * The venues for a disputed look-up, in order. Where the officer has left, POST comes directly after his agency: it
 * keeps its say over the certificate (Pen. Code § 13510.8), while the agency's own means end with the employment.
 */
export function venuesFor(facts: LookUpFacts): Venue[] {
  const offered = VENUES.filter((venue) => takes(venue.covers, facts));
  if (facts.officerLeft !== true || !offered.includes(POST)) return offered;
  const others = offered.filter((venue) => venue !== POST);
  const after = others.findIndex((venue) => venue === INTERNAL_AFFAIRS || venue === HIGHWAY_PATROL) + 1;
  return others.toSpliced(after, 0, POST);
}

function takes(covers: Covers, facts: LookUpFacts): boolean {
  const { employer } = facts;
  if (covers.systems && !covers.systems.includes(facts.system)) return false;
  if (covers.forces && !(employer && covers.forces.includes(employer.force))) return false;
  if (covers.county !== undefined && covers.county !== employer?.county) return false;
  if (covers.city !== undefined && covers.city !== employer?.city) return false;
  if (covers.elsewhere && hasBodyOfItsOwn(employer?.county)) return false;
  if (covers.custodian && facts.fromStateJustice !== true) return false;
  const prosecutor = facts.districtAttorneyIsSubject === true;
  if (covers.onlyAfter && !(facts.localWaysTried === true || prosecutor)) return false;
  if (covers.unless === "prosecutor-is-subject" && prosecutor) return false;
  return !(covers.unless === "not-an-officer" && facts.officer === false);
}

function hasBodyOfItsOwn(county: string | null | undefined): boolean {
  return county != null && VENUES.some((venue) => venue.covers.county === county);
}

/** A day after which the resident comes too late at a venue, or too late for one of its ways. */
export interface FilingDate {
  readonly rule: string;
  readonly on: LocalDate;
  readonly passed: boolean;
}

/**
 * The last days of a venue for a look-up of that day, earliest first; empty where the law sets none, or none that
 * stood on that day. They count from the look-up itself: where the law counts from its discovery, that is later, and
 * whoever keeps these is never late.
 */
export function filingDates(
  venue: Venue,
  lookUp: { readonly system: SystemKind; readonly on: LocalDate },
  today: LocalDate,
  law: Law,
): FilingDate[] {
  return venue.limits
    .filter(({ systems }) => systems?.includes(lookUp.system) ?? true)
    .filter(({ rule }) => {
      const found = law.findRule(rule, lookUp.on);
      return found !== null && standsOn(found.inForce, lookUp.on);
    })
    .map(({ rule }) => {
      const on = law.compute(rule, [{ kind: "received", on: lookUp.on }]).due;
      return { rule, on, passed: on < today };
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
