import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { datePartsTyped, fieldsOf, listTyped, readForm, whenMissing } from "#app/ui/form.ts";
import { en } from "#app/ui/words/en/index.ts";
import { key, registerWords } from "#app/ui/words/words.ts";

beforeAll(() => registerWords("en", en));

const schema = z.object({
  plate: z.string(whenMissing("signin.codeNeeded")).max(8),
  note: z.string().optional(),
  born: z.iso.date(key("errors.dateNotReal")),
  agencies: z.array(z.string()).min(1, key("errors.chooseSome")),
});

const complete = { plate: "8ABC123", "born.month": "4", "born.day": "28", "born.year": "1986", "agencies[]": "a" };

function formOf(fields: Readonly<Record<string, string | readonly string[]>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const text of [value].flat()) form.append(name, text);
  return form;
}

function refusalOf(fields: Readonly<Record<string, string | readonly string[]>>) {
  const read = readForm(schema, formOf(fields));
  if (read.ok) throw new Error("this form was expected to be refused");
  return read;
}

describe("reading a form", () => {
  it("gives the values: trimmed, composed, a date from its three boxes, a list even of one", () => {
    const read = readForm(schema, formOf({ ...complete, note: "  Jose\u0301  " }));
    expect(read).toEqual({
      ok: true,
      value: { plate: "8ABC123", note: "José", born: "1986-04-28", agencies: ["a"] },
    });
  });

  it("takes a blank field for one not given", () => {
    const read = readForm(schema, formOf({ ...complete, note: "   " }));
    expect(read.ok && read.value.note).toBe(undefined);
    expect(refusalOf({ ...complete, plate: " " }).issues["plate"]?.key).toBe("signin.codeNeeded");
  });

  it("hands back what was typed, to the letter, beside one sentence for each field", () => {
    const plate = `  ${"X".repeat(400)}`;
    const refused = refusalOf({ ...complete, plate, "born.month": "2", "born.day": "30", "agencies[]": ["a", "b"] });
    expect(refused.issues).toEqual({
      plate: { key: "errors.tooLong", params: { maximum: 8, count: 8 } },
      born: { key: "errors.dateNotReal", params: {} },
    });
    expect(refused.typed).toEqual({ plate, born: "1986-2-30", agencies: "a\nb" });
    expect(datePartsTyped(refused.typed["born"] ?? "")).toEqual({ year: "1986", month: "2", day: "30" });
    expect(listTyped(refused.typed["agencies"] ?? "")).toEqual(["a", "b"]);
  });

  it.each([
    ["letters", { "born.month": "April" }],
    ["a year of two digits", { "born.year": "86" }],
    ["a missing day", { "born.day": "" }],
    ["a day that no month has", { "born.day": "32" }],
  ])("refuses a date with %s", (_what, part) => {
    expect(refusalOf({ ...complete, ...part }).issues["born"]?.key).toBe("errors.dateNotReal");
  });

  it("says that a list is needed when nothing was ticked", () => {
    const { "agencies[]": _none, ...rest } = complete;
    expect(Object.keys(refusalOf(rest).issues)).toEqual(["agencies"]);
  });

  it("shows no text of the library to a reader", () => {
    const refused = readForm(z.object({ plate: z.string().regex(/^\d$/) }), formOf({ plate: "x" }));
    expect(!refused.ok && refused.issues["plate"]).toEqual({ key: "errors.notUnderstood" });
  });

  it("is not led astray by a field named like a part of every object", () => {
    const refused = refusalOf({ ...complete, plate: "", __proto__: "x", constructor: "y" });
    const field = fieldsOf(refused);
    expect(field("constructor").value).toBe("y");
    expect(field("toString")).toEqual({ name: "toString", value: "", error: undefined });
  });
});

describe("the fields of a form", () => {
  it("show what is saved until something was typed", () => {
    expect(fieldsOf(undefined, { plate: "8ABC123" })("plate").value).toBe("8ABC123");
    const refused = refusalOf({ ...complete, plate: "" });
    expect(fieldsOf(refused, { plate: "8ABC123" })("plate")).toEqual({
      name: "plate",
      value: "",
      error: { key: "signin.codeNeeded", params: {} },
    });
  });
});
