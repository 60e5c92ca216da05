// An agency's own sign-in, against the real oidc-provider package, and against whoever would come in by it.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assuranceOf, isIssuer, type Provider, vouchedAddress } from "#app/people/agency-sign-in/provider.ts";
import { getProvider, removeProvider, setProvider } from "#app/people/agency-sign-in/providers.server.ts";
import { beginAtAgency, finishAtAgency } from "#app/people/agency-sign-in/sign-in-at-agency.server.ts";
import { may } from "#app/people/authorise.ts";
import { beginAuthenticator } from "#app/people/factors/authenticators.server.ts";
import { askNewPasskey } from "#app/people/factors/passkeys.server.ts";
import { addMembership } from "#app/people/memberships.server.ts";
import { findActor, type OpenSession } from "#app/people/sessions.server.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { systemTime } from "#app/platform/time/time.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { givenAgency, givenPerson, ledgerActs, lettersSent, sessionOf } from "./given-person.ts";
import { type GivenProvider, givenProvider, type Said } from "./given-provider.ts";

const OPERATOR = { kind: "operator", name: "olu" } as const;
const BACK = "http://localhost:3000/sign-in/agency";
const CASEY: Said = { sub: "u-17", email: "casey@alder.example.gov", email_verified: true };
const failed = { code: "factors.agencyFailed" };
const unknown = { code: "factors.agencyUnknown" };

