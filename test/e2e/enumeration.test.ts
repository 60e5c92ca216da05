// "Is X in your files?": what is there and what is not must answer alike, in status, words, length and time.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "#app/platform/database/id.ts";
import { type PortalProcess, startPortalProcess } from "#test/support/portal-process.ts";
import { ASKED, fileRequest } from "#test/support/road-by-http.ts";
import { chanceAllows, chanceOfLonger, timed } from "#test/support/timing.ts";
import { type Answer, enterAs, newVisitor, signIn, type Visitor } from "#test/support/visitor.ts";

let portal: PortalProcess;
beforeAll(async () => {
  portal = await startPortalProcess();
});
afterAll(() => portal[Symbol.asyncDispose]());

/** Demo people: their addresses have accounts. */
const KNOWN = [
  "resident",
  "second",
  "third",
  "clerk",
  "supervisor",
  "intake",
  "advocate",
  "operator",
  "admin",
  "auditor",
];
const PER_ADDRESS = 4;

/**
 * A page's data holds each value once: two entries of one millisecond make it shorter by one, whoever asks. What counts
 * is which other words it holds.
 */
function withoutInstants(text: string): string {
  return text.replace(/streamController\.enqueue\(("(?:[^"\\]|\\.)*")\)/g, (_, quoted: string) => {
    const [first = "", ...rest] = (JSON.parse(quoted) as string).split("\n");
    const values = (JSON.parse(first || "[]") as unknown[]).filter((value) => typeof value === "string");
    const words = values.filter((value) => !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value));
    return `enqueue(${JSON.stringify([words, rest])})`;
  });
}

/** An answer without what differs for everybody each time. */
function shape({ status, location, text, headers }: Answer) {
  const names = [...headers.keys()].filter((name) => !["date", "x-request-id"].includes(name)).sort();
  const plain = withoutInstants(text)
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replace(/nonce-?="?[^"']*["']/g, "")
    .replace(/WL-\d{4}-\d{5}/g, "NUMBER")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replace(/\d{1,2}:\d\d(?:\u202f| )?[AP]M/g, "HOUR");
  return { status, location: location.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID"), names, plain, length: plain.length };
}

async function compare(hits: readonly (() => Promise<Answer>)[], misses: readonly (() => Promise<Answer>)[]) {
  const times = { hit: [] as number[], miss: [] as number[] };
  const shapes = new Set<string>();
  for (const [index, hit] of hits.entries()) {
    // By turns, so that a slow minute falls on both.
    for (const [kind, ask] of [
      ["hit", hit],
      ["miss", misses[index]!],
    ] as const) {
      const { ms, value } = await timed(ask);
      times[kind].push(ms);
      shapes.add(JSON.stringify(shape(value)));
    }
  }
  return { shapes: [...shapes], longer: chanceOfLonger(times.hit, times.miss), times };
}

const allowed = (count: number) => chanceAllows(count, count);

describe("signing in", () => {
  const ask = (email: string) => () => newVisitor(portal).post("/sign-in?index", { email });

  it("answers alike, and as soon, for an address that has an account and one that has none", async () => {
    // The first letters also open the connections and compile the pages.
    for (let n = 0; n < 5; n++) await ask(`warm-up-${n}@elsewhere.example`)();
    const hits = KNOWN.flatMap((name) => Array.from({ length: PER_ADDRESS }, () => ask(`${name}@demo.example`)));
    const misses = KNOWN.flatMap((name) => Array.from({ length: PER_ADDRESS }, () => ask(`${name}@nowhere.example`)));
    const { shapes, longer } = await compare(hits, misses);
    expect(shapes).toHaveLength(1);
    expect(Math.abs(longer - 0.5)).toBeLessThan(allowed(hits.length));
  });

  it("would be seen to differ if it did: an address over its limit, for which nothing is written, is told apart", async () => {
    for (let n = 0; n < 6; n++) await ask("flooded@nowhere.example")();
    const hits = Array.from({ length: 30 }, (_, n) => ask(`fresh-${n}@nowhere.example`));
    const misses = Array.from({ length: 30 }, () => ask("flooded@nowhere.example"));
    const { shapes, longer } = await compare(hits, misses);
    expect(shapes).toHaveLength(1);
    expect(Math.abs(longer - 0.5)).toBeGreaterThan(allowed(30));
  });

  it("refuses a code alike for both", async () => {
    const refused = async (email: string) => {
      const visitor = newVisitor(portal);
      await visitor.post("/sign-in?index", { email });
      return shape(await visitor.post("/sign-in/code", { code: "000000" }));
    };
    const [known, unknown] = [await refused("third@demo.example"), await refused("nobody@nowhere.example")];
    expect(known).toEqual(unknown);
  });
});

