import { userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { readConfig } from "#app/platform/config/config.server.ts";

describe("the settings", () => {
  it("name who acts at the shell by the login, unless somebody says another name", () => {
    expect(readConfig({}).operator).toBe(userInfo().username);
    expect(readConfig({ WHOLOOKED_OPERATOR: "night-shift" }).operator).toBe("night-shift");
  });

  it("need none", () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      url: "http://localhost:3000",
      trustProxy: false,
    });
  });

  it("treat an empty value as not set", () => {
    expect(readConfig({ PORT: "", SMTP_URL: "" })).toMatchObject({ port: 3000, smtpUrl: undefined });
  });

  it.each([
    "postgresql://portal:se%40cret@db.example.gov:5432/wholooked?sslmode=require",
    "postgres:///wholooked?host=/run/postgresql",
  ])("take the database's address %s", (DATABASE_URL) => {
    expect(readConfig({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
  });

  it.each([
    ["PORT", "ninety"],
    ["PORT", "70000"],
    ["PORTAL_URL", "ftp://example.org"],
    ["PORT", "-17"],
    ["PORT", "80.5"],
    ["PORTAL_URL", "https://example.org/portal"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["DATABASE_URL", "postgresql://portal:pa%ss@host/x"],
    ["DATABASE_URL", "postgresql://portal:secret@ho st/x"],
    ["DATABASE_URL", "postgresql://portal:secret@host:port/x"],
    ["UPLOAD_LIMIT_MB", "-17"],
    ["UPLOAD_LIMIT_MB", "much"],
    ["SMTP_URL", "mail.example.org"],
    ["MAIL_FROM", "nobody"],
    ["EXIT_URL", "javascript:alert(1)"],
    ["WHOLOOKED_DEMO", "yes"],
    ["LOG_LEVEL", "loud"],
    ["TRUST_PROXY", "1"],
    ["WHOLOOKED_KEY_FILE", "/nowhere/key.json"],
  ])("stop the start with a sentence that names %s when it is %s, without repeating the value", (name, value) => {
    const message = messageOf(() => readConfig({ [name]: value }));
    expect(message).toContain(name);
    expect(message).toMatch(/takes .+\.$/);
    expect(message).not.toContain(value);
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}
