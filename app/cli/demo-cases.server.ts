/**
 * Plays the stories of the demonstration: each act is the use case that the pages call, by the person who would
 * do it, on the day on which it would have been done. Whatever is there already is passed over, so that a start
 * that was killed half-way goes on where it stopped.
 */
import type { AccountActor, Role } from "#app/people/actor.ts";
import { findAccountByEmail } from "#app/people/memberships.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { addDays, localDate } from "#app/platform/time/local-date.ts";
import { askResident } from "#app/requests/ask-resident.server.ts";
import type { ActForm } from "#app/requests/clock-form.ts";
import { extendCase } from "#app/requests/extend-case.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { getDraft, listMyRequests, type MyCase, type MyRequest } from "#app/requests/my-requests.server.ts";
import { previewLetter } from "#app/requests/preview-letter.server.ts";
import { saveAnswers } from "#app/requests/save-answers.server.ts";
import { SECTIONS } from "#app/requests/sections.ts";
import { sendDetermination } from "#app/requests/send-determination.server.ts";
import { startRequest } from "#app/requests/start-request.server.ts";
import { answerCase, disputeAnswer } from "./demo-answer.server.ts";
import { DEMO_PEOPLE, DEMO_RESIDENTS, type DemoPerson, type DemoResident } from "./demo-people.ts";
import type { Cast, Scene } from "./demo-scene.ts";
import { DEMO_STORIES, type DemoStep, type DemoStory } from "./demo-stories.ts";

const DAY_MS = 86_400_000;
const ZONE = "America/Los_Angeles";
const YEARS_ASKED = 2;
const OWNED_DAYS = 1500;
const SIGNER = { name: "Casey Ng (demo)", title: "Records Clerk" };

/** @param agencies ids of the demonstration's agencies, by slug */
export async function seedCases(portal: Portal, agencies: ReadonlyMap<string, string>): Promise<void> {
  for (const story of DEMO_STORIES) await play(portal, story, agencies);
}

async function play(portal: Portal, story: DemoStory, agencies: ReadonlyMap<string, string>): Promise<void> {
  const cast = await castOf(portal, story.resident, [...agencies.values()]);
  const filed = await fileOnce(portal, story, cast, agencies);
  // Counted from the filing, which may have been at another start than this one.
  const began = filed.filedAt.getTime() + story.filedDaysAgo * DAY_MS;
  const on = (daysAgo: number) => portalAt(portal, began - daysAgo * DAY_MS);
  for (const [slug, steps] of Object.entries(story.cases)) {
    const own = filed.cases.find(({ agency }) => agency.id === agencies.get(slug));
    if (!own) throw new Error(`the demonstration has no case at ${slug}`);
    for (const step of steps) await take({ caseId: own.id, cast, on }, own, step);
  }
}

/** The same portal on another day; its clock goes on by a moment with each look, so that acts keep their order. */
function portalAt(portal: Portal, instant: number): Portal {
  let moment = instant;
  return {
    ...portal,
    time: {
      now: () => {
        moment += 1;
        return new Date(moment);
      },
    },
  };
}

async function take(scene: Scene, before: MyCase, step: DemoStep): Promise<void> {
  switch (step.does) {
    case "release":
      return answerCase(scene, before.stage, step.daysAgo);
    case "dispute":
      return disputeAnswer(scene, step);
    case "decide":
      return before.clock.answeredOn === null ? decide(scene, step) : undefined;
    case "extend":
      return before.clock.extendedOn === null ? extend(scene, step) : undefined;
    case "ask-identity":
      return before.clock.stoppedSince === null ? ask(scene, step) : undefined;
  }
}

type StepOf<Does extends DemoStep["does"]> = Extract<DemoStep, { does: Does }>;

async function decide({ caseId, cast, on }: Scene, step: StepOf<"decide">): Promise<void> {
  const portal = on(step.daysAgo);
  const form: ActForm<"determination"> = {
    outcome: "whole",
    availableOn: addDays(localDate(on(0).time.now(), ZONE), step.recordsIn),
    availableAt: "17:00",
    words: step.words,
    exemptions: [],
    people: [SIGNER],
  };
  const { digest } = await previewLetter(portal, cast.clerk, { caseId, wanted: { act: "determination", form } });
  await sendDetermination(portal, cast.clerk, { caseId, digest, form });
}

