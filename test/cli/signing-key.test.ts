import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { WrongUsage } from "#app/cli/command.ts";
import { keysSigning, keysSigningReplace } from "#app/cli/signing-key.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";

let portal: TestPortal;
let folder: string;
beforeEach(async () => {
  portal = await openTestPortal();
  folder = mkdtempSync(join(tmpdir(), "wholooked-signing-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await portal[Symbol.asyncDispose]();
});

it("the key that signs is made when first asked for, shown without itself, and replaced by one that is brought", async () => {
  const context = commandContext(portal);
  const first = (await keysSigning([], context)).json as { certificates: { sha256: string; origin: string }[] };
  expect(first.certificates).toMatchObject([{ origin: "made", retiredAt: null, subject: "CN=localhost:3000" }]);
  expect(JSON.stringify(first)).not.toContain("PRIVATE");

  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384", "-nodes"];
  const made = ["req", "-x509", ...curve, "-keyout", key, "-out", certificate, "-subj", "/CN=Alder Creek"];
  execFileSync("openssl", made, { stdio: "ignore" });
  await expect(keysSigningReplace(["--key", key], context)).rejects.toThrow(WrongUsage);
  await expect(keysSigningReplace(["--key", certificate, "--certificate", certificate], context)).rejects.toThrow(
    "the key is no private key in PEM",
  );
  const replaced = await keysSigningReplace(["--key", key, "--certificate", certificate], context);
  const { certificates } = (await keysSigning([], context)).json as typeof first;
  expect(certificates).toMatchObject([
    { ...(replaced.json as object), origin: "brought", retiredAt: null, subject: "CN=Alder Creek" },
    { sha256: first.certificates[0]?.sha256, retiredAt: expect.any(String) },
  ]);
  const again = keysSigningReplace(["--key", key, "--certificate", certificate], context);
  await expect(again).rejects.toMatchObject({ code: "signing-key.known" });
});
