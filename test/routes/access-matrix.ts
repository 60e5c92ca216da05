// What each route answers to whom. A new route needs a row here: `rowMissing` says how it looks.
import { CROWD, type Who } from "#test/support/crowd.ts";

/**
 * "there": a page or a file. "leads": elsewhere, but not to the sign-in. "sign-in": to the sign-in, and back
 * afterwards. "gone": 404, exactly like nothing. "heard": a form is read and answered.
 */
export type Answered = "there" | "leads" | "sign-in" | "gone" | "heard";
type Rule = (who: Who) => Answered;

export interface Row {
  /** What asking for it is answered with. */
  readonly get: Rule;
  /** Whose form is heard: all others' do nothing, whatever they say. Null for a route that takes none. */
  readonly post: Rule | null;
  /** It ends the session of whoever asks, and so is asked for by nobody in particular. */
  readonly endsSession?: true;
}

/** Says how to give a new route its row. */
export function rowMissing(name: string): string {
  return [
    `The route "${name}" has no row in test/routes/access-matrix.ts. Add one that names those who may see it, such as`,
    `  "${name}": { get: there("clerk", "supervisor"), post: null },`,
    "and one in test/e2e/places.ts that says where it lies. With a form (an action), `post` names who is heard, and the",
    "place's `sends` gives a form for each of its buttons that would do something if it were allowed.",
    "Whoever is not named finds nothing (404); who is not signed in is led to the sign-in.",
  ].join("\n");
}

/** For these people alone. Who is not signed in is led to the sign-in; for all others it is not there. */
function only(answer: Answered, people: readonly Who[]): Rule {
  return (who) => (who === "nobody" ? "sign-in" : people.includes(who) ? answer : "gone");
}
const there = (...people: Who[]) => only("there", people);
const heard = (...people: Who[]) => only("heard", people);
const always =
  (answer: Answered): Rule =>
  () =>
    answer;
const SIGNED_IN = CROWD.filter((who) => who !== "nobody");

const CLERKS = ["clerk", "clerk of elsewhere"] as const;
const SUPERVISORS = ["supervisor", "supervisor of elsewhere"] as const;
/** Each sees his own agency's on the same page. */
const DESK = [...CLERKS, ...SUPERVISORS] as const;
const INTAKE = ["intake", "intake of elsewhere"] as const;
const ADVOCATES = ["advocate", "advocate without consent"] as const;
const CALENDAR = [...DESK, ...INTAKE, ...ADVOCATES] as const;

const LOG = "desk.feeds.log.$agency.$system";

