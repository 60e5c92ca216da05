/** Passkeys (WebAuthn): made, shown as a second factor, shown as the whole sign-in, since they are two factors. */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  type VerifiedAuthenticationResponse,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getAccount } from "../accounts.server.ts";
import { spendToken } from "../one-time.server.ts";
import type { OpenSession } from "../sessions.server.ts";
import { findChallenge, newChallenge } from "./passkey-token.server.ts";
import { finishSetUp, requireMaySetUp, type SetUp } from "./set-up.server.ts";
import { comeIn, goOn, notTaken, type Showing, type Shown, showFactor } from "./show-factor.server.ts";

/** Two minutes to find the key, the finger or the phone. */
const TIMEOUT_MS = 120_000;
const NAME = "WhoLooked";
/** Ed25519, ES256, RS256 (COSE): what passkeys have today. Without a list the library tries what Node calls experimental. */
const ALGORITHMS = [-8, -7, -257];
/** Far more than an answer of a passkey has. */
const MOST_CHARACTERS = 20_000;

interface Asked<Options> {
  readonly options: Options;
  /** Goes into a cookie, and comes back with the answer. */
  readonly token: string;
}

/** What a browser sends back of the page's question. */
export interface PasskeyAnswer extends Showing {
  readonly token: string | null;
  /** JSON, as the browser wrote it. */
  readonly answer: string;
}

const partyOf = ({ config }: Portal) => ({ origin: new URL(config.url).origin, id: new URL(config.url).hostname });