let provider: GivenProvider;
let other: GivenProvider;
beforeAll(async () => {
  [provider, other] = await Promise.all([
    givenProvider([`${BACK}/alder/back`, `${BACK}/marin/back`]),
    givenProvider([`${BACK}/alder/back`, `${BACK}/marin/back`]),
  ]);
});
afterAll(async () => {
  await provider[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
});

let portal: TestPortal;
let agencyId: string;
let accountId: string;
beforeEach(async () => {
  // The library and the provider read the machine's own clock.
  portal = await openTestPortal({ now: systemTime.now() });
  agencyId = await givenAgency(portal);
  accountId = await givenPerson(portal, "clerk", { email: "casey@alder.example.gov", agencyId });
  await set("alder", provider);
  provider.lie((claims) => claims);
});
afterEach(() => portal[Symbol.asyncDispose]());

async function set(agencySlug: string, at: GivenProvider, demands: { acr?: string[]; amr?: string[] } = {}) {
  const { issuer, clientId, secret } = at;
  const domains = [`${agencySlug}.example.gov`];
  await setProvider(portal, OPERATOR, { agencySlug, issuer, clientId, secret, domains, acr: [], amr: [], ...demands });
}

interface Walk {
  slug?: string;
  at?: GivenProvider;
  session?: OpenSession | null;
}

/** Begins, signs in there, and brings back what the provider said. */
async function walk(said: Said, { slug = "alder", at = provider, session = null }: Walk = {}) {
  const begun = await beginAtAgency(portal, { slug, to: "/desk", session });
  const back = await at.signIn(begun.url, said);
  return { slug, query: back.search, token: begun.token, session };
}

async function enter(said: Said = CASEY, walked: Walk = {}) {
  const { session } = await finishAtAgency(portal, await walk(said, walked));
  return sessionOf(portal, session);
}

describe("the road", () => {
  it("leads a member in by the checked address, links the two, and asks for our own factor", async () => {
    const session = await enter();
    expect(session).toMatchObject({ accountId, lacks: "set-up", actor: null });
    expect(session.proof).toMatchObject({ by: "agency", assurance: 1, vouchedBy: agencyId });
    expect(await ledgerActs(portal, "agency.linked")).toHaveLength(1);
    expect(await lettersSent(portal)).toEqual(["agency-linked"]);
    await beginAuthenticator(portal, session);
  });

  it("is found again by issuer and subject, though the address there has changed since", async () => {
    await enter();
    const again = await enter({ sub: CASEY.sub, email: "casey@elsewhere.example", email_verified: false });
    expect(again.accountId).toBe(accountId);
    expect(await portal.db.agencyLink.count()).toBe(1);
    const [link] = await portal.db.agencyLink.findMany();
    expect(JSON.stringify(link)).not.toContain(CASEY.sub);
  });

  it("is two factors where the agency demands and proves them, and closed where it does not", async () => {
    await set("alder", provider, { acr: ["urn:example:two-factors"] });
    const session = await enter({ ...CASEY, acr: "urn:example:two-factors" });
    expect(session).toMatchObject({ lacks: "nothing", actor: { memberships: [{ role: "clerk", agencyId }] } });
    await expect(enter({ ...CASEY, acr: "urn:example:password" })).rejects.toMatchObject(failed);
    await expect(enter(CASEY)).rejects.toMatchObject(failed);
  });

  it("asks again at the agency for what needs a fresh proof, and goes on in a new session", async () => {
    await set("alder", provider, { acr: ["urn:example:two-factors"] });
    const two = { ...CASEY, acr: "urn:example:two-factors" };
    const session = await enter(two);
    const begun = await beginAtAgency(portal, { slug: "alder", to: "/step-up/x", session });
    expect(new URL(begun.url).searchParams.get("prompt")).toBe("login");
    const { search: query } = await provider.signIn(begun.url, two);
    const done = await finishAtAgency(portal, { slug: "alder", query, token: begun.token, session });
    expect(done.to).toBe("/step-up/x");
    expect((await sessionOf(portal, done.session)).id).not.toBe(session.id);
    // For somebody else's session, or for none, it is nothing.
    const begunAgain = await beginAtAgency(portal, {
      slug: "alder",
      to: "/",
      session: await sessionOf(portal, done.session),
    });
    const back = await provider.signIn(begunAgain.url, two);
    const stolen = { slug: "alder", query: back.search, token: begunAgain.token, session: null };
    await expect(finishAtAgency(portal, stolen)).rejects.toMatchObject(failed);
  });
});

describe("it does not lead in", () => {
  it("with what another browser began: no state of ours, or somebody else's", async () => {
    const victim = await beginAtAgency(portal, { slug: "alder", to: "/", session: null });
    const attacker = await walk(CASEY);
    for (const token of [victim.token, null, "", "x.y", `${attacker.token}x`]) {
      await expect(finishAtAgency(portal, { ...attacker, token })).rejects.toMatchObject(failed);
    }
    const changed = new URLSearchParams(attacker.query);
    changed.set("state", "x");
    await expect(finishAtAgency(portal, { ...attacker, query: `?${changed}` })).rejects.toMatchObject(failed);
  });

  it("with a code that was put into another's way back (PKCE)", async () => {
    const stolen = new URLSearchParams((await walk(CASEY)).query).get("code") ?? "";
    const own = await walk({ sub: "u-99", email: "eve@alder.example.gov", email_verified: true });
    const mixed = new URLSearchParams(own.query);
    mixed.set("code", stolen);
    await expect(finishAtAgency(portal, { ...own, query: `?${mixed}` })).rejects.toMatchObject(failed);
  });

  it("twice with one answer, nor at the same moment", async () => {
    const walked = await walk(CASEY);
    const tries = await Promise.allSettled([1, 2, 3].map(() => finishAtAgency(portal, walked)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(finishAtAgency(portal, walked)).rejects.toMatchObject(failed);
    // Nor with the same code in a way of one's own.
    const own = await walk(CASEY);
    const replayed = new URLSearchParams(own.query);
    replayed.set("code", new URLSearchParams(walked.query).get("code") ?? "");
    await expect(finishAtAgency(portal, { ...own, query: `?${replayed}` })).rejects.toMatchObject(failed);
  });

  const LIES: [string, (claims: Record<string, unknown>) => Record<string, unknown>][] = [
    ["another nonce", (claims) => ({ ...claims, nonce: "another" })],
    ["no nonce", ({ nonce: _, ...claims }) => claims],
    ["another audience", (claims) => ({ ...claims, aud: "another-client" })],
    ["another issuer", (claims) => ({ ...claims, iss: "https://login.example.net" })],
    [
      "a time that is over",
      (claims) => ({ ...claims, exp: Number(claims["iat"]) - 60, iat: Number(claims["iat"]) - 120 }),
    ],
  ];
  it.each(LIES)("with a token that has %s", async (_name, change) => {
    provider.lie(change);
    await expect(enter()).rejects.toMatchObject(failed);
    provider.lie((claims) => claims);
    await enter();
  });

  it("after ten minutes on the way", async () => {
    const walked = await walk(CASEY);
    portal.time.advance({ minutes: 10 });
    await expect(finishAtAgency(portal, walked)).rejects.toMatchObject(failed);
  });

  it("with the answer of another provider: by its name, and by the address it came to (mix-up)", async () => {
    await givenAgency(portal, "marin");
    await set("marin", other);
    const walked = await walk(CASEY);
    const named = new URLSearchParams(walked.query);
    expect(named.get("iss")).toBe(provider.issuer);
    named.set("iss", other.issuer);
    await expect(finishAtAgency(portal, { ...walked, query: `?${named}` })).rejects.toMatchObject(failed);
    const unnamed = await walk(CASEY);
    const without = new URLSearchParams(unnamed.query);
    without.delete("iss");
    await expect(finishAtAgency(portal, { ...unnamed, query: `?${without}` })).rejects.toMatchObject(failed);
    const elsewhere = await walk(CASEY);
    await expect(finishAtAgency(portal, { ...elsewhere, slug: "marin" })).rejects.toMatchObject(failed);
  });

  it("at an agency for which it was not begun, though both have the same provider", async () => {
    await givenAgency(portal, "marin");
    await set("marin", provider);
    const marin = await portal.db.agency.findUniqueOrThrow({ where: { slug: "marin" } });
    await portal.db.agencySignIn.updateMany({
      where: { agencyId: marin.id },
      data: { domains: ["alder.example.gov"] },
    });
    await inTransaction(portal, (tx) =>
      addMembership(portal, tx, { accountId, agencyId: marin.id, role: "supervisor", organisation: null }),
    );
    const walked = await walk(CASEY);
    await expect(finishAtAgency(portal, { ...walked, slug: "marin" })).rejects.toMatchObject(failed);
    expect(await portal.db.session.count()).toBe(0);
  });

  it.each([
    ["an address that nobody checked", { ...CASEY, email_verified: false }],
    ["no word on whether it was checked", { sub: CASEY.sub, email: "casey@alder.example.gov" }],
    ["an address of another domain", { ...CASEY, email: "casey@alder.example.gov.example.net" }],
    ["an address under a domain of that name", { ...CASEY, email: "casey@mail.alder.example.gov" }],
    ["no address", { sub: CASEY.sub }],
    ["an address that has no account", { ...CASEY, email: "new@alder.example.gov" }],
  ])("with %s", async (_name, said) => {
    await expect(enter(said)).rejects.toMatchObject(unknown);
    expect(await portal.db.agencyLink.count()).toBe(0);
    expect(await portal.db.session.count()).toBe(0);
  });

  it("somebody who works for another agency alone, nor a resident with such an address", async () => {
    const marin = await givenAgency(portal, "marin");
    await givenPerson(portal, "clerk", { email: "max@alder.example.gov", agencyId: marin });
    await givenPerson(portal, null, { email: "vera@alder.example.gov" });
    for (const name of ["max", "vera"]) {
      const said = { sub: name, email: `${name}@alder.example.gov`, email_verified: true };
      await expect(enter(said)).rejects.toMatchObject(unknown);
    }
  });

  it("somebody who works there no more, or is disabled, linked or not", async () => {
    await enter();
    await portal.db.account.updateMany({ data: { disabledAt: portal.time.now() } });
    await expect(enter()).rejects.toMatchObject(unknown);
    await portal.db.account.updateMany({ data: { disabledAt: null } });
    await portal.db.membership.updateMany({ data: { endedAt: portal.time.now() } });
    await expect(enter()).rejects.toMatchObject(unknown);
  });
});

describe("an agency's word", () => {
  it("opens that agency and nothing else: no other agency, no request of one's own, no passkey", async () => {
    const marin = await givenAgency(portal, "marin");
    await inTransaction(portal, (tx) =>
      addMembership(portal, tx, { accountId, agencyId: marin, role: "supervisor", organisation: null }),
    );
    await set("alder", provider, { acr: ["urn:example:two-factors"] });
    const session = await enter({ ...CASEY, acr: "urn:example:two-factors" });
    expect(session.actor?.memberships).toEqual([{ role: "clerk", agencyId }]);
    expect(may(session.actor!, "request.read", { residentId: accountId })).toBe(false);
    expect(may(session.actor!, "request.start")).toBe(false);
    expect(may(session.actor!, "case.read", { agencyId, residentId: "somebody" })).toBe(true);
    await expect(askNewPasskey(portal, session)).rejects.toMatchObject({ code: "factors.passkeyVouched" });
  });

  it("ends when the agency's sign-in is taken away", async () => {
    await set("alder", provider, { acr: ["urn:example:two-factors"] });
    const { session } = await finishAtAgency(portal, await walk({ ...CASEY, acr: "urn:example:two-factors" }));
    expect(await findActor(portal, session)).not.toBeNull();
    const walked = await walk({ ...CASEY, acr: "urn:example:two-factors" });
    await removeProvider(portal, OPERATOR, "alder");
    expect(await findActor(portal, session)).toBeNull();
    await expect(finishAtAgency(portal, walked)).rejects.toMatchObject(failed);
    await expect(beginAtAgency(portal, { slug: "alder", to: "/", session: null })).rejects.toMatchObject(failed);
  });

  it("is not heard when nobody answers there", async () => {
    const gone = await givenProvider([`${BACK}/alder/back`]);
    await set("alder", gone);
    await gone[Symbol.asyncDispose]();
    const begin = beginAtAgency(portal, { slug: "alder", to: "/", session: null });
    await expect(begin).rejects.toMatchObject({ code: "factors.agencyUnreachable" });
  });
});

describe("setting it", () => {
  const good = {
    agencySlug: "alder",
    issuer: "https://login.example.gov",
    clientId: "x",
    secret: "y",
    acr: [],
    amr: [],
  };
  const domains = ["alder.example.gov"];

  it("is an operator's at the shell alone; the secret stands sealed", async () => {
    const clerk = {
      kind: "account",
      accountId,
      name: "",
      locale: "en",
      memberships: [{ role: "operator", agencyId: null }],
    } as const;
    await expect(setProvider(portal, clerk, { ...good, domains })).rejects.toThrow(NotFound);
    await expect(removeProvider(portal, clerk, "alder")).rejects.toThrow(NotFound);
    await expect(getProvider(portal, clerk, "alder")).rejects.toThrow(NotFound);
    const rows = await portal.db.agencySignIn.findMany();
    for (const { secretSealed } of rows) expect(Buffer.from(secretSealed).toString("latin1")).not.toContain("secret");
    expect(await ledgerActs(portal, "agency.sign-in-set")).toMatchObject([{ actor: { id: "olu" } }]);
  });

  it.each([
    [{ issuer: "http://login.example.gov" }, "agency-sign-in-issuer"],
    [{ issuer: "https://login.example.gov/?x=1" }, "agency-sign-in-issuer"],
    [{ issuer: "login.example.gov" }, "agency-sign-in-issuer"],
    [{ domains: [] }, "agency-sign-in-domain"],
    [{ domains: ["@alder.example.gov"] }, "agency-sign-in-domain"],
    [{ secret: " \n" }, "agency-sign-in-secret"],
  ])("refuses %j", async (wrong, code) => {
    const trying = setProvider(portal, OPERATOR, { ...good, domains, ...wrong });
    await expect(trying).rejects.toMatchObject({ code });
  });

  it("a provider without HTTPS is for a laptop alone", () => {
    expect(isIssuer("http://localhost:4000", "http://localhost:3000")).toBe(true);
    expect(isIssuer("http://localhost:4000", "https://wholooked.example.gov")).toBe(false);
    expect(isIssuer("http://localhost.example.net", "http://localhost:3000")).toBe(false);
  });
});

describe("what is believed", () => {
  const base: Provider = {
    id: "1",
    agencyId: "a",
    issuer: "",
    clientId: "",
    domains: ["alder.example.gov"],
    acr: [],
    amr: [],
  };

  it.each([
    [{}, {}, 1],
    [{ acr: ["x"] }, { acr: "x" }, 2],
    [{ acr: ["x"] }, { acr: "X" }, null],
    [{ acr: ["x"] }, { acr: ["x"] }, null],
    [{ amr: ["mfa"] }, { amr: ["pwd", "mfa"] }, 2],
    [{ amr: ["mfa"] }, { amr: "mfa" }, null],
    [{ acr: ["x"], amr: ["mfa"] }, { amr: ["mfa"] }, 2],
    [{ acr: ["x"], amr: ["mfa"] }, {}, null],
  ])("%j with %j is worth %s", (demands, claims, worth) => {
    expect(assuranceOf({ ...base, ...demands }, claims)).toBe(worth);
  });

  it.each([
    [{ email: "A@ALDER.example.gov", email_verified: true }, "A@ALDER.example.gov"],
    [{ email: "a@alder.example.gov", email_verified: "true" }, null],
    [{ email: "a@alder.example.gov@example.net", email_verified: true }, null],
    [{ email: ["a@alder.example.gov"], email_verified: true }, null],
  ])("%j is the address %s", (claims, address) => {
    expect(vouchedAddress(base, claims)).toBe(address);
  });
});
