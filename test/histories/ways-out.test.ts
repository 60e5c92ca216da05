// Every way by which an answer leaves, held against what must not leave with it.
import { parse } from "csv-parse/sync";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decideField, decideLines } from "#app/histories/decide.server.ts";
import { EXPORT_FORMATS } from "#app/histories/export-release.ts";
import { getReleaseExport, getReleaseForResident, getReleasePdf } from "#app/histories/queries.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { loadRelease } from "#app/routes/history.$releaseId/load-release.server.ts";
import { exportRelease } from "#app/routes/history.export.server.ts";
import { everythingIn, textOf } from "#test/histories/document/reading.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import {
  DISCLOSE,
  type GivenCase,
  givenCase,
  givenMatched,
  type LogRow,
  PLATE,
  REDACT,
  release,
  WITHHOLD,
} from "./given-case.ts";

/** Each stands in the log where it must not get out. */
const SECRET = {
  user: "Dep. Quillfeather",
  lineUser: "Sgt. Ostrowanka",
  linePurpose: "tip about a Zimmerholz warehouse",
  lineCase: "99-77123",
  deferredUser: "Insp. Vanterpool",
  deferredPurpose: "wire at the Larkmoor pier",
  reason: "the Brackwater inquiry is still open",
};

const FORMULA = '=HYPERLINK("https://evil.example","open")';
const at = (day: string) => `2025-06-${day}T12:00:00Z`;
const LOG: readonly LogRow[] = [
  {
    id: "w1",
    at: at("18"),
    org: "Alder Creek PD",
    user: SECRET.user,
    plate: PLATE,
    purpose: `asked by ${SECRET.user}`,
  },
  {
    ...{ id: "w2", at: at("19"), org: "Alder Creek PD", user: SECRET.lineUser, plate: PLATE },
    ...{ purpose: SECRET.linePurpose, caseNumber: SECRET.lineCase },
  },
  { id: "w3", at: at("20"), org: "Marin Hills SO", user: "u-2", plate: PLATE, purpose: FORMULA, caseNumber: "+1-25" },
  {
    ...{ id: "w4", at: at("21"), org: "Marin Hills SO", user: SECRET.deferredUser, plate: PLATE },
    purpose: SECRET.deferredPurpose,
  },
  { id: "w5", at: at("22"), user: "u-3", plate: PLATE, purpose: `told ${SECRET.lineUser}`, org: "Alder Creek PD" },
];

let portal: TestPortal;
let given: GivenCase;
let first: string;
let events: string[];
beforeEach(async () => {
  portal = await openTestPortal();
  given = await givenCase(portal, { rows: LOG });
  events = await givenMatched(portal, given);
  const { caseId, clerk } = given;
  const [w1 = "", w2 = "", , w4 = ""] = events;
  const { reason } = SECRET;
  await decideField(portal, clerk, { caseId, eventId: w1, field: "user", ...REDACT, reason });
  await decideLines(portal, clerk, { caseId, events: [w2], ...WITHHOLD, reason });
  await decideLines(portal, clerk, {
    caseId,
    events: [w4],
    ...WITHHOLD,
    outcome: "defer",
    reviewOn: "2026-06-01",
    reason,
  });
  first = await release(portal, given);
});
afterEach(() => portal[Symbol.asyncDispose]());

/** The values that a text holds, whatever their capitals. */
function heldIn(text: string, values: readonly string[] = Object.values(SECRET)): string[] {
  return values.filter((value) => text.toLowerCase().includes(value.toLowerCase()));
}

function argsOf(releaseId: string, query = "", actor: AccountActor = given.resident) {
  const request = new Request(`http://localhost:3000/history/${releaseId}${query}`);
  const context = { portal, actor, locale: "en", session: null, network: "n" };
  return { request, params: { releaseId }, context } as unknown as Parameters<typeof loadRelease>[0];
}

const pageOf = async (releaseId: string, query = "") => JSON.stringify(await loadRelease(argsOf(releaseId, query)));

/** An edition in every form in which its resident can have it. */
async function everyForm(releaseId: string): Promise<Record<string, string>> {
  const { bytes, fileName } = await getReleasePdf(portal, given.resident, releaseId);
  const { history } = await getReleaseForResident(portal, given.resident, releaseId);
  const forms: Record<string, string> = {
    model: JSON.stringify(history),
    page: await pageOf(releaseId),
    print: await pageOf(releaseId, "?show=all"),
    "page in Spanish": JSON.stringify(
      await loadRelease({ ...argsOf(releaseId), context: { ...argsOf(releaseId).context, locale: "es" } } as never),
    ),
    pdf: everythingIn(bytes),
    "text of the pdf": await textOf(bytes),
    "name of the pdf": fileName,
  };
  for (const format of EXPORT_FORMATS) {
    const response = await exportRelease(argsOf(releaseId), format);
    forms[`headers of the ${format}`] = JSON.stringify([...response.headers]);
    forms[format] = await response.text();
  }
  for (const agency of ["0", "1", "2"]) forms[`agency ${agency}`] = await pageOf(releaseId, `?agency=${agency}`);
  return forms;
}

async function letters(): Promise<string> {
  const rows = await portal.db.outboxMail.findMany();
  const texts = await Promise.all(
    rows.map(({ id, keyId, paramsSealed }) =>
      portal.vault.openText(keyId, { table: "outbox_mail", column: "params_sealed", row: id }, paramsSealed),
    ),
  );
  expect(texts.length).toBeGreaterThan(0);
  return `${texts.join("\n")} ${JSON.stringify(rows.map(({ template, locale }) => [template, locale]))}`;
}

