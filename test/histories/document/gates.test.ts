import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { tightly } from "#app/histories/gates/forbidden.ts";
import { readPageDrawing } from "#app/histories/gates/page-drawing.ts";
import { checkRelease, type Gate } from "#app/histories/gates.server.ts";
import type { History } from "#app/histories/history.ts";
import { renderHistory } from "#app/histories/render-history.server.ts";
import { historyOf, lineOf, shown, withheld } from "./histories.ts";

const CANARY = "Kowalczyk";
const redacted = (): History =>
  historyOf(2, { lines: [lineOf(1, "2026-02-01", { user: withheld() }), lineOf(2, "2026-01-01")] });

async function gatesClosed(pdf: Buffer, history: History, forbidden: readonly string[] = [CANARY]): Promise<Gate[]> {
  const report = await checkRelease(pdf, history, forbidden);
  expect(report.ok).toBe(report.failures.length === 0);
  expect(JSON.stringify(report).toLowerCase()).not.toContain(CANARY.toLowerCase());
  return report.failures.map(({ gate }) => gate);
}

/** The file with one more object that nothing points at, its cross-references still right. */
function withObject(pdf: Buffer, body: string | Buffer): Buffer {
  const text = pdf.toString("latin1");
  const xref = text.lastIndexOf("\nxref\n") + 1;
  const object = Buffer.concat([Buffer.from("999999 0 obj\n"), Buffer.from(body), Buffer.from("\nendobj\n")]);
  const tail = text.slice(xref).replace(/startxref\s+\d+/, `startxref\n${xref + object.length}`);
  return Buffer.concat([pdf.subarray(0, xref), object, Buffer.from(tail, "latin1")]);
}

function utf16(text: string): string {
  return Buffer.from(`\ufeff${text}`, "utf16le").swap16().toString("hex");
}

function stream(dictionary: string, content: string): Buffer {
  const packed = deflateSync(Buffer.from(content));
  return Buffer.concat([
    Buffer.from(`<<${dictionary}/Filter/FlateDecode/Length ${packed.length}>>stream\n`),
    packed,
    Buffer.from("\nendstream"),
  ]);
}

describe("the gates", () => {
  it("are open for what the renderer made from the model", async () => {
    expect(await gatesClosed(await renderHistory(redacted()), redacted())).toEqual([]);
  });

  it.each([
    ["whole", CANARY],
    ["in other case", "KOWALCZYK"],
    ["spaced out", "Kowal czyk"],
    ["inside a word", "seeKowalczyk2"],
  ])("close on a withheld value drawn on a page, %s", async (_, drawn) => {
    const leaky = redacted();
    leaky.lines[0] = lineOf(1, "2026-02-01", { user: shown(drawn) });
    const closed = await gatesClosed(await renderHistory(leaky), redacted());
    expect(closed).toEqual(expect.arrayContaining(["text-equals-model", "withheld-in-text"]));
  });

  it("close on a short value drawn once more than the model shows it", async () => {
    const leaky = redacted();
    leaky.lines[0] = lineOf(1, "2026-02-01", { user: shown("ZQ") });
    expect(await gatesClosed(await renderHistory(leaky), redacted(), ["ZQ"])).toContain("withheld-in-text");
  });

  it("close on a withheld value in the metadata", async () => {
    const pdf = await renderHistory(redacted());
    const patched = Buffer.from(pdf.toString("latin1").replace("(WhoLooked)", `(${CANARY})`), "latin1");
    expect(patched.equals(pdf)).toBe(false);
    expect(await gatesClosed(patched, redacted())).toEqual(["withheld-outside-pages"]);
    const packet = Buffer.from(pdf.toString("latin1").replace(">WhoLooked<", `>${CANARY}<`), "latin1");
    expect(packet.equals(pdf)).toBe(false);
    expect(await gatesClosed(packet, redacted())).toEqual(["withheld-outside-pages"]);
  });

  it("close on an attachment, with and without a withheld value", async () => {
    const pdf = await renderHistory(redacted());
    expect(await gatesClosed(withObject(pdf, stream("/Type/EmbeddedFile", `user: ${CANARY}`)), redacted())).toEqual(
      expect.arrayContaining(["attachment", "stream", "withheld-outside-pages"]),
    );
    expect(await gatesClosed(withObject(pdf, stream("/Type/EmbeddedFile", "harmless")), redacted())).toEqual(
      expect.arrayContaining(["attachment", "stream"]),
    );
  });

  it.each([
    ["ActualText in UTF-16", `<</Type/StructElem/S/Span/ActualText<${utf16(CANARY)}>>>`],
    ["Alt as a literal string with escapes", "<</Type/StructElem/S/Figure/Alt(Kowal\\143zyk)>>"],
    ["a hex string", `<</K<${Buffer.from(CANARY).toString("hex")}>>>`],
    ["a name", `<</K/${CANARY}>>`],
    ["a dictionary's key", `<</${CANARY} 1>>`],
    ["a comment", `<</K 1>> % ${CANARY}`],
  ])("close on a withheld value in %s", async (_, body) => {
    expect(await gatesClosed(withObject(await renderHistory(redacted()), body), redacted())).toContain(
      "withheld-outside-pages",
    );
  });

  it.each([
    ["script", "<</S/JavaScript/JS(app.alert)>>"],
    ["annotation", "<</Annots[]>>"],
    ["object", "<</XObject<<>>>>"],
  ] as const)("close on a %s", async (gate, body) => {
    expect(await gatesClosed(withObject(await renderHistory(redacted()), body), redacted())).toContain(gate);
  });

  it("close on a page whose text is not the model's, though nothing forbidden is in it", async () => {
    const other = redacted();
    other.lines[1] = lineOf(2, "2026-01-01", { scope: shown("2,511 networks") });
    expect(await gatesClosed(await renderHistory(other), redacted())).toEqual(["text-equals-model"]);
  });

  it("close on bytes that are no PDF, or only half of one, or two editions in one", async () => {
    const pdf = await renderHistory(redacted());
    for (const bad of [Buffer.from("hello"), pdf.subarray(0, pdf.length / 2), Buffer.concat([pdf, pdf])]) {
      expect(await gatesClosed(bad, redacted())).toEqual(["readable"]);
    }
  });
});

