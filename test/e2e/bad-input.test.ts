import { readFileSync } from "node:fs";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#app/platform/database/id.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { day, draftRequest, enterStaff, type Staff, sendRequest, walkByHttp } from "#test/support/road-by-http.ts";
import { connectTo } from "#test/support/secrets.ts";
import { AUDIT_HEADER, auditRow, upload } from "#test/support/upload.ts";
import { signIn, type Visitor } from "#test/support/visitor.ts";
import { PLACES } from "./places.ts";

const MB = 1_000_000;

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

async function count(table: string): Promise<number> {
  return Number((await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`)).rows[0]?.count);
}

/** Resident memory of the server, in bytes. */
function memory(): number {
  const status = readFileSync(`/proc/${portal.process.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

describe("a file that is no log", () => {
  const header = `${AUDIT_HEADER}\n`;
  const latin1 = Buffer.from(`${header}${auditRow("x-1", "7ABC123", { reason: "Jos\u00e9" })}\n`, "latin1");
  const cut = `${header}x-2,u-1,Marigold County SO,12,Last 30 days,7ABC123,"a reason that never en`;
  const random = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256));

  it.each<[string, string | Uint8Array, RegExp, string]>([
    ["empty", "", /The file is empty\. Accepted is: ID,Name/, "Refused"],
    ["binary", random, /The file is not text\. Accepted is|The first row is not a header/, "Refused"],
    ["of another kind", "name,plate\nSomebody,7ABC123\n", /The first row is not a header of this format/, "Refused"],
    ["not UTF-8", latin1, /The row is not UTF-8 text/, "Finished"],
    ["cut off inside a quoted cell", cut, /The file ends in the middle of this row/, "Finished"],
  ])(
    "%s: a sentence says what would be accepted, nothing is stored, the list says so",
    async (_, bytes, sentence, state) => {
      const before = await count("events.access_event");
      const batches = await count("batch");
      const uploaded = await upload(staff.clerk, bytes);
      const page = uploaded.status === 302 ? await staff.clerk.get(uploaded.location) : uploaded;
      expect(page.text).toMatch(sentence);
      expect(await count("events.access_event")).toBe(before);
      expect(await count("batch")).toBe(batches + 1);
      const { rows } = await client.query("SELECT * FROM batch ORDER BY received_at DESC LIMIT 1");
      expect(rows[0]).toMatchObject({ stored: "0" });
      expect(Number(rows[0].rows)).toBe(Number(rows[0].quarantined));
      const list = (await staff.clerk.get("/desk/feeds")).text;
      const line = list.split("<tr").find((row) => row.includes(rows[0].id)) ?? "";
      expect(line).toContain(state);
    },
  );

  it("250 MB in one line: refused or kept apart, and no more memory than for a fifth of it", async () => {
    const before = await count("events.access_event");
    const block = Buffer.alloc(MB, "a");
    const highestWith = async (size: number): Promise<number> => {
      let highest = memory();
      async function* line() {
        yield Buffer.from(`${header}y-${size},u-1,`);
        for (let sent = 0; sent < size; sent++) {
          yield block;
          highest = Math.max(highest, memory());
        }
      }
      const uploaded = await upload(staff.clerk, line());
      const page = uploaded.status === 302 ? await staff.clerk.get(uploaded.location) : uploaded;
      expect(page.text).toMatch(/The row is too large|file is too large|larger than/);
      return highest;
    };
    const short = await highestWith(50);
    const more = (await highestWith(250)) - short;
    expect(more, `${Math.round(more / MB)} MB more`).toBeLessThan(100 * MB);
    expect(await count("events.access_event")).toBe(before);
  });

  it("without a file, or without its log, is asked for", async () => {
    const form = new FormData();
    form.append("log", "demo-sheriff/alpr");
    expect((await staff.clerk.post("/desk/feeds/upload", form)).text).toMatch(/usa-error-message/);
    expect((await upload(staff.clerk, header, "another/alpr")).text).toMatch(/usa-error-message/);
    const broken = await staff.clerk.post("/desk/feeds/upload", { log: "demo-sheriff/alpr" });
    expect(broken.text).toMatch(/wl-error-summary/);
  });
});

describe("a form that nobody would fill in so", () => {
  it("a plate of 400 characters: the field says what it takes, and keeps what was typed", async () => {
    const id = await draftRequest(resident);
    const plate = "A".repeat(400);
    const page = await resident.fill(`/request/${id}/identifiers`, { plate0: plate, intent: "continue" }, "version");
    expect(page.status).toBe(200);
    expect(page.text).toContain("Enter a license plate of 2 to 8 letters and digits");
    expect(page.text).toContain(`value="${plate}"`);
  });

  it("a birth date in the future: the same", async () => {
    const id = await draftRequest(resident);
    const page = await resident.fill(
      `/request/${id}/you`,
      { ...day("birthDate", "2099-04-28"), intent: "continue" },
      "version",
    );
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/future/);
    expect(page.text).toContain('value="2099"');
  });

  it.each([
    "vera@resident.example\r\nBcc: other@resident.example",
    "vera@resident.example\nX: y",
    "a@b.example,c@d.example",
  ])("a mail address that is more than one (%j): refused, and nothing is mailed", async (email) => {
    const letters = await count("outbox_mail");
    const page = await resident.post("/sign-in?index", { email });
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/usa-error-message/);
    expect(await count("outbox_mail")).toBe(letters);
  });

  it("numbers, dates and ids that are none end in a page, never in a fault of ours", async () => {
    const id = await draftRequest(resident);
    for (const path of [
      "/request/1",
      "/request/'",
      "/history/%00",
      `/request/${id}/nowhere`,
      "/complaint/../../etc/passwd",
    ]) {
      expect((await resident.get(path)).status, path).toBe(404);
    }
    const odd = await resident.post(`/request/${id}/period`, {
      version: "x",
      "from.year": "-1",
      "from.month": "99",
      intent: "continue",
    });
    expect(odd.status).toBeLessThan(500);
  });
});