describe("a withheld value", () => {
  it("leaves by no form of the answer, by no file's name and by no letter", async () => {
    const forms = await everyForm(first);
    for (const [form, text] of Object.entries(forms)) expect(heldIn(text), form).toEqual([]);
    expect(heldIn(await letters())).toEqual([]);
    // What is disclosed is there: the search can find.
    for (const form of ["model", "page", "print", "csv", "json", "text of the pdf"]) {
      expect(heldIn(forms[form] ?? "", ["u-2", "Marin Hills SO"]), form).toEqual(["u-2", "Marin Hills SO"]);
    }
    expect(forms["csv"]).toContain("told [withheld]");
  });

  it("is not in an earlier edition when a later one tells it, nor told of by it", async () => {
    const [, , , w4 = ""] = events;
    const before = await everyForm(first);
    portal.time.set("2026-06-01T17:00:00Z");
    await decideLines(portal, given.clerk, { caseId: given.caseId, events: [w4], ...DISCLOSE });
    const second = await release(portal, given);
    const deferred = [SECRET.deferredUser, SECRET.deferredPurpose];
    const others = Object.values(SECRET).filter((value) => !deferred.includes(value));
    const later = await everyForm(second);
    for (const form of ["model", "page", "print", "csv", "json", "text of the pdf"]) {
      expect(heldIn(later[form] ?? "", deferred), form).toEqual(deferred);
    }
    for (const [form, text] of Object.entries(later)) expect(heldIn(text, others), form).toEqual([]);
    const earlier = await everyForm(first);
    for (const [form, text] of Object.entries(earlier)) expect(heldIn(text), form).toEqual([]);
    for (const form of ["model", "pdf", "csv", "json"]) expect(earlier[form], form).toBe(before[form]);
    expect(await loadRelease(argsOf(first))).toMatchObject({
      release: { superseded: true },
      editions: [
        { id: second, edition: 2, on: "2026-06-01", lines: 4 },
        { id: first, edition: 1, on: "2026-03-02", lines: 3 },
      ],
    });
  });
});

describe("the answer as table and data", () => {
  it("is its resident's alone, named by the case's number, and each taking stands in the ledger", async () => {
    for (const other of [given.stranger, given.clerk, given.supervisor, given.otherClerk]) {
      for (const format of EXPORT_FORMATS) {
        await expect(getReleaseExport(portal, other, first, format)).rejects.toThrow(NotFound);
      }
    }
    for (const format of EXPORT_FORMATS) {
      const { fileName } = await getReleaseExport(portal, given.resident, first, format);
      expect(fileName).toMatch(new RegExp(`^WL-\\d{4}-\\d{5}-A-1\\.${format}$`));
    }
    const entries = await listLedgerOfCase(portal, given.caseId);
    const own = entries.filter((entry) => entry.actor.id === given.resident.accountId).map((entry) => entry.act);
    expect(own).toEqual(["release.csv-read", "release.json-read"]);
  });

  it("has a row for each look-up and keeps withheld, absent and shown apart; no cell is a formula", async () => {
    const { text } = await getReleaseExport(portal, given.resident, first, "csv");
    expect(text.startsWith("\ufeff")).toBe(true);
    const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map(({ number, kind }) => [number, kind])).toEqual([
      ["1", "disclosed"],
      ["2", "disclosed"],
      ["3", "disclosed"],
      ["4", "deferred"],
      ["5", "withheld"],
    ]);
    expect(rows[1]).toMatchObject({ agency: "Marin Hills SO", purpose: `'${FORMULA}`, caseNumber: "'+1-25" });
    expect(rows[0]).toMatchObject({ day: "2025-06-22", caseNumber: expect.stringMatching(/^\[.+\]$/) });
    expect(rows[2]?.["user"]).toMatch(/^\[withheld\] Gov\. Code/);
    expect(rows[3]).toMatchObject({ day: "", user: "", law: "Gov. Code § 7923.600", review_on: "2026-06-01" });
    const cells = rows.flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
  });

  it("says as data exactly what the redacted model says", async () => {
    const { history, release: facts } = await getReleaseForResident(portal, given.resident, first);
    const { text } = await getReleaseExport(portal, given.resident, first, "json");
    expect(JSON.parse(text)).toEqual({
      format: "wholooked-answer",
      version: 1,
      document: { sha256: facts.sha256 },
      ...history,
    });
  });
});

describe("the page's list", () => {
  const numbers = async (query: string) => {
    const { lookUps } = await loadRelease(argsOf(first, query));
    return lookUps.shown.map(({ line }) => line.number);
  };

  it("shows what was chosen, by numbers and months", async () => {
    expect(await numbers("")).toEqual([1, 2, 3]);
    expect(await numbers("?agency=1")).toEqual([1, 3]);
    expect(await numbers("?agency=2")).toEqual([2]);
    expect(await numbers("?agency=2&month=2025-06&system=1")).toEqual([2]);
    // What the answer does not offer counts as not chosen, whatever was typed.
    for (const odd of [
      "agency=3",
      "agency=0",
      "month=2025-07",
      "month=x",
      "system=-1",
      "signals=with",
      "agency=Marin",
    ]) {
      expect(await numbers(`?${odd}`), odd).toEqual([1, 2, 3]);
    }
    const { lookUps } = await loadRelease(argsOf(first, "?agency=2"));
    expect(lookUps).toMatchObject({ address: "agency=2", all: 3, fitting: 1 });
  });
});