/** Asks a browser to make a passkey. @throws NotFound, ProofNeeded, Refused `factors.passkeyVouched` */
export async function askNewPasskey(
  portal: Portal,
  session: OpenSession,
): Promise<Asked<PublicKeyCredentialCreationOptionsJSON>> {
  await requireMayMake(portal, session);
  const { accountId } = session;
  const { challenge, token } = await newChallenge(portal, "make", accountId);
  const [{ email, name }, own] = await Promise.all([getAccount(portal, accountId), listOwn(portal, accountId)]);
  const options = await generateRegistrationOptions({
    rpName: NAME,
    rpID: partyOf(portal).id,
    userID: new TextEncoder().encode(accountId),
    userName: email,
    userDisplayName: name,
    challenge,
    timeout: TIMEOUT_MS,
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: own,
    // A passkey that knows its account opens the door without an address; its owner is checked by the device.
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  return { options, token };
}

/** Takes in a new passkey. @throws NotFound, ProofNeeded, Refused `factors.passkeyNotMade`, `factors.passkeyVouched` */
export async function addPasskey(portal: Portal, session: OpenSession, input: PasskeyAnswer): Promise<SetUp> {
  await requireMayMake(portal, session);
  const { accountId } = session;
  const party = partyOf(portal);
  const notMade = () => new Refused("factors.passkeyNotMade", "The passkey was not made. Try again.");
  const challenge = await findChallenge(portal, input.token, "make", accountId);
  const answer = readAnswer(input.answer);
  if (!challenge || !input.token || !answer) throw notMade();
  const made = await orNull(() =>
    verifyRegistrationResponse({
      response: answer as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!made?.verified) throw notMade();
  const { credential } = made.registrationInfo;
  const { token } = input;
  return inTransaction(portal, async (tx) => {
    if (!(await spendToken(portal, tx, token))) throw notMade();
    const row = {
      id: newId(),
      accountId,
      credentialId: credential.id,
      publicKey: credential.publicKey,
      counter: BigInt(credential.counter),
      transports: (credential.transports ?? []).slice(0, 8),
      device: input.device ?? null,
      createdAt: portal.time.now(),
    };
    const { count } = await tx.passkey.createMany({ data: [row], skipDuplicates: true });
    if (count !== 1) throw notMade();
    return finishSetUp(portal, tx, session, { by: "passkey", replaced: false, showing: input });
  });
}

/** Asks for a passkey of this account; without a session for any, and its owner enters by it alone. */
export async function askPasskey(
  portal: Portal,
  session: OpenSession | null,
): Promise<Asked<PublicKeyCredentialRequestOptionsJSON>> {
  const { challenge, token } = await newChallenge(portal, "show", session?.accountId ?? null);
  const options = await generateAuthenticationOptions({
    rpID: partyOf(portal).id,
    challenge,
    timeout: TIMEOUT_MS,
    userVerification: "required",
    ...(session && { allowCredentials: await listOwn(portal, session.accountId) }),
  });
  return { options, token };
}

/** A passkey as second factor, or as the proof of the moment. @throws Refused `factors.notTaken` */
export async function showPasskey(portal: Portal, session: OpenSession, input: PasskeyAnswer): Promise<Shown> {
  return show(portal, session, input);
}

/** A passkey as the whole sign-in. @throws Refused `factors.notTaken`, for a disabled account too */
export async function enterByPasskey(portal: Portal, input: PasskeyAnswer): Promise<Shown> {
  return show(portal, null, input);
}

async function show(portal: Portal, session: OpenSession | null, input: PasskeyAnswer): Promise<Shown> {
  const { token } = input;
  const challenge = await findChallenge(portal, token, "show", session?.accountId ?? null);
  const answer = readAnswer(input.answer);
  const passkey = answer && (await findPasskey(portal, answer.id, session?.accountId));
  if (!challenge || !token || !passkey) throw notTaken();
  const { accountId } = passkey;
  const check = async (tx: Transaction) => {
    // The token first: the same answer twice is nothing, whatever the key's counter says.
    if (!(await spendToken(portal, tx, token))) return false;
    const verified = await verify(portal, challenge, answer, passkey);
    return verified !== null && (await countOn(portal, tx, passkey.id, BigInt(verified.newCounter)));
  };
  const pass = session ? goOn(portal, session, "passkey") : comeIn(portal, accountId, input.device);
  return showFactor(portal, { accountId, factor: "passkey", browser: input.browser }, check, pass);
}

interface StoredPasskey {
  readonly id: string;
  readonly credentialId: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly counter: bigint;
}

async function verify(portal: Portal, challenge: string, answer: Answer, passkey: StoredPasskey) {
  const party = partyOf(portal);
  const verified = await orNull<VerifiedAuthenticationResponse>(() =>
    verifyAuthenticationResponse({
      response: answer as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: { id: passkey.credentialId, publicKey: passkey.publicKey, counter: Number(passkey.counter) },
    }),
  );
  return verified?.verified ? verified.authenticationInfo : null;
}

/** A key that counts must count up, here too, where two answers arrive at once; one that never counts stays at 0. */
async function countOn(portal: Portal, tx: Transaction, id: string, counter: bigint): Promise<boolean> {
  const { count } = await tx.passkey.updateMany({
    where: { id, removedAt: null, ...(counter === 0n ? { counter } : { counter: { lt: counter } }) },
    data: { counter, usedAt: portal.time.now() },
  });
  return count === 1;
}

async function findPasskey(portal: Portal, credentialId: string, accountId: string | undefined) {
  return portal.db.passkey.findFirst({
    where: { credentialId, removedAt: null, account: { disabledAt: null }, ...(accountId && { accountId }) },
  });
}

async function listOwn(portal: Portal, accountId: string) {
  const rows = await portal.db.passkey.findMany({ where: { accountId, removedAt: null } });
  return rows.map(({ credentialId: id, transports }) => ({ id, transports }));
}

/** An agency's word lets somebody in for a day's work; a passkey would let them in for ever, and everywhere. */
async function requireMayMake(portal: Portal, session: OpenSession): Promise<void> {
  await requireMaySetUp(portal, session);
  if (session.proof.vouchedBy !== null) {
    throw new Refused("factors.passkeyVouched", "Sign in by a code from your mail to make a passkey.");
  }
}

const answerShape = z.looseObject({ id: z.string(), rawId: z.string(), type: z.string(), response: z.looseObject({}) });
type Answer = z.infer<typeof answerShape>;

function readAnswer(text: string): Answer | null {
  if (text.length > MOST_CHARACTERS) return null;
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    // What is no JSON is no answer, like everything else that does not fit.
    return null;
  }
  const parsed = answerShape.safeParse(read);
  return parsed.success ? parsed.data : null;
}

/** The library throws over everything that does not fit in what a stranger sent; to us all of it is: not taken. */
async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
