import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "#test/support/browser.ts";
import type { PortalProcess } from "#test/support/portal-process.ts";
import { connectTo, findInFiles, findInTables } from "#test/support/secrets.ts";
import { type Summary, walk } from "./walkthrough/road.ts";

const FEED = fileURLToPath(new URL("../fixtures/walkthrough-feed.csv", import.meta.url));
const PROFILE = "alpr-network-audit";

/** What the walk tells of the resident and, in the feed's reasons, of somebody else. */
const SECRETS = [
  "Quintero",
  "Nguyễn",
  "1991-07-14",
  "8WLK042",
  "vera.quintero",
  "had no reason to look for my car",
  "former partner works at this agency",
  "open inquiry of our own detectives",
  "works under cover",
  "Whose case number is this",
  "neighbouring office runs until spring",
  "6KTR518",
];

let browser: Browser;
const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "wholooked-walk-"));
  folders.push(folder);
  return folder;
};

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("the road, from a log to a resident's hands", () => {
  const out = newFolder();
  let summary: Summary;
  const found = {
    tables: [] as string[],
    files: [] as string[],
    letters: -1,
    names: [] as string[],
    log: "",
    canFind: [] as string[],
  };
  beforeAll(async () => {
    summary = await walk({ feed: FEED, profile: PROFILE, plate: "8WLK042", out }, browser, () => undefined, look);
  });

  async function look({ dataFolder, log }: PortalProcess) {
    const client = await connectTo(dataFolder);
    found.tables = await findInTables(client, SECRETS);
    // Letters hold their reader's address and nothing else; a real portal writes none of them to a disk.
    found.files = findInFiles(dataFolder, SECRETS).filter((path) => !path.startsWith(join(dataFolder, "mail")));
    found.letters = readdirSync(join(dataFolder, "mail")).length;
    found.names = findInFiles(dataFolder, SECRETS, "names");
    found.log = log();
    // The search can find: in texts, in bytes, and in the files below.
    await client.query("CREATE TABLE planted (words text, bytes bytea)");
    await client.query("INSERT INTO planted VALUES ('to QUINTERO', convert_to('born 1991-07-14', 'UTF8'))");
    await client.query("CHECKPOINT");
    const inFiles = findInFiles(dataFolder, ["quintero"]).length > 0 ? ["files"] : [];
    found.canFind = [...(await findInTables(client, SECRETS)), ...inFiles];
    await client.query("DROP TABLE planted");
    await client.end();
  }

  it("accounts for every row, finds every look-up, and brings the complaint to who follows it", () => {
    expect(summary).toMatchObject({
      rows: 101,
      stored: 99,
      duplicates: 1,
      quarantined: 1,
      matched: 9,
      disclosed: 8,
      withheld: 1,
      complaints: 1,
      advocateSees: 1,
      answers: { sentBack: 1, deferred: 1, supplement: 1 },
    });
    expect(summary.stored + summary.duplicates + summary.quarantined).toBe(summary.rows);
    expect(JSON.parse(readFileSync(join(out, "summary.json"), "utf8"))).toEqual(summary);
  });

  it("leaves the PDF and a picture of each station", async () => {
    const text = await textOf(join(out, summary.pdf));
    expect(text).toContain("8WLK042");
    expect(text).not.toContain("works under cover");
    expect(text).not.toContain("6KTR518");
    const pictures = readdirSync(out).filter((name) => name.endsWith(".png"));
    for (const station of ["home", "request-filed", "clerk-case", "supervisor-approval", "history", "complaint"]) {
      expect(
        pictures.some((name) => name.endsWith(`-${station}.png`)),
        station,
      ).toBe(true);
    }
  });

  it("leaves nothing of the resident readable: no table, no file, no file name, no log line", () => {
    expect(found.tables).toEqual([]);
    expect(found.files).toEqual([]);
    expect(found.letters).toBeGreaterThan(0);
    expect(found.names).toEqual([]);
    for (const secret of SECRETS) expect(found.log).not.toContain(secret);
  });

  it("is searched by a search that finds", () => {
    expect(found.canFind).toEqual(["public.planted words", "public.planted bytes", "files"]);
  });
});

describe("the same road for a plate that nobody searched", () => {
  const NEVER_LOOKED =
    /never looked up|nobody (has )?(looked|searched)|no one (has )?(looked|searched)|nadie (le )?(miró|buscó|consultó)/i;

  it("says what the logs cover and what they do not, and never that nobody looked", async () => {
    const out = newFolder();
    let page = "";
    const summary = await walk(
      { feed: FEED, profile: PROFILE, plate: "1ZZZ999", out, pictures: false },
      browser,
      () => undefined,
      async (_portal, history) => {
        page = history;
      },
    );
    expect(summary).toMatchObject({ matched: 0, disclosed: 0, withheld: 0, complaints: 0 });
    expect(existsSync(join(out, summary.pdf))).toBe(true);
    const pdf = (await textOf(join(out, summary.pdf))).replace(/\s+/g, " ");
    for (const text of [page.replace(/\s+/g, " "), pdf]) {
      expect(text).toContain("April 1, 2026 to ");
      expect(text).toMatch(/March 31, 2026/);
      const denied = /does not (mean that nobody looked|prove that you were never looked up)/;
      expect(text).toMatch(denied);
      expect(text.replace(denied, "")).not.toMatch(NEVER_LOOKED);
    }
  });
});

async function textOf(path: string): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ("str" in item ? item.str : "")).join(" "));
  }
  await document.destroy();
  return pages.join("\n");
}
