// Closed days and changes of the law, by forms alone: looked at, confirmed, and looked at again when it is another thing.
import { afterAll, beforeAll, expect, it } from "vitest";
import { compute } from "#app/law/clock.ts";
import { getRule, LAW } from "#app/law/law.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { systemTime } from "#app/platform/time/time.ts";
import { formatDate } from "#app/ui/format.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { ASKED, day, enterStaff, fileRequest, numberOf, type Staff, sentences } from "#test/support/road-by-http.ts";
import { type Answer, formIn, signIn, type Visitor } from "#test/support/visitor.ts";

let portal: PortalProcess;
let staff: Staff;
let resident: Visitor;
let number: string;
let receivedOn: string;

beforeAll(async () => {
  portal = await startPortalProcess();
  [staff, resident] = await Promise.all([enterStaff(portal), signIn(portal, "vera@resident.example")]);
  receivedOn = localDate(systemTime.now(), "America/Los_Angeles");
  number = await numberOf(resident, await fileRequest(resident, ASKED));
});
afterAll(() => portal[Symbol.asyncDispose]());

const dueWith = (...closures: string[]) =>
  compute(getRule("ca.cpra.determination"), [{ kind: "received", on: receivedOn }], { closures }).due;

/** What a reader sees: no tags, and nothing hidden. */
function read(html: string): string {
  return html
    .replace(/<script.*?<\/script>/gs, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

/** Presses a button of the page that was answered, as a browser without scripts would. */
function press(visitor: Visitor, path: string, page: Answer, intent: string, changed = {}): Promise<Answer> {
  return visitor.post(path, { ...formIn(page.text, "digest"), ...changed, intent });
}

it("a supervisor closes the last day of a case, after a look at what moves", async () => {
  const { supervisor } = staff;
  const due = dueWith();
  const path = "/desk/closures";
  const looked = await supervisor.fill(path, { intent: "look-close", why: "Moving house", ...day("from", due) }, "why");
  expect(looked.status).toBe(200);
  const said = read(looked.text);
  expect(said).toContain(number);
  expect(said).toContain(`${formatDate(due, "en")} becomes ${formatDate(dueWith(due), "en")}`);
  // Changed again before it is entered: what was typed is still there.
  const edited = await press(supervisor, path, looked, "edit");
  expect(formIn(edited.text, "why")).toMatchObject({ why: "Moving house", "from.year": due.slice(0, 4) });

  const confirmed = await press(supervisor, path, looked, "close");
  expect([confirmed.status, confirmed.location]).toEqual([302, "/desk/closures?office=demo-sheriff&done=closed"]);
  const after = await supervisor.get(confirmed.location);
  expect(read(after.text)).toContain("The closed days are entered.");
  expect(read(after.text)).toMatch(/Moving house\s+Planned\s+A supervisor/);
});

it("what has changed since the look is shown anew in place of being done", async () => {
  const { supervisor } = staff;
  const path = "/desk/closures";
  const next = dueWith(dueWith());
  const form = { intent: "look-close", why: "Moving house", ...day("from", next) };
  const looked = await supervisor.fill(path, form, "why");
  const second = await numberOf(resident, await fileRequest(resident, ASKED));
  expect(read(looked.text)).not.toContain(second);
  const shown = await press(supervisor, path, looked, "close");
  expect(shown.status).toBe(200);
  expect(read(shown.text)).toContain("has changed since you looked");
  expect(read(shown.text)).toContain(second);
  expect((await press(supervisor, path, shown, "close")).status).toBe(302);
  // And twice is once.
  expect(sentences((await press(supervisor, path, shown, "close")).text)).toContain("closed on these days already");
});

it("a closed day is taken away again, after a look at what moves back", async () => {
  const { supervisor } = staff;
  const path = "/desk/closures";
  const looked = await supervisor.fill(path, { intent: "look-reopen" }, "on");
  expect(read(looked.text)).toContain("would be open on");
  expect((await press(supervisor, path, looked, "reopen")).location).toContain("done=reopened");
});

it.each([
  ["no day", { why: "Fire" }, "Give the first closed day."],
  ["no day that exists", { why: "Fire", ...day("from", "2030-02-30") }, "Give the first closed day as a real day."],
  ["a day of the past", { why: "Fire", ...day("from", "2020-01-02") }, "If it was an emergency, say so below."],
  [
    "no reason",
    { why: "", ...day("from", "2020-01-02"), "emergency[]": "yes" },
    "An emergency can be entered up to 30 days back.",
  ],
])("%s is said at its field, and what was typed is kept", async (_name, fields, sentence) => {
  const answer = await staff.supervisor.fill("/desk/closures", { intent: "look-close", ...fields }, "why");
  expect(answer.status).toBe(200);
  expect(read(answer.text)).toContain(sentence);
  expect(formIn(answer.text, "why")).toMatchObject(fields);
});

it("a supervisor sets the office's own target", async () => {
  const set = (target: string) => staff.supervisor.fill("/desk/closures", { intent: "target", target }, "target");
  expect(sentences((await set("21")).text)).toContain("Give a whole number from 0 to 20.");
  expect((await set("5")).location).toContain("done=target");
  expect(formIn((await staff.supervisor.get("/desk/closures")).text, "target")).toMatchObject({ target: "5" });
});

it("an operator switches a change on after a look, counts what moves and reads no number", async () => {
  const { operator } = staff;
  const path = "/operator/law?change=ca.ab-1821";
  const looked = await operator.fill(path, { intent: "look-on", ...day("from", "2026-01-01") }, "from.year");
  expect(looked.status).toBe(200);
  expect(read(looked.text)).toMatch(/Open cases that move, by office .*Marigold County Sheriff \(demo\)\s+3\s+0/);
  expect(looked.text).not.toContain(number);
  const confirmed = await press(operator, path, looked, "on");
  expect([confirmed.status, confirmed.location]).toEqual([302, "/operator/law?done=1"]);
  const after = read((await operator.get("/operator/law")).text);
  expect(after).toContain("On from January 1, 2026");
  expect(after).toContain("10 working days, and at most 14 working days more");
  // Every rule that there is stands in the table.
  for (const { id } of LAW.listRules()) expect(after).toContain(id);

  const off = await operator.fill(path, { intent: "look-off" }, "from.year");
  expect(read(off.text)).toContain("would be off.");
  expect((await press(operator, path, off, "off")).status).toBe(302);
  expect(read((await operator.get("/operator/law")).text)).not.toContain("On from");
});

it("a holiday needs its day of the year, said at the field", async () => {
  const path = "/operator/law?change=ca.ab-2294";
  const fields = { intent: "look-on", detail: "April", ...day("from", "2027-01-01") };
  const answer = await staff.operator.fill(path, fields, "from.year");
  expect(sentences(answer.text)).toContain("Give the holiday as month and day, such as 04-15.");
  expect(formIn(answer.text, "detail")).toMatchObject({ detail: "April", "from.year": "2027" });
});
