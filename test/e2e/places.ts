// Every page there is, once: where it lies for a given road, who may see it, and what a form there would send.
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { LINE } from "#app/histories/decision.ts";
import { ANSWER_PLACES } from "./answer-places.ts";
import { FEED_PLACES } from "./feed-places.ts";
import { NO_ID, type Place } from "./place.ts";

const APP = fileURLToPath(new URL("../../app/", import.meta.url));

const HOLD = { ground: "ca.cpra.investigation", reason: "A reason." };
/** As if all that there is had been seen. */
const SEEN = { seen: "999999" };
const SIGNER = "Rosa Mata, Records Supervisor";
const EXTENSION = { ground: "voluminous", length: "14", signer: SIGNER };

export const PLACES: readonly Place[] = [
  { route: "$", at: () => ["/no/such/page"], audience: "everyone" },
  { route: "_index", at: () => ["/"], audience: "everyone" },
  { route: "api._index", at: () => ["/api"], audience: "everyone" },
  { route: "api.openapi[.]json", at: () => ["/api/openapi.json"], audience: "everyone", pageless: true },
  { route: "check", at: () => ["/check"], audience: "everyone" },
  {
    route: "deadlines._index/route",
    at: () => [
      "/deadlines",
      "/deadlines?rule=ca.cpra.determination&on=2026-10-02&event=extended:2026-10-09&add=closed",
      "/deadlines?rule=nothing&on=2026-02-30&event=paused:&closed=x",
    ],
    audience: "everyone",
  },
  { route: "dev.mail", at: () => ["/dev/mail"], audience: "everyone" },
  { route: "enter.$link", at: () => ["/enter/no-such-link"], audience: "everyone" },
  { route: "home", at: () => ["/home"], audience: "signed-in", pageless: true },
  { route: "language.$locale", at: () => ["/language/en"], audience: "everyone", pageless: true },
  { route: "leave", at: () => ["/leave"], audience: "everyone", pageless: true },
  { route: "privacy", at: () => ["/privacy"], audience: "everyone" },
  { route: "sign-in._index", at: () => ["/sign-in"], audience: "everyone" },
  { route: "sign-in.code", at: () => ["/sign-in/code"], audience: "everyone" },
  { route: "sign-out", at: () => ["/sign-out"], audience: "everyone", pageless: true },

  // The pages that ask for a second factor lead elsewhere until it is due: test/e2e/factors.test.ts looks at them.
  { route: "account._index", at: () => ["/account"], audience: "signed-in" },
  { route: "account.sessions", at: () => ["/account/sessions"], audience: "signed-in" },
  { route: "account.set-up", at: () => ["/account/set-up"], audience: "signed-in", pageless: true },
  { route: "sign-in.factor", at: () => ["/sign-in/factor"], audience: "signed-in", pageless: true },
  { route: "sign-in.passkey", at: () => ["/sign-in/passkey"], audience: "everyone" },
  { route: "sign-in.agency._index", at: () => ["/sign-in/agency"], audience: "everyone" },
  { route: "sign-in.agency.$slug.go", at: () => ["/sign-in/agency/none/go"], audience: "everyone", pageless: true },
  { route: "sign-in.agency.$slug.back", at: () => ["/sign-in/agency/none/back"], audience: "everyone" },
  {
    route: "step-up.$draftId",
    at: () => [`/step-up/${NO_ID}`],
    audience: [],
    sends: () => [{ code: "123456" }],
    pageless: true,
  },
  { route: "join.$link", at: () => ["/join/no-such-link"], audience: "everyone" },
  { route: "contact.undo.$link", at: () => ["/contact/undo/no-such-link"], audience: "everyone" },
  { route: "contact._index", at: () => ["/contact"], audience: "signed-in" },

  { route: "my", at: () => ["/my"], audience: "signed-in" },
  { route: "request.new", at: () => ["/request/new"], audience: "signed-in" },
  { route: "request.$id._index", at: ({ requestId }) => [`/request/${requestId}`], audience: ["resident"] },
  {
    route: "request.$id.letters.$letterId",
    at: ({ requestId, letterId }) => [`/request/${requestId}/letters/${letterId}`],
    audience: ["resident"],
  },
  {
    route: "request.$id.walls",
    at: ({ requestId, draftId }) => [`/request/${requestId}/walls`, `/request/${draftId}/walls?done=added`],
    audience: ["resident"],
    sends: () => [
      { intent: "add", badge: "90417" },
      { intent: "take-back", named: NO_ID },
    ],
  },
  {
    route: "request.$id.reach",
    at: ({ requestId }) => [`/request/${requestId}/reach`],
    audience: ["resident"],
    sends: () => [{ mode: "counter", locale: "en" }],
  },
  { route: "request.$id.readers", at: ({ requestId }) => [`/request/${requestId}/readers`], audience: ["resident"] },
  {
    route: "request.$id.identity",
    at: ({ requestId }) => [`/request/${requestId}/identity`],
    audience: ["resident"],
    sends: ({ caseId }) => [
      { intent: "code", case: caseId, code: "AAAAA-AAAAA" },
      { intent: "withdraw", case: caseId, upload: NO_ID },
    ],
  },
  {
    route: "request.$id.upload",
    at: ({ requestId }) => [`/request/${requestId}/upload`],
    audience: ["resident"],
    sends: ({ caseId }) => [{ case: caseId, purpose: "document" }],
  },
  {
    route: "request.$id.statement.$caseId",
    at: ({ requestId, caseId }) => [`/request/${requestId}/statement/${caseId}`],
    audience: ["resident"],
    pageless: true,
  },
  {
    route: "request.$id.representatives",
    at: ({ requestId }) => [`/request/${requestId}/representatives`],
    audience: ["resident"],
    sends: () => [
      { intent: "appoint", kind: "attorney" },
      { intent: "revoke", representation: NO_ID },
      { intent: "claim" },
    ],
  },
  {
    route: "representative.$secret",
    at: () => ["/representative/no-such-invitation"],
    audience: [],
    sends: () => [{ intent: "accept" }],
    pageless: true,
  },
  { route: "representing", at: () => ["/representing"], audience: "signed-in" },
  {
    route: "request.$id.$section/route",
    at: ({ draftId }) =>
      ["you", "identifiers", "agencies", "period", "contact", "check"].map((step) => `/request/${draftId}/${step}`),
    audience: ["resident"],
    sends: () => [{ name: "Somebody", intent: "continue", version: "1" }],
  },
  ...ANSWER_PLACES,
  { route: "complaint._index", at: () => ["/complaint"], audience: "signed-in" },
  {
    route: "complaint.$id",
    at: ({ complaintId }) => [`/complaint/${complaintId}`],
    audience: ["resident"],
    sends: () => [
      { intent: "withdraw", "confirm[]": "yes" },
      { intent: "give", advocate: NO_ID },
      { intent: "revoke", advocate: NO_ID },
    ],
  },

  {
    route: "desk._index",
    at: () => ["/desk", "/desk?show=all", "/desk?show=waiting", "/desk?show=promised"],
    audience: ["clerk", "supervisor"],
  },
  {
    route: "desk.signs",
    at: () => ["/desk/signs"],
    audience: ["clerk", "supervisor", "intake"],
    sends: () => [
      { kind: "badge", value: "90418", agency: NO_ID },
      { intent: "remove", sign: NO_ID },
    ],
  },
  { route: "desk.papers._index", at: () => ["/desk/papers"], audience: ["clerk", "supervisor"] },
  {
    route: "desk.papers.$id",
    at: ({ paperId }) => [`/desk/papers/${paperId}`],
    audience: ["clerk", "supervisor"],
    sends: () => [{}],
  },
  {
    route: "desk.cases.$caseId_.conflict",
    at: ({ caseId }) => [`/desk/cases/${caseId}/conflict`],
    audience: ["clerk", "supervisor"],
    sends: () => [{ intent: "aside" }, { intent: "on", reason: "No family of mine lives here." }],
  },
  { route: "desk.figures", at: () => ["/desk/figures"], audience: ["clerk", "supervisor"] },
  {
    route: "calendar._index",
    at: () => ["/calendar"],
    audience: ["clerk", "supervisor", "intake", "advocate"],
    sends: () => [{ intent: "make" }, { intent: "revoke" }],
  },
  { route: "calendar.$secret[.]ics", at: () => ["/calendar/no-such.ics"], audience: "everyone", pageless: true },
  {
    route: "desk.cases.$caseId/route",
    at: ({ caseId, proposedCaseId }) => [`/desk/cases/${proposedCaseId}`, `/desk/cases/${caseId}`],
    audience: ["clerk", "supervisor"],
    sends: ({ eventId }) => [
      { intent: "search" },
      { intent: "accept-all", ...SEEN },
      { intent: "disclose-all", ...SEEN },
      { intent: "withhold-picked", "event[]": eventId, ...HOLD, ...SEEN },
      { intent: "redact-picked", "event[]": eventId, field: "user", ...HOLD, ...SEEN },
      { intent: "undo", act: "1" },
      { intent: "propose" },
      { intent: "check", claim: NO_ID, [`verdict-${NO_ID}`]: "refused", [`basis-${NO_ID}`]: "in-person" },
    ],
  },
  {
    route: "desk.cases.$caseId_.identity/route",
    at: ({ caseId, proposedCaseId }) => [`/desk/cases/${proposedCaseId}/identity`, `/desk/cases/${caseId}/identity`],
    audience: ["clerk", "supervisor"],
    sends: () => [
      { intent: "check", claim: NO_ID, [`verdict-${NO_ID}`]: "refused", [`basis-${NO_ID}`]: "in-person" },
      {
        ...{ intent: "letter", addressee: "Somebody", address: "1 Street\nCity, CA 90001", source: "own-record" },
        ...{ "recordedOn.year": "2020", "recordedOn.month": "1", "recordedOn.day": "2" },
        ...{ "identifiers[]": NO_ID, "onRecord[]": "yes" },
      },
      { intent: "confirm-overlap", identifier: NO_ID },
      { intent: "accept-authority", representation: NO_ID },
    ],
  },
  // Nothing is uploaded or posted on the road: test/e2e/identity.test.ts looks at these.
  {
    route: "desk.cases.$caseId_.identity_.picture.$uploadId",
    at: ({ caseId }) => [`/desk/cases/${caseId}/identity/picture/${NO_ID}`],
    audience: [],
    pageless: true,
  },
  {
    route: "desk.cases.$caseId_.upload.$uploadId",
    at: ({ caseId }) => [`/desk/cases/${caseId}/upload/${NO_ID}`],
    audience: [],
    pageless: true,
  },
  {
    route: "desk.cases.$caseId_.letter.$letterId",
    at: ({ caseId }) => [`/desk/cases/${caseId}/letter/${NO_ID}`],
    audience: [],
    sends: () => [{}],
    pageless: true,
  },
  {
    route: "desk.cases.$caseId_.line.$eventId",
    at: ({ caseId, eventId }) => [`/desk/cases/${caseId}/line/${eventId}`],
    audience: ["clerk", "supervisor"],
    sends: () => [
      { target: "user", intent: "hold", ...HOLD, ...SEEN },
      { target: LINE, intent: "disclose", ...SEEN },
      { intent: "note", note: "A note." },
    ],
  },
  {
    route: "desk.cases.$caseId_.talk",
    at: ({ caseId }) => [`/desk/cases/${caseId}/talk`],
    audience: ["clerk", "supervisor"],
    sends: () => [{ intent: "read", text: "A message." }, { intent: "discard" }],
  },
  {
    route: "desk.cases.$caseId_.talk_.$messageId",
    at: ({ caseId }) => [`/desk/cases/${caseId}/talk/${NO_ID}`],
    audience: [],
    pageless: true,
  },
  {
    route: "desk.cases.$caseId_.approval/route",
    at: ({ proposedCaseId }) => [`/desk/cases/${proposedCaseId}/approval`],
    audience: ["supervisor"],
    sends: () => [
      { intent: "approve", digest: "0" },
      { intent: "send-back", remark: "A remark." },
    ],
  },
  {
    route: "desk.cases.$caseId_.clock/route",
    at: ({ caseId, proposedCaseId }) => [
      ...["", "?act=extend", "?act=determination"].map((act) => `/desk/cases/${proposedCaseId}/clock${act}`),
      `/desk/cases/${caseId}/clock`,
    ],
    audience: ["clerk", "supervisor"],
    sends: () => [
      { act: "extend", intent: "preview", ...EXTENSION },
      { act: "extend", intent: "send", digest: "0", ...EXTENSION },
      { act: "ask-identity", intent: "send", digest: "0", words: "Words.", signer: SIGNER },
      { act: "denial", intent: "send", digest: "0", words: "Words.", "exemptions[]": HOLD.ground, people: SIGNER },
    ],
  },
  {
    route: "desk.extend/route",
    at: ({ proposedCaseId }) => [`/desk/extend?case=${proposedCaseId}`],
    audience: ["clerk", "supervisor"],
    sends: ({ proposedCaseId: id }) => [
      {
        intent: "preview",
        signer: SIGNER,
        [`take-${id}[]`]: "yes",
        [`length-${id}`]: "3",
        [`ground-${id}`]: "voluminous",
      },
    ],
  },
  {
    route: "desk.closures/route",
    at: () => ["/desk/closures"],
    audience: ["supervisor"],
    sends: () => [
      { intent: "look-close", agency: NO_ID, from: "2030-01-08", why: "Stocktaking." },
      { intent: "close", agency: NO_ID, from: "2030-01-08", why: "Stocktaking.", digest: "0" },
      { intent: "look-reopen", agency: NO_ID, on: "2030-01-08" },
      { intent: "reopen", agency: NO_ID, on: "2030-01-08", digest: "0" },
      { intent: "target", agency: NO_ID, target: "5" },
    ],
  },
  {
    route: "desk.signals/route",
    at: () => ["/desk/signals"],
    audience: ["supervisor"],
    sends: () => [
      { intent: "look", agency: NO_ID, signal: "no-case-number" },
      { intent: "switch-on", agency: NO_ID, signal: "no-case-number", version: "1" },
      { intent: "switch-off", agency: NO_ID, signal: "no-case-number" },
    ],
  },
  { route: "desk.outside-queue", at: () => ["/desk/outside-queue"], audience: ["supervisor"] },
  ...FEED_PLACES,
  { route: "intake._index", at: () => ["/intake"], audience: ["intake"] },
  {
    route: "intake.$id",
    at: ({ complaintId }) => [`/intake/${complaintId}`],
    audience: ["intake"],
    sends: () => [
      { formId: NO_ID, kind: "acknowledged", "on.year": "2026", "on.month": "01", "on.day": "02", finding: "" },
    ],
  },
  { route: "advocate._index", at: () => ["/advocate"], audience: ["advocate"] },
  { route: "advocate.$id", at: ({ complaintId }) => [`/advocate/${complaintId}`], audience: ["advocate"] },
  {
    route: "admin/route",
    at: () => ["/admin"],
    audience: ["admin"],
    sends: () => [
      { intent: "invite", email: "x@elsewhere.example", "roles[]": "clerk" },
      ...["resend", "withdraw", "end", "disable", "enable"].map((intent) => ({ intent, id: NO_ID })),
    ],
  },
  {
    route: "audit._index",
    at: () => ["/audit", "/audit?act=case.read&from=2020-01-01", "/audit?from=2020-02-30"],
    audience: ["auditor"],
  },
  { route: "audit[.]csv", at: () => ["/audit.csv"], audience: ["auditor"], pageless: true },
  { route: "operator", at: () => ["/operator"], audience: ["operator"] },
  {
    route: "operator_.law/route",
    at: () => ["/operator/law", "/operator/law?change=ca.ab-2294"],
    audience: ["operator"],
    sends: () => [
      { intent: "look-on", change: "ca.ab-1821", from: "2030-01-01" },
      { intent: "on", change: "ca.ab-1821", from: "2030-01-01", digest: "0" },
      { intent: "off", change: "ca.ab-1821", digest: "0" },
    ],
  },
];

/** The routes that there are: each .tsx directly in app/routes, and each folder's route.tsx. */
export function listRoutes(): string[] {
  return globSync(["routes/*.tsx", "routes/*/route.tsx"], { cwd: APP })
    .map((file) => file.replace(/^routes\//, "").replace(/\.tsx$/, ""))
    .sort();
}

/** Where a page's data lies: Remix asks for it there. */
export function dataPath(path: string): string {
  const [page = "", query] = path.split("?");
  return `${page === "/" ? "/_root" : page}.data${query ? `?${query}` : ""}`;
}
