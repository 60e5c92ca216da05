import { describe, expect, it } from "vitest";
import { WrongSetting } from "#app/platform/config/config.server.ts";
import { faultLine, faultOf } from "#app/platform/log/fault.ts";
import { startFailure } from "#app/platform/start-failure.server.ts";

const PLANTED = "Canary Nameson";

const named = (name: string, more: object = {}) => Object.assign(new Error(`${PLANTED} failed`), { name }, more);

describe("what is written down of an error", () => {
  it("is its kind, its code and where it happened", () => {
    const fault = faultOf(named("DatabaseError", { code: "23505", detail: `Key (name)=(${PLANTED}) exists` }));
    expect(fault).toMatchObject({ fault: "DatabaseError", code: "23505" });
    expect(fault.frames[0]).toMatch(/^at .*fault\.test\.ts:\d+:\d+/);
    expect(JSON.stringify(fault)).not.toContain("Canary");
  });

  it("is the code of what caused it, where it has none itself", () => {
    expect(faultLine(new Error("x", { cause: named("error", { code: "ECONNREFUSED" }) }))).toBe("Error ECONNREFUSED");
  });

  it.each([
    ["a message that looks like a stack", new Error(`x\n    at ${PLANTED} (file:///a.ts:1:2)`)],
    ["a name that is a sentence", named(`no ${PLANTED}`)],
    ["a code that is a value", named("Error", { code: PLANTED })],
    ["a message that was changed after its stack was written", Object.assign(new Error(PLANTED), { message: "other" })],
    ["no error at all", PLANTED],
  ])("never is %s", (_, error) => {
    expect(JSON.stringify(faultOf(error))).not.toContain("Canary");
  });
});

describe("a start that fails", () => {
  it.each([
    [named("Error", { code: "EADDRINUSE", syscall: "listen" }), "set PORT"],
    [named("Error", { code: "EADDRNOTAVAIL", syscall: "listen" }), "set HOST"],
    [named("Error", { code: "EACCES", syscall: "listen" }), "PORT and HOST"],
    [named("AggregateError", { code: "ECONNREFUSED" }), "DATABASE_URL"],
    [named("error", { code: "28P01" }), "DATABASE_URL"],
    [named("Error", { code: "EACCES", syscall: "mkdir" }), "WHOLOOKED_DATA"],
  ])("names what to set, and repeats nothing", (error, setting) => {
    expect(startFailure(error)).toContain(setting);
    expect(startFailure(error)).not.toMatch(/Canary|\n/);
  });

  it("is told in our own words where we have some, and by its kind where we have none", () => {
    expect(startFailure(new WrongSetting("PORT takes a number."))).toBe("PORT takes a number.");
    const cause = named("Error", { code: "MODULE_NOT_FOUND" });
    expect(startFailure(new Error("No PostgreSQL comes with it.", { cause }))).toBe("No PostgreSQL comes with it.");
    expect(startFailure(named("PrismaClientKnownRequestError", { code: "P2002" }))).toMatch(
      /PrismaClientKnownRequestError P2002/,
    );
    expect(startFailure(new SyntaxError(PLANTED))).not.toContain("Canary");
  });
});
