// The table of threats is held against the tests that it names: a promise whose test is gone is no promise.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromRoot, namesOfTests } from "#test/support/named-tests.ts";
import { quotedIn, rowsOfTables } from "#test/support/written-table.ts";

const MODEL = "app/decisions/threat-model.md";
const rows = rowsOfTables(MODEL, ["threat", "how it goes", "control", "default", "test"]);

/** Written here once more, so that a row cannot go unseen. */
const EXPECTED = [
  // Attacks that every such system must stand.
  "mailbox-holder",
  "mailbox-takeover",
  "wrong-person",
  "existence-oracle",
  "withheld-in-pdf",
  "gap-width",
  "ledger-tampered",
  "stolen-dump",
  "foreign-id",
  "feed-forged",
  "flood",
  "killed-anywhere",
  "hostile-text",
  // What others got wrong.
  "stored-deadline",
  "overdue-erased",
  "redaction-per-exit",
  "identity-flag",
  "duplicate-blocks",
  "mail-never-sent",
  "template-runs",
  "name-in-telemetry",
  "complaint-dies",
  // Found by reading what is built.
  "mail-scanner",
  "code-guessing",
  "lock-out",
  "link-replayed",
  "second-factor-skipped",
  "totp-replayed",
  "stolen-session",
  "stolen-passkey-device",
  "lost-everything",
  "provider-lies",
  "left-the-agency",
  "self-promotion",
  "abusive-admin",
  "operator-releases",
  "forgotten-authorise",
  "insider-browsing",
  "walled-officer",
  "wall-as-oracle",
  "conflict-of-interest",
  "walled-case-stalls",
  "officer-judges-himself",
  "collusion",
  "code-letter-stolen",
  "malicious-upload",
  "false-paper",
  "upload-metadata",
  "false-representative",
  "clerk-lies",
  "moved-ciphertext",
  "backup-thief",
  "key-left-behind",
  "key-file-read",
  "kept-for-ever",
  "database-owner",
  "checkpoint-key-stolen",
  "read-unseen",
  "ledger-lost-entry",
  "letter-endangers",
  "seen-on-screen",
  "shared-browser",
  "xss-by-log",
  "csrf",
  "dns-rebinding",
  "open-redirect",
  "plain-http",
  "spoofed-network",
  "big-input",
  "calendar-secret",
  "check-page-oracle",
  "third-party-inferred",
  "quarantine-hides",
  "log-injection",
  "supply-chain",
  "migration-edited",
  "demo-in-production",
];

describe("the table of threats", () => {
  it("has a row for each threat that is expected, once, and no other", () => {
    expect(rows.map(({ threat }) => quotedIn(threat)[0]).sort()).toEqual([...EXPECTED].sort());
  });

  it("has no empty cell", () => {
    expect(rows.filter((row) => Object.values(row).some((cell) => cell === ""))).toEqual([]);
  });

  it("names for every threat a test that is there under just that name", () => {
    const dead = rows.flatMap(({ threat, test }) => {
      const named = quotedIn(test);
      return named.length === 0 ? [`${threat} names no test`] : named.filter(isDead).map((name) => `${threat} ${name}`);
    });
    expect(dead).toEqual([]);
  });

  it("names no file of the portal that is not there", () => {
    const named = quotedIn(readFileSync(fromRoot(MODEL), "utf8")).filter((text) => /^(?:app|test)\/\S+$/.test(text));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !existsSync(fromRoot(path)))).toEqual([]);
  });

  it.each([
    ["test/platform/nowhere.test.ts > no package runs a script of its own when it is installed"],
    ["test/platform/threat-model.test.ts > no package runs a script"],
    ["test/platform/threat-model.test.ts > the table of threats"],
    ["test/platform/threat-model.test.ts"],
  ])("would find a dead reference: %s", (reference) => expect(isDead(reference)).toBe(true));
});

it("no package runs a script of its own when it is installed", () => {
  const settings = readFileSync(fromRoot(".npmrc"), "utf8").split("\n");
  expect(settings).toContain("ignore-scripts=true");
  expect(settings).toContain("save-exact=true");
});

/** Whether `file > name` leads to no test. */
function isDead(reference: string): boolean {
  const [, file = "", name = ""] = /^(test\/\S+\.test\.ts) > (.+)$/.exec(reference) ?? [];
  return file === "" || !existsSync(fromRoot(file)) || !namesOfTests(file).has(name);
}
