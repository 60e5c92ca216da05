// A clerk runs a case's clock at the pages, and the resident reads the letters. No browser: nothing here needs a script.
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { day, enterStaff, fileRequest, numberOf, type Staff } from "#test/support/road-by-http.ts";
import { connectTo } from "#test/support/secrets.ts";
import { type Answer, type Fields, formIn, signIn, type Visitor } from "#test/support/visitor.ts";

const SIGNER = "Rosa Mata, Records Supervisor";

let portal: PortalProcess;
let client: pg.Client;
let staff: Staff;
let resident: Visitor;
beforeAll(async () => {
  portal = await startPortalProcess();
  client = await connectTo(portal.dataFolder);
  [staff, resident] = await Promise.all([enterStaff(portal), signIn(portal, "vera@resident.example")]);
});
afterAll(async () => {
  await client.end();
  await portal[Symbol.asyncDispose]();
});

interface Filed {
  readonly requestId: string;
  readonly caseId: string;
}

async function filed(): Promise<Filed> {
  const requestId = await fileRequest(resident);
  const number = await numberOf(resident, requestId);
  const row = await client.query<{ id: string }>('SELECT id FROM "case" WHERE number LIKE $1', [`${number}-%`]);
  return { requestId, caseId: row.rows[0]?.id ?? "" };
}