describe("comparing values", () => {
  it.each(["Kowal-\nczyk", "KOWAL\u2010 \n czyk", "Kowal\u00adczyk", "Kowa\u200blczyk", " kowal czyk\n"])(
    "finds the value in %j",
    (text) => {
      expect(tightly(text)).toBe("kowalczyk");
    },
  );
  it("keeps a hyphen that is no line's end", () => expect(tightly("25-02183")).toBe("25-02183"));
});

describe("hidden text", () => {
  const page = { width: 612, height: 792 };
  const text = (colour: string, place = "100 700", size = 9): string =>
    `BT ${colour} rg 1 0 0 1 ${place} Tm /F1 ${size} Tf[<0001>]TJ ET`;
  const faults = (content: string): string[] =>
    readPageDrawing(Buffer.from(content), page).faults.map(({ detail }) => detail);

  it("is not what plain text is", () => expect(faults(text("0.1 0.1 0.1"))).toEqual([]));
  it("is white text", () => expect(faults(text("1 1 1"))).toEqual(["text is as pale as the paper"]));
  it("is text in an invisible mode", () =>
    expect(faults(`3 Tr ${text("0 0 0")}`)).toEqual(["text is drawn in another mode than filled"]));
  it("is text beneath a box", () =>
    expect(faults(`${text("0 0 0")} 0.9 0.9 0.9 rg 90 690 50 20 re f`)).toEqual(["a box is painted over text"]));
  it("is text on a dark box", () =>
    expect(faults(`0 0 0 rg 90 690 50 20 re f ${text("0 0 0")}`)).toEqual(["dark text stands on a dark box"]));
  it("is text off the paper", () => expect(faults(text("0 0 0", "700 700"))).toEqual(["text stands off the paper"]));
  it("is text too small to see", () =>
    expect(faults(text("0 0 0", "100 700", 1))).toEqual(["text is too small to read"]));
  it("is found through moved coordinates", () =>
    expect(faults(`q 1 0 0 1 600 0 cm ${text("0 0 0")} Q`)).toEqual(["text stands off the paper"]));
  it("may hide in a picture, so no picture is allowed", () =>
    expect(faults("/X1 Do")).toEqual(["a page draws with an operator that a release does not use"]));
});

describe("a withheld value that is also shown", () => {
  const showing = (purpose: string): History =>
    historyOf(2, {
      lines: [
        lineOf(1, "2026-02-01", { purpose: withheld(), user: withheld() }),
        lineOf(2, "2026-01-01", { purpose: shown(purpose) }),
      ],
    });
  const closedFor = async (purpose: string, forbidden: string): Promise<Gate[]> =>
    gatesClosed(await renderHistory(showing(purpose)), showing(purpose), [forbidden]);

  it("does not stop the release when another line shows the same reason", async () => {
    expect(await closedFor("Stolen vehicle 2026", "Stolen Vehicle 2026")).toEqual([]);
  });
  it("does not stop it when it is one common word of a shown reason, or of the document itself", async () => {
    expect(await closedFor("patrol request", "patrol")).toEqual([]);
    expect(await closedFor("patrol request", "search")).toEqual([]);
    expect(await closedFor("patrol request", "e")).toEqual([]);
  });
  it("does not stop it when a field that is no free text holds it", async () => {
    expect(await closedFor("visit to Alder Creek", "Alder Creek")).toEqual([]);
  });
  it("stops it when a shown reason holds a withheld plate or a withheld full name", async () => {
    expect(await closedFor("investigation plate 7EAD231", "7EAD231")).toEqual(["withheld-in-model"]);
    expect(await closedFor("seen with Marta Quill at noon", "Marta Quill")).toEqual(["withheld-in-model"]);
  });
  it("stops it all the same when the withheld cell itself is drawn", async () => {
    const model = showing("Stolen vehicle 2026");
    const leaky = showing("Stolen vehicle 2026");
    leaky.lines[0] = lineOf(1, "2026-02-01", { purpose: shown("Stolen vehicle 2026"), user: withheld() });
    expect(await gatesClosed(await renderHistory(leaky), model, ["Stolen vehicle 2026"])).toEqual(
      expect.arrayContaining(["text-equals-model", "withheld-in-text"]),
    );
  });
});
