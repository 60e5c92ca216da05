// The calculator as anyone meets it: by its form without scripts, by its address, and by addresses nobody should send.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { newVisitor } from "#test/support/visitor.ts";

const CPRA = "/deadlines?rule=ca.cpra.determination&on=2026-11-16";

let portal: PortalProcess;
const get = (path: string) => newVisitor(portal).get(path);

beforeAll(async () => {
  portal = await startPortalProcess();
});
afterAll(() => portal[Symbol.asyncDispose]());

/** The page without its frame and scripts. */
function shownIn(html: string): string {
  return /<main\b.*?<\/main>/s.exec(html)?.[0] ?? "";
}

/** What a form of the page would send: each field as it stands, some of them filled in. */
function sendOf(html: string, typed: Readonly<Record<string, string>>): string {
  const form = /<form\b[^>]*action="\/deadlines"[^>]*>(.*?)<\/form>/s.exec(html)?.[1] ?? "";
  const names = [...form.matchAll(/<(?:input|select)\b[^>]*\bname="([^"]+)"/g)].map(([, name = ""]) => name);
  const values = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(form)?.[1] ?? "";
  expect(names).toEqual(expect.arrayContaining(Object.keys(typed).filter((name) => name !== "add")));
  const fields = Object.fromEntries(names.map((name) => [name, values(name)]));
  return `/deadlines?${new URLSearchParams({ ...fields, ...typed })}`;
}

describe("the form", () => {
  it("leads to a plain address, step by step, and loses nothing on the way", async () => {
    const empty = await get("/deadlines");
    expect(empty.status).toBe(200);
    const first = await get(
      sendOf(empty.text, {
        rule: "ca.cpra.determination",
        "on.month": "11",
        "on.day": "16",
        "on.year": "2026",
        add: "event",
      }),
    );
    expect(first).toMatchObject({ status: 302, location: `${CPRA}&add=event#field-event0` });
    const page = await get(`${CPRA}&add=event`);
    expect(shownIn(page.text)).toContain("Monday, November 30, 2026");
    const event = { "event0On.month": "11", "event0On.day": "20", "event0On.year": "2026", event0: "extended" };
    const second = await get(sendOf(page.text, { rule: "ca.cpra.determination", ...event }));
    expect(second).toMatchObject({ status: 302, location: `${CPRA}&event=extended:2026-11-20` });
    // From the nominal end, Thanksgiving: 14 days after November 26.
    expect(shownIn((await get(second.location)).text)).toContain("Thursday, December 10, 2026");
  });

  it("stands again as it was typed, with a sentence beside the field", async () => {
    const { status, text } = await get(`${CPRA}&event=extended:2026-12-24&closed=2026-Foo-3`);
    expect(status).toBe(200);
    expect(text).toContain('value="Foo"');
    const late = await get(`${CPRA}&event=extended:2026-12-24`);
    expect(late.text).toMatch(
      /id="field-event0On-error"[^>]*>.*?by November 30, 2026\. December 24, 2026 is too late/s,
    );
    expect(late.text).toContain('href="#field-event0On"');
  });
});

describe("the answer", () => {
  it("is in the reader's language, and stays when the language is changed", async () => {
    const visitor = newVisitor(portal);
    const changed = await visitor.get(`/language/es?back=${encodeURIComponent(CPRA)}`);
    expect(changed.location).toBe(CPRA);
    const { text } = await visitor.get(changed.location);
    expect(text).toContain("lunes, 30 de noviembre de 2026");
    expect(text).toContain(`href="/language/en?back=${encodeURIComponent(CPRA)}"`);
  });

  it("is there for every law, from the link of every page", async () => {
    const home = await get("/");
    expect(home.text).toContain('href="/deadlines"');
    const { text } = await get("/deadlines");
    const rules = [...text.matchAll(/<option value="([^"]+)"/g)]
      .map(([, id = ""]) => id)
      .filter((id) => id.includes("."));
    expect(rules.length).toBeGreaterThan(20);
    for (const rule of rules) {
      const answer = await get(`/deadlines?rule=${rule}&on=2026-11-16`);
      expect(answer.status, rule).toBe(200);
      expect(answer.text, rule).toContain("wl-deadline__date");
    }
  });
});

describe("a hostile address", () => {
  it.each([
    ["markup", `${CPRA}&event=${encodeURIComponent('"><script>alert(1)</script>')}:2026-11-17`],
    ["a control character", `${CPRA}%00&event=%00:%1b`],
    ["broken escapes", `${CPRA}&event=%ff%fe:%c3&calendar=%80`],
    ["a thousand events", `${CPRA}${"&event=x:y".repeat(1000)}`],
    ["one long word", `${CPRA}&calendar=${"a".repeat(6000)}`],
    [
      "names of every object",
      "/deadlines?rule=__proto__&on=constructor&event=toString:valueOf&calendar=hasOwnProperty",
    ],
    ["names given twice", `${CPRA}&rule=us.foia&on=2026-01-01`],
    ["half a form", "/deadlines?on.month=11&event0=extended&rule=ca.cpra.determination"],
  ])("with %s gets a page", async (_what, path) => {
    const visitor = newVisitor(portal);
    const answer = await visitor.get(path);
    const shown = answer.status === 302 ? await visitor.get(answer.location) : answer;
    expect(shown.status).toBe(200);
    expect(shown.text).not.toContain("<script>alert");
    expect(shown.text).not.toContain("\u0000");
    expect(shown.text).toContain('action="/deadlines"');
  });

  it("is not answered slowly", async () => {
    const path = `/deadlines?rule=uk.gdpr.dsar&on=2000-01-03${"&event=information-asked:2100-01-01".repeat(300)}${"&closed=2050-01-01".repeat(200)}`;
    await get(path);
    const began = performance.now();
    for (let count = 0; count < 10; count += 1) expect((await get(path)).status).toBe(200);
    expect((performance.now() - began) / 10).toBeLessThan(500);
  });
});
