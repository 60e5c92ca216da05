// The road from a request to a complaint, walked in a second or two, for tests that need what lies along it.
import { setTimeout as sleep } from "node:timers/promises";
import type { PortalProcess } from "#test/support/portal-process.ts";
import { enterAs, type Fields, passStepUp, signIn, type Visitor } from "#test/support/visitor.ts";

/** Everybody of the demo but the resident, signed in. */
export interface Staff {
  readonly clerk: Visitor;
  readonly supervisor: Visitor;
  readonly intake: Visitor;
  readonly advocate: Visitor;
  readonly operator: Visitor;
  readonly admin: Visitor;
  readonly auditor: Visitor;
}

export async function enterStaff(portal: PortalProcess): Promise<Staff> {
  const enter = (person: string) => enterAs(portal, person);
  const [clerk, supervisor, intake, advocate, operator, admin, auditor] = await Promise.all([
    enter("clerk"),
    enter("supervisor"),
    enter("intake"),
    enter("advocate"),
    enter("operator"),
    enter("admin"),
    enter("auditor"),
  ]);
  return { clerk, supervisor, intake, advocate, operator, admin, auditor };
}

export interface Asked {
  readonly plate: string;
  readonly name: string;
  readonly agency: string;
}

/** Searched for in the demo's own log of Marigold County. */
export const ASKED: Asked = { plate: "7DEM042", name: "Vera Quintero", agency: "Marigold County Sheriff (demo)" };

/** From when on what is claimed is shown to be the resident's. */
const SINCE = "2022-01-01";

const PATIENCE_MS = 60_000;

/** A request that is filled in up to the last page, not sent. Returns its id. */
export async function draftRequest(
  resident: Visitor,
  asked: Asked = ASKED,
  mode: "mail" | "counter" = "mail",
): Promise<string> {
  const begun = await resident.post("/request/new", {});
  const id = begun.location.split("/")[2] ?? "";
  const save = async (section: string, fields: Fields) => {
    const answer = await resident.fill(`/request/${id}/${section}`, { ...fields, intent: "continue" }, "version");
    if (answer.status !== 302) throw new Error(`${section} was refused: ${sentences(answer.text)}`);
  };
  await save("you", { name: asked.name, ...day("birthDate", "1991-07-14") });
  await save("identifiers", { plate0: asked.plate, ...day("plateFrom0", "2022-01-01") });
  const { text } = await resident.get(`/request/${id}/agencies`);
  await save("agencies", { "agencies[]": boxOf(text, asked.agency) });
  await save("period", {});
  await save("contact", { mode, locale: "en" });
  return id;
}

/** Sends a drafted request. */
export async function sendRequest(resident: Visitor, requestId: string): Promise<void> {
  const sent = await resident.fill(`/request/${requestId}/check`, { intent: "continue" }, "version");
  if (sent.status !== 302) throw new Error(`the request was refused: ${sentences(sent.text)}`);
}

/** Files a request in one go. */
export async function fileRequest(
  resident: Visitor,
  asked: Asked = ASKED,
  mode: "mail" | "counter" = "mail",
): Promise<string> {
  const id = await draftRequest(resident, asked, mode);
  await sendRequest(resident, id);
  return id;
}

export interface OpenCase {
  readonly caseId: string;
  readonly events: readonly string[];
}

