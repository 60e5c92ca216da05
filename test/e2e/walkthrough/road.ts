import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse";
import type { Browser } from "playwright-core";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { approveAnswer, discloseDeferred, prepareAnswer, sendBackOnce } from "./agency.ts";
import { checkDocument, disputeTwoLines, followComplaints, moveComplaint, readAnswer, readReaders } from "./answer.ts";
import { expect } from "./expect.ts";
import { fileRequest, signInByCode } from "./resident.ts";
import { openStage } from "./stage.ts";

export interface Road {
  readonly feed: string;
  readonly profile: string;
  readonly plate: string;
  readonly out: string;
  /** False: no pictures, which take longer than the walk itself. */
  readonly pictures?: boolean;
}

/** What the walk found. Others read it as summary.json. */
export interface Summary {
  readonly rows: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly matched: number;
  readonly disclosed: number;
  readonly withheld: number;
  readonly pdf: string;
  readonly complaints: number;
  readonly advocateSees: number;
  readonly ledgerEntries: number;
  /** Lines that went back to the clerk, look-ups that waited, and later editions that brought them. */
  readonly answers: { readonly sentBack: number; readonly deferred: number; readonly supplement: number };
  readonly seconds: number;
}

/** Looks behind the walk's end: the portal still runs. `history` is the resident's page as text. */
export type Inspect = (portal: PortalProcess, history: string) => Promise<void>;

/** The agency whose log the feed is taken for, and its system. */
const CUSTODIAN = "demo-police";
const AGENCY = "Port Alder Police (demo)";
const SYSTEM = "alpr";

/** The whole road once, on a fresh portal, in a real browser. @throws with a sentence at the first thing that is not as it should be */
export async function walk(
  road: Road,
  browser: Browser,
  say: (line: string) => void,
  inspect: Inspect = async () => undefined,
): Promise<Summary> {
  const began = performance.now();
  await using portal = await startPortalProcess();
  const complaints: string[] = [];
  const stage = openStage(portal, browser, road, (what) => complaints.push(what));

  say("The custodian delivers its log.");
  const delivered = await stage.command(
    "feed",
    "import",
    road.feed,
    "--custodian",
    CUSTODIAN,
    "--system",
    SYSTEM,
    "--profile",
    road.profile,
  );
  const again = await stage.command(
    "feed",
    "import",
    road.feed,
    "--custodian",
    CUSTODIAN,
    "--system",
    SYSTEM,
    "--profile",
    road.profile,
  );
  expect(again["stored"], "rows stored by the same file again").toBe(0);
  const org = await findOrg(road);
  if (org !== null) await stage.command("agency", "alias", CUSTODIAN, org);

  say("A resident asks.");
  const resident = await signInByCode(stage);
  const { url: requestUrl, number } = await fileRequest(stage, resident, road.plate, AGENCY);

  say("A clerk prepares the answer, a supervisor approves it.");
  const { matched, url, clerk, deferred } = await prepareAnswer(stage, number);
  const supervisor = await stage.enter("supervisor");
  await supervisor.page.goto(`${stage.portal.url}/desk`);
  await supervisor.picture("supervisor-queue");
  const sentBack = matched > 4 ? await sendBackOnce(supervisor, clerk, url) : 0;
  await approveAnswer(supervisor, url, sentBack > 0 ? "supervisor-changes" : "supervisor-approval");

  say("The resident reads it.");
  let answer = await readAnswer(stage, resident, requestUrl, {
    edition: 1,
    name: deferred > 0 ? "history-first" : "history",
  });
  if (deferred > 0) {
    say("What was deferred is decided, and goes out as a supplement.");
    const former = answer.pdf;
    await discloseDeferred(clerk, url);
    await approveAnswer(supervisor, url, "supervisor-supplement");
    answer = await readAnswer(stage, resident, requestUrl, { edition: 2, name: "history" });
    expect(answer.page, "the supplement").toContain("New in edition 2");
    const superseded = await stage.command("release", "verify", former);
    expect(superseded["superseded"], "the former edition is superseded").toBe(true);
  }
  for (const person of [clerk, supervisor]) await person.page.context().close();
  const verified = await stage.command("release", "verify", answer.pdf);
  expect(verified["genuine"], "the PDF is genuine").toBe(true);

  await checkDocument(stage, answer.pdf);

  let opened: string[] = [];
  let advocateSees = 0;
  if (answer.disclosed >= 2) {
    say("Two look-ups become a complaint.");
    opened = await disputeTwoLines(resident);
    await moveComplaint(stage, opened[0] ?? "");
    advocateSees = await followComplaints(stage, opened);
  }
  await readReaders(resident, requestUrl);
  const ledger = await stage.command("ledger", "verify");
  expect(ledger["ok"], "the ledger holds").toBe(true);
  await lookBehind(portal, road.plate);
  await inspect(portal, answer.page);
  if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join("\n")}`);

  const summary: Summary = {
    rows: Number(delivered["rows"]),
    stored: Number(delivered["stored"]),
    duplicates: Number(delivered["duplicates"]),
    quarantined: Number(delivered["quarantined"]),
    matched,
    disclosed: answer.disclosed,
    withheld: answer.withheld,
    pdf: "history.pdf",
    complaints: opened.length,
    advocateSees,
    ledgerEntries: Number(ledger["entries"]),
    answers: { sentBack, deferred, supplement: deferred > 0 ? 1 : 0 },
    seconds: Math.round((performance.now() - began) / 100) / 10,
  };
  await writeFile(join(road.out, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

/** The agency that the feed names beside the plate, so that a complaint can find it here. */
async function findOrg({ feed, plate }: Road): Promise<string | null> {
  for await (const row of createReadStream(feed).pipe(parse({ columns: true, bom: true, relax_column_count: true }))) {
    if (row["License Plate"] === plate) return row["Org Name"] ?? null;
  }
  return null;
}

/** What the portal wrote to its log names neither the plate nor the person. */
async function lookBehind(portal: PortalProcess, plate: string): Promise<void> {
  for (const secret of [plate, "Quintero", "1991-07-14", "vera.quintero"]) {
    if (portal.log().includes(secret)) throw new Error("the portal's log names the resident");
  }
}