describe("the same form sent twice", () => {
  it("files one request, and both are led to it", async () => {
    const id = await draftRequest(resident);
    const { text } = await resident.get(`/request/${id}/check`);
    const version = /name="version" value="(\d+)"/.exec(text)?.[1] ?? "";
    const before = await count('"case"');
    const send = () => resident.post(`/request/${id}/check`, { version, intent: "continue" });
    const answers = await Promise.all([send(), send(), send()]);
    expect(await count('"case"')).toBe(before + 1);
    for (const { status, location } of answers)
      expect({ status, location }).toEqual({ status: 302, location: `/request/${id}` });
    expect((await send()).location).toBe(`/request/${id}`);
    expect(await count('"case"')).toBe(before + 1);
  });

  it("from a tab that is out of date changes nothing, and keeps what was typed", async () => {
    const id = await draftRequest(resident);
    const path = `/request/${id}/you`;
    const { text } = await resident.get(path);
    const version = /name="version" value="(\d+)"/.exec(text)?.[1] ?? "";
    const typed = { ...day("birthDate", "1991-07-14"), intent: "continue", version };
    expect((await resident.post(path, { ...typed, name: "First Tab" })).status).toBe(302);
    const stale = await resident.post(path, { ...typed, name: "Second Tab" });
    expect(stale.status).toBe(200);
    expect(stale.text).toContain("This request was changed in another window");
    expect(stale.text).toContain('value="Second Tab"');
    expect((await resident.get(path)).text).toContain('value="First Tab"');
  });

  it("to send a request that changed meanwhile asks to look again", async () => {
    const id = await draftRequest(resident);
    const stale = await resident.post(`/request/${id}/check`, { version: "1", intent: "continue" });
    expect(stale.status).toBe(200);
    expect(stale.text).toContain("Look at the answers below again, then send.");
    await sendRequest(resident, id);
  });
});

describe("a form from another site", () => {
  it.each([{ origin: "https://evil.example" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }])(
    "is not taken, whoever is signed in: %o",
    async (headers) => {
      const before = await count("request");
      const answer = await resident.post("/request/new", {}, headers as Record<string, string>);
      expect(answer.status).toBe(403);
      expect(await count("request")).toBe(before);
    },
  );
});

describe("HTML in what people and logs say", () => {
  const HOSTILE = '"><img src=x onerror=alert(1)></script><script>alert(2)</script>';

  it("is shown as the letters it consists of, on every page on which it stands", async () => {
    const rows = [1, 2, 3].map((row) =>
      auditRow(`h-${row}-${newId()}`, "7HTM001", {
        org: `SO ${HOSTILE}`,
        reason: `R ${HOSTILE}`,
        user: `U ${HOSTILE}`,
      }),
    );
    const log = `${AUDIT_HEADER}\n${rows.join("\n")}\n`;
    expect((await upload(staff.clerk, log)).status).toBe(302);
    const asked = { plate: "7HTM001", name: `N ${HOSTILE}`.slice(0, 110), agency: "Marigold County Sheriff (demo)" };
    const road = await walkByHttp(portal, "hostile@resident.example", asked, staff);
    const seen: string[] = [];
    for (const { at, audience } of PLACES.filter((place) => !place.pageless)) {
      const by =
        audience === "everyone" || audience === "signed-in" || audience[0] === "resident"
          ? road.resident
          : road.staff[audience[0]!];
      for (const path of at(road)) {
        const { text } = await by.get(path);
        expect(text, path).not.toMatch(/<img src=x|<script>alert|onerror=alert\(1\)>(?!&)/);
        if (text.includes("&lt;img src=x")) seen.push(path.split("/")[1] ?? "");
      }
    }
    expect(seen).toContain("desk");
    expect(seen).toContain("history");
  });
});
