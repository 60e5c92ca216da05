// Every use case about identity and representatives, and everyone who might try it.
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AccountActor, Role } from "#app/people/actor.ts";
import { newId } from "#app/platform/database/id.ts";
import { askCodeLetter, printCodeLetter, proveByCode } from "#app/requests/identity/code-letter.server.ts";
import { getIdentityDesk } from "#app/requests/identity/identity-desk.server.ts";
import { getDeclaration, getMyIdentity } from "#app/requests/identity/my-identity.server.ts";
import { confirmOverlap } from "#app/requests/identity/overlap.server.ts";
import { recordAssertion } from "#app/requests/identity/record-assertion.server.ts";
import { addUpload, readUpload, withdrawUpload } from "#app/requests/identity/uploads.server.ts";
import {
  acceptRepresentation,
  appointRepresentative,
  getInvitation,
  revokeRepresentation,
} from "#app/requests/representatives/appoint.server.ts";
import { checkAuthority, claimAuthority } from "#app/requests/representatives/court-authority.server.ts";
import { listActedFor, listRepresentatives } from "#app/requests/representatives/list-representatives.server.ts";
import { givenActor, PERSON } from "#test/requests/given-request.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { jpeg } from "./given-files.ts";
import { type GivenIdentity, givenIdentity, LETTER, notFound } from "./given-identity.ts";

interface Ids {
  readonly requestId: string;
  readonly caseId: string;
  readonly identifierId: string;
  readonly uploadId: string;
  readonly letterId: string;
  readonly representationId: string;
}

type Who = keyof ReturnType<typeof everybody>;
interface UseCase {
  readonly by: readonly Who[];
  call(portal: TestPortal, actor: AccountActor, ids: Ids): Promise<unknown>;
}

const endsOn = "2026-12-31";
const confirm: "yes"[] = ["yes"];
const invite = { kind: "attorney" as const, name: "N", email: "n@example.org", endsOn, signature: "S", confirm };

const USE_CASES: Readonly<Record<string, UseCase>> = {
  getIdentityDesk: { by: ["clerk", "supervisor"], call: (p, a, { caseId }) => getIdentityDesk(p, a, caseId) },
  askCodeLetter: {
    by: ["clerk"],
    call: (p, a, { caseId, identifierId }) =>
      askCodeLetter(p, a, { caseId, form: { ...LETTER, identifiers: [identifierId] } }),
  },
  printCodeLetter: {
    by: ["clerk"],
    call: (p, a, { caseId, letterId }) => printCodeLetter(p, a, { caseId, letterId }),
  },
  proveByCode: {
    by: ["resident"],
    call: (p, a, { requestId, caseId }) => proveByCode(p, a, { requestId, caseId, code: "AAAAA-AAAAA" }),
  },
  confirmOverlap: { by: ["supervisor"], call: (p, a, ids) => confirmOverlap(p, a, ids) },
  getMyIdentity: { by: ["resident", "seer"], call: (p, a, { requestId }) => getMyIdentity(p, a, requestId) },
  getDeclaration: { by: ["resident"], call: (p, a, ids) => getDeclaration(p, a, { ...ids, locale: "en" }) },
  recordAssertion: {
    by: ["resident"],
    call: (p, a, { caseId }) =>
      recordAssertion(p, a, { caseId, assertion: { name: PERSON.name, birthDate: PERSON.birthDate, level: 2 } }),
  },
  addUpload: {
    by: ["resident"],
    call: (p, a, ids) => addUpload(p, a, { ...ids, purpose: "document", name: "a.jpg", bytes: jpeg() }),
  },
  readUpload: { by: ["clerk"], call: (p, a, ids) => readUpload(p, a, ids) },
  withdrawUpload: { by: ["resident"], call: (p, a, ids) => withdrawUpload(p, a, ids) },
  appointRepresentative: {
    by: ["resident"],
    call: (p, a, { requestId }) => appointRepresentative(p, a, { requestId, form: { ...invite, scopes: ["see"] } }),
  },
  revokeRepresentation: { by: ["resident"], call: (p, a, ids) => revokeRepresentation(p, a, ids) },
  listRepresentatives: { by: ["resident"], call: (p, a, { requestId }) => listRepresentatives(p, a, requestId) },
  claimAuthority: {
    by: ["resident"],
    call: (p, a, { requestId }) => claimAuthority(p, a, { requestId, form: { ...invite, kind: "parent" } }),
  },
  checkAuthority: { by: ["clerk"], call: (p, a, ids) => checkAuthority(p, a, { ...ids, verdict: "accepted" }) },
  getInvitation: { by: [], call: (p, a) => getInvitation(p, a, "no-such-secret") },
  acceptRepresentation: { by: [], call: (p, a) => acceptRepresentation(p, a, "no-such-secret") },
};
/** Asked of nothing but the one who asks; and steps of other use cases, which authorise. */
const LISTS = ["listActedFor"];
const STEPS = ["endFreezeByVerdict", "tellRefusal", "endIdentityStop"];

let portal: TestPortal;
let given: GivenIdentity;
let people: ReturnType<typeof everybody>;
let ids: Ids;

