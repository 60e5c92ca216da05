/** What the parts of a proof are called. */
import type { ClaimKind } from "#app/feeds/identifier.ts";
import type { RepresentativeKind, Scope } from "#app/people/representative.ts";
import type { Refusal } from "#app/requests/identifier-check.ts";
import type { AddressSource, Basis, DocumentKind, Reason } from "#app/requests/identity/identity-policy.ts";
import type { Purpose } from "#app/requests/identity/upload.ts";
import type { WordKey } from "../words/words.ts";

export const KIND_WORDS = {
  plate: "identity.kindPlate",
  licence: "identity.kindLicence",
  vin: "identity.kindVin",
  "state-id": "identity.kindStateId",
  ssn: "identity.kindSsn",
  person: "match.kindPerson",
} as const satisfies Readonly<Record<ClaimKind, WordKey>>;

export const BASIS_WORDS = {
  "in-person": "identity.basisInPerson",
  video: "identity.basisVideo",
  "mailed-code": "identity.basisMailed",
  "registration-on-file": "identity.basisRegistration",
  "record-on-file": "identity.basisRecord",
  "notarised-statement": "identity.basisNotarised",
  "sworn-statement": "identity.basisSworn",
  assertion: "identity.basisAssertion",
} as const satisfies Readonly<Record<Basis, WordKey>>;

/** A way, said to the one who is to go it. */
export const WAY_WORDS = {
  "in-person": "identity.wayInPerson",
  video: "identity.wayVideo",
  "mailed-code": "identity.wayMailed",
  "registration-on-file": "identity.wayRegistration",
  "record-on-file": "identity.wayRecord",
  "notarised-statement": "identity.wayNotarised",
  "sworn-statement": "identity.waySworn",
  assertion: "identity.wayAssertion",
} as const satisfies Readonly<Record<Basis, WordKey>>;

export const REASON_WORDS = {
  seen: "identity.whySeen",
  "face-only": "identity.whyFaceOnly",
  household: "identity.whyHousehold",
  "whose-not-who": "identity.whyWhoseNotWho",
  "notary-knows-who": "identity.whyNotary",
  "own-word": "identity.whyOwnWord",
  "issuer-knows-who": "identity.whyIssuer",
  "other-kind": "identity.whyOtherKind",
} as const satisfies Readonly<Record<Reason, WordKey>>;

export const DOCUMENT_WORDS = {
  "driver-licence": "identity.docDriverLicence",
  "state-id-card": "identity.docStateIdCard",
  passport: "identity.docPassport",
  "consular-id": "identity.docConsular",
  "tribal-id": "identity.docTribal",
  "other-photo-id": "identity.docOtherPhoto",
  "registration-card": "identity.docRegistration",
  "vehicle-title": "identity.docTitle",
  "bill-of-sale": "identity.docBillOfSale",
  "insurance-card": "identity.docInsurance",
  "ssn-card": "identity.docSsnCard",
  "tax-form": "identity.docTaxForm",
  "own-record": "identity.docOwnRecord",
  "statement-upload": "identity.docStatementUpload",
  "statement-paper": "identity.docStatementPaper",
} as const satisfies Readonly<Record<DocumentKind, WordKey>>;

export const REFUSAL_WORDS = {
  "not-proved": "identity.refusedNotProved",
  "does-not-match": "identity.refusedNoMatch",
  "not-theirs-then": "identity.refusedOtherDays",
  "document-doubtful": "identity.refusedDoubtful",
} as const satisfies Readonly<Record<Refusal, WordKey>>;

export const PURPOSE_WORDS = {
  document: "identity.purposeDocument",
  "notarised-statement": "identity.purposeNotarised",
  "sworn-statement": "identity.purposeSworn",
  authorisation: "identity.purposeAuthorisation",
  "court-paper": "identity.purposeCourt",
} as const satisfies Readonly<Record<Purpose, WordKey>>;

export const SOURCE_WORDS = {
  "vehicle-registration": "identity.sourceVehicle",
  "driver-licence": "identity.sourceLicence",
  "own-record": "identity.sourceOwn",
} as const satisfies Readonly<Record<AddressSource, WordKey>>;

export const REPRESENTATIVE_WORDS = {
  attorney: "representatives.kindAttorney",
  advocate: "representatives.kindAdvocate",
  parent: "representatives.kindParent",
  guardian: "representatives.kindGuardian",
  conservator: "representatives.kindConservator",
  executor: "representatives.kindExecutor",
} as const satisfies Readonly<Record<RepresentativeKind, WordKey>>;

export const SCOPE_WORDS = {
  see: "representatives.scopeSee",
  dispute: "representatives.scopeDispute",
  receive: "representatives.scopeReceive",
} as const satisfies Readonly<Record<Scope, WordKey>>;
