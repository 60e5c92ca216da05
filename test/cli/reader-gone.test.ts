import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test("a reader who leaves early (| head) ends a command without a stack trace, and not as if all was read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "wholooked-pipe-"));
  const file = join(folder, "questions.jsonl");
  await writeFile(file, '{"rule":"ca.ipa.access","on":"2026-06-01"}\n'.repeat(5000));
  const child = spawn(process.execPath, ["app/wholooked.ts", "deadline", "--batch", file], { cwd: ROOT });
  let said = "";
  child.stderr.on("data", (bytes: Buffer) => {
    said += bytes.toString("utf8");
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.once("close", resolve));
  await rm(folder, { recursive: true });
  expect({ code, said }).toEqual({ code: 1, said: "" });
});
