// What a clerk, a supervisor and an operator do with the logs: look, remind, promise, and work the quarantine.
import { generateKeyPairSync } from "node:crypto";
import type pg from "pg";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, localDate } from "#app/platform/time/local-date.ts";
import { systemTime } from "#app/platform/time/time.ts";
import { formatDate } from "#app/ui/format.ts";
import { LOCALES } from "#app/ui/locale.ts";
import { launchBrowser } from "#test/support/browser.ts";
import { enter, keepPicture } from "#test/support/feed-pages.ts";
import { findFaults } from "#test/support/page-faults.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { enterStaff, type Staff, sentences } from "#test/support/road-by-http.ts";
import { connectTo } from "#test/support/secrets.ts";
import { AUDIT_HEADER, auditRow, upload } from "#test/support/upload.ts";
import { formIn, passStepUp, setUpPhone, signIn, type Visitor } from "#test/support/visitor.ts";

const LOG = "/desk/feeds/log/demo-sheriff/alpr";
const QUARANTINE = `${LOG}/quarantine`;
const today = localDate(systemTime.now(), "America/Los_Angeles");

let portal: PortalProcess;
let client: pg.Client;
let browser: Browser;
let staff: Staff;

beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortalProcess(), launchBrowser()]);
  client = await connectTo(portal.dataFolder);
  staff = await enterStaff(portal);
  // The sheriff has delivered here for a hundred days, keeps its log for 70, and the newest part is overdue.
  await client.query(
    "UPDATE custody SET since = $1::date, kept_days = 70 WHERE agency_id = (SELECT id FROM agency WHERE slug = 'demo-sheriff')",
    [addDays(today, -100)],
  );
  const file = [
    AUDIT_HEADER,
    auditRow("q-1", "8CAN001"),
    AUDIT_HEADER,
    auditRow("q-2", "8CAN002").replace("05:00:00 AM UTC", "never"),
    "TOTAL,,Canary line",
    // The same row waits once, so the second of these is not quite the same.
    `${AUDIT_HEADER} `,
  ];
  expect((await upload(staff.clerk, `${file.join("\n")}\n`)).status).toBe(302);
});
afterAll(async () => {
  await client.end();
  await browser.close();
  await portal[Symbol.asyncDispose]();
});

/** What a reader sees: no tags, and nothing hidden. */
function read(html: string): string {
  return html
    .replace(/<script.*?<\/script>/gs, " ")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#x27;", "'")
    .replace(/\s+/g, " ");
}

async function counts() {
  const { rows } = await client.query(
    "SELECT rows, stored, duplicates, quarantined, discarded FROM batch WHERE via = 'upload' ORDER BY received_at LIMIT 1",
  );
  const { rows: all, ...parts } = Object.fromEntries(
    Object.entries<string>(rows[0]).map(([name, value]) => [name, Number(value)]),
  );
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(all);
  return parts;
}

