import { complaintCron, complaintJobs } from "./complaints/jobs.server.ts";
import { feedCron, feedJobs } from "./feeds/jobs.server.ts";
import { historyCron, historyJobs } from "./histories/jobs.server.ts";
import { peopleCron, peopleJobs } from "./people/jobs.server.ts";
import { ledgerCron, ledgerJobs } from "./platform/ledger/jobs.server.ts";
import { sendMail } from "./platform/mail/send-mail.server.ts";
import type { Job } from "./platform/queue/worker.server.ts";
import { keyJobs } from "./platform/sealing/rotate-keys.server.ts";
import { requestCron, requestJobs } from "./requests/jobs.server.ts";

/** Everything that a worker can be asked to do, by the name under which it is queued. */
export const jobs: Readonly<Record<string, Job>> = {
  "send-mail": sendMail,
  ...peopleJobs,
  ...keyJobs,
  ...ledgerJobs,
  ...feedJobs,
  ...requestJobs,
  ...historyJobs,
  ...complaintJobs,
};

/** What comes round by itself: a job's name, and when (minute, hour, day, month, weekday, in UTC). */
export const cron: Readonly<Record<string, string>> = {
  ...peopleCron,
  ...ledgerCron,
  ...feedCron,
  ...requestCron,
  ...complaintCron,
  ...historyCron,
};
