import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WrongSetting } from "#app/platform/config/config.server.ts";
import type { Wrapped } from "#app/platform/sealing/key-encryption-key.ts";
import { openKeyFile } from "#app/platform/sealing/key-file.server.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wholooked-key-"));
  path = join(folder, "keys", "key.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function given(text: string, mode = 0o600): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
}

describe("the key file", () => {
  it("is made for its owner alone, in a folder for its owner alone, and nothing is left beside it", async () => {
    await openKeyFile(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(path))).toEqual(["key.json"]);
  });

  it("is one key for all that start at the same moment", async () => {
    const opened = await Promise.all(Array.from({ length: 20 }, () => openKeyFile(path)));
    expect(new Set(await Promise.all(opened.map((kek) => kek.currentId()))).size).toBe(1);
    const wrapped = await opened[0]?.wrap("k", Buffer.from("data key"));
    for (const kek of opened) expect(String(await kek.unwrap("k", wrapped as Wrapped))).toBe("data key");
    expect(readdirSync(dirname(path))).toEqual(["key.json"]);
  });

  it.each([
    ["empty", ""],
    ["cut short", '{"id":"0b8e7f0e-4bb0-4f0e-9d5c-0d8a3e0c1f11","key":"c2VjcmV0LWtleS1jYW5h'],
    ["short", '{"id":"0b8e7f0e-4bb0-4f0e-9d5c-0d8a3e0c1f11","key":"c2VjcmV0LWtleS1jYW5hcnk="}'],
  ])("that is %s stops the start with a sentence that repeats nothing of it, and is left alone", async (_, text) => {
    given(text);
    const refused = await openKeyFile(path).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WrongSetting);
    expect((refused as Error).message).toMatch(/^WHOLOOKED_KEY_FILE .* it takes .*\.$/);
    expect((refused as Error).message).not.toContain("c2VjcmV0");
    expect(statSync(path).size).toBe(text.length);
  });

  it.each([0o644, 0o602])("that other accounts may use (%o) is not used", async (mode) => {
    await openKeyFile(path);
    chmodSync(path, mode);
    await expect(openKeyFile(path)).rejects.toThrow("chmod 600");
  });

  it("is never made through somebody's link to elsewhere", async () => {
    mkdirSync(dirname(path));
    const elsewhere = join(folder, "elsewhere");
    symlinkSync(elsewhere, path);
    await expect(openKeyFile(path)).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(["keys"]);
  });
});
