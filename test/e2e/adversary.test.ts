// An ex-partner holds the victim's mailbox, name, birth date and address, and walks through the real pages as the victim.
import { readFileSync } from "node:fs";
import type pg from "pg";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pdf } from "#test/requests/identity/given-files.ts";
import { codeOn } from "#test/requests/identity/given-identity.ts";
import { pdfText } from "#test/requests/identity/paper.ts";
import { launchBrowser } from "#test/support/browser.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { fileRequest, type Road, sentences, walkByHttp } from "#test/support/road-by-http.ts";
import { connectTo } from "#test/support/secrets.ts";
import { mailedCode, newVisitor, setUpPhone, signIn, type Visitor } from "#test/support/visitor.ts";
import { choose, fillDate, press, pressIntent } from "./walkthrough/press.ts";
import type { Person } from "./walkthrough/stage.ts";

/** The victim, as the adversary knows her. */
const MAIL = "vera@resident.example";
const NAME = "Vera Quintero";
const BORN = "1991-07-14";
const HOME = "1417 Quarry Lane\nFresno, CA 93721";
const PLATE = "7DEM042";
const AGENCY = "Marigold County Sheriff (demo)";
const HELD = "does not open by your mail alone";

let portal: PortalProcess;
let client: pg.Client;
let browser: Browser;
/** The victim has asked, has proved who she is, and has her answer and a complaint. */
let road: Road;
/** What her answer says of look-ups, and nothing that the adversary knows. */
let found: string[];

beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortalProcess(), launchBrowser()]);
  client = await connectTo(portal.dataFolder);
  road = await walkByHttp(portal, MAIL);
  found = lookUps();
});
afterAll(async () => {
  await client.end();
  await browser.close();
  await portal[Symbol.asyncDispose]();
});

/** Everything that the adversary's browser was given, whatever it was. */
interface Adversary extends Person {
  readonly context: BrowserContext;
  given(): Promise<string>;
}

async function arrive(): Promise<Adversary> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "en-US" });
  const bodies: Promise<string>[] = [];
  context.on("response", (response) => {
    // The demonstration's mail page is the test's own way to the mailbox.
    const isPage = !/\/(?:assets|dev)\//.test(new URL(response.url()).pathname);
    if (isPage) bodies.push(response.text().catch((error: Error) => `no body: ${error.name}`));
  });
  return {
    context,
    page: await context.newPage(),
    picture: async () => undefined,
    given: async () => (await Promise.all(bodies)).join("\n"),
  };
}

/** By the code in the victim's mailbox. */
async function signInAsVictim(adversary: Adversary): Promise<void> {
  const { page } = adversary;
  await page.goto(`${portal.url}/my`);
  await page.locator('[name="email"]').fill(MAIL);
  await press(adversary, "Send me a code");
  await page.locator('[name="code"]').fill(await mailedCode(portal, MAIL));
  await press(adversary, "Sign in");
}

const main = (page: Page) => page.getByRole("main").innerText();

/** What the demonstration's log says of the victim's plate: who searched, in which words, when. */
function lookUps(): string[] {
  const rows = readFileSync("prisma/demo/sheriff-alpr.csv", "utf8").split("\n");
  const cells = rows.filter((row) => row.includes(`,${PLATE},`)).map((row) => row.split(","));
  return [...new Set(cells.flatMap((row) => [row[2] ?? "", row[7] ?? ""]).filter((text) => text.length > 5))];
}

const namesIn = (text: string) => found.filter((name) => text.includes(name));