/** The clerk opens the newest case, checks all that is claimed and searches. */
export async function searchCase(clerk: Visitor, requestNumber: string): Promise<OpenCase> {
  const queue = await clerk.get("/desk");
  const row = [...queue.text.matchAll(/href="\/desk\/cases\/([\w-]+)"[^>]*>([^<]*)</g)].find((match) =>
    match[2]?.includes(requestNumber),
  );
  const caseId = row?.[1] ?? "";
  const desk = `/desk/cases/${caseId}`;
  const claims = [...(await clerk.get(desk)).text.matchAll(/name="claim" value="([^"]+)"/g)].map(([, id]) => id ?? "");
  for (const claim of claims) {
    const verdict = { [`verdict-${claim}`]: "verified", [`basis-${claim}`]: "in-person" };
    const shown = { [`shown-${claim}[]`]: ["driver-licence", "registration-card"] };
    const days = { ...day(`validFrom-${claim}`, SINCE), ...day(`validTo-${claim}`, "") };
    await mustPass(clerk.post(desk, { intent: "check", claim, ...verdict, ...shown, ...days }));
  }
  await mustPass(clerk.post(desk, { intent: "search" }));
  const { text } = await clerk.get(desk);
  return { caseId, events: [...text.matchAll(/name="event\[\]" value="([^"]+)"/g)].map((match) => match[1] ?? "") };
}

/** The clerk withholds the first look-up, discloses the others, and proposes. */
export async function proposeAnswer(clerk: Visitor, { caseId, events }: OpenCase): Promise<void> {
  const desk = `/desk/cases/${caseId}`;
  if (events.length > 0) await mustPass(clerk.fill(desk, { intent: "accept-all" }, "seen"));
  if (events.length > 1) {
    const held = { ground: "ca.cpra.investigation", reason: "Part of an open inquiry." };
    await mustPass(clerk.fill(desk, { intent: "withhold-picked", "event[]": events[0] ?? "", ...held }, "seen"));
  }
  if (events.length > 0) await mustPass(clerk.fill(desk, { intent: "disclose-all" }, "seen"));
  await mustPass(clerk.post(desk, { intent: "propose" }));
}

/** Agrees with every line of a proposal's page. */
export function lookAtPage(supervisor: Visitor, page: string, text: string): ReturnType<Visitor["post"]> {
  const lines = [...text.matchAll(/name="line\[\]" value="([^"]+)"/g)].map((match) => match[1] ?? "");
  const digest = /name="digest" value="([^"]+)"/.exec(text)?.[1] ?? "";
  return supervisor.post(page, { intent: "agree-rest", digest, "line[]": lines });
}

/** The supervisor looks at every line of what is proposed, and approves it. */
export async function approve(supervisor: Visitor, caseId: string): Promise<void> {
  const page = `/desk/cases/${caseId}/approval`;
  const { text } = await supervisor.get(page);
  if (text.includes('name="line[]"')) await mustPass(lookAtPage(supervisor, page, text));
  const answer = await supervisor.fill(page, { intent: "approve" }, "drawn");
  // Their printed link is no proof of the moment: the first approval asks for the second factor.
  const asked = answer.location.startsWith("/step-up/");
  await mustPass(asked ? passStepUp(supervisor, answer.location) : Promise.resolve(answer));
}

/** Waits until the answer is out; returns the release's id. */
export async function awaitRelease(resident: Visitor, requestId: string): Promise<string> {
  const began = performance.now();
  for (;;) {
    const { text } = await resident.get(`/request/${requestId}`);
    const found = /href="\/history\/([\w-]+)"/.exec(text)?.[1];
    if (found) return found;
    if (performance.now() - began > PATIENCE_MS) throw new Error("no answer came out within a minute");
    await sleep(200);
  }
}

/** Disputes the first released look-up, the demo's advocate following; returns the complaint's id. */
export async function dispute(resident: Visitor, releaseId: string): Promise<string> {
  const path = `/history/${releaseId}/dispute?line=${await firstLine(resident, releaseId)}`;
  const { text } = await resident.get(path);
  const advocate = /name="advocate" value="([0-9a-f-]{36})"/.exec(text)?.[1] ?? "none";
  const words = { wrong: "Nobody there had a reason to look.", known: "", "want[]": "explanation" };
  const sent = await resident.fill(path, { ...words, advocate, intent: "send" }, "formId");
  const id = /\/complaint\/([\w-]+)/.exec(sent.location)?.[1];
  if (!id) throw new Error(`the dispute was refused: ${sentences(sent.text)}`);
  return id;
}

async function firstLine(resident: Visitor, releaseId: string): Promise<string> {
  const { text } = await resident.get(`/history/${releaseId}`);
  return /name="line" value="(\d+)"/.exec(text)?.[1] ?? "";
}

