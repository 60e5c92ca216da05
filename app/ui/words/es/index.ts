import type { en } from "../en/index.ts";
import type { WordsLike } from "../words.ts";
import { advocate } from "./advocate.ts";
import { answer } from "./answer.ts";
import { api } from "./api.ts";
import { approval } from "./approval.ts";
import { audit } from "./audit.ts";
import { calendar } from "./calendar.ts";
import { changes } from "./changes.ts";
import { check } from "./check.ts";
import { clock } from "./clock.ts";
import { closures } from "./closures.ts";
import { common } from "./common.ts";
import { complaint } from "./complaint.ts";
import { contact } from "./contact.ts";
import { deadlines } from "./deadlines.ts";
import { desk } from "./desk.ts";
import { editions } from "./editions.ts";
import { errors } from "./errors.ts";
import { factors } from "./factors.ts";
import { feeds } from "./feeds.ts";
import { feedsCodes } from "./feeds-codes.ts";
import { feedsKeys } from "./feeds-keys.ts";
import { feedsLayout } from "./feeds-layout.ts";
import { feedsLog } from "./feeds-log.ts";
import { feedsProfile } from "./feeds-profile.ts";
import { feedsQuarantine } from "./feeds-quarantine.ts";
import { feedsValues } from "./feeds-values.ts";
import { figures } from "./figures.ts";
import { history } from "./history.ts";
import { home } from "./home.ts";
import { identity } from "./identity.ts";
import { letters } from "./letters.ts";
import { match } from "./match.ts";
import { member } from "./member.ts";
import { operator } from "./operator.ts";
import { outside } from "./outside.ts";
import { privacy } from "./privacy.ts";
import { proposals } from "./proposals.ts";
import { purge } from "./purge.ts";
import { reach } from "./reach.ts";
import { refused } from "./refused.ts";
import { representatives } from "./representatives.ts";
import { request } from "./request.ts";
import { reviews } from "./reviews.ts";
import { signals } from "./signals.ts";
import { signin } from "./signin.ts";
import { talk } from "./talk.ts";
import { upload } from "./upload.ts";
import { walls } from "./walls.ts";
import { workspace } from "./workspace.ts";

/** Every sentence in Spanish. */
export const es: WordsLike<typeof en> = {
  approval,
  audit,
  contact,
  match,
  member,
  advocate,
  answer,
  api,
  calendar,
  changes,
  clock,
  closures,
  deadlines,
  figures,
  check,
  common,
  complaint,
  desk,
  editions,
  errors,
  factors,
  feeds,
  feedsCodes,
  feedsKeys,
  feedsLayout,
  feedsLog,
  feedsProfile,
  feedsQuarantine,
  feedsValues,
  history,
  home,
  identity,
  letters,
  operator,
  outside,
  privacy,
  proposals,
  purge,
  refused,
  representatives,
  request,
  reviews,
  signals,
  signin,
  talk,
  upload,
  walls,
  workspace,
  reach,
};