function everybody(made: Record<string, AccountActor>, { resident, clerk, supervisor, stateClerk }: GivenIdentity) {
  return { resident, clerk, supervisor, stateClerk, ...made } as Record<
    | "resident"
    | "clerk"
    | "supervisor"
    | "stateClerk"
    | "seer"
    | "receiver"
    | "over"
    | "walled"
    | "stranger"
    | "intake",
    AccountActor
  >;
}

beforeAll(async () => {
  portal = await openTestPortal();
  given = await givenIdentity(portal);
  const { requestId, caseId, plateId, resident, clerk, sheriff } = given;
  const at = (role: Role) => [{ role, agencyId: sheriff }];
  const acting = async (name: string, scopes: readonly string[], until: string) => {
    const actor = await givenActor(portal, { email: `${name}@example.org` });
    await portal.db.representation.create({
      data: {
        ...{ id: newId(), requestId, kind: "attorney", scopes: [...scopes], basis: "declaration", keyId: newId() },
        ...{ partiesSealed: Buffer.alloc(0), endsOn: new Date(until), endsAt: new Date(until) },
        ...{ appointedBy: resident.accountId, appointedAt: portal.time.now() },
        ...{ accountId: actor.accountId, acceptedAt: portal.time.now() },
      },
    });
    return actor;
  };
  const made = {
    stranger: await givenActor(portal, { email: "stranger@example.org" }),
    intake: await givenActor(portal, { email: "intake@example.gov" }, at("intake")),
    walled: await givenActor(portal, { email: "walled@example.gov" }, [...at("clerk"), ...at("supervisor")]),
    seer: await acting("seer", ["see"], "2026-12-31"),
    receiver: await acting("receiver", ["receive"], "2026-12-31"),
    over: await acting("over", ["see", "dispute", "receive"], "2026-03-01"),
  };
  await portal.db.wall.create({ data: { requestId, accountId: made.walled.accountId, at: portal.time.now() } });
  people = everybody(made, given);
  const upload = { requestId, caseId, purpose: "document", name: "a.jpg", bytes: jpeg() } as const;
  const { uploadId } = await addUpload(portal, resident, upload);
  const form = { ...LETTER, identifiers: [plateId] };
  const { letterId } = await askCodeLetter(portal, clerk, { caseId, form });
  const { id: representationId } = await portal.db.representation.findFirstOrThrow();
  ids = { requestId, caseId, identifierId: plateId, uploadId, letterId, representationId };
});

afterAll(() => portal[Symbol.asyncDispose]());

/** What any of them could leave behind. */
async function traces() {
  const tables = [
    ...["identity_proof", "identifier_check", "identity_upload", "code_letter", "overlap_confirmation"],
    ...["representation", "authority_check", "representative_notice", "outbox_mail", "ledger.entry", "data_key"],
  ];
  const counts = tables.map((name) => `(select count(*)::int from ${name}) as "${name}"`);
  const letters = await portal.db.codeLetter.findMany({ select: { attempts: true, printedAt: true, revokedAt: true } });
  return [(await portal.pool.query(`select ${counts.join(", ")}`)).rows[0], letters];
}

test("every use case of these folders stands in the table", () => {
  const names = ["identity", "representatives"].flatMap((folder) =>
    readdirSync(`app/requests/${folder}`)
      .filter((name) => name.endsWith(".server.ts"))
      .flatMap((name) => {
        const code = readFileSync(`app/requests/${folder}/${name}`, "utf8");
        return [...code.matchAll(/export (?:async )?function (\w+)\(([^)]*)/g)].flatMap(
          ([, called = "", parameters = ""]) =>
            /portal: /.test(parameters) && /\bactor: (Account)?Actor\b/.test(parameters) ? [called] : [],
        );
      }),
  );
  expect(names.sort()).toEqual([...Object.keys(USE_CASES), ...LISTS, ...STEPS].sort());
});

describe.each(Object.entries(USE_CASES))("%s", (name, use) => {
  test("finds nothing for whoever may not, and leaves no trace", async () => {
    const before = await traces();
    const others = Object.entries(people).filter(([who]) => !use.by.includes(who as Who));
    expect(others.length).toBeGreaterThan(7);
    for (const [who, actor] of others) {
      await expect(use.call(portal, actor, ids), `${name} by ${who}`).rejects.toEqual(notFound);
    }
    expect(await traces()).toEqual(before);
  });

  test("finds nothing by another's ids, for those who may", async () => {
    for (const who of use.by) {
      const foreign = Object.fromEntries(Object.keys(ids).map((key) => [key, newId()])) as unknown as Ids;
      for (const wrong of [foreign, { ...foreign, requestId: "x", caseId: "' OR 1=1" }]) {
        await expect(use.call(portal, people[who], wrong), `${name} by ${who}`).rejects.toEqual(notFound);
      }
    }
  });
});

test("the list of those one acts for is empty for everybody but those who act now", async () => {
  for (const [who, actor] of Object.entries(people)) {
    const expected = who === "seer" || who === "receiver" ? 1 : 0;
    expect(await listActedFor(portal, actor), who).toHaveLength(expected);
  }
});