/** Everything along the road, and the ids under which it lies. */
export interface Road {
  readonly staff: Staff;
  readonly resident: Visitor;
  readonly requestId: string;
  readonly draftId: string;
  readonly caseId: string;
  readonly eventId: string;
  readonly releaseId: string;
  /** The first letter of the case. */
  readonly letterId: string;
  readonly complaintId: string;
  readonly batchId: string;
  /** A file that the clerk has begun to send. */
  readonly uploadId: string;
  /** A second case, proposed and not yet approved. */
  readonly proposedCaseId: string;
  /** A sheet for a resident who wants no mail. */
  readonly paperId: string;
}

/** Walks the whole road with `email`'s owner, and leaves one draft and one proposal by the way. */
export async function walkByHttp(
  portal: PortalProcess,
  email: string,
  asked: Asked = ASKED,
  entered?: Staff,
): Promise<Road> {
  const [staff, resident] = await Promise.all([entered ?? enterStaff(portal), signIn(portal, email)]);
  const requestId = await fileRequest(resident, asked);
  const opened = await searchCase(staff.clerk, await numberOf(resident, requestId));
  await proposeAnswer(staff.clerk, opened);
  await approve(staff.supervisor, opened.caseId);
  const releaseId = await awaitRelease(resident, requestId);
  const complaintId = await dispute(resident, releaseId);
  // Its letters are printed and kept at the counter.
  const second = await fileRequest(resident, asked, "counter");
  const proposed = await searchCase(staff.clerk, await numberOf(resident, second));
  await proposeAnswer(staff.clerk, proposed);
  const draftId = await draftRequest(resident, asked);
  const paperId = /href="\/desk\/papers\/([\w-]+)"/.exec((await staff.clerk.get("/desk/papers")).text)?.[1] ?? "";
  const deliveries = (await staff.clerk.get("/desk/feeds")).text.split('id="demo-sheriff-alpr"')[1] ?? "";
  const batchId = /href="\/desk\/feeds\/([0-9a-f-]{36})"/.exec(deliveries)?.[1] ?? "";
  const eventId = opened.events[1] ?? "";
  const { caseId } = opened;
  const own = (await resident.get(`/request/${requestId}`)).text;
  const letterId = /href="\/request\/[\w-]+\/letters\/([\w-]+)"/.exec(own)?.[1] ?? "";
  return {
    ...{ staff, resident, requestId, draftId, caseId, eventId, releaseId, letterId, complaintId, batchId },
    proposedCaseId: proposed.caseId,
    paperId,
    uploadId: await beginUpload(staff.clerk),
  };
}

/** The clerk begins to send a file in pieces; returns the upload's id. */
async function beginUpload(clerk: Visitor): Promise<string> {
  const file = { log: "demo-sheriff/alpr", size: "1000", fingerprint: "0f".repeat(32) };
  const { text } = await clerk.post("/desk/feeds/uploads", file);
  return (JSON.parse(text) as { id: string }).id;
}

export async function numberOf(resident: Visitor, requestId: string): Promise<string> {
  return /WL-\d{4}-\d+/.exec((await resident.get(`/request/${requestId}`)).text)?.[0] ?? "";
}

/** A day in the three boxes of a date field. */
export function day(name: string, on: string): Fields {
  const [year = "", month = "", date = ""] = on.split("-");
  return { [`${name}.month`]: month, [`${name}.day`]: date, [`${name}.year`]: year };
}

/** The value of the box whose label begins so. */
function boxOf(html: string, label: string): string {
  const id = new RegExp(`<label[^>]*for="([^"]+)"[^>]*>${label.replace(/[()]/g, "\\$&")}`).exec(html)?.[1];
  const box = [...html.matchAll(/<input\b[^>]*>/g)].find(([tag]) => tag.includes(`id="${id}"`))?.[0] ?? "";
  return /value="([^"]*)"/.exec(box)?.[1] ?? "";
}

async function mustPass(answering: Promise<{ status: number; text: string }>): Promise<void> {
  const answer = await answering;
  if (answer.status !== 302) throw new Error(`refused with ${answer.status}: ${sentences(answer.text)}`);
}

/** What a page says is wrong. */
export function sentences(html: string): string {
  const alerts = [...html.matchAll(/usa-alert--error.*?<\/ul>|usa-error-message.*?<\/span><\/span>/gs)];
  return alerts.map(([text]) => text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ")).join("; ");
}
