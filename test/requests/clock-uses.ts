// Every use case of a case's clock and its letters: who may, and how it is called (who-may.test.ts).
import type { AccountActor } from "#app/people/actor.ts";
import { askResident } from "#app/requests/ask-resident.server.ts";
import { extendCase } from "#app/requests/extend-case.server.ts";
import { extendCases } from "#app/requests/extend-cases.server.ts";
import { getCaseClock } from "#app/requests/get-case-clock.server.ts";
import { getLetterForResident, listLettersForResident } from "#app/requests/letters.server.ts";
import { pauseCase, resumeCase } from "#app/requests/pause-case.server.ts";
import { previewLetter } from "#app/requests/preview-letter.server.ts";
import { recordAnswer } from "#app/requests/record-answer.server.ts";
import { sendDenial } from "#app/requests/send-denial.server.ts";
import { sendDetermination } from "#app/requests/send-determination.server.ts";
import { ASK, DENIAL, EXTEND, SIGNER, WHOLE } from "#test/requests/given-clock.ts";
import type { TestPortal } from "#test/support/database.ts";

interface Ids {
  readonly caseId: string;
  readonly requestId: string;
  readonly letterId: string;
}

interface Use {
  readonly by: readonly string[];
  readonly call: (portal: TestPortal, actor: AccountActor, ids: Ids) => Promise<unknown>;
}

/** Whoever runs the clock of a case. */
const STAFF = ["clerk", "supervisor"];
const ON = "2026-03-02";
const read = ({ caseId }: Ids) => ({ caseId, digest: "" });

export const CLOCK_USES: Readonly<Record<string, Use>> = {
  getCaseClock: { by: STAFF, call: (p, a, { caseId }) => getCaseClock(p, a, caseId) },
  previewLetter: {
    by: STAFF,
    call: (p, a, { caseId }) => previewLetter(p, a, { caseId, wanted: { act: "extend", form: EXTEND } }),
  },
  extendCase: { by: STAFF, call: (p, a, ids) => extendCase(p, a, { ...read(ids), form: EXTEND }) },
  extendCases: { by: STAFF, call: (p, a, ids) => extendCases(p, a, [{ ...read(ids), form: EXTEND }]) },
  askResident: { by: STAFF, call: (p, a, ids) => askResident(p, a, { ...read(ids), asked: "identity", form: ASK }) },
  recordAnswer: {
    by: STAFF,
    call: (p, a, ids) => recordAnswer(p, a, { ...read(ids), asked: "identity", form: { on: ON } }),
  },
  pauseCase: {
    by: STAFF,
    call: (p, a, ids) => pauseCase(p, a, { ...read(ids), form: { ground: "x", on: ON, signer: SIGNER } }),
  },
  resumeCase: { by: STAFF, call: (p, a, ids) => resumeCase(p, a, { ...read(ids), form: { on: ON } }) },
  sendDetermination: { by: STAFF, call: (p, a, ids) => sendDetermination(p, a, { ...read(ids), form: WHOLE }) },
  sendDenial: { by: STAFF, call: (p, a, ids) => sendDenial(p, a, { ...read(ids), form: DENIAL }) },
  listLettersForResident: {
    by: ["resident"],
    call: (p, a, { requestId }) => listLettersForResident(p, a, requestId),
  },
  getLetterForResident: {
    by: ["resident"],
    call: (p, a, { requestId, letterId }) => getLetterForResident(p, a, { requestId, letterId }),
  },
};