async function extend({ caseId, cast, on }: Scene, step: StepOf<"extend">): Promise<void> {
  const portal = on(step.daysAgo);
  const form = { ground: step.ground, length: step.days, signer: SIGNER };
  const { digest } = await previewLetter(portal, cast.clerk, { caseId, wanted: { act: "extend", form } });
  await extendCase(portal, cast.clerk, { caseId, digest, form });
}

async function ask({ caseId, cast, on }: Scene, step: StepOf<"ask-identity">): Promise<void> {
  const portal = on(step.daysAgo);
  const form = { words: step.words, signer: SIGNER };
  const { digest } = await previewLetter(portal, cast.clerk, { caseId, wanted: { act: "ask-identity", form } });
  await askResident(portal, cast.clerk, { caseId, digest, asked: "identity", form });
}

type Filed = MyRequest & { readonly filedAt: Date };

async function fileOnce(
  portal: Portal,
  story: DemoStory,
  { resident }: Cast,
  agencies: ReadonlyMap<string, string>,
): Promise<Filed> {
  const known = await findFiled(portal, resident);
  if (known) return known;
  const then = portalAt(portal, portal.time.now().getTime() - story.filedDaysAgo * DAY_MS);
  const answers = answersOf(personOf(story.resident), Object.keys(story.cases), agencies, then);
  const draft = (await listMyRequests(portal, resident)).find((request) => request.filedAt === null);
  const requestId = draft?.id ?? (await startRequest(then, resident)).requestId;
  let { version } = await getDraft(then, resident, requestId);
  for (const section of SECTIONS) {
    await saveAnswers(then, resident, { requestId, version, section, answer: { whole: answers[section] } });
    version += 1;
  }
  await fileRequest(then, resident, { requestId, version });
  const filed = await findFiled(portal, resident);
  if (!filed) throw new Error("what was filed is not there");
  return filed;
}

async function findFiled(portal: Portal, resident: AccountActor): Promise<Filed | null> {
  const requests = await listMyRequests(portal, resident);
  // The first one: whoever tries the demonstration out may have filed others since.
  const first = requests.findLast((request) => request.filedAt !== null);
  return first?.filedAt ? { ...first, filedAt: first.filedAt } : null;
}

function answersOf(
  { name, birthDate, plate }: DemoResident,
  slugs: readonly string[],
  agencies: ReadonlyMap<string, string>,
  then: Portal,
) {
  const today = localDate(then.time.now(), ZONE);
  const from = addDays(today, -OWNED_DAYS);
  return {
    you: { name, birthDate },
    identifiers: { plates: [{ value: plate, from, to: null }], licence: null },
    agencies: { agencies: slugs.map((slug) => agencies.get(slug) ?? "") },
    period: { from: addDays(today, -YEARS_ASKED * 365), to: today },
    // No letters: nobody reads the mail of somebody who does not exist.
    contact: { mode: "none", locale: "en" },
  } as const;
}

function personOf(key: DemoResident["key"]): DemoResident {
  const person = DEMO_RESIDENTS.find((one) => one.key === key);
  if (!person) throw new Error(`nobody of the demonstration is ${key}`);
  return person;
}

async function castOf(portal: Portal, key: DemoResident["key"], agencies: readonly string[]): Promise<Cast> {
  const staff = (role: DemoPerson["key"] & Role) => actorOf(portal, staffOf(role), role, agencies);
  const [resident, clerk, supervisor, intake, advocate] = await Promise.all([
    actorOf(portal, personOf(key), null, []),
    staff("clerk"),
    staff("supervisor"),
    staff("intake"),
    staff("advocate"),
  ]);
  return { resident, clerk, supervisor, intake, advocate };
}

function staffOf(role: Role): DemoPerson {
  const person = DEMO_PEOPLE.find((one) => one.role === role);
  if (!person) throw new Error(`the demonstration has no ${role}`);
  return person;
}

async function actorOf(
  portal: Portal,
  { email, name }: { readonly email: string; readonly name: string },
  role: Role | null,
  agencies: readonly string[],
): Promise<AccountActor> {
  const account = await findAccountByEmail(portal, email);
  if (!account) throw new Error("somebody of the demonstration has not moved in");
  const places = role === "advocate" ? [null] : agencies;
  const memberships = role === null ? [] : places.map((agencyId) => ({ role, agencyId }));
  return { kind: "account", accountId: account.id, name, locale: "en", memberships };
}