export const MATRIX: Readonly<Record<string, Row>> = {
  // Open to everybody.
  $: { get: always("gone"), post: null },
  _index: { get: always("there"), post: null },
  "api._index": { get: always("there"), post: null },
  "api.openapi[.]json": { get: always("there"), post: null },
  "calendar.$secret[.]ics": { get: always("gone"), post: null },
  check: { get: always("there"), post: always("heard") },
  "contact.undo.$link": { get: always("there"), post: always("heard") },
  "deadlines._index": { get: always("there"), post: null },
  "dev.mail": { get: always("there"), post: null },
  "enter.$link": { get: always("there"), post: always("heard") },
  "join.$link": { get: always("there"), post: always("heard") },
  "language.$locale": { get: always("leads"), post: null },
  leave: { get: always("leads"), post: null, endsSession: true },
  privacy: { get: always("there"), post: null },
  "sign-in._index": { get: always("there"), post: always("heard") },
  "sign-in.code": { get: always("there"), post: always("heard") },
  "sign-in.agency._index": { get: always("there"), post: null },
  // No agency of that name signs in by itself: back to where one chooses, as with any that does not.
  "sign-in.agency.$slug.go": { get: always("leads"), post: null },
  "sign-in.agency.$slug.back": { get: always("there"), post: null },
  "sign-in.passkey": { get: always("there"), post: always("heard") },
  "sign-out": { get: always("leads"), post: always("heard"), endsSession: true },

  // Each their own things.
  home: { get: only("leads", SIGNED_IN), post: null },
  my: { get: there(...SIGNED_IN), post: null },
  "contact._index": { get: there(...SIGNED_IN), post: heard(...SIGNED_IN) },
  "account._index": { get: there(...SIGNED_IN), post: heard(...SIGNED_IN) },
  "account.sessions": { get: there(...SIGNED_IN), post: heard(...SIGNED_IN) },
  // Everybody is asked for a proof first: a phone is not added on a session that lies open.
  "account.set-up": { get: only("leads", SIGNED_IN), post: heard(...SIGNED_IN) },
  "sign-in.factor": { get: only("leads", SIGNED_IN), post: heard(...SIGNED_IN) },
  // The table of places names a draft that nobody has begun.
  "step-up.$draftId": { get: there(), post: heard() },
  representing: { get: there(...SIGNED_IN), post: null },
  "representative.$secret": { get: there(), post: heard() },
  "complaint._index": { get: there(...SIGNED_IN), post: null },
  "request.new": { get: there(...SIGNED_IN), post: heard(...SIGNED_IN) },

  // A resident's own.
  "request.$id._index": { get: there("resident"), post: null },
  "request.$id.$section": { get: there("resident"), post: heard("resident") },
  "request.$id.letters.$letterId": { get: there("resident"), post: null },
  "request.$id.readers": { get: there("resident"), post: null },
  "request.$id.walls": { get: there("resident"), post: heard("resident") },
  "request.$id.reach": { get: there("resident"), post: heard("resident") },
  "request.$id.identity": { get: there("resident"), post: heard("resident") },
  "request.$id.upload": { get: there("resident"), post: heard("resident") },
  "request.$id.statement.$caseId": { get: there("resident"), post: null },
  "request.$id.representatives": { get: there("resident"), post: heard("resident") },
  "request.$id.talk.$caseId": { get: there("resident"), post: heard("resident") },
  // The table of places names a message that is not there.
  "request.$id.talk.$caseId_.$messageId": { get: there(), post: null },
  "history.$releaseId": { get: there("resident"), post: null },
  "history.$releaseId[.]csv": { get: there("resident"), post: null },
  "history.$releaseId[.]json": { get: there("resident"), post: null },
  "history.$releaseId[.]pdf": { get: there("resident"), post: null },
  "history.$releaseId_.dispute": { get: there("resident"), post: heard("resident") },
  "complaint.$id": { get: there("resident"), post: heard("resident") },

  // An agency's cases.
  "desk._index": { get: there(...DESK), post: null },
  "desk.figures": { get: there(...DESK), post: null },
  "desk.outside-queue": { get: there(...SUPERVISORS), post: null },
  "desk.closures": { get: there(...SUPERVISORS), post: heard(...SUPERVISORS) },
  "desk.signals": { get: there(...SUPERVISORS), post: heard(...SUPERVISORS) },
  "desk.extend": { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  "desk.cases.$caseId": { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  "desk.cases.$caseId_.line.$eventId": { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  "desk.cases.$caseId_.clock": { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  "desk.cases.$caseId_.conflict": { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  "desk.cases.$caseId_.identity": { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  // The table of places names an upload and a letter that are not there.
  "desk.cases.$caseId_.identity_.picture.$uploadId": { get: there(), post: null },
  "desk.cases.$caseId_.upload.$uploadId": { get: there(), post: null },
  "desk.cases.$caseId_.letter.$letterId": { get: there(), post: heard() },
  "desk.cases.$caseId_.talk": { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  "desk.cases.$caseId_.talk_.$messageId": { get: there(), post: null },
  "desk.papers._index": { get: there(...DESK), post: null },
  "desk.papers.$id": { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  "desk.signs": { get: there(...DESK, ...INTAKE), post: heard(...DESK, ...INTAKE) },
  // The clerk who proposed it does not approve it.
  "desk.cases.$caseId_.approval": { get: there("supervisor"), post: heard("supervisor") },
  "calendar._index": { get: there(...CALENDAR), post: heard(...CALENDAR) },

  // An agency's logs.
  "desk.feeds._index": { get: there(...DESK, "operator"), post: null },
  "desk.feeds.$batchId": { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  "desk.feeds.upload": { get: there(...DESK), post: heard(...DESK) },
  "desk.feeds.uploads": { get: there(...DESK), post: heard(...DESK) },
  // Whoever began it goes on with it.
  "desk.feeds.uploads_.$id": { get: there("clerk"), post: heard("clerk") },
  "desk.feeds.uploads_.$id_.part": { get: there("clerk"), post: heard("clerk") },
  [LOG]: { get: there("clerk", "supervisor", "operator"), post: null },
  [`${LOG}_.quarantine`]: { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  [`${LOG}_.promise`]: { get: there("supervisor"), post: heard("supervisor") },
  [`${LOG}_.remind`]: { get: there("supervisor"), post: heard("supervisor") },
  [`${LOG}_.profile`]: { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  // The table of places names a draft that nobody has begun.
  [`${LOG}_.profile_.$draftId`]: { get: there(), post: heard() },
  [`${LOG}_.profile_.codes`]: { get: there("clerk", "supervisor"), post: heard("clerk", "supervisor") },
  [`${LOG}_.profile_.$draftId_.layout`]: { get: there(), post: heard() },
  [`${LOG}_.profile_.$draftId_.values`]: { get: there(), post: heard() },
  "desk.feeds.keys.$agency": { get: there("supervisor", "operator"), post: heard("supervisor", "operator") },
  [`${LOG}_.profile_.$draftId_.preview`]: { get: there(), post: heard() },

  // Complaints.
  "intake._index": { get: there(...INTAKE), post: null },
  "intake.$id": { get: there("intake"), post: heard("intake") },
  "advocate._index": { get: there(...ADVOCATES), post: null },
  "advocate.$id": { get: there("advocate"), post: null },

  // People, the ledger, the installation.
  admin: { get: there("admin", "admin of elsewhere"), post: heard("admin", "admin of elsewhere") },
  "audit._index": { get: there("auditor", "auditor of elsewhere", "auditor of all"), post: null },
  "audit[.]csv": { get: there("auditor", "auditor of elsewhere", "auditor of all"), post: null },
  operator: { get: there("operator"), post: null },
  "operator_.law": { get: there("operator"), post: heard("operator") },
};

/** What the server answers before any page is asked, to everybody alike. */
export const BESIDE_THE_PAGES: readonly { method: "GET" | "POST"; path: string; status: readonly number[] }[] = [
  { method: "GET", path: "/healthz", status: [200] },
  { method: "GET", path: "/readyz", status: [200] },
  // A machine that does not sign is not told whether the log exists; one that keeps knocking is told to wait.
  { method: "POST", path: "/api/feeds/alpr/batches", status: [401, 429] },
  { method: "POST", path: "/api/feeds/nothing/batches", status: [401, 429] },
  { method: "GET", path: "/api/feeds/alpr/batches/00000000-0000-4000-8000-000000000000", status: [401, 429] },
  { method: "GET", path: "/api/feeds/alpr/batches", status: [405] },
  { method: "GET", path: "/api/feeds/", status: [404] },
  { method: "GET", path: "/assets/nothing.js", status: [404] },
];
