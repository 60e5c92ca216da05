// The pages of a released answer, and of what is written about it, as in places.ts.
import { NO_ID, type Place } from "./place.ts";

export const ANSWER_PLACES: readonly Place[] = [
  {
    route: "history.$releaseId/route",
    at: ({ releaseId }) => [`/history/${releaseId}`, `/history/${releaseId}?agency=1&show=all`],
    audience: ["resident"],
  },
  {
    route: "history.$releaseId[.]csv",
    at: ({ releaseId }) => [`/history/${releaseId}.csv`],
    audience: ["resident"],
    pageless: true,
  },
  {
    route: "history.$releaseId[.]json",
    at: ({ releaseId }) => [`/history/${releaseId}.json`],
    audience: ["resident"],
    pageless: true,
  },
  {
    route: "request.$id.talk.$caseId",
    at: ({ requestId, caseId }) => [`/request/${requestId}/talk/${caseId}`],
    audience: ["resident"],
    sends: () => [{ intent: "read", text: "A message." }, { intent: "discard" }],
  },
  {
    route: "request.$id.talk.$caseId_.$messageId",
    at: ({ requestId, caseId }) => [`/request/${requestId}/talk/${caseId}/${NO_ID}`],
    audience: [],
    pageless: true,
  },
  {
    route: "history.$releaseId[.]pdf",
    at: ({ releaseId }) => [`/history/${releaseId}.pdf`],
    audience: ["resident"],
    pageless: true,
  },
  {
    route: "history.$releaseId_.dispute",
    at: ({ releaseId }) => [`/history/${releaseId}/dispute?line=2`],
    audience: ["resident"],
    sends: () => [
      { formId: NO_ID, "lines[]": "2", wrong: "Words.", "want[]": "safety", advocate: "none", intent: "send" },
    ],
  },
];
