import PDFDocument from "pdfkit";
import { describe, expect, it } from "vitest";
import { PdfInside } from "#app/histories/document/pdfkit-inside.ts";
import { Typefaces } from "#app/histories/document/typefaces.server.ts";
import { isOf } from "#app/histories/gates/outside-pages.ts";
import { readPdf } from "#app/histories/gates/pdf-objects.ts";
import { checkRelease } from "#app/histories/gates.server.ts";
import { renderHistory, UndrawableText, UnknownGround } from "#app/histories/render-history.server.ts";
import { absent, allWithheld, historyOf, lineOf, shown, withheld } from "./histories.ts";
import { opened, textOf } from "./reading.ts";

describe("the document's words", () => {
  it("never reads as 'nobody looked' when nothing was found, but says what the logs cover and do not", async () => {
    const text = await textOf(await renderHistory(historyOf(0)));
    expect(text).not.toContain("dispute it");
    expect(text).toContain(
      "No look-up was found in the logs we hold; they cover Plate network: June 1, 2025 to November 30, 2025 and January 15, 2026 to June 10, 2026; they do not cover Plate network: December 1, 2025 to January 14, 2026;",
    );
    expect(text).toContain("This does not prove that you were never looked up.");
    expect(text).not.toMatch(/nobody|no one looked|no body/i);
  });

  it("says in Spanish that nothing was found, with the coverage", async () => {
    const text = await textOf(await renderHistory(historyOf(0, { locale: "es" })));
    expect(text).toContain(
      "No se encontró ninguna consulta en los registros que tenemos; cubren Plate network: del 1 de junio de 2025 al 30 de noviembre de 2025",
    );
    expect(text).toContain("no cubren Plate network: del 1 de diciembre de 2025 al 14 de enero de 2026");
  });

  it("says that no log covers anything when none was delivered", async () => {
    const text = await textOf(await renderHistory(historyOf(0, { coverage: [] })));
    expect(text).toContain("they cover no part of the period you asked about");
  });

  it("does not call an answer empty when everything in it is withheld", async () => {
    const history = historyOf(1, {
      lines: [],
      withheld: [{ number: 1, ground: "informant", outcome: "withhold", reviewOn: null }],
    });
    const text = await textOf(await renderHistory(history));
    expect(text).toContain("We found 1 look-up of you, and the law cited below lets us withhold it for now.");
    expect(text).not.toContain("No look-up was found");
  });

  it("counts look-ups, users and agencies at a glance", async () => {
    const lines = [
      lineOf(1, "2026-02-01"),
      lineOf(2, "2026-03-01", { user: shown("other") }),
      lineOf(3, "2026-01-05", { agency: shown("Marin Hills Sheriff"), user: withheld() }),
    ];
    const text = await textOf(await renderHistory(historyOf(3, { lines, withheld: [] })));
    expect(text).toContain(
      "We found 3 look-ups of you that you may see, by 2 different users whom this answer identifies at 2 agencies. The first was on January 5, 2026, the latest on March 1, 2026.",
    );
  });

  it("tells each look-up newest first as a plain sentence, and says what is withheld or absent", async () => {
    const lines = [
      lineOf(1, "2025-07-04", {
        user: absent("empty"),
        purpose: absent("hidden-by-agency"),
        caseNumber: withheld("investigation"),
      }),
      lineOf(2, null, { user: withheld(), searchedBy: withheld() }),
      lineOf(3, "2026-02-01"),
    ];
    const text = await textOf(await renderHistory(historyOf(3, { lines })));
    const sentences = [
      "On February 1, 2026, user 4be1c2d0-77aa-4c0e-9f11-2b7a5c9d1e33 of Alder Creek Police searched Plate network using “plate 9ZQX417”. Reason given: “Stolen vehicle follow-up”. Case number: 26-00417.",
      "On July 4, 2025, a user whom the log does not name, of Alder Creek Police, searched Plate network using “plate 9ZQX417”. The reason was already hidden in the log we received. The case number is withheld.",
      "On a date that is withheld, a user, withheld here, of Alder Creek Police searched Plate network; what they typed is withheld.",
    ];
    const places = sentences.map((sentence) => text.indexOf(sentence));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it("lets the day of a withheld time show through nowhere, though the model still has it", async () => {
    const lines = [lineOf(1, "2026-03-01", { at: withheld() }), lineOf(2, "2025-09-09")];
    const text = await textOf(await renderHistory(historyOf(2, { lines, withheld: [] })));
    expect(text).not.toMatch(/March 1, 2026|2026-03-01|Mar 2026/);
    expect(text).toContain(
      "The date was September 9, 2025. For 1 look-up the date is withheld, so the chart leaves it out.",
    );
    expect(text.indexOf("On September 9, 2025")).toBeLessThan(text.indexOf("On a date that is withheld"));
  });

  it("lists what was withheld by line, with law and day of review, and explains each ground", async () => {
    const text = await textOf(await renderHistory(historyOf(2)));
    expect(text).toContain("2 In this look-up: user and case number A. Cal. Gov. Code § 7923.600 January 15, 2027");
    expect(text).toContain(
      "3 The whole look-up, for now: it comes to you by itself if the reason ends A. Cal. Gov. Code § 7923.600 December 1, 2026",
    );
    expect(text).toContain("4 The whole look-up B. Cal. Evid. Code § 1041 no date set; you can ask for a review");
    expect(text).toContain(
      "B. The words would show who spoke to the police in confidence. (Cal. Evid. Code § 1041) Used 2 times in this answer.",
    );
  });

  it("refuses a withholding whose ground it cannot explain", async () => {
    const lines = [lineOf(1, "2026-01-01", { user: withheld("nowhere") })];
    await expect(renderHistory(historyOf(1, { lines }))).rejects.toThrow(UnknownGround);
  });

  it("marks a demo as one, and nothing else as one", async () => {
    expect(await textOf(await renderHistory(historyOf(1)))).toContain(
      "DEMO. Every person, agency and look-up in this document is invented.",
    );
    expect(await textOf(await renderHistory(historyOf(1, { demo: false })))).not.toContain("DEMO");
  });
});

describe("a stated reason", () => {
  it.each([
    ["en", "That reason, in plain words: A stolen vehicle."],
    ["es", "Ese motivo, en palabras sencillas: Un vehículo robado."],
  ] as const)("that is understood is put into plain words: %s", async (locale, said) => {
    const lines = [
      lineOf(1, "2026-02-01", { purpose: shown("stolen vehicle") }),
      lineOf(2, "2026-01-01", { purpose: shown("inv") }),
    ];
    expect((await textOf(await renderHistory(historyOf(2, { locale, lines })))).split(said)).toHaveLength(2);
  });
});

describe("what the law wants an answer to say", () => {
  it("stands in it, with the law, and no heading where nothing is known of it", async () => {
    const history = historyOf(1);
    const mustSay = [{ plain: "Whether there are records, and why.", cite: "Gov. Code § 7922.535(a)" }];
    const said = "What the law wants an answer to say";
    const text = await textOf(await renderHistory({ ...history, rule: { ...history.rule, mustSay } }));
    expect(text).toContain("Whether there are records, and why. (Gov. Code § 7922.535(a))");
    expect(text).toContain(said);
    expect(await textOf(await renderHistory(history))).not.toContain(said);
  });
});

describe("names in their own letters", () => {
  const named = (name: string) => historyOf(1, { resident: { name } });

  it.each([
    "Nguyễn Thị Ánh Đào",
    "Trần Quốc Tuấn",
    "José Ñíguez Güell",
    "Łukasz Žižek Ðorđević",
    "Ọlábísí Adéọlá",
    "Αθηνά Παπαδοπούλου",
    "Кириллова Ёлка",
    "Anh Thư (Žižek)",
    "Nguyễn".normalize("NFD"),
    "Արամ Խաչատրյան",
    "李小龍",
    "鄧麗君 (Teresa)",
    "田中 サクラ",
    "김민준",
    "فاطمة الزهراء",
    "محمد عبد الله بن سلام",
    "گلشیفته فراهانی",
    "بلال لا إله",
    "José علي Cohen",
    "علي 12 حسن",
    "שרה כהן",
    "דָּוִד",
    "สมชาย น้ำตา",
    "प्रिया क्षितिज",
  ])("draws %s so that it comes back whole", async (name) => {
    const history = named(name);
    const pdf = await renderHistory(history);
    const text = (await textOf(pdf)).normalize("NFC");
    const tight = (words: string): string => words.normalize("NFC").replace(/\s/g, "");
    expect(tight(text)).toContain(tight(`Dear ${name},`));
    for (const word of name.normalize("NFC").split(" ")) expect(text).toContain(word);
    expect(await checkRelease(pdf, history, [])).toEqual({ ok: true, failures: [] });
  });

  it.each([
    ["ნინო", "U+10DC"],
    ["ᠮᠣᠩᠭᠣᠯ", "U+182E"],
    ["திரு", "U+0BA4"],
    ["Ana \u202eeuL", "U+202E"],
    ["Ana\u0007", "U+0007"],
  ])("refuses %j rather than dropping a letter, and names only the character", async (name, codePoint) => {
    const refused = await renderHistory(named(name)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UndrawableText);
    expect((refused as UndrawableText).codePoints).toContain(codePoint);
    expect((refused as UndrawableText).message).not.toContain(name);
  });

  it("refuses a character of a look-up as of a name", async () => {
    const lines = [lineOf(1, "2026-01-01", { purpose: shown("see 🚓") })];
    await expect(renderHistory(historyOf(1, { lines }))).rejects.toThrow("U+1F693");
  });
});

describe("everything withheld", () => {
  it("says so in every sentence, in both languages", async () => {
    for (const [locale, said] of [
      [
        "en",
        "On a date that is withheld, a user, withheld here, of an agency that is withheld searched a system that is not named here",
      ],
      [
        "es",
        "En una fecha que se retiene, un usuario, que aquí se retiene, de una agencia que se retiene buscó en un sistema que aquí no se nombra",
      ],
    ] as const) {
      expect((await textOf(await renderHistory(allWithheld(2, { locale })))).split(said)).toHaveLength(3);
    }
  });
});

describe("a name in another script", () => {
  const purpose = "Report by فاطمة الزهراء and 김민준; see file";
  const history = historyOf(1, { lines: [lineOf(1, "2026-01-01", { purpose: shown(purpose) })] });

  it("is said in its own language, and the words around it in the document's", async () => {
    const { objects } = readPdf(await renderHistory(history));
    const languages = [...objects.values()].flatMap(({ value }) => {
      const language = value instanceof Map && isOf(value, "StructElem") ? value.get("Lang") : undefined;
      return Buffer.isBuffer(language) ? [language.toString("latin1")] : [];
    });
    expect([...new Set(languages)].sort()).toEqual(["ar", "ko"]);
  });

  it("from right to left has its first word rightmost, its letters joined", async () => {
    const items = await opened(await renderHistory(history), async (document) => {
      const { items } = await (await document.getPage(3)).getTextContent();
      return items.flatMap((item) => ("str" in item && item.dir === "rtl" ? [item.str] : []));
    });
    expect(items).toContain("فاطمة الزهراء");
  });

  it("joins its letters: the same letter has other shapes at the beginning, at the end and alone", () => {
    const document = new PDFDocument({ font: Typefaces.first, autoFirstPage: false });
    const typefaces = new Typefaces(document, new PdfInside(document, () => undefined));
    const glyphs = (text: string) =>
      typefaces
        .word(text, "regular")
        .pieces.flatMap(({ runs }) => runs.flatMap((run) => run.glyphs.match(/[0-9a-f]{4}/g)));
    expect(new Set([...glyphs("هه"), ...glyphs("ه")]).size).toBe(3);
  });
});
