import type { LawSwitch } from "#app/law/law.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { addDays, type LocalDate, localDate, toDbDate } from "#app/platform/time/local-date.ts";
import { registerAgency } from "#app/registry/register.server.ts";
import { computeClock, getCaseFile, type NewClockEvent, recordClockEvent } from "#app/requests/case-file.server.ts";
import { sealAnswers } from "#app/requests/draft.server.ts";
import type { WholeAnswers } from "#app/requests/request.ts";
import { answersOf, givenActor } from "#test/requests/given-request.ts";
import type { TestPortal } from "#test/support/database.ts";

/** Whatever people do happens at this time of a day: 10:30 or 11:30 in California, in the evening in Estonia. */
export const BUSY = "T18:30:00Z";

const SETUP = { kind: "operator", id: "setup" } as const;
const AGENCIES = [
  { slug: "year-sheriff", kind: "local-agency", zone: "America/Los_Angeles" },
  { slug: "year-state", kind: "state-agency", zone: "America/Los_Angeles" },
  { slug: "year-tallinn", kind: "local-agency", zone: "Europe/Tallinn" },
] as const;
export type Slug = (typeof AGENCIES)[number]["slug"];

/**
 * What happens to one case, by days after it was filed. `idle`: the law gives it no effect. `told`: whoever did
 * it has told the resident of the new date.
 */
interface Act {
  readonly day: number;
  readonly kind: NewClockEvent["kind"];
  readonly idle?: true;
  readonly told?: true;
}

const act = (day: number, kind: Act["kind"], more: Pick<Act, "idle" | "told"> = {}): Act => ({ day, kind, ...more });

/** Ten days, and fourteen more: Gov. Code § 7922.535. Nothing stops this clock. */
const TEN_DAYS: readonly (readonly Act[])[] = [
  [],
  [act(8, "extended", { told: true }), act(20, "answered")],
  [act(5, "answered")],
  [act(9, "extended"), act(24, "answered")],
  [act(11, "information-asked", { idle: true })],
  [act(9, "answered")],
  [act(4, "fee-asked", { idle: true }), act(5, "fee-paid", { idle: true }), act(15, "answered")],
];

/** Thirty days from proper identification: Civ. Code § 1798.34. */
const THIRTY_DAYS: readonly (readonly Act[])[] = [
  [],
  [act(3, "identity-asked"), act(33, "identity-received"), act(50, "answered")],
  [act(28, "identity-asked")],
  [],
  [act(24, "identity-asked"), act(24, "identity-received")],
  [act(10, "identity-asked"), act(90, "identity-received"), act(93, "information-asked", { idle: true })],
  [act(33, "answered")],
];

/** One month: art. 12(3) GDPR. A question about who somebody is stops it. */
const A_MONTH: readonly (readonly Act[])[] = [
  [],
  [act(5, "identity-asked"), act(12, "identity-received")],
  [act(20, "extended", { told: true }), act(70, "answered")],
  // Asked and answered on one day: the same date, by a clock that has stopped and started.
  [act(25, "identity-asked"), act(25, "identity-received")],
];

/** Twenty working days: 5 U.S.C. § 552(a)(6). */
const TWENTY_DAYS: readonly (readonly Act[])[] = [
  [],
  [act(24, "fee-asked"), act(24, "fee-paid")],
  [act(10, "information-asked"), act(20, "information-received"), act(45, "answered")],
  [act(3, "information-asked"), act(6, "information-received"), act(26, "information-asked", { idle: true })],
];

/** Which law binds the case of a request at an agency, and what happens to it. */
function planOf(slug: Slug, place: number): { rule: string; acts: readonly Act[] } {
  const pick = (all: readonly (readonly Act[])[], at: number) => all[at % all.length] ?? [];
  if (slug === "year-sheriff") return { rule: "ca.cpra.determination", acts: pick(TEN_DAYS, place) };
  if (slug === "year-tallinn") {
    if (place % 2 === 1) return { rule: "eu.gdpr.dsar", acts: pick(A_MONTH, (place - 1) / 2) };
    return { rule: "ca.cpra.determination", acts: pick(TEN_DAYS, place + 2) };
  }
  if (place > 8) return { rule: "us.foia", acts: pick(TWENTY_DAYS, place) };
  return { rule: place === 8 ? "ca.ipa.access.60" : "ca.ipa.access", acts: pick(THIRTY_DAYS, place + 1) };
}

