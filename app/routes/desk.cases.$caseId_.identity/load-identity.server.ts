import type { LoaderFunctionArgs } from "@remix-run/node";
import { getIdentityDesk } from "#app/requests/identity/identity-desk.server.ts";
import { answering, requireActor } from "../respond.server.ts";

/** The page's data: nothing of it is a Date. */
export async function loadIdentity(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const desk = await answering(() => getIdentityDesk(args.context.portal, actor, args.params["caseId"] ?? ""));
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...desk,
    identifiers: desk.identifiers.map(({ check, proofs, verdicts, ...one }) => ({
      ...one,
      check: check && {
        verdict: check.verdict,
        basis: check.basis,
        validFrom: check.validFrom,
        validTo: check.validTo,
      },
      proofs: proofs.map(({ by, at, ...proof }) => ({ ...proof, byResident: by === null, at: at.toISOString() })),
      verdicts: verdicts.map(({ at, ...verdict }) => ({ ...verdict, at: at.toISOString() })),
    })),
    uploads: desk.uploads.map(({ at, ...upload }) => ({ ...upload, at: at.toISOString() })),
    letters: desk.letters.map(({ createdAt, printedAt, expiresAt, usedAt, ...letter }) => ({
      ...letter,
      createdAt: createdAt.toISOString(),
      printedAt: iso(printedAt),
      expiresAt: iso(expiresAt),
      usedAt: iso(usedAt),
      isOver: expiresAt !== null && expiresAt <= args.context.portal.time.now(),
    })),
  };
}

export type IdentityData = Awaited<ReturnType<typeof loadIdentity>>;
