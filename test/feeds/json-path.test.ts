import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePath, parseJson } from "#app/feeds/formats/json-path.ts";

const EVENT = {
  id: "a",
  n: 1,
  yes: true,
  nothing: null,
  "a.b": "dotted",
  a: { b: "nested" },
  agent: [
    { requestor: false, type: { coding: [{ code: "110152" }, { code: "other" }] }, who: { display: "server" } },
    { requestor: true, type: { coding: [{ code: "IRCP" }] }, who: { display: "John" }, role: ["x", "y"] },
  ],
};

describe("a path finds", () => {
  test.each<[string, string[]]>([
    ["id", ["a"]],
    ["n", ["1"]],
    ["yes", ["true"]],
    ["nothing", [""]],
    ["a.b", ["nested"]],
    ["'a.b'", ["dotted"]],
    ["missing", []],
    ["id.more", []],
    ["agent.who.display", ["server", "John"]],
    ["agent[requestor=true].who.display", ["John"]],
    ["agent[requestor!=true].who.display", ["server"]],
    ["agent[type.coding.code=other].who.display", ["server"]],
    ["agent[type.coding.code!=IRCP][requestor=false].who.display", ["server"]],
    ["agent[requestor=true].role", ["x", "y"]],
    ["agent[requestor=maybe].role", []],
    ["agent.type", []],
    ["@list", ["dataRequests"]],
    ["constructor", []],
    ["__proto__.id", []],
  ])("%s -> %j", (path, expected) => {
    expect(compilePath(path)(EVENT, "dataRequests")).toEqual(expected);
  });

  test.each(["", "a..b", "a[b]", "a[b=c", "[a=b]", "a b", "a."])("'%s' is no path", (path) => {
    expect(() => compilePath(path)).toThrow(SyntaxError);
  });
});

describe("JSON is read as it is written", () => {
  test("numbers keep their digits", () => {
    expect(parseJson('{"id": 12345678901234567890, "rate": 1.0, "big": 1e3, "small": 7, "text": "1.0"}')).toEqual({
      id: "12345678901234567890",
      rate: "1.0",
      big: "1e3",
      small: 7,
      text: "1.0",
    });
    expect(parseJson("[12345678901234567890]")).toEqual(["12345678901234567890"]);
  });

  test("and what is no JSON is nothing", () => {
    for (const text of ["", "{", "{'a':1}", "nul", '{"a":1} {"b":2}']) expect(parseJson(text)).toBeUndefined();
    // Nested so deep that the engine's own reader gives up when it is asked for the digits.
    const deep = `${"[".repeat(200_000)}12345678901234567890${"]".repeat(200_000)}`;
    expect(() => parseJson(deep)).not.toThrow();
  });

  test("a path never throws, whatever the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const path of ["a.b", "a[b=c].d", "'a.b'"]) expect(Array.isArray(compilePath(path)(value, ""))).toBe(true);
      }),
    );
  });
});
