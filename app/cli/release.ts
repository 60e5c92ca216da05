import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Verification, verifyReleaseFile } from "#app/histories/verify-release.server.ts";
import { type Answer, type Command, WrongUsage } from "./command.ts";

/** `release verify FILE.pdf`: whether the file is one that this portal has released, unaltered, and the newest. */
export const releaseVerify: Command = async (args, context): Promise<Answer> => {
  const { positionals } = parseArgs({ args, options: { json: { type: "boolean" } }, allowPositionals: true });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw new WrongUsage("release verify takes one file: release verify FILE.pdf [--json]");
  const bytes = await readFile(path).catch(() => {
    throw new WrongUsage("release verify takes the path of a PDF file; there is no readable file at that path.");
  });
  const verification = await verifyReleaseFile(await context.portal(), bytes);
  return { ok: verification.genuine, json: verification, lines: [sentence(verification)] };
};

function sentence(found: Verification): string {
  if (!found.genuine) {
    return found.result === "altered"
      ? "ALTERED: this portal signed this document, and it was changed afterwards."
      : "NOT KNOWN: this portal has released no file with exactly these bytes, and has not signed it.";
  }
  const newest = found.superseded ? "SUPERSEDED: a later edition has been released" : "the newest edition";
  return `Genuine: edition ${found.edition}, released by ${found.agency} on ${found.releasedOn}; ${newest}.`;
}
