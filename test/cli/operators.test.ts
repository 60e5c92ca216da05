// Nothing is done from the shell without a name, and all of it stands in the ledger under that name.
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS, underName } from "#app/cli/commands.ts";
import { givenAgency, ledgerOf } from "#test/people/given-people.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

const folder = mkdtempSync(join(tmpdir(), "wholooked-operators-"));
const KEY = join(folder, "private.pem");
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
writeFileSync(KEY, privateKey.export({ type: "pkcs1", format: "pem" }));

let portal: TestPortal;
beforeAll(async () => {
  portal = await openTestPortal({ env: { WHOLOOKED_OPERATOR: "night-shift" } });
  await givenAgency(portal);
});
afterAll(async () => {
  await portal[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const LOG = ["--custodian", "alder", "--system", "alpr"];
const NO_ID = "00000000-0000-4000-8000-000000000000";

/** What each command is called with here. A new one needs a line: then the tests below hold it too. */
const CALLS: Readonly<Record<string, readonly string[] | "opens no installation" | "moves the demo in">> = {
  demo: "moves the demo in",
  "feed check": "opens no installation",
  "feed schema": "opens no installation",
  "agency alias": ["alder", "Alder PD"],
  "agency close": ["alder", "2026-03-09", "--why", "Stocktaking", "--dry-run"],
  "agency reopen": ["alder", "2026-03-09", "--dry-run"],
  "law list": [],
  "law switch": ["ca.ab-1821", "--off", "--dry-run"],
  "feed import": ["package.json", ...LOG, "--profile", "canonical"],
  "feed doors": [],
  "feed folder set": ["/nowhere", ...LOG],
  "feed folder remove": LOG,
  "feed sftp set": [
    ...LOG,
    ...["--host", "h.example", "--user", "u", "--key", KEY, "--host-key", `SHA256:${"A".repeat(43)}`],
    ...["--folder", "/logs"],
  ],
  "feed sftp remove": LOG,
  "feed key add": ["package.json", "--custodian", "alder"],
  "feed key list": ["--custodian", "alder"],
  "feed key revoke": [NO_ID],
  "feed retention": [...LOG, "--keep"],
  "people invite": ["a@example.org", "--agency", "alder", "--role", "clerk"],
  "people list": ["--agency", "alder"],
  "people end": [NO_ID],
  "people disable": ["nobody@example.org"],
  "people enable": ["nobody@example.org"],
  "ledger verify": [],
  "ledger export": ["/nowhere/at/all.jsonl"],
  "ledger key": [],
  "ledger key replace": [],
  "ledger checkpoint to": ["file", "/nowhere/at/all"],
  "ledger checkpoint list": [],
  "ledger checkpoint drop": [NO_ID],
  "ledger checkpoint now": [],
  "keys rotate": ["--detach"],
  "keys status": [],
  "keys signing": [],
  "keys signing replace": [],
  "requests keep": [],
  "requests purge": ["WL-2026-00001"],
  "match evaluate": "opens no installation",
  "signals count": "opens no installation",
  "account reset-factors": ["nobody@example.org", "--seen", "in-person"],
  "agency alternate": ["alder", "--none"],
  "agency sign-in set": [
    ...["alder", "--issuer", "https://id.example", "--client", "c", "--secret-file", "package.json"],
    ...["--domain", "example.gov"],
  ],
  "agency sign-in show": ["alder"],
  "agency sign-in remove": ["alder"],
  "release verify": ["package.json"],
  "complaints export": ["--format", "csv"],
};

const called = Object.entries(CALLS).flatMap(([name, args]) =>
  typeof args === "string" ? [] : [[name, args] as const],
);

it("every command is called below: a new one needs a line in CALLS", () => {
  expect(Object.keys(COMMANDS).sort()).toEqual(Object.keys(CALLS).sort());
});

it("only the one that moves invented people in runs without a name", () => {
  const unnamed = Object.entries(COMMANDS).filter(([, entry]) => entry.unnamed);
  expect(unnamed.map(([name]) => name)).toEqual(["demo"]);
});

it("what opens no installation really opens none", async () => {
  const people = join(folder, "people.csv");
  writeFileSync(people, "rec_id,given_name,surname\nrec-1-org,ana,reyes\n");
  const calls = {
    "feed check": ["prisma/demo/state-clets.csv", "--profile", "canonical"],
    "feed schema": [],
    "signals count": ["prisma/demo/state-clets.csv", "--profile", "canonical", "--system", "clets"],
    "match evaluate": ["--events", people, "--people", people],
  };
  for (const [name, args] of Object.entries(calls)) {
    await COMMANDS[name]?.run(args, underName(name, commandContext()));
  }
});

describe.each(called)("%s", (name, args) => {
  it("stands in the ledger under the operator's name, whatever becomes of it", async () => {
    const before = (await ledgerOf(portal)).length;
    // What the thing itself refuses is no matter here: only that it was asked for, and in words that it takes.
    await COMMANDS[name]?.run([...args], underName(name, commandContext(portal))).catch((error: Error) => {
      if (error.name === "WrongUsage") throw error;
    });
    const written = (await ledgerOf(portal)).slice(before);
    expect(written[0]).toMatchObject({ act: "operator.command", thing: { type: "command", id: name } });
    for (const entry of written) expect(entry.actor).toMatchObject({ kind: "operator", id: "night-shift" });
  });

  it("does nothing for an operator without a name", async () => {
    const unnamed = { ...portal, config: { ...portal.config, operator: "" } };
    const before = await ledgerOf(portal);
    const outcome = COMMANDS[name]?.run([...args], underName(name, commandContext(unnamed)));
    await expect(outcome).rejects.toThrow("WHOLOOKED_OPERATOR");
    expect(await ledgerOf(portal)).toEqual(before);
  });
});
