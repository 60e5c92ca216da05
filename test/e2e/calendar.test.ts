// A calendar program has an address and nothing else: no cookie, no script, and it writes down what it is told.
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readIcs } from "#test/statistics/ics.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { enterStaff, fileRequest, numberOf, type Staff } from "#test/support/road-by-http.ts";
import { connectTo, findInTables } from "#test/support/secrets.ts";
import { signIn, type Visitor } from "#test/support/visitor.ts";

/** The demonstration's own cases that are worked on (app/cli/demo-stories.ts). */
const DEMO_OPEN = 6;

let portal: PortalProcess;
let client: pg.Client;
let staff: Staff;
let resident: Visitor;
let number: string;

beforeAll(async () => {
  portal = await startPortalProcess({ env: { LOG_LEVEL: "debug" } });
  client = await connectTo(portal.dataFolder);
  staff = await enterStaff(portal);
  resident = await signIn(portal, "vera@resident.example");
  number = await numberOf(resident, await fileRequest(resident));
});
afterAll(async () => {
  await client.end();
  await portal[Symbol.asyncDispose]();
});

/** Presses the button, and takes the address from the page that answers. */
async function makeAddress(visitor: Visitor): Promise<string> {
  const page = await visitor.post("/calendar?index", { intent: "make" });
  expect(page.status).toBe(200);
  return /<textarea[^>]*>\s*https?:\/\/[^/]+(\/calendar\/[\w-]{43}\.ics)\s*<\/textarea>/.exec(page.text)?.[1] ?? "";
}

const ask = (path: string, init: RequestInit = {}) => fetch(`${portal.url}${path}`, { redirect: "manual", ...init });

async function answerOf(path: string, init: RequestInit = {}) {
  const answer = await ask(path, init);
  const differing = ["date", "x-request-id", "content-security-policy"];
  const headers = [...answer.headers].filter(([name]) => !differing.includes(name));
  // A page's data names the request that it answers.
  const body = (await answer.text()).replace(/"requestId","[0-9a-f-]{36}"/, "");
  return { status: answer.status, headers, body };
}

describe("an address", () => {
  it("is shown once, and read without signing in: the days of the queue, as a file that every program reads", async () => {
    const path = await makeAddress(staff.clerk);
    const again = (await staff.clerk.get("/calendar")).text;
    expect(again).not.toContain(path);
    expect(again).toContain('value="revoke"');

    const answer = await ask(path);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("referrer-policy")).toBe("same-origin");
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="wholooked.ics"');
    expect(answer.headers.getSetCookie()).toEqual([]);
    const { events } = readIcs(new Uint8Array(await answer.arrayBuffer()));
    const days = events.filter(({ summary }) => summary.startsWith(number));
    expect(days.map(({ summary }) => summary.split(": ")[1]).sort()).toEqual([
      "answer due",
      "last day to tell of an extension",
      "our target for the answer",
    ]);
    const queue = (await staff.clerk.get("/desk")).text;
    const due = days.find(({ summary }) => summary.endsWith("answer due"));
    expect(queue).toContain(new URL(due?.url ?? "").pathname);
    const inWords = new Date(`${due?.on}T00:00:00Z`).toLocaleDateString("en-US", {
      dateStyle: "long",
      timeZone: "UTC",
    });
    expect(queue).toContain(inWords);
  });

  it("is the same for a program that asks only for the head", async () => {
    const path = await makeAddress(staff.clerk);
    const [head, whole] = [await answerOf(path, { method: "HEAD" }), await answerOf(path)];
    expect([head.status, head.body]).toEqual([200, ""]);
    expect(whole.status).toBe(200);
  });

  it("lacks what a wall hides, from the next reading on", async () => {
    const path = await makeAddress(staff.supervisor);
    expect(await (await ask(path)).text()).toContain(number);
    await client.query(
      `INSERT INTO wall (request_id, account_id, at)
       SELECT r.id, f.account_id, now() FROM request r, calendar_feed f
       WHERE r.number = $1 AND f.created_at = (SELECT max(created_at) FROM calendar_feed)`,
      [number],
    );
    expect(await (await ask(path)).text()).not.toContain(number);
    await client.query("DELETE FROM wall");
  });
});

describe("an address that is none", () => {
  it("answers the same to the byte, whether it never was, was revoked, replaced, disabled or lost its role", async () => {
    const never = await answerOf(`/calendar/${"A".repeat(43)}.ics`);
    expect(never.status).toBe(404);
    expect(never.body).toBe("There is no calendar at this address.\nNo hay ningún calendario en esta dirección.\n");

    const replaced = await makeAddress(staff.intake);
    const revoked = await makeAddress(staff.intake);
    expect((await ask(revoked)).status).toBe(200);
    expect(await answerOf(replaced)).toEqual(never);
    expect((await staff.intake.post("/calendar?index", { intent: "revoke" })).status).toBe(200);
    expect(await answerOf(revoked)).toEqual(never);
    for (const guess of ["x", "..%2f..%2fetc", "%00", `${"A".repeat(43)}'--`, "a".repeat(2000)]) {
      expect(await answerOf(`/calendar/${guess}.ics`), guess).toEqual(never);
    }

    const advocate = await makeAddress(staff.advocate);
    expect((await ask(advocate)).status).toBe(200);
    const account = "(SELECT account_id FROM calendar_feed ORDER BY created_at DESC LIMIT 1)";
    await client.query(`UPDATE account SET disabled_at = now() WHERE id = ${account}`);
    expect(await answerOf(advocate)).toEqual(never);
    await client.query(`UPDATE account SET disabled_at = NULL WHERE id = ${account}`);
    expect((await ask(advocate)).status).toBe(200);
    await client.query(`UPDATE membership SET ended_at = now() - interval '1 day' WHERE account_id = ${account}`);
    expect(await answerOf(advocate)).toEqual(never);
    await client.query(`UPDATE membership SET ended_at = NULL WHERE account_id = ${account}`);
  });

  it("is told from a page's data neither", async () => {
    const revoked = await makeAddress(staff.intake);
    expect((await answerOf(`${revoked}.data`)).status).toBe(200);
    await staff.intake.post("/calendar?index", { intent: "revoke" });
    expect(await answerOf(`${revoked}.data`)).toEqual(await answerOf(`/calendar/${"A".repeat(43)}.ics.data`));
  });
});

