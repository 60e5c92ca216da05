import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { listLedgerOfCase } from "#app/platform/ledger/ledger.server.ts";
import { fillHoles } from "#app/platform/mail/holes.ts";
import { fromDbDate } from "#app/platform/time/local-date.ts";
import { ACT_FORMS } from "#app/requests/clock-form.ts";
import { dropEmpty, LETTER_TEMPLATES, PHRASES, sayDollars, sayHour } from "#app/requests/letter.ts";
import { getLetterForResident, listLettersForResident, openLetters } from "#app/requests/letters.server.ts";
import { previewLetter } from "#app/requests/preview-letter.server.ts";
import { ASK, act, DENIAL, EXTEND, givenClock, PART } from "#test/requests/given-clock.ts";
import { givenActor } from "#test/requests/given-request.ts";
import { openTestPortal } from "#test/support/database.ts";

const HOSTILE = [
  "{{signer}} {{agency}} {{constructor}}",
  "$& $1 $` <%= 7*7 %> #{7*7}",
  '"><img src=x onerror=alert(1)></script><script>alert(2)</script>',
  "Subject: another subject",
].join(" ");

describe("the first letter of a case", () => {
  it("says by when, by which law, how that was worked out, and what the law gives; the resident has it at once", async () => {
    await using portal = await openTestPortal();
    const { caseId, stateCaseId, requestId, resident } = await givenClock(portal);
    const [letter] = await openLetters(portal, { id: caseId });
    for (const said of [
      "To: Marisol Quintanilla-Vey",
      "must act by Thursday, March 12, 2026",
      "Gov. Code § 7922.535(a)",
      "1. The clock starts on Monday, March 2, 2026.",
      "complain about the delay from Friday, March 13, 2026 on",
      "no general right to learn from a local agency",
    ]) {
      expect(letter?.text).toContain(said);
    }
    const [other] = await openLetters(portal, { id: stateCaseId });
    expect(other?.text).toContain("must act by Wednesday, April 1, 2026");
    expect(other?.text).toContain("the law treats it as a refusal");
    const events = await portal.db.clockEvent.findMany({ where: { kind: "received" } });
    const notices = await portal.db.clockNotice.findMany({ where: { kind: "acknowledged", audience: "resident" } });
    expect(notices.map((notice) => [notice.caseId, notice.eventId, fromDbDate(notice.due)]).sort()).toEqual(
      events.map((event) => [event.caseId, event.id, event.caseId === caseId ? "2026-03-12" : "2026-04-01"]).sort(),
    );
    expect(await listLettersForResident(portal, resident, requestId)).toHaveLength(2);
    // The mail says a number and nothing else, as before; no second one goes with the letters.
    expect(await portal.db.outboxMail.count()).toBe(1);
  });

  it("is written in the language that the resident chose", async () => {
    await using portal = await openTestPortal();
    const { caseId } = await givenClock(portal, { locale: "es" });
    const [letter] = await openLetters(portal, { id: caseId });
    expect(letter).toMatchObject({ locale: "es", kind: "acknowledgement" });
    expect(letter?.text).toContain("a más tardar el jueves 12 de marzo de 2026");
    expect(letter?.text).not.toMatch(/\b(the|must|agency's)\b/);
  });
});

describe("a letter to a resident", () => {
  it("is there for the resident alone, and that it was opened stands in the ledger", async () => {
    await using portal = await openTestPortal();
    const { caseId, stateCaseId, requestId, resident, clerk, supervisor } = await givenClock(portal);
    portal.time.advance({ days: 1 });
    await act(portal, clerk, caseId, { act: "extend", form: EXTEND });
    const listed = await listLettersForResident(portal, resident, requestId);
    expect(listed.map(({ kind, event }) => [kind, event?.dueBefore ?? null, event?.due])).toEqual([
      ["extension", "2026-03-12", "2026-03-26"],
      ["acknowledgement", null, expect.any(String)],
      ["acknowledgement", null, expect.any(String)],
    ]);
    const asked = { requestId, letterId: listed[0]?.id ?? "" };
    const letter = await getLetterForResident(portal, resident, asked);
    expect(letter.subject).toMatch(/^More time for your request WL-2026-\d{5}-[AB]$/);
    const entry = (await listLedgerOfCase(portal, caseId)).at(-1);
    expect(entry).toMatchObject({ act: "letter.read", actor: { role: "resident" }, thing: { id: asked.letterId } });
    const stranger = await givenActor(portal, { email: "stranger@example.org" });
    for (const actor of [stranger, clerk, supervisor]) {
      await expect(getLetterForResident(portal, actor, asked)).rejects.toThrow("not found");
      await expect(listLettersForResident(portal, actor, requestId)).rejects.toThrow("not found");
    }
    for (const crossed of [
      { letterId: stateCaseId },
      { requestId: caseId },
      { letterId: "7" },
      { requestId: "../x" },
    ]) {
      await expect(getLetterForResident(portal, resident, { ...asked, ...crossed })).rejects.toThrow("not found");
    }
  });

  it("can be neither changed nor taken back", async () => {
    await using portal = await openTestPortal();
    await givenClock(portal);
    await expect(portal.db.letter.updateMany({ data: { kind: "denial" } })).rejects.toThrow("append-only");
    await expect(portal.db.letter.deleteMany()).rejects.toThrow("append-only");
  });

  it("keeps hostile words as the letters they consist of: no hole in a value is filled, nothing runs", async () => {
    await using portal = await openTestPortal();
    const { caseId, clerk } = await givenClock(portal, { name: HOSTILE.slice(0, 110) });
    const signer = { name: "{{name}} <b>", title: "{{due}}" };
    const wanted = { act: "extend", form: { ...EXTEND, words: `${HOSTILE}\n\n{{steps}}`, signer } } as const;
    const { subject, text } = await previewLetter(portal, clerk, { caseId, wanted });
    expect(text).toContain(`${HOSTILE}\n\n{{steps}}`);
    expect(text).toContain(`To: ${HOSTILE.slice(0, 110).trim()}\n`);
    expect(text).toContain("Signed: {{name}} <b>, {{due}}");
    expect(subject).toMatch(/^More time for your request WL-2026-\d{5}-[AB]$/);
  });

  it("takes no words that cannot be seen, none too long, and no person without a title", () => {
    const words = (text: string) => ACT_FORMS["ask-information"].safeParse({ words: text, signer: "A, B" });
    expect(words("two\r\nlines\tof\u2028text").data?.words).toBe("two\nlines of\ntext");
    for (const hidden of ["a\u0000b", "a\u202eb", "a\u2066b", "a\u200bb", "a\ufeffb", "a\u{e0041}b"]) {
      expect(words(hidden).error?.issues[0]?.message).toBe("letters.wordsHidden");
    }
    expect(words("x".repeat(2001)).error?.issues[0]?.message).toBe("errors.tooLong");
    expect(words("  ").error?.issues[0]?.message).toBe("letters.wordsMissing");
    // Joined letters and faces need their joiners.
    expect(words("नमस्\u200dते 👩\u200d⚖️").success).toBe(true);
    const signed = (signer: string) => ACT_FORMS["ask-information"].safeParse({ words: "x", signer });
    expect(signed(" Rosa Mata , Captain, North ").data?.signer).toEqual({ name: "Rosa Mata", title: "Captain, North" });
    for (const nobody of ["Rosa Mata", ", Captain", "Rosa,", "Rosa,\u202eCaptain"]) {
      expect(signed(nobody).error?.issues[0]?.message).toBe("letters.signerWrong");
    }
    const people = (text: string) => ACT_FORMS.denial.safeParse({ words: "x", exemptions: ["a"], people: text });
    expect(people("A, B\r\n\r\nC, D\n").data?.people).toHaveLength(2);
    for (const wrong of ["A, B\nC", "\n", "A, B\n".repeat(11)]) {
      expect(people(wrong).error?.issues[0]?.message).toBe("letters.peopleWrong");
    }
  });
});

describe("the templates of letters", () => {
  const FOLDER = "templates";
  const read = (locale: string, name: string) => readFileSync(join(FOLDER, locale, "letters", `${name}.txt`), "utf8");
  const holesIn = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].sort();
  const names = Object.keys(LETTER_TEMPLATES) as (keyof typeof LETTER_TEMPLATES)[];

  it.each(["en", "es"])("are all there in %s, with no hole but their own, and nothing but holes", (locale) => {
    const files = readdirSync(join(FOLDER, locale, "letters")).sort();
    expect(files).toEqual([...names, "phrases"].map((name) => `${name}.txt`).sort());
    for (const name of names) {
      const text = read(locale, name);
      const allowed: readonly string[] = LETTER_TEMPLATES[name].holes;
      expect(
        holesIn(text).filter((hole) => !allowed.includes(hole ?? "")),
        name,
      ).toEqual([]);
      expect(text.replace(/\{\{\w+\}\}/g, ""), name).not.toMatch(/[{}<>%$]/);
      expect(text.split("\n")[0], name).toMatch(/^Subject: .*\{\{number\}\}$/);
    }
    const phrases = [...read(locale, "phrases").matchAll(/^== ([\w-]+)\n((?:(?!^== ).*\n?)*)/gm)];
    expect(phrases.map((match) => match[1]).sort()).toEqual(Object.keys(PHRASES).sort());
    for (const [, name = "", text = ""] of phrases) {
      expect(holesIn(text), name).toEqual([...(PHRASES[name as keyof typeof PHRASES] as readonly string[])].sort());
    }
  });

  it("say the same in both languages: the same holes", () => {
    for (const name of names) expect(holesIn(read("es", name)), name).toEqual(holesIn(read("en", name)));
  });

  it("have what the law asks for", () => {
    expect(holesIn(read("en", "extension"))).toEqual(expect.arrayContaining(["ground", "expected", "signer", "cite"]));
    expect(holesIn(read("en", "determination"))).toEqual(expect.arrayContaining(["available", "words", "people"]));
    for (const denial of ["denial", "denial-of-own-records"]) {
      expect(holesIn(read("en", denial))).toEqual(expect.arrayContaining(["exemptions", "people", "reviews", "words"]));
    }
    expect(read("en", "denial")).toContain("Gov. Code § 7922.540");
    expect(read("en", "denial-of-own-records")).toContain("Civ. Code § 1798.41(a)");
  });

  it("fill what is theirs and stop at anything else", () => {
    expect(fillHoles("{{a}} {{a}}", ["a"], { a: "{{a}}" }, "x")).toBe("{{a}} {{a}}");
    expect(() => fillHoles("{{b}}", ["a"], { a: "1", b: "2" }, "x")).toThrow("x has no value for {{b}}");
    expect(() => fillHoles("{{toString}}", ["toString"], {}, "x")).toThrow("{{toString}}");
    expect(dropEmpty("a\n\n{{b}}\n\nc\n{{d}} e\n", { b: "", d: "" })).toBe("a\n\nc\n{{d}} e\n");
  });

  it.each([
    ["08:00", "8:00 AM", "8:00 a. m."],
    ["12:00", "12:00 PM", "12:00 p. m."],
    ["17:00", "5:00 PM", "5:00 p. m."],
  ])("say %s as people do", (time, en, es) => {
    expect([sayHour(time, "en"), sayHour(time, "es")]).toEqual([en, es]);
  });

  it("say amounts as people do", () => {
    expect([sayDollars("1204.50", "en"), sayDollars("3", "es")]).toEqual(["$1,204.50", "$3.00"]);
  });
});

test("of a letter nothing stands in the clear: not in a table, a job, a mail or the ledger", async () => {
  await using portal = await openTestPortal();
  const secrets = ["Canaryname Vex", "Canaryword", "Canarysigner", "Canaryperson"];
  const { caseId, stateCaseId, clerk, stateClerk } = await givenClock(portal, { name: "Canaryname Vex" });
  const signer = { name: "Canarysigner", title: "Chief" };
  const people = [{ name: "Canaryperson", title: "Captain" }];
  const words = "Canaryword 4711";
  portal.time.advance({ days: 1 });
  await act(portal, clerk, caseId, { act: "extend", form: { ...EXTEND, words, signer } });
  await act(portal, clerk, caseId, { act: "ask-fee", form: { ...ASK, words, signer, amount: "4711.99" } });
  await act(portal, clerk, caseId, { act: "determination", form: { ...PART, words, people } });
  await act(portal, stateClerk, stateCaseId, {
    act: "denial",
    form: { ...DENIAL, exemptions: ["ca.ipa.pending"], words, people },
  });

  const tables = await portal.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  let seen = "";
  for (const { name } of tables.rows) {
    const { rows } = await portal.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    seen += rows.map(({ row }) => row).join("\n");
  }
  for (const secret of [...secrets, "4711"]) {
    const forms = [secret, Buffer.from(secret).toString("hex")].filter((form) => form !== "4711");
    for (const form of forms) expect(seen.toLowerCase()).not.toContain(form.toLowerCase());
  }
  // The look reaches what it should: the letters are there, and open to what was written.
  expect(seen).toContain("case.extended");
  const [newest] = await openLetters(portal, { id: caseId });
  for (const secret of ["Canaryname Vex", "Canaryword", "Canaryperson"]) expect(newest?.text).toContain(secret);
});