describe("one log", () => {
  it("says what is due, what is lost, what is missing and what to do, in both languages", async () => {
    const page = await staff.clerk.get(LOG);
    const said = read(page.text);
    expect(said).toContain("Overdue: the log from");
    expect(said).toContain("The source has deleted these missing days");
    expect(said).toContain("Nothing has arrived since, and the delivery is overdue.");
    expect(said).toContain("Export the log from the first of these days on and deliver it.");
    expect(said).toContain("Browser");
    expect(said).toContain("The header stands here a second time");
    expect(said).toMatch(/This log has been delivered here since/);
    expect(page.text).toContain(`${QUARANTINE}`);
    expect(page.text).not.toContain(`${LOG}/promise`);
    const spanish = await staff.clerk.get("/language/es?back=/desk");
    expect(spanish.status).toBe(302);
    expect(read((await staff.clerk.get(LOG)).text)).toContain("Atrasado: el registro desde");
    await staff.clerk.get("/language/en?back=/desk");
  });

  it("is seen by an operator, without the quarantine and without opening a delivery", async () => {
    const page = await staff.operator.get(LOG);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain(QUARANTINE);
    expect(page.text).not.toMatch(/href="\/desk\/feeds\/[0-9a-f-]{36}"/);
    expect((await staff.operator.get("/desk/feeds")).text).toContain(LOG);
  });

  it("and its acts are there for nobody from elsewhere", async () => {
    const stranger = await signIn(portal, "clerk@elsewhere.example");
    await client.query(
      `INSERT INTO membership (id, account_id, agency_id, role, created_at)
       SELECT gen_random_uuid(), a.id, g.id, r.role, now() FROM (SELECT id FROM account ORDER BY created_at DESC LIMIT 1) a,
         (SELECT id FROM agency WHERE slug = 'demo-state') g, (VALUES ('clerk'), ('supervisor')) r(role)`,
    );
    await setUpPhone(stranger);
    const row = (await client.query("SELECT id FROM quarantine LIMIT 1")).rows[0].id;
    for (const path of [LOG, QUARANTINE, `${LOG}/promise`, `${LOG}/remind`]) {
      expect((await stranger.get(path)).status, path).toBe(404);
      expect((await stranger.get(`${path}.data`)).status, path).toBe(404);
    }
    const acts = [
      { intent: "open", row },
      { intent: "replay", row },
      { intent: "discard", row, why: "no-look-up", words: "" },
      { intent: "discard-all", reason: "header-again" },
      { intent: "put-back", row },
    ];
    const before = await counts();
    for (const fields of acts) expect((await stranger.post(QUARANTINE, fields)).status, fields.intent).toBe(404);
    // Their own log has no such row.
    for (const fields of acts.filter((act) => act.intent !== "discard-all")) {
      const own = await stranger.post("/desk/feeds/log/demo-state/clets/quarantine", fields);
      expect(own.status, fields.intent).toBe(404);
    }
    expect((await stranger.post(`${LOG}/promise`, { rhythm: "300" })).status).toBe(404);
    expect((await stranger.post(`${LOG}/remind`, { digest: "0" })).status).toBe(404);
    expect(await counts()).toEqual(before);
  });
});

describe("a reminder", () => {
  it("goes out once by itself, and again when a supervisor has looked at it", async () => {
    const { supervisor } = staff;
    const page = await supervisor.get(`${LOG}/remind`);
    expect(read(page.text)).toContain("Nothing has arrived for");
    const stale = await supervisor.post(`${LOG}/remind`, { digest: "0" });
    expect(sentences(stale.text)).toContain("has changed since you looked");
    const sent = await supervisor.post(`${LOG}/remind`, formIn(page.text, "digest"));
    expect([sent.status, sent.location]).toEqual([302, `${LOG}?done=reminder`]);
    expect(read((await supervisor.get(sent.location)).text)).toContain("The reminder is on its way.");
    const again = await supervisor.fill(`${LOG}/remind`, {}, "digest");
    expect(sentences(again.text)).toContain("was sent by hand today");
    expect(read((await supervisor.get(`${LOG}/remind`)).text)).toContain(formatDate(today, "en"));
  });
});

describe("a promise", () => {
  it("is changed from today on; what is wrong is said at its field, and what was typed is kept", async () => {
    const { supervisor } = staff;
    const wrong = await supervisor.fill(`${LOG}/promise`, { rhythm: "soon", kept: "70" }, "rhythm");
    expect(sentences(wrong.text)).toContain("Give a whole number of days from 1 to 366.");
    expect(formIn(wrong.text, "rhythm")).toMatchObject({ rhythm: "soon", kept: "70" });
    const saved = await supervisor.fill(`${LOG}/promise`, { rhythm: "7", contact: "logs@agency.example" }, "rhythm");
    expect(saved.location).toBe(`${LOG}?done=promise`);
    const said = read((await supervisor.get(saved.location)).text);
    expect(said).toMatch(/The beginning 14 days 70 days/);
    expect(said).toContain(`${formatDate(today, "en")} 7 days 70 days`);
    expect(formIn((await supervisor.get(`${LOG}/promise`)).text, "rhythm")).toMatchObject({
      contact: "logs@agency.example",
    });
  });
});

