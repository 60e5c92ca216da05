import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { accountResetFactors } from "#app/cli/account.ts";
import { agencySignInRemove, agencySignInSet, agencySignInShow } from "#app/cli/agency-sign-in.ts";
import { WrongUsage } from "#app/cli/command.ts";
import { openSecret } from "#app/people/agency-sign-in/providers.server.ts";
import { NotFound } from "#app/platform/failure.ts";
import { commandContext } from "#test/support/command.ts";
import { openTestPortal, type TestPortal } from "#test/support/database.ts";
import { enterByMail, givenAgency, givenPerson, givenPhone, ledgerActs } from "../people/given-person.ts";

let portal: TestPortal;
let folder: string;
beforeEach(async () => {
  portal = await openTestPortal();
  folder = mkdtempSync(join(tmpdir(), "wholooked-secret-"));
  writeFileSync(join(folder, "secret"), "not-to-be-told\n");
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await portal[Symbol.asyncDispose]();
});

it("an agency's sign-in is set, shown without its secret, replaced and removed", async () => {
  await givenAgency(portal);
  const context = commandContext(portal);
  const where = ["--issuer", "https://login.example.gov", "--client", "wl", "--secret-file", join(folder, "secret")];
  const set = await agencySignInSet(["alder", ...where, "--domain", "alder.example.gov", "--acr", "two"], context);
  const expected = {
    agency: "alder",
    issuer: "https://login.example.gov",
    client: "wl",
    domains: ["alder.example.gov"],
    acr: ["two"],
    amr: [],
    redirectUri: "http://localhost:3000/sign-in/agency/alder/back",
  };
  expect(set).toMatchObject({ ok: true, json: expected });
  const shown = await agencySignInShow(["alder"], context);
  expect(shown.json).toEqual(expected);
  expect(JSON.stringify([set, shown, await ledgerActs(portal, "")])).not.toContain("not-to-be-told");
  const { id } = await portal.db.agencySignIn.findFirstOrThrow();
  expect(await openSecret(portal, id)).toBe("not-to-be-told");
  await agencySignInSet(["alder", ...where, "--domain", "alder.example.gov"], context);
  expect((await agencySignInShow(["alder"], context)).lines.join("\n")).toContain("the portal's own");
  await agencySignInRemove(["alder"], context);
  await expect(agencySignInShow(["alder"], context)).rejects.toThrow(NotFound);
  await expect(agencySignInRemove(["alder"], context)).rejects.toThrow(NotFound);
  await expect(agencySignInSet(["alder", "--issuer", "https://x.example"], context)).rejects.toThrow(WrongUsage);
  const noFile = ["alder", ...where.slice(0, 4), "--secret-file", join(folder, "none"), "--domain", "a.example"];
  await expect(agencySignInSet(noFile, context)).rejects.toThrow(WrongUsage);
});

it("factors are reset for an address, and the ledger says how the operator knew its owner", async () => {
  await givenPerson(portal, "clerk", { agencyId: await givenAgency(portal) });
  await givenPhone(portal);
  const context = commandContext(portal);
  await expect(accountResetFactors(["casey@example.org"], context)).rejects.toThrow(WrongUsage);
  await expect(accountResetFactors(["casey@example.org", "--seen", "by-mail"], context)).rejects.toThrow(WrongUsage);
  expect(await accountResetFactors(["nobody@example.org", "--seen", "in-person"], context)).toMatchObject({
    ok: false,
  });
  expect(await enterByMail(portal)).toMatchObject({ lacks: "factor" });
  expect(await accountResetFactors(["casey@example.org", "--seen", "in-person"], context)).toMatchObject({ ok: true });
  expect(await enterByMail(portal)).toMatchObject({ lacks: "set-up" });
  const [entry] = await ledgerActs(portal, "factor.reset");
  expect(entry).toMatchObject({ actor: { kind: "operator" }, why: "in-person" });
});
