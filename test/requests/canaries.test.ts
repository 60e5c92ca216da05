import { Writable } from "node:stream";
import pino from "pino";
import { expect, test } from "vitest";
import { openMail, sendMail } from "#app/platform/mail/send-mail.server.ts";
import { writeLetter } from "#app/platform/mail/templates.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { getCaseFile, recordRead } from "#app/requests/case-file.server.ts";
import { checkIdentifier } from "#app/requests/check-identifier.server.ts";
import { fileRequest } from "#app/requests/file-request.server.ts";
import { listIdentifierClaims } from "#app/requests/identifiers.server.ts";
import { getRequestForResident } from "#app/requests/my-requests.server.ts";
import { listReadersForResident } from "#app/requests/readers.server.ts";
import { saveAnswers } from "#app/requests/save-answers.server.ts";
import { startRequest } from "#app/requests/start-request.server.ts";
import { answersOf, givenActor, givenDraft, givenWorld, PERSON } from "#test/requests/given-request.ts";
import { openTestPortal } from "#test/support/database.ts";

const HALF = "Half-Typed Canary";
const FORMER = "Marrowby Brackwater";
const CANARIES = [
  FORMER,
  PERSON.name,
  "Quintanilla",
  PERSON.email,
  PERSON.birthDate,
  PERSON.plate,
  PERSON.licence,
  HALF,
];

/** Every row of every table, as text; bytes as hexadecimal. */
async function dump(portal: Portal): Promise<Map<string, string>> {
  const tables = await portal.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const dumped = new Map<string, string>();
  for (const { name } of tables.rows) {
    const { rows } = await portal.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    dumped.set(name, rows.map(({ row }) => row).join("\n"));
  }
  return dumped;
}

function findCanaries(text: string): string[] {
  const lower = text.toLowerCase();
  return CANARIES.filter((canary) => {
    const bytes = Buffer.from(canary);
    const forms = [canary, bytes.toString("hex"), bytes.toString("base64").replace(/=+$/, "").slice(0, -1)];
    return forms.some((form) => lower.includes(form.toLowerCase()));
  });
}

/** A whole life of a request: a half-typed draft, a filed one, an agency's check, reads, the letter sent. */
async function live(portal: Portal) {
  const { sheriff, state } = await givenWorld(portal);
  const resident = await givenActor(portal, { email: PERSON.email });
  const clerk = await givenActor(portal, { email: "clerk@example.gov" }, [{ role: "clerk", agencyId: sheriff }]);
  const answers = answersOf([sheriff, state]);
  const byName = { otherNames: [FORMER] };
  const whole = { ...answers, identifiers: { ...(answers.identifiers as object), byName } };
  const { requestId } = await fileRequest(portal, resident, await givenDraft(portal, resident, whole));
  const cases = await portal.db.case.findMany({ where: { requestId }, orderBy: { number: "asc" } });
  const draft = await startRequest(portal, resident);
  const typed = { unfinished: { name: HALF } };
  await saveAnswers(portal, resident, { requestId: draft.requestId, version: 1, section: "you", answer: typed });
  const file = await getCaseFile(portal, cases[0]?.id ?? "");
  await recordRead(portal, clerk, file, "case.read");
  for (const { identifierId } of await listIdentifierClaims(portal, file)) {
    const basis = "in-person";
    await checkIdentifier(portal, clerk, {
      caseId: file.id,
      identifierId,
      verdict: "verified",
      basis,
      shown: ["driver-licence", "registration-card"],
      validFrom: "2022-03-01",
      validTo: null,
    });
  }
  await getRequestForResident(portal, resident, requestId);
  await listReadersForResident(portal, resident, requestId);
}

test("no table holds the name, birth date, plate, licence or address of anybody in the clear, jobs and ledger included", async () => {
  await using portal = await openTestPortal();
  await live(portal);
  const dumped = await dump(portal);
  const found = [...dumped].flatMap(([table, text]) => findCanaries(text).map((canary) => `${table}: ${canary}`));
  expect(found).toEqual([]);
  // The scan reads what it should: ids are there, and a planted name is found.
  expect(dumped.get("public.identifier")).not.toBe("");
  expect(await portal.db.identifier.count({ where: { kind: "person" } })).toBe(2);
  expect([...dumped.keys()].some((name) => name.includes("job"))).toBe(true);
  await portal.db.setting.create({ data: { name: "planted", value: Buffer.from(PERSON.plate).toString("hex") } });
  expect(findCanaries((await dump(portal)).get("public.setting") ?? "")).toEqual([PERSON.plate]);
});

test("neither the log nor the letter says anything, and the letter's subject is neutral", async () => {
  await using portal = await openTestPortal();
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const loud: Portal = { ...portal, log: pino({ level: "trace" }, sink) };
  await live(loud);
  const mail = await portal.db.outboxMail.findFirstOrThrow();
  await sendMail(loud, { mailId: mail.id });
  expect(findCanaries(lines.join("\n"))).toEqual([]);
  const { to, params } = await openMail(portal, mail);
  expect(to).toEqual({ address: PERSON.email });
  for (const locale of ["en", "es"] as const) {
    const letter = await writeLetter(portal.config.templatesFolder, "request-received", locale, params);
    expect(findCanaries(`${letter.subject}\n${letter.text}`)).toEqual([]);
    expect(letter.subject).not.toMatch(/sheriff|police|policía|request|solicitud|who|quién/i);
  }
});