describe("the keys of machines that push", () => {
  const KEYS = "/desk/feeds/keys/demo-sheriff";
  const pemOf = (type: "public" | "private") => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    return type === "public"
      ? publicKey.export({ format: "pem", type: "spki" }).toString()
      : privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  };

  it("are added, checked, and revoked after a second look, by supervisors alone", async () => {
    const { supervisor, clerk } = staff;
    expect((await clerk.get(KEYS)).status).toBe(404);
    expect((await clerk.get(LOG)).text).not.toContain(KEYS);
    expect((await supervisor.get(LOG)).text).toContain(KEYS);
    expect(read((await supervisor.get(KEYS)).text)).toContain("No key is registered");
    const secret = pemOf("private");
    const given = await supervisor.fill(KEYS, { pem: secret, "from.month": "1" }, "pem");
    expect(sentences(given.text)).toContain("Give a day that exists");
    const told = await supervisor.fill(KEYS, { pem: secret }, "pem");
    expect(sentences(told.text)).toContain("That is a private key");
    for (const page of [given, told]) expect(page.text).not.toContain(secret.split("\n")[1]);
    const pem = pemOf("public");
    const added = await supervisor.fill(KEYS, { pem }, "pem");
    // It asks for a proof first, and goes on with what was typed.
    expect(added.location).toMatch(/^\/step-up\//);
    expect((await passStepUp(supervisor, added.location)).location).toBe(`${KEYS}?done=added`);
    expect(sentences((await supervisor.fill(KEYS, { pem }, "pem")).text)).toContain("registered already");
    const id = (await client.query("SELECT id FROM feed_key")).rows[0].id;
    const asked = await supervisor.get(`${KEYS}?revoke=${id}`);
    expect(read(asked.text)).toContain(`Revoke the key ${id}?`);
    expect((await clerk.post(KEYS, { intent: "revoke", key: id })).status).toBe(404);
    // A key is found on the page of its own custodian alone.
    const elsewhere = await supervisor.post("/desk/feeds/keys/demo-state", { intent: "revoke", key: id });
    expect(elsewhere.status).toBe(404);
    expect((await client.query("SELECT revoked_at FROM feed_key")).rows).toEqual([{ revoked_at: null }]);
    const revoked = await supervisor.post(KEYS, { intent: "revoke", key: id });
    expect(read((await supervisor.get(revoked.location)).text)).toContain("The key is revoked.");
    const acts = await client.query("SELECT act FROM ledger.entry WHERE act LIKE 'feed.key-%' ORDER BY seq");
    expect(acts.rows.map(({ act }) => act)).toEqual(["feed.key-added", "feed.key-revoked"]);
  });
});

