import { describe, expect, it } from "vitest";
import { findWanted, safeBack } from "#app/routes/back.ts";

const ELSEWHERE = [
  "",
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/./\n/evil.example",
  "/..//evil.example",
  "javascript:alert(1)",
  "\\\\evil.example",
  "evil.example",
];

describe("the page wanted before signing in", () => {
  it("is kept with its query", () => {
    expect(findWanted("/desk/cases/1?page=2")).toBe("/desk/cases/1?page=2");
  });

  it.each([null, ...ELSEWHERE])("is never another site's: %j", (asked) => {
    expect(findWanted(asked)).toBeNull();
  });
});

describe("the way back after choosing a language", () => {
  it("keeps the path and drops what may have been typed", () => {
    expect(safeBack("/my/requests")).toBe("/my/requests");
    expect(safeBack("/my?plate=8ABC123#name")).toBe("/my");
  });

  it("keeps a question to the calculator, which holds nothing of the one who asks", () => {
    expect(safeBack("/deadlines?rule=us.foia&on=2026-11-02#days")).toBe("/deadlines?rule=us.foia&on=2026-11-02");
    expect(safeBack("/deadlines/x?plate=8ABC123")).toBe("/deadlines/x");
  });

  it.each([null, ...ELSEWHERE])("never leads to another site: %j", (asked) => {
    expect(safeBack(asked)).toBe("/");
  });
});