describe("an admin's invitation", () => {
  it("tells nothing of whether the address has an account", async () => {
    const admin = await enterAs(portal, "admin");
    const invite = (email: string) => () => admin.post("/admin", { intent: "invite", email, "roles[]": "clerk" });
    await invite("warm-up@nowhere.example")();
    // An admin may send so many an hour, and these must not reach that.
    const hits = KNOWN.filter((name) => name !== "admin").flatMap((name) => [
      invite(`${name}@demo.example`),
      invite(`${name}@demo.example`),
    ]);
    const misses = hits.map((_, n) => invite(`new-${n >> 1}@nowhere.example`));
    const { shapes, longer } = await compare(hits, misses);
    expect(shapes).toHaveLength(1);
    expect(Math.abs(longer - 0.5)).toBeLessThan(allowed(hits.length));
  });
});

describe("filing", () => {
  it("answers alike for a plate that the logs hold and one that they do not, on every page that follows", async () => {
    // Names as long as one another, so that only what the portal adds could differ.
    const [hit, miss] = [await signIn(portal, "vera@resident.example"), await signIn(portal, "walt@resident.example")];
    const walk = async (resident: Visitor, plate: string) => {
      const id = await fileRequest(resident, { ...ASKED, plate });
      const pages = [`/request/${id}`, `/request/${id}/readers`, "/my", "/complaint", "/home"];
      // One after the other: the page of readers shows what was opened before it.
      const answers: Answer[] = [];
      for (const path of pages) answers.push(await resident.get(path));
      return answers.map((answer) => {
        const { plain, ...rest } = shape(answer);
        const neutral = plain.replaceAll(plate, "PLATE").replace(/(?:vera|walt)@/g, "SOMEBODY@");
        return { ...rest, plain: neutral, length: neutral.length };
      });
    };
    expect(await walk(hit, ASKED.plate)).toEqual(await walk(miss, "0ZZZ000"));
  });
});

describe("checking a document", () => {
  it("says the same of any file that is not one of ours, whoever it is about", async () => {
    const check = (words: string) => () => {
      const form = new FormData();
      form.append(
        "file",
        new File([`%PDF-1.7\n${words.padEnd(200)}\n%%EOF`], "answer.pdf", { type: "application/pdf" }),
      );
      return newVisitor(portal).post("/check", form);
    };
    const hits = Array.from({ length: 25 }, () => check(`${ASKED.plate} Rosa Delgado resident@demo.example`));
    const misses = Array.from({ length: 25 }, () => check("0ZZZ000 Nemo Nobody nobody@nowhere.example"));
    await check("warm up")();
    const { shapes, longer } = await compare(hits, misses);
    expect(shapes).toHaveLength(1);
    expect(Math.abs(longer - 0.5)).toBeLessThan(allowed(25));
  });
});

describe("an error page", () => {
  it("is the same for another's thing, for nothing, and for what is no address at all", async () => {
    const owner = await signIn(portal, "owner@resident.example");
    const requestId = await fileRequest(owner);
    const stranger = await signIn(portal, "eve@resident.example");
    for (const tail of ["", "/readers", "/you", "/check", `/letters/${newId()}`]) {
      const [foreign, nothing] = [
        shape(await stranger.get(`/request/${requestId}${tail}`)),
        shape(await stranger.get(`/request/${newId()}${tail}`)),
      ];
      expect(foreign, tail).toEqual(nothing);
      expect(foreign.status).toBe(404);
    }
    for (const path of ["/join/nothing", "/enter/nothing", "/contact/undo/nothing"]) {
      const secret = "A".repeat(43);
      const other = await stranger.get(path.replace("nothing", secret));
      // The page leads back to its own address in another language.
      const same = { ...other, text: other.text.replaceAll(secret, "nothing") };
      expect(shape(await stranger.get(path)), path).toEqual(shape(same));
    }
  });
});