describe("the quarantine", () => {
  const press = (fields: Record<string, string>, visitor: Visitor = staff.clerk) => visitor.post(QUARANTINE, fields);
  const rowOf = async (reason: string) =>
    (await client.query("SELECT id FROM quarantine WHERE reason = $1 AND discarded_at IS NULL", [reason])).rows[0].id;

  it("repeated headers are taken out at once, a totals line with a reason, and it can be put back", async () => {
    const all = await press({ intent: "discard-all", reason: "header-again" });
    expect(read((await staff.clerk.get(all.location)).text)).toContain("2 rows are taken out.");
    const others = await press({ intent: "discard-all", reason: "time" });
    expect(sentences(others.text)).toContain("open them and take them out one by one");

    const row = await rowOf("cell-count");
    const opened = await press({ intent: "open", row });
    expect(opened.text).toContain("TOTAL,,Canary line");
    const without = await press({ intent: "discard", row, why: "other", words: "" });
    expect(sentences(without.text)).toContain("Say in a few words why this row is taken out.");
    expect(without.text).toContain("TOTAL,,Canary line");
    const taken = await press({ intent: "discard", row, why: "no-look-up", words: "Totals" });
    expect(taken.status).toBe(302);
    expect(await counts()).toEqual({ stored: 1, duplicates: 0, quarantined: 1, discarded: 3 });
    const back = await press({ intent: "put-back", row });
    expect(read((await staff.clerk.get(back.location)).text)).toContain("The row waits again.");
    expect(await counts()).toEqual({ stored: 1, duplicates: 0, quarantined: 2, discarded: 2 });
  });

  it("rows are read again by reason, and those that still cannot be read wait on", async () => {
    const again = await press({ intent: "replay", reason: "time" });
    expect([again.status, again.location]).toEqual([302, `${QUARANTINE}?done=replay`]);
    await expect
      .poll(async () => read((await staff.clerk.get(again.location)).text), { timeout: 20_000, interval: 250 })
      .toMatch(/1 of 1, done on .* Stored: 0. Known already: 0. Still waiting: 1./);
    expect(await counts()).toMatchObject({ quarantined: 2 });
    expect((await press({ intent: "nothing" })).status).toBe(404);
    expect((await press({ intent: "replay", row: "no-id" })).status).toBe(404);
  });
});

describe.each(LOCALES)("the pages in %s", (locale) => {
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    ({ context, page } = await enter(browser, portal, staff.supervisor, locale));
  });
  afterAll(() => context.close());

  it("can be used with a screen reader, at a desk and on a phone, in each of their states", async () => {
    const faults: string[] = [];
    const look = async (name: string) => {
      faults.push(...(await findFaults(page, locale)).map((fault) => `${name}: ${fault}`));
      await keepPicture(page, `${name}-${locale}`);
    };
    for (const [name, path] of [
      ["overview", "/desk/feeds"],
      ["log", LOG],
      ["other-log", "/desk/feeds/log/demo-state/clets"],
      ["remind", `${LOG}/remind`],
      ["promise", `${LOG}/promise`],
      ["quarantine", QUARANTINE],
      ["filtered", `${QUARANTINE}?reason=time`],
      ["keys", "/desk/feeds/keys/demo-sheriff"],
      ["empty", "/desk/feeds/log/demo-state/clets/quarantine"],
    ] as const) {
      await page.goto(`${portal.url}${path}`);
      if (name === "log") await page.locator(".wl-calendar summary").click();
      await look(name);
    }
    await page.goto(`${portal.url}${QUARANTINE}`);
    await page.locator('button[value="open"]').first().click();
    await page.waitForSelector("#opened");
    await look("opened");
    await page.locator('button[value="discard"]').click();
    await page.waitForSelector(".wl-error-summary");
    await look("refused");
    expect(faults).toEqual([]);
  });

  it("the picture of the year says what the table says", async () => {
    await page.goto(`${portal.url}${LOG}`);
    const drawn = await page.evaluate(() => {
      const days: Record<string, number> = {};
      for (const day of document.querySelectorAll(".wl-calendar__months .wl-day")) {
        const state = [...day.classList].find((name) => name.startsWith("wl-day--"))?.slice(8) ?? "";
        days[state] = (days[state] ?? 0) + 1;
      }
      return days;
    });
    const rows = await page
      .locator(".wl-calendar table tbody tr")
      .evaluateAll((all) => all.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "")));
    const told = new Map<string, number>();
    for (const [state = "", days = "0"] of rows) told.set(state, (told.get(state) ?? 0) + Number(days));
    const { ahead = 0, ...passed } = drawn;
    expect(Object.values(passed).sort()).toEqual([...told.values()].sort());
    const year = Number(today.slice(0, 4));
    const inYear = year % 4 === 0 ? 366 : 365;
    expect(Object.values(passed).reduce((sum, days) => sum + days, ahead)).toBe(inYear);
  });
});