/** Chosen so that last days fall on a change to summer time or back, on holidays, and where something happens. */
const FILED: readonly LocalDate[] = [
  "2026-01-07",
  "2026-02-06",
  "2026-04-20",
  "2026-02-26",
  "2026-03-19",
  "2026-05-15",
  "2026-06-19",
  "2026-05-16",
  "2026-07-01",
  "2026-08-10",
  "2026-09-21",
  "2026-10-15",
  "2026-10-22",
  "2026-11-20",
  "2026-02-27",
];

export interface Person {
  readonly accountId: string;
  readonly email: string;
}

export interface YearAgency {
  readonly id: string;
  readonly slug: Slug;
  readonly zone: string;
  readonly staff: readonly Person[];
}

export interface YearCase {
  readonly id: string;
  readonly number: string;
  readonly agency: YearAgency;
  readonly rule: string;
  readonly filedAt: Date;
  readonly resident: Person;
  readonly wantsMail: boolean;
  /** Staff who must not see it. */
  readonly walled: readonly string[];
  readonly events: { readonly id: string; readonly at: Date; readonly act: Act; readonly on: LocalDate }[];
}

/** How the world stood from an instant on. */
interface Since<Value> {
  readonly at: Date;
  readonly value: Value;
}

export interface Year {
  readonly agencies: readonly YearAgency[];
  readonly cases: YearCase[];
  readonly closures: Map<Slug, Since<readonly LocalDate[]>[]>;
  readonly switches: Since<readonly LawSwitch[]>[];
}

export async function givenYear(portal: TestPortal): Promise<Year> {
  const agencies: YearAgency[] = [];
  for (const { slug, kind, zone } of AGENCIES) {
    const id = await registerAgency(portal, SETUP, {
      slug,
      name: slug,
      kind,
      unit: "Records",
      address: ["1 Main St"],
      email: `records@${slug}.example.gov`,
      zone,
      aliases: [],
      demo: true,
    });
    const staff: Person[] = [];
    for (const roles of [["clerk"], ["clerk", "supervisor"]] as const) {
      const email = `${roles.join("-")}@${slug}.example.gov`;
      const held = roles.map((role) => ({ role, agencyId: id }));
      staff.push({ accountId: (await givenActor(portal, { email }, held)).accountId, email });
    }
    agencies.push({ id, slug, zone, staff });
  }
  return { agencies, cases: [], closures: new Map(), switches: [] };
}

/** Something that happens at an instant. */
export interface Happening {
  readonly at: string;
  readonly run: () => Promise<void>;
}

/** The filings with what follows on each. Every third resident wants no mail; one is a clerk; one has a wall. */
export function listFilings(portal: TestPortal, year: Year): Happening[] {
  return FILED.flatMap((day, place) => {
    const opened = new Map<Slug, YearCase>();
    const filing = { at: `${day}${BUSY}`, run: () => file(portal, year, place, opened) };
    const acts = AGENCIES.flatMap(({ slug }, offset) =>
      planOf(slug, place).acts.map((one, order) => ({
        // A second apart, so that one comes after the other.
        at: `${addDays(day, one.day)}T18:30:${String(offset * 10 + order + 1).padStart(2, "0")}Z`,
        run: () => follow(portal, opened.get(slug)!, one),
      })),
    );
    return [filing, ...acts];
  });
}

/** Laid down as filing leaves it; every second request is from the time before dates were told. */
async function file(portal: TestPortal, year: Year, place: number, opened: Map<Slug, YearCase>): Promise<void> {
  const filedAt = portal.time.now();
  const email = `resident-${place}@example.org`;
  const [sheriff] = year.agencies;
  const held = place === 2 ? [{ role: "clerk" as const, agencyId: sheriff!.id }] : [];
  const { accountId } = await givenActor(portal, { email }, held);
  const wantsMail = place % 3 !== 1;
  const walled = place === 3 ? year.agencies.map((agency) => agency.staff[0]!.accountId) : [];
  const requestId = await storeRequest(portal, { accountId, number: `WL-${place}`, wantsMail, walled });
  for (const agency of year.agencies) {
    const on = localDate(filedAt, agency.zone);
    const { rule } = planOf(agency.slug, place);
    const one: YearCase = {
      ...{ id: newId(), number: `WL-${place}-${agency.slug}`, agency, rule, filedAt, wantsMail, walled },
      resident: { accountId, email },
      events: [{ id: newId(), at: filedAt, act: act(0, "received"), on }],
    };
    await storeCase(portal, requestId, one);
    if (place % 2 === 0) await recordTold(portal, one, "acknowledged", one.events[0]!.id);
    opened.set(agency.slug, one);
    year.cases.push(one);
  }
}