/** What a person reads of a page: no tags. */
function read({ text }: Pick<Answer, "text">): string {
  return text
    .replace(/<script.*?<\/script>|<!--.*?-->/gs, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

/** From the form of an act to its letter. */
async function preview(clerk: Visitor, caseId: string, act: string, fields: Fields): Promise<Answer> {
  return clerk.fill(`/desk/cases/${caseId}/clock?act=${act}`, { ...fields, intent: "preview" }, "act");
}

/** What the page of the letter would send, but for its button. */
const hidden = ({ text }: Answer, has = "digest") => formIn(text, has);

const countOf = async (table: string, where = "true") =>
  Number((await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`)).rows[0]?.n);

describe("more time", () => {
  it("is asked for, read as a letter, changed, and sent; the resident reads the same words", async () => {
    const { requestId, caseId } = await filed();
    const path = `/desk/cases/${caseId}/clock`;
    expect((await staff.clerk.get(`/desk/cases/${caseId}`)).text).toContain(`href="${path}"`);
    expect(read(await staff.clerk.get(path))).toContain("Stop the clock: Gov. Code § 7922.535(a) names no event");

    const empty = await preview(staff.clerk, caseId, "extend", { length: "15" });
    expect(read(empty)).toContain("Name who signs, with the title.");
    expect(empty.text).toContain('value="15"');
    const long = await preview(staff.clerk, caseId, "extend", { length: "15", ground: "voluminous", signer: SIGNER });
    expect(read(long)).toContain(
      "The law does not allow this. An extension of 15 is not allowed; give a whole number from 1 to 14.",
    );

    const typed = { ground: "voluminous", length: "7", words: "Line one.\r\n\r\n<b>Line two.</b>", signer: SIGNER };
    const letter = await preview(staff.clerk, caseId, "extend", typed);
    expect(read(letter)).toContain("Read the letter before it goes");
    expect(letter.text).toContain("Line one.\n\n&lt;b&gt;Line two.&lt;/b&gt;");
    expect(await countOf("letter", `kind = 'extension' AND case_id = '${caseId}'`)).toBe(0);

    const back = await staff.clerk.post(`${path}?act=extend`, { ...hidden(letter), intent: "change" });
    expect(back.text).toContain("&lt;b&gt;Line two.&lt;/b&gt;</textarea>");
    expect(back.text).toMatch(/value="7"/);
    expect(back.text).toMatch(/checked=""[^>]*value="voluminous"|value="voluminous"[^>]*checked=""/);

    const sent = await staff.clerk.post(`${path}?act=extend`, { ...hidden(letter), intent: "send" });
    expect([sent.status, sent.location]).toEqual([302, `${path}?done`]);
    const after = read(await staff.clerk.get(`${path}?done`));
    expect(after).toContain("Done. The resident has the letter.");
    expect(after).toMatch(
      /More time was taken .*Ground: A very large number of separate records.*Time taken: 7 days\. The date moved from/,
    );
    expect(after).toContain("gives more time once");

    const again = await staff.clerk.post(`${path}?act=extend`, { ...hidden(letter), intent: "send" });
    expect(again.status).toBe(200);
    expect(read(again)).toContain("gives more time once");
    expect(await countOf("letter", `kind = 'extension' AND case_id = '${caseId}'`)).toBe(1);

    const own = await resident.get(`/request/${requestId}`);
    expect(read(own)).toMatch(/More time for the agency: .* The date moved from/);
    const letterPath = /href="(\/request\/[\w-]+\/letters\/[\w-]+)"[^>]*>More time/.exec(own.text)?.[1] ?? "";
    const page = await resident.get(letterPath);
    expect(page.text).toContain("Line one.\n\n&lt;b&gt;Line two.&lt;/b&gt;");
    expect(page.text).toMatch(/<title>A letter to you/);
    expect(read(await resident.get(`/request/${requestId}/readers`))).toContain("Took more time, and wrote to you");
  });

  it("a letter that is not the one that was read is not sent, and what was typed is kept", async () => {
    const { caseId } = await filed();
    const path = `/desk/cases/${caseId}/clock?act=extend`;
    const letter = await preview(staff.clerk, caseId, "extend", { ground: "voluminous", length: "7", signer: SIGNER });
    const other = { ...hidden(letter), length: "9", intent: "send" };
    const refused = await staff.clerk.post(path, other);
    expect(refused.status).toBe(200);
    expect(read(refused)).toContain("Something has changed since you read this letter.");
    expect(refused.text).toContain('value="9"');
  });

  it("in several cases: each its own ground and tick, all letters first, then each sent", async () => {
    const [one, two, three] = [await filed(), await filed(), await filed()].map(({ caseId }) => caseId);
    const path = `/desk/extend?case=${one}&case=${two}&case=${three}`;
    const first = await staff.supervisor.get(path);
    expect(first.text.match(/name="take-[\w-]+\[\]"/g)).toHaveLength(3);
    const nothing = await staff.supervisor.fill(path, { intent: "preview", signer: SIGNER }, "signer");
    expect(read(nothing)).toContain("Tick at least one case that you have looked at.");

    const ticked = {
      signer: SIGNER,
      [`take-${one}[]`]: "yes",
      [`ground-${one}`]: "consultation",
      [`length-${one}`]: "3",
      [`take-${two}[]`]: "yes",
      [`length-${two}`]: "4",
    };
    const missing = await staff.supervisor.fill(path, { ...ticked, intent: "preview" }, "signer");
    expect(missing.text).toContain(`href="#field-ground-${two}"`);
    expect(missing.text).not.toContain('name="digest-');

    const letters = await staff.supervisor.fill(
      path,
      { ...ticked, [`ground-${two}`]: "voluminous", intent: "preview" },
      "signer",
    );
    expect(letters.text.match(/name="digest-[\w-]+"/g)).toHaveLength(2);
    expect(read(letters)).toMatch(/Left as they are: WL-/);
    expect(read(letters)).toContain("Another agency, or another part of this one, must be consulted.");
    const sent = await staff.supervisor.post(path, { ...hidden(letters, "signer"), intent: "send" });
    expect(sent.status).toBe(302);
    const done = read(await staff.supervisor.get(sent.location));
    expect(done).toContain("2 cases were extended.");
    expect(done).toContain("These cannot be extended");
    const { rows } = await client.query(
      "SELECT length, ground, group_id FROM clock_event WHERE case_id = ANY($1) AND kind = 'extended' ORDER BY length",
      [[one, two, three]],
    );
    expect(rows.map(({ length, ground }) => [length, ground])).toEqual([
      ["3", "consultation"],
      ["4", "voluminous"],
    ]);
    expect(rows[0].group_id).toBe(rows[1].group_id);
    expect(rows[0].group_id).not.toBeNull();
    // A case of nobody's among them: no page at all. Nothing ticked: the list of cases.
    expect((await staff.supervisor.get(`${path}&case=00000000-0000-4000-8000-000000000000`)).status).toBe(404);
    expect((await staff.supervisor.get("/desk/extend")).location).toBe("/desk");
  });
});

describe("questions, answers and decisions", () => {
  it("asks, records what came, refuses a day that cannot be, and sends the decision", async () => {
    const { requestId, caseId } = await filed();
    const path = `/desk/cases/${caseId}/clock`;
    const send = async (act: string, fields: Fields) => {
      const letter = await preview(staff.clerk, caseId, act, fields);
      expect(read(letter), act).toContain("Read the letter before it goes");
      const sent = await staff.clerk.post(`${path}?act=${act}`, { ...hidden(letter), intent: "send" });
      expect(sent.status, act).toBe(302);
    };
    await send("ask-fee", { amount: "12.50", words: "For the copies.", signer: SIGNER });
    const future = await preview(staff.clerk, caseId, "record-fee", day("on", "2099-01-01"));
    expect(read(future)).toContain("Enter a day that is not in the future.");
    expect(future.text).toContain('value="2099"');
    await send("record-fee", {});
    const laws = { "exemptions[]": ["ca.cpra.investigation", "ca.cpra.other-law/Gov. Code § 15153"] };
    const decision = {
      words: "It is copied.",
      people: `${SIGNER}\r\nTomas Ibarra, Captain`,
      ...day("availableOn", "2099-01-04"),
    };
    const whole = await preview(staff.clerk, caseId, "determination", { ...decision, ...laws, outcome: "whole" });
    expect(read(whole)).toContain("When all is released, no law is needed");
    await send("determination", { ...decision, ...laws, outcome: "part", availableAt: "09:00" });
    const own = await resident.get(`/request/${requestId}`);
    const letterPath = /href="(\/request\/[\w-]+\/letters\/[\w-]+)"[^>]*>The decision/.exec(own.text)?.[1] ?? "";
    const letter = read(await resident.get(letterPath));
    expect(letter).toContain("available on Sunday, January 4, 2099, 9:00 AM");
    expect(letter).toContain("Gov. Code § 15153");
    expect(read(await staff.clerk.get(path))).toContain("The clock ended with the answer on");
    // The law is answered; the records are not out, and everybody reads by when they were promised.
    const promised = /by\s+Sunday, January 4, 2099, 9:00 AM/;
    expect(read(own)).toMatch(/The agency has decided\. It promised the records by\s+Sunday, January 4, 2099, 9:00 AM/);
    expect(read(own)).toContain("Decided, records to come");
    for (const page of [path, `/desk/cases/${caseId}`]) expect(read(await staff.clerk.get(page))).toMatch(promised);
    for (const show of ["open", "promised"]) {
      const queue = await staff.clerk.get(`/desk?show=${show}`);
      expect(queue.text, show).toContain(`href="/desk/cases/${caseId}"`);
      expect(read(queue), show).toContain("January 4, 2099, 9:00 AM");
    }
    // The menu of acts has nothing left to offer.
    expect((await staff.clerk.get(`${path}?act=extend`)).text).not.toContain('name="signer"');
  });

  it("an act that there is not is not understood, and breaks nothing", async () => {
    const { caseId } = await filed();
    const odd = await staff.clerk.post(`/desk/cases/${caseId}/clock`, { act: "erase", intent: "send", digest: "0" });
    expect(odd.status).toBe(200);
    expect(odd.text).toContain("wl-error-summary");
    expect((await staff.clerk.get(`/desk/cases/${caseId}/clock?act=__proto__`)).status).toBe(200);
  });

  it("speaks Spanish to a clerk, and the resident's language in the letter", async () => {
    const { caseId } = await filed();
    await staff.clerk.get("/language/es");
    const letter = await preview(staff.clerk, caseId, "ask-information", { words: "¿Qué meses?", signer: SIGNER });
    const page = read(letter);
    await staff.clerk.get("/language/en");
    expect(page).toContain("Lea la carta antes de que salga");
    expect(page).toContain("A question about your request");
  });
});
