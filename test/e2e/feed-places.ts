// The pages of the logs, as in places.ts.
import { NO_ID, type Place } from "./place.ts";

const LOG = "/desk/feeds/log/demo-sheriff/alpr";

export const FEED_PLACES: readonly Place[] = [
  { route: "desk.feeds._index", at: () => ["/desk/feeds"], audience: ["clerk", "supervisor", "operator"] },
  {
    route: "desk.feeds.log.$agency.$system/route",
    at: () => [LOG, `${LOG}?year=2025`],
    audience: ["clerk", "supervisor", "operator"],
  },
  {
    route: "desk.feeds.log.$agency.$system_.quarantine/route",
    at: () => [`${LOG}/quarantine`],
    audience: ["clerk", "supervisor"],
    sends: () => [
      { intent: "open", row: NO_ID },
      { intent: "replay", reason: "time" },
      { intent: "discard", row: NO_ID, why: "no-look-up" },
      { intent: "discard-all", reason: "header-again" },
      { intent: "put-back", row: NO_ID },
    ],
  },
  {
    route: "desk.feeds.keys.$agency",
    at: () => ["/desk/feeds/keys/demo-sheriff"],
    audience: ["supervisor", "operator"],
    sends: () => [
      { intent: "add", pem: "x" },
      { intent: "revoke", key: NO_ID },
    ],
  },
  {
    route: "desk.feeds.log.$agency.$system_.promise",
    at: () => [`${LOG}/promise`],
    audience: ["supervisor"],
    sends: () => [{ rhythm: "3", kept: "", contact: "", locale: "en" }],
  },
  {
    route: "desk.feeds.log.$agency.$system_.profile",
    at: () => [`${LOG}/profile`],
    audience: ["clerk", "supervisor"],
    sends: () => [{ file: "none" }],
  },
  {
    route: "desk.feeds.log.$agency.$system_.profile_.codes",
    at: () => [`${LOG}/profile/codes`],
    audience: ["clerk", "supervisor"],
    sends: () => [{ version: "1", "codes-searchType": "" }],
  },
  // A draft is there for the one who began it alone: test/e2e/feeds.test.ts looks at it.
  {
    route: "desk.feeds.log.$agency.$system_.profile_.$draftId/route",
    at: () => [`${LOG}/profile/${NO_ID}`],
    audience: [],
    sends: () => [{ intent: "preview" }, { intent: "drop" }],
    pageless: true,
  },
  {
    route: "desk.feeds.log.$agency.$system_.profile_.$draftId_.layout/route",
    at: () => [`${LOG}/profile/${NO_ID}/layout`],
    audience: [],
    sends: () => [{ intent: "go", "items[]": "[]" }],
    pageless: true,
  },
  {
    route: "desk.feeds.log.$agency.$system_.profile_.$draftId_.values/route",
    at: () => [`${LOG}/profile/${NO_ID}/values`],
    audience: [],
    sends: () => [{ hiddenByVendor: "***" }],
    pageless: true,
  },
  {
    route: "desk.feeds.log.$agency.$system_.profile_.$draftId_.preview",
    at: () => [`${LOG}/profile/${NO_ID}/preview`],
    audience: [],
    sends: () => [{ version: "1" }],
    pageless: true,
  },
  {
    route: "desk.feeds.log.$agency.$system_.remind",
    at: () => [`${LOG}/remind`],
    audience: ["supervisor"],
    sends: () => [{ digest: "0" }],
  },
  {
    route: "desk.feeds.upload",
    at: () => ["/desk/feeds/upload"],
    audience: ["clerk", "supervisor"],
    sends: () => [{ log: "demo-sheriff/alpr" }],
  },
  {
    route: "desk.feeds.uploads",
    at: () => ["/desk/feeds/uploads"],
    audience: ["clerk", "supervisor"],
    sends: () => [{ log: "demo-sheriff/alpr", size: "10", fingerprint: "a".repeat(64) }],
    pageless: true,
  },
  {
    route: "desk.feeds.uploads_.$id",
    at: ({ uploadId }) => [`/desk/feeds/uploads/${uploadId}`],
    // Not even a supervisor goes on with what a clerk has begun.
    audience: ["clerk"],
    sends: () => [{}],
  },
  {
    route: "desk.feeds.uploads_.$id_.part",
    at: ({ uploadId }) => [`/desk/feeds/uploads/${uploadId}/part`],
    audience: ["clerk"],
    sends: () => [{ x: "a piece" }],
    pageless: true,
  },
  {
    route: "desk.feeds.$batchId",
    at: ({ batchId }) => [`/desk/feeds/${batchId}`],
    audience: ["clerk", "supervisor"],
    sends: () => [{ row: NO_ID }],
  },
];
