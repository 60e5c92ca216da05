// A filed request with a case at a sheriff (Public Records Act) and one at a state agency (Information Practices Act).
import type { AccountActor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { askResident } from "#app/requests/ask-resident.server.ts";
import type { ActForm } from "#app/requests/clock-form.ts";
import { extendCase } from "#app/requests/extend-case.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { pauseCase, resumeCase } from "#app/requests/pause-case.server.ts";
import { previewLetter, type WantedAct } from "#app/requests/preview-letter.server.ts";
import { recordAnswer } from "#app/requests/record-answer.server.ts";
import { sendDenial } from "#app/requests/send-denial.server.ts";
import { sendDetermination } from "#app/requests/send-determination.server.ts";
import { answersOf, givenActor, givenDraft, givenWorld, PERSON, type World } from "#test/requests/given-request.ts";
import type { TestPortal } from "#test/support/database.ts";

export interface GivenClock extends World {
  readonly resident: AccountActor;
  readonly requestId: string;
  readonly clerk: AccountActor;
  readonly supervisor: AccountActor;
  readonly stateClerk: AccountActor;
  /** The case at the sheriff: received Monday, March 2, 2026, due March 12. */
  readonly caseId: string;
  /** The case at the state agency: due April 1. */
  readonly stateCaseId: string;
}

interface Options {
  readonly mode?: "mail" | "none";
  readonly locale?: "en" | "es";
  readonly name?: string;
}

export async function givenClock(portal: TestPortal, options: Options = {}): Promise<GivenClock> {
  const world = await givenWorld(portal);
  const resident = await givenActor(portal, PERSON);
  const staff = (name: string, role: "clerk" | "supervisor", agencyId: string) =>
    givenActor(portal, { email: `${name}@example.gov`, name }, [{ role, agencyId }]);
  const answers = answersOf([world.sheriff, world.state], options.mode);
  const named = {
    ...answers,
    you: { name: options.name ?? PERSON.name, birthDate: PERSON.birthDate },
    contact: { mode: options.mode ?? "mail", locale: options.locale ?? "en" },
  };
  const { requestId } = await fileRequest(portal, resident, await givenDraft(portal, resident, named));
  const cases = await portal.db.case.findMany({ where: { requestId } });
  const caseAt = (agencyId: string) => cases.find((one) => one.agencyId === agencyId)?.id ?? "";
  return {
    ...world,
    resident,
    requestId,
    clerk: await staff("clerk", "clerk", world.sheriff),
    supervisor: await staff("supervisor", "supervisor", world.sheriff),
    stateClerk: await staff("stateclerk", "clerk", world.state),
    caseId: caseAt(world.sheriff),
    stateCaseId: caseAt(world.state),
  };
}

export const SIGNER = { name: "Rosa Mata", title: "Records Supervisor" } as const;

export const EXTEND: ActForm<"extend"> = { ground: "voluminous", length: 14, signer: SIGNER };
export const ASK: ActForm<"ask-information"> = { words: "Which months do you mean?", signer: SIGNER };
export const WHOLE: ActForm<"determination"> = {
  outcome: "whole",
  availableOn: "2026-03-20",
  availableAt: "17:00",
  words: "The log has been found and is being copied.",
  exemptions: [],
  people: [SIGNER],
};
export const PART: ActForm<"determination"> = { ...WHOLE, outcome: "part", exemptions: ["ca.cpra.investigation"] };
export const DENIAL: ActForm<"denial"> = {
  words: "All of it belongs to an open investigation.",
  exemptions: ["ca.cpra.investigation", "ca.cpra.other-law/Evid. Code § 1040"],
  people: [SIGNER, { name: "Tomas Ibarra", title: "Captain, Investigations" }],
};
export const STATE_DENIAL: ActForm<"denial"> = { ...DENIAL, exemptions: ["ca.ipa.investigation"] };

/** Reads the letter and confirms it, as a clerk at the page does, a minute after whatever came before. */
export async function act(portal: TestPortal, actor: AccountActor, caseId: string, wanted: WantedAct): Promise<void> {
  portal.time.advance({ minutes: 1 });
  const { digest } = await previewLetter(portal, actor, { caseId, wanted });
  await confirm(portal, actor, { caseId, digest }, wanted);
}

export async function confirm(
  portal: Portal,
  actor: AccountActor,
  read: { caseId: string; digest: string },
  wanted: WantedAct,
): Promise<void> {
  switch (wanted.act) {
    case "extend":
      return extendCase(portal, actor, { ...read, form: wanted.form });
    case "ask-identity":
      return askResident(portal, actor, { ...read, asked: "identity", form: wanted.form });
    case "ask-information":
      return askResident(portal, actor, { ...read, asked: "information", form: wanted.form });
    case "ask-fee":
      return askResident(portal, actor, { ...read, asked: "fee", form: wanted.form });
    case "record-identity":
      return recordAnswer(portal, actor, { ...read, asked: "identity", form: wanted.form });
    case "record-information":
      return recordAnswer(portal, actor, { ...read, asked: "information", form: wanted.form });
    case "record-fee":
      return recordAnswer(portal, actor, { ...read, asked: "fee", form: wanted.form });
    case "pause":
      return pauseCase(portal, actor, { ...read, form: wanted.form });
    case "resume":
      return resumeCase(portal, actor, { ...read, form: wanted.form });
    case "determination":
      return sendDetermination(portal, actor, { ...read, form: wanted.form });
    case "denial":
      return sendDenial(portal, actor, { ...read, form: wanted.form });
  }
}