describe("an ex-partner with the victim's mailbox, name, birth date and address", () => {
  let adversary: Adversary;
  let friend: Visitor;
  let ownRequest = "";
  let ownCase = "";

  it("signs in as the victim: what stands there is the request, and neither an answer nor a number of it", async () => {
    // The victim, in her own browser, sees all of it: so there is something to be found.
    expect(namesIn((await road.resident.get(`/history/${road.releaseId}`)).text).length).toBeGreaterThan(2);
    adversary = await arrive();
    const { page } = adversary;
    await signInAsVictim(adversary);
    expect(page.url()).toBe(`${portal.url}/my`);
    await page.goto(`${portal.url}/request/${road.requestId}`);
    const text = await main(page);
    expect(text).toContain(HELD);
    expect(text).not.toMatch(/\d+ look-ups?/);
  });

  it("opens the answer, its PDF, its data and what hangs on it: the page says what else would do", async () => {
    const { page } = adversary;
    const { releaseId, requestId, complaintId, letterId } = road;
    const held = [
      `/history/${releaseId}`,
      `/history/${releaseId}/dispute?line=1`,
      `/complaint/${complaintId}`,
      `/request/${requestId}/readers`,
      `/request/${requestId}/representatives`,
      `/request/${requestId}/walls`,
      `/request/${requestId}/reach`,
      `/account/set-up`,
    ];
    for (const path of held) {
      const answer = await page.goto(`${portal.url}${path}`);
      // To set up a factor asks for nothing yet: what is pressed there is refused.
      if (path === "/account/set-up" && answer?.status() === 200) await pressIntent(adversary, "begin");
      expect(await main(page), path).toContain("You came in by your mail alone");
    }
    for (const path of [`/history/${releaseId}.data`, `/history/${releaseId}.pdf`, `/complaint/${complaintId}.data`]) {
      const answer = await adversary.context.request.get(`${portal.url}${path}`);
      expect(namesIn(await answer.text()), path).toEqual([]);
      expect((await answer.body()).subarray(0, 5).toString("latin1"), path).not.toBe("%PDF-");
    }
    await page.goto(`${portal.url}/request/${requestId}/letters/${letterId}`);
    expect(namesIn(await main(page))).toEqual([]);
    await page.goto(`${portal.url}/complaint`);
    expect(await main(page)).not.toMatch(/CP-\d{4}-\d+/);
  });

  it("files in the victim's name, with all that she knows", async () => {
    const { page } = adversary;
    await page.goto(`${portal.url}/request/new`);
    await press(adversary, "Begin");
    await page.locator('[name="name"]').fill(NAME);
    await fillDate(page, "birthDate", BORN);
    await press(adversary, "Save and continue");
    await page.locator('[name="plate0"]').fill(PLATE);
    await fillDate(page, "plateFrom0", "2022-01-01");
    await press(adversary, "Save and continue");
    await page.locator("label", { hasText: AGENCY }).first().click();
    await press(adversary, "Save and continue");
    await press(adversary, "Save and continue");
    await choose(page, '[name="mode"][value="mail"]');
    await press(adversary, "Save and continue");
    await press(adversary, "Send my request");
    ownRequest = /\/request\/([\w-]+)/.exec(page.url())?.[1] ?? "";
    const { rows } = await client.query('SELECT id FROM "case" WHERE request_id = $1', [ownRequest]);
    ownCase = rows[0].id;
    expect(await main(page)).toContain("Checking who you are");
  });

  it("uploads a false statement: no clerk can verify anything on it", async () => {
    const { page } = adversary;
    await page.goto(`${portal.url}/request/${ownRequest}/upload`);
    await choose(page, '[name="purpose"][value="sworn-statement"]');
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: "statement.pdf", mimeType: "application/pdf", buffer: pdf() });
    await page.getByRole("main").locator('form[enctype="multipart/form-data"] button').click();
    await page.waitForURL(/done=upload/);
    const desk = `/desk/cases/${ownCase}`;
    const claim = /name="claim" value="([^"]+)"/.exec((await road.staff.clerk.get(desk)).text)?.[1] ?? "";
    for (const basis of ["sworn-statement", "registration-on-file", "mailed-code"]) {
      const verdict = {
        ...{ intent: "check", [`verdict-${claim}`]: "verified", [`basis-${claim}`]: basis },
        [`shown-${claim}[]`]: ["statement-upload"],
      };
      const answer = await road.staff.clerk.fill(desk, verdict, "claim");
      expect([answer.status, sentences(answer.text)], basis).toEqual([200, expect.stringMatching(/\S/)]);
    }
    const { rows } = await client.query(
      "SELECT 1 FROM identifier_check c JOIN identifier i ON i.id = c.identifier_id WHERE i.request_id = $1 AND c.verdict = 'verified'",
      [ownRequest],
    );
    expect(rows).toEqual([]);
  });

  it("has the letter with the code sent: it goes to the victim's door, and is guessed by nobody", async () => {
    const { rows } = await client.query("SELECT id FROM identifier WHERE request_id = $1", [ownRequest]);
    const identity = `/desk/cases/${ownCase}/identity`;
    const sent = await road.staff.clerk.post(identity, {
      ...{ intent: "letter", addressee: NAME, address: HOME, source: "vehicle-registration" },
      ...{ "identifiers[]": rows[0].id, "onRecord[]": "yes" },
      ...{ "recordedOn.year": "2021", "recordedOn.month": "1", "recordedOn.day": "1" },
    });
    expect(sent.status).toBe(302);
    const letter = (await client.query("SELECT id FROM code_letter WHERE case_id = $1", [ownCase])).rows[0].id;
    const printed = await fetch(`${portal.url}/desk/cases/${ownCase}/letter/${letter}`, {
      method: "POST",
      headers: { cookie: road.staff.clerk.cookies(), origin: portal.url },
      body: new URLSearchParams(),
    });
    const sheet = await pdfText(Buffer.from(await printed.arrayBuffer()));
    // So the victim learns of the try, on her own doormat.
    expect(sheet).toContain("Somebody who says to be you has asked this agency");
    const code = codeOn(sheet);
    const { page } = adversary;
    for (const guess of ["AAAAA-AAAAA", "22222-22222", "33333-33333", "44444-44444", "55555-55555"]) {
      await page.goto(`${portal.url}/request/${ownRequest}/identity`);
      await page.locator('[name="code"]').fill(guess);
      await page
        .getByRole("main")
        .locator("form", { has: page.locator('[name="code"]') })
        .locator("button")
        .click();
      await page.waitForLoadState();
      expect(await main(page)).toContain("This code is not valid");
    }
    expect((await adversary.given()).includes(code)).toBe(false);
    expect((await newVisitor(portal).get("/dev/mail")).text.includes(code)).toBe(false);
  });

  it("appoints a friend for her own request, who sees no more than she does", async () => {
    const { page } = adversary;
    const appoint = async (requestId: string) =>
      adversary.context.request.post(`${portal.url}/request/${requestId}/representatives`, {
        headers: { origin: portal.url },
        maxRedirects: 0,
        form: {
          ...{ intent: "appoint", kind: "attorney", name: "A Friend", email: "friend@resident.example" },
          ...{ "scopes[]": "see", "endsOn.year": "2027", "endsOn.month": "1", "endsOn.day": "2" },
          ...{ signature: NAME, "confirm[]": "yes" },
        },
      });
    expect((await appoint(road.requestId)).status()).toBe(409);
    expect((await appoint(ownRequest)).status()).toBe(302);
    const letter =
      (await newVisitor(portal).get("/dev/mail")).text.split("<bdi>friend@resident.example</bdi>")[1] ?? "";
    const link = /\/representative\/[\w-]{43}/.exec(letter)?.[0] ?? "";
    friend = await signIn(portal, "friend@resident.example");
    expect((await friend.post(link, {})).location).toBe("/representing");
    expect((await friend.get(`/request/${ownRequest}`)).status).toBe(200);
    for (const path of [`/request/${road.requestId}`, `/history/${road.releaseId}`, `/history/${road.releaseId}.pdf`]) {
      expect((await friend.get(path)).status, path).toBe(404);
    }
    await page.goto(`${portal.url}/my`);
  });

  it("changes the address, and cannot: that takes the victim's browser too", async () => {
    const { page } = adversary;
    await page.goto(`${portal.url}/contact`);
    const sent = await adversary.context.request.post(`${portal.url}/contact?index`, {
      headers: { origin: portal.url },
      form: { intent: "ask", email: "thief@resident.example" },
    });
    expect((await sent.text()).includes("You came in by your mail alone")).toBe(true);
    expect((await newVisitor(portal).get("/dev/mail")).text.includes("thief@resident.example")).toBe(false);
  });

  it("checks a paper, reads a calendar and asks for what was lost: each says nothing", async () => {
    const { page } = adversary;
    const check = new FormData();
    check.append("file", new Blob([new Uint8Array(pdf())], { type: "application/pdf" }), "answer.pdf");
    const stranger = await newVisitor(portal).post("/check", check);
    await page.goto(`${portal.url}/check`);
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: "answer.pdf", mimeType: "application/pdf", buffer: pdf() });
    await page.getByRole("main").locator("form button").click();
    await page.waitForLoadState();
    expect(namesIn(await main(page))).toEqual([]);
    expect(stranger.text).toContain((await page.locator("main .usa-alert").first().innerText()).split("\n")[0]);
    expect((await page.goto(`${portal.url}/calendar`))?.status()).toBe(404);
    expect((await page.goto(`${portal.url}/calendar/${"a".repeat(43)}.ics`))?.status()).toBe(404);
    await page.goto(`${portal.url}/account`);
    const codes = await adversary.context.request.post(`${portal.url}/account?index`, {
      headers: { origin: portal.url },
      form: { intent: "codes" },
    });
    expect(await codes.text()).not.toMatch(/\b[\da-z]{4}(-[\da-z]{4}){3}\b/);
  });

  it("the mailbox, the name, the birth date and the address together open nothing of what was found", async () => {
    const all = `${await adversary.given()}\n${(await friend.get(`/request/${ownRequest}`)).text}`;
    expect(all.includes("Checking who you are")).toBe(true);
    expect(namesIn(all)).toEqual([]);
    // All that she read in the mailbox says nothing either.
    expect(namesIn((await newVisitor(portal).get("/dev/mail")).text)).toEqual([]);
    const { rows } = await client.query("SELECT 1 FROM match WHERE case_id = $1", [ownCase]);
    expect(rows).toEqual([]);
  });

  it("is seen by the victim, who opens her answer as before", async () => {
    const { resident, requestId, releaseId } = road;
    const readers = (await resident.get(`/request/${requestId}/readers`)).text;
    expect(readers.includes("by your mail alone in another browser; nothing was shown")).toBe(true);
    const mine = (await resident.get("/my")).text;
    expect([...new Set(mine.match(/WL-\d{4}-\d+/g))].length, "a request that she did not send stands there").toBe(3);
    expect((await resident.get(`/request/${ownRequest}`)).text).toContain(NAME);
    expect(namesIn((await resident.get(`/history/${releaseId}`)).text).length).toBeGreaterThan(2);
    expect((await resident.get("/account/sessions")).text.match(/<tr/g)?.length ?? 0).toBeGreaterThan(1);
    await adversary.context.close();
  });
});

