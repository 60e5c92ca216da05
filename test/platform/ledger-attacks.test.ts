// Each way to falsify the ledger, tried on a file that an outsider was given, with what the outsider has kept.
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ledgerVerify } from "#app/cli/ledger.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Verdict } from "#app/platform/ledger/chain-check.ts";
import {
  hashOfStatement,
  publicKeyText,
  type SignedCheckpoint,
  type Statement,
  signStatement,
} from "#app/platform/ledger/checkpoint.ts";
import { exportLedger } from "#app/platform/ledger/dump-ledger.server.ts";
import { canonical, chain, GENESIS } from "#app/platform/ledger/entry.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import { signCheckpoint } from "#app/platform/ledger/sign-checkpoint.server.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

interface Line {
  seq: number;
  previous: string;
  hash: string;
  body: string;
}

const ENTRIES = 20;
let portal: TestPortal;
let folder: string;
/** As exported; checkpoints were signed after the 5th, the 10th and the 15th entry. */
let lines: Line[];
let kept: SignedCheckpoint[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wholooked-dump-"));
  portal = await openTestPortal();
  for (let n = 1; n <= ENTRIES; n += 1) {
    const thing = { type: "case", id: "22222222-2222-4222-8222-222222222222" };
    const entry = {
      actor: { kind: "system", id: "test" },
      act: "case.read",
      thing,
      detail: { n, why: 'a "quoted" \\ word' },
    };
    await inTransaction(portal, (tx) => appendLedger(portal, tx, entry as never));
    if (n % 5 === 0 && n < ENTRIES) await signCheckpoint(portal);
  }
  const path = join(folder, "dump.jsonl");
  expect(await exportLedger(portal.pool, path)).toBe(ENTRIES);
  lines = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const { rows } = await portal.pool.query("SELECT body, signature FROM ledger.checkpoint ORDER BY no");
  kept = rows.map(({ body, signature }) => ({ ...JSON.parse(body), signature: signature.toString("base64url") }));
});
afterAll(async () => {
  await portal[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** By the command, with no portal to ask. */
async function check(dump: readonly Line[], checkpoints: readonly object[] = [], ...more: string[]): Promise<Verdict> {
  const path = join(folder, "given.jsonl");
  writeFileSync(path, dump.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const files = checkpoints.map((checkpoint, index) => {
    const file = join(folder, `kept-${index}.json`);
    writeFileSync(file, JSON.stringify(checkpoint));
    return ["--checkpoint", file];
  });
  const answer = await ledgerVerify(["--dump", path, ...files.flat(), ...more], commandContext());
  expect(answer.ok).toBe((answer.json as Verdict).ok);
  return answer.json as Verdict;
}

const at = (seq: number) => lines[seq - 1] as Line;
const without = (...gone: number[]) => lines.filter(({ seq }) => !gone.includes(seq));
const replaced = (seq: number, line: Line) => lines.map((one) => (one.seq === seq ? line : one));

/** What a forger with the whole database does: another body, and every number, link and hash after it made anew. */
function rechained(bodies: readonly object[]): Line[] {
  let previous: Buffer = GENESIS;
  return bodies.map((given, index) => {
    const body = canonical({ ...given, seq: index + 1 });
    const line = { seq: index + 1, previous: previous.toString("hex"), body };
    previous = chain(previous, body);
    return { ...line, hash: previous.toString("hex") };
  });
}
const bodies = () => lines.map(({ body }) => JSON.parse(body) as object);
const forgedAct = (body: object) => ({ ...body, act: "case.approve" });

it("holds when nothing was done to it, from the file and the checkpoints alone", async () => {
  const verdict = await check(lines, kept, "--key", kept[0]?.key ?? "");
  expect(verdict).toMatchObject({ ok: true, entries: ENTRIES, checkpoints: 3, keys: [kept[0]?.key], faults: [] });
  expect(verdict.head).toEqual({ seq: ENTRIES, hash: at(ENTRIES).hash });
});

describe("is found, and its place told, without any checkpoint:", () => {
  it("an edited entry", async () => {
    const line = { ...at(7), body: at(7).body.replace("case.read", "case.seen") };
    expect((await check(replaced(7, line))).faults).toMatchObject([{ seq: 7, kind: "edited" }]);
  });

  it("an edited entry whose own hash was made anew", async () => {
    const body = at(7).body.replace("case.read", "case.seen");
    const line = { ...at(7), body, hash: chain(Buffer.from(at(7).previous, "hex"), body).toString("hex") };
    expect((await check(replaced(7, line))).faults).toMatchObject([{ seq: 8, kind: "relinked" }]);
  });

  it("an entry that says one thing twice", async () => {
    const body = at(7).body.replace('"act":"case.read"', '"act":"case.read","act":"case.seen"');
    const changed = [
      ...lines.slice(0, 6),
      { ...at(7), body, hash: chain(Buffer.from(at(7).previous, "hex"), body).toString("hex") },
    ];
    expect((await check(changed)).faults).toMatchObject([{ seq: 7, kind: "edited" }]);
  });

  it("deleted entries", async () => {
    expect((await check(without(7, 12))).faults).toMatchObject([
      { seq: 7, kind: "deleted" },
      { seq: 12, kind: "deleted" },
    ]);
  });

  it("a deleted beginning", async () => {
    expect((await check(without(1))).faults).toMatchObject([{ seq: 1, kind: "deleted" }]);
  });

  it("an entry put in beside another", async () => {
    const [twin] = rechained([forgedAct(JSON.parse(at(7).body))]);
    const given = [...lines.slice(0, 7), { ...(twin as Line), seq: 7 }, ...lines.slice(7)];
    expect((await check(given)).faults).toMatchObject([{ seq: 7, kind: "inserted" }]);
  });

  it("an entry before the beginning", async () => {
    expect((await check([{ ...at(1), seq: 0 }, ...lines])).faults).toMatchObject([{ seq: 0, kind: "inserted" }]);
  });

  it("entries in another order", async () => {
    const given = [...lines.slice(0, 6), at(8), at(7), ...lines.slice(8)];
    const { faults } = await check(given);
    expect(faults[0]).toMatchObject({ seq: 7, kind: "reordered" });
  });

  it("entries that were given each other's numbers", async () => {
    const given = lines.map((line) =>
      line.seq === 7 ? { ...at(8), seq: 7 } : line.seq === 8 ? { ...at(7), seq: 8 } : line,
    );
    expect((await check(given)).faults).toMatchObject([
      { seq: 7, kind: "edited" },
      { seq: 8, kind: "edited" },
      { seq: 9, kind: "relinked" },
    ]);
  });
});

describe("is found by who has kept checkpoints, although every hash was made anew:", () => {
  it("an entry edited", async () => {
    const given = rechained(bodies().map((body, index) => (index === 6 ? forgedAct(body) : body)));
    expect((await check(given)).ok, "without a checkpoint nobody can know").toBe(true);
    expect((await check(given, kept)).faults).toMatchObject([
      { seq: 10, kind: "rewritten", after: 5 },
      { seq: 15, kind: "rewritten", after: 5 },
    ]);
  });

  it("an entry deleted and the rest numbered anew", async () => {
    const given = rechained(bodies().filter((_, index) => index !== 11));
    expect((await check(given, kept)).faults).toMatchObject([{ seq: 15, kind: "rewritten", after: 10 }]);
  });

  it("an entry inserted", async () => {
    const all = bodies();
    const given = rechained([...all.slice(0, 12), forgedAct(all[0] ?? {}), ...all.slice(12)]);
    expect((await check(given, kept)).faults).toMatchObject([{ seq: 15, kind: "rewritten", after: 10 }]);
  });

  it("two entries changed about", async () => {
    const all = bodies();
    const given = rechained([...all.slice(0, 11), ...[all[12], all[11]].map((body) => body ?? {}), ...all.slice(13)]);
    expect((await check(given, kept)).faults).toMatchObject([{ seq: 15, kind: "rewritten", after: 10 }]);
  });

  it("the tail cut off", async () => {
    const given = lines.slice(0, 12);
    expect((await check(given)).ok, "a shorter chain is a sound one").toBe(true);
    expect((await check(given, kept)).faults).toMatchObject([{ seq: 12, kind: "cut", after: 10 }]);
  });

  it("the head rewritten", async () => {
    const given = rechained(bodies().map((body, index) => (index >= 13 ? forgedAct(body) : body)));
    expect((await check(given, kept)).faults).toMatchObject([{ seq: 15, kind: "rewritten", after: 10 }]);
  });

  it("by one checkpoint of the old kind, without a signature, too", async () => {
    const head = { seq: 15, hash: at(15).hash };
    expect((await check(lines, [head])).ok).toBe(true);
    expect((await check(lines, [{ ok: true, head }])).ok).toBe(true);
    expect((await check(lines.slice(0, 12), [head])).faults).toMatchObject([{ seq: 12, kind: "cut" }]);
  });
});

describe("checkpoints", () => {
  const forger = generateKeyPairSync("ed25519");

  /** Signed by whoever holds that key, as if it were the portal's. */
  function signedBy(statement: Statement, key = forger): SignedCheckpoint {
    const own = { ...statement, key: publicKeyText(key.publicKey) };
    return { ...own, signature: signStatement(own, key.privateKey).toString("base64url") };
  }
  const statementOf = ({ signature: _, ...statement }: SignedCheckpoint): Statement => statement;

  it("that disagree show a fork, even where each history is a sound one", async () => {
    const [first, second] = kept as [SignedCheckpoint, SignedCheckpoint];
    // The portal's own key, used by somebody to show one holder another ledger.
    const other = signedBy({ ...statementOf(second), hash: "ab".repeat(32) });
    const mine = signedBy(statementOf(second));
    expect((await check([], [mine, other])).faults).toContainEqual(
      expect.objectContaining({ seq: 10, kind: "forked" }),
    );
    const elsewhere = signedBy({ ...statementOf(second), seq: 11, hash: at(11).hash });
    expect((await check(lines, [mine, elsewhere])).faults).toMatchObject([{ seq: 10, kind: "forked" }]);
    const unlinked = signedBy({ ...statementOf(second), previous: "cd".repeat(32) });
    expect((await check(lines, [signedBy(statementOf(first)), unlinked])).faults).toMatchObject([
      { seq: 5, kind: "forked" },
    ]);
  });

  it("follow one another", () => {
    expect(kept.map(({ no, seq }) => [no, seq])).toEqual([
      [1, 5],
      [2, 10],
      [3, 15],
    ]);
    expect(kept[1]?.previous).toBe(hashOfStatement(statementOf(kept[0] as SignedCheckpoint)));
  });

  it("with a bit changed, or signed by somebody else than was asked for, count for nothing", async () => {
    const [first] = kept as [SignedCheckpoint];
    const bent = { ...first, hash: at(6).hash, seq: 6 };
    expect((await check(lines, [bent])).faults).toMatchObject([{ seq: 6, kind: "forged" }]);
    const strange = signedBy(statementOf(first));
    expect((await check(lines, [strange])).ok).toBe(true);
    expect((await check(lines, [strange], "--key", first.key)).faults).toMatchObject([{ seq: 5, kind: "forged" }]);
    const head = { seq: 5, hash: at(5).hash };
    expect((await check(lines, [head], "--key", first.key)).faults).toMatchObject([{ seq: 5, kind: "forged" }]);
  });
});

it("says what it takes when a file is none", async () => {
  const path = join(folder, "none.jsonl");
  writeFileSync(path, `${JSON.stringify(at(1))}\nCanary Nameson\n`);
  const refused = ledgerVerify(["--dump", path], commandContext());
  await expect(refused).rejects.toThrow("line 2 of this one is no entry");
  await expect(refused).rejects.not.toThrow("Canary");
  await expect(ledgerVerify(["--dump", join(folder, "nowhere")], commandContext())).rejects.toThrow("there is none");
  await expect(ledgerVerify(["--checkpoint", path], commandContext())).rejects.toThrow("holds no checkpoint");
  await expect(ledgerVerify(["--key", "short"], commandContext())).rejects.toThrow("--key takes");
});