async function storeRequest(
  portal: TestPortal,
  filed: { accountId: string; number: string; wantsMail: boolean; walled: readonly string[] },
): Promise<string> {
  const { accountId, number, wantsMail, walled } = filed;
  const id = newId();
  const at = portal.time.now();
  await inTransaction(portal, async (tx) => {
    const keyId = await portal.vault.createKey(tx, "request");
    const whole = answersOf([], wantsMail ? "mail" : "none") as unknown as WholeAnswers;
    const answersSealed = await sealAnswers(portal, { id, keyId }, { whole, unfinished: {} });
    const times = { createdAt: at, savedAt: at, filedAt: at };
    await tx.request.create({
      data: { id, number, residentId: accountId, keyId, answersSealed, locale: "en", ...times },
    });
    await tx.wall.createMany({ data: walled.map((one) => ({ requestId: id, accountId: one, at })) });
  });
  return id;
}

async function storeCase(portal: TestPortal, requestId: string, one: YearCase): Promise<void> {
  const { id, number, rule, agency, filedAt } = one;
  const [{ id: eventId, on }] = one.events as [YearCase["events"][number]];
  await portal.db.case.create({
    data: {
      ...{ id, requestId, number, rule, agencyId: agency.id, openedAt: filedAt },
      clock: { create: { id: eventId, kind: "received", on: toDbDate(on), recordedAt: filedAt } },
    },
  });
}

/** As the acts do that tell the resident of a date themselves. */
async function recordTold(portal: TestPortal, one: YearCase, kind: string, eventId: string): Promise<void> {
  const { due } = computeClock(await getCaseFile(portal, one.id));
  const told = { kind, audience: "resident", eventId, due: toDbDate(due), at: portal.time.now() };
  await portal.db.clockNotice.create({ data: { id: newId(), caseId: one.id, ...told } });
}

async function follow(portal: TestPortal, one: YearCase, what: Act): Promise<void> {
  const at = portal.time.now();
  const on = localDate(at, one.agency.zone);
  const { id } = await inTransaction(portal, (tx) =>
    recordClockEvent(portal, tx, { caseId: one.id, kind: what.kind, on }),
  );
  one.events.push({ id, at, act: what, on });
  if (what.told) await recordTold(portal, one, "extended", id);
}

/** The office is closed on exactly these days, as it is known from now on. */
export async function close(portal: TestPortal, year: Year, slug: Slug, days: readonly LocalDate[]): Promise<void> {
  const { id: agencyId } = year.agencies.find((agency) => agency.slug === slug)!;
  await portal.db.agencyClosure.deleteMany({ where: { agencyId } });
  await portal.db.agencyClosure.createMany({
    data: days.map((on) => ({ agencyId, on: toDbDate(on), why: "closed", at: portal.time.now() })),
  });
  year.closures.set(slug, [...(year.closures.get(slug) ?? []), { at: portal.time.now(), value: days }]);
}

/** The change is in force from that day on, as it is known from now on; null: it is not. */
export async function switchLaw(portal: TestPortal, year: Year, change: string, from: LocalDate | null): Promise<void> {
  const at = portal.time.now();
  await portal.db.lawSwitch.create({ data: { id: newId(), change, from: from && toDbDate(from), by: "setup", at } });
  year.switches.push({ at, value: from === null ? [] : [{ change, from, detail: null }] });
}

/** What held at an instant. */
export function standing<Value>(history: readonly Since<Value>[] | undefined, at: Date, before: Value): Value {
  return history?.findLast((since) => since.at <= at)?.value ?? before;
}