describe("the same ex-partner, where the victim has set up a second factor", () => {
  const SECOND = "vera.second@resident.example";

  it("stays outside: mail, guesses and recovery open nothing, and the victim is told", async () => {
    const victim = await signIn(portal, SECOND);
    const requestId = await fileRequest(victim);
    const begun = await victim.post("/account/set-up", { intent: "begin" });
    expect(begun.status).toBeLessThan(400);
    await setUpPhone(victim);
    const adversary = await arrive();
    const { page } = adversary;
    await page.goto(`${portal.url}/my`);
    await page.locator('[name="email"]').fill(SECOND);
    await press(adversary, "Send me a code");
    await page.locator('[name="code"]').fill(await mailedCode(portal, SECOND));
    await press(adversary, "Sign in");
    expect(page.url()).toContain("/sign-in/factor");
    for (const path of ["/my", `/request/${requestId}`, "/account", "/account/set-up", "/contact", "/calendar"]) {
      await page.goto(`${portal.url}${path}`);
      expect(page.url(), path).toContain("/sign-in/factor");
    }
    for (let n = 0; n < 5; n++) {
      const tried = await adversary.context.request.post(`${portal.url}/sign-in/factor`, {
        headers: { origin: portal.url },
        form: { intent: "totp", code: String(100_000 + n) },
      });
      expect((await tried.text()).includes("This was not taken")).toBe(true);
    }
    const paper = await adversary.context.request.post(`${portal.url}/sign-in/factor`, {
      headers: { origin: portal.url },
      form: { intent: "recovery", recovery: "aaaa-bbbb-cccc-dddd" },
    });
    expect((await paper.text()).includes("This was not taken")).toBe(true);
    expect((await adversary.given()).includes(PLATE)).toBe(false);
    await adversary.context.close();

    // The lock is told by mail, and the victim goes on in her own browser.
    const told = (await newVisitor(portal).get("/dev/mail")).text
      .split("<bdi>")
      .filter((one) => one.startsWith(SECOND));
    expect(told.some((letter) => /locked|rests|failed/i.test(letter))).toBe(true);
    expect((await victim.get(`/request/${requestId}`)).status).toBe(200);
  });
});