it("a program in a loop is told to wait", async () => {
  const path = await makeAddress(staff.intake);
  const statuses: number[] = [];
  const begun = performance.now();
  for (let reading = 0; reading < 11; reading += 1) statuses.push((await ask(path)).status);
  expect(statuses).toEqual([...Array(10).fill(200), 429]);
  const wait = Number((await ask(path)).headers.get("retry-after"));
  // A minute after the first reading it may ask again; on a busy machine some of it has gone by.
  expect(wait).toBeLessThanOrEqual(60);
  expect(wait).toBeGreaterThanOrEqual(60 - Math.ceil((performance.now() - begun) / 1000));
});

it("no log line, no table and no other page holds a secret", async () => {
  const path = await makeAddress(staff.clerk);
  const secret = path.split("/")[2]?.replace(".ics", "") ?? "";
  expect(secret).toHaveLength(43);
  for (const method of ["GET", "HEAD", "POST"]) {
    await ask(path, { method, headers: { referer: `${portal.url}${path}`, origin: portal.url } });
    await ask(`${path}.data`, { headers: { referer: `${portal.url}${path}` } });
    await ask(`${path}/x`, { headers: { referer: `${portal.url}${path}` } });
  }
  expect(portal.log()).toContain('"msg":"request"');
  expect(portal.log()).not.toContain(secret);
  expect(await findInTables(client, [secret])).toEqual([]);
});

it("the queue is not there for whoever works on no cases, nor are its figures", async () => {
  for (const path of ["/desk", "/desk.data", "/desk?show=all", "/desk/figures", "/desk/figures.data"]) {
    for (const visitor of [resident, staff.intake, staff.advocate, staff.operator]) {
      expect((await visitor.get(path)).status, path).toBe(404);
    }
    expect((await staff.clerk.get(path)).status, path).toBe(200);
  }
});

describe("the queue", () => {
  it("leads with the ticked cases to the page on which they are extended", async () => {
    const { text } = await staff.clerk.get("/desk");
    const form = /<form\b[^>]*method="get"[^>]*action="\/desk\/extend"[^>]*>(.*?)<\/form>/s.exec(text)?.[1] ?? "";
    expect(form).toContain(`Extend case ${number}`);
    const ticks = [...form.matchAll(/<input\b[^>]*type="checkbox"[^>]*name="case"[^>]*value="[0-9a-f-]{36}"/g)];
    expect(ticks).toHaveLength([...form.matchAll(/Extend case WL-/g)].length);
    expect(form).toContain("Extend the ticked cases");
  });

  it.each(["open", "week", "late", "promised", "waiting", "proposed", "all", "no-such-filter"])(
    "has a page for %s",
    async (show) => {
      const page = await staff.clerk.get(`/desk?show=${show}`);
      expect(page.status).toBe(200);
      expect(page.text.includes(number)).toBe(["open", "all", "no-such-filter"].includes(show));
      // The demonstration has cases of every kind but one.
      expect(page.text.includes("wl-empty")).toBe(show === "proposed");
    },
  );

  it("has pages of fifty", async () => {
    await client.query(
      `WITH made AS (
         INSERT INTO request (id, number, resident_id, key_id, answers_sealed, locale, created_at, saved_at, filed_at)
         SELECT gen_random_uuid(), 'ZZ-' || n, resident_id, key_id, answers_sealed, locale, created_at, saved_at, filed_at
         FROM request, generate_series(1, 60) n WHERE number = $1 RETURNING id, number),
       opened AS (
         INSERT INTO "case" (id, request_id, agency_id, number, rule, opened_at)
         SELECT gen_random_uuid(), made.id, c.agency_id, made.number || '-A', c.rule, c.opened_at
         FROM made, "case" c JOIN request r ON r.id = c.request_id WHERE r.number = $1 RETURNING id)
       INSERT INTO clock_event (id, case_id, kind, "on", recorded_at)
       SELECT gen_random_uuid(), opened.id, e.kind, e."on", e.recorded_at
       FROM opened, clock_event e JOIN "case" c ON c.id = e.case_id JOIN request r ON r.id = c.request_id
       WHERE r.number = $1 AND e.kind = 'received'`,
      [number],
    );
    const rows = async (path: string) =>
      [...(await staff.clerk.get(path)).text.matchAll(/href="\/desk\/cases\/[0-9a-f-]{36}"/g)].length;
    const more = DEMO_OPEN + 61 - 50;
    expect([await rows("/desk"), await rows("/desk?page=2"), await rows("/desk?page=99")]).toEqual([50, more, more]);
    expect([await rows("/desk?page=0"), await rows("/desk?page=x"), await rows("/desk?page=-1")]).toEqual([50, 50, 50]);
    expect((await staff.clerk.get("/desk")).text).toContain('href="/desk?show=open&amp;page=2"');
  });
});

it("figures are counted for the agency, and for all of them at the operator's", async () => {
  expect((await staff.clerk.get("/desk/figures")).text).toMatch(/No case was extended together with others/);
  expect((await staff.operator.get("/operator")).text).toContain("How the agencies keep their dates");
});
