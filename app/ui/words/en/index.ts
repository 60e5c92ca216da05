import { advocate } from "./advocate.ts";
import { api } from "./api.ts";
import { calendar } from "./calendar.ts";
import { changes } from "./changes.ts";
import { check } from "./check.ts";
import { clock } from "./clock.ts";
import { closures } from "./closures.ts";
import { common } from "./common.ts";
import { complaint } from "./complaint.ts";
import { deadlines } from "./deadlines.ts";
import { desk } from "./desk.ts";
import { errors } from "./errors.ts";
import { feeds } from "./feeds.ts";
import { feedsLog } from "./feeds-log.ts";
import { feedsProfile } from "./feeds-profile.ts";
import { feedsQuarantine } from "./feeds-quarantine.ts";
import { figures } from "./figures.ts";
import { history } from "./history.ts";
import { home } from "./home.ts";
import { letters } from "./letters.ts";
import { operator } from "./operator.ts";
import { outside } from "./outside.ts";
import { privacy } from "./privacy.ts";
import { purge } from "./purge.ts";
import { refused } from "./refused.ts";
import { request } from "./request.ts";
import { signin } from "./signin.ts";
import { upload } from "./upload.ts";

/** Every sentence in English. Its keys bind the other languages. */
export const en = {
  advocate,
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
  errors,
  feeds,
  feedsLog,
  feedsProfile,
  feedsQuarantine,
  history,
  home,
  letters,
  operator,
  outside,
  privacy,
  purge,
  refused,
  request,
  signin,
  upload,
} as const;
