import { createHash } from "node:crypto";
import type { Actor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import type { Transaction } from "#app/platform/database/database.server.ts";
import { newId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import {
  appendCaseLedger,
  type CaseFile,
  computeClock,
  getCaseFile,
  recordClockEvent,
} from "#app/requests/case-file.server.ts";
import { type Answer, writeAnswer } from "./answer.server.ts";
import { countChanges } from "./find-matches.server.ts";
import { checkRelease } from "./gates.server.ts";
import { accepted, addStep, digestOf, loadMatter, lockCase, type Matter, openMatched } from "./matter.server.ts";
import { releasePlace } from "./queries.server.ts";
import { NotDecided } from "./redact.ts";
import { renderHistory, UndrawableText, UnknownGround } from "./render-history.server.ts";
import { signPdf } from "./signature/sign-pdf.server.ts";
import { getSigningKey } from "./signature/signing-key.server.ts";
import { tellOrHold } from "./tell-release.server.ts";
import { withheldValues } from "./withheld-values.ts";

const maker: Actor = { kind: "system", task: "make-release" };

/** What stops a release, as codes without personal data. */
class Stopped extends Error {
  readonly gates: readonly string[];
  constructor(gates: readonly string[]) {
    super(`a release was stopped by: ${gates.join(", ")}`);
    this.name = "Stopped";
    this.gates = gates;
  }
}

/**
 * Makes the approved edition of a case and lets it out, once: run again it finds the edition released
 * and does nothing. When a gate closes, nothing leaves: the step `gate-failed` is recorded, the
 * operator finds it in the log, and the clerk proposes anew.
 */
export async function makeRelease(portal: Portal, job: { caseId: string; edition: number }): Promise<void> {
  const file = await getCaseFile(portal, job.caseId);
  authorise(maker, "release.make", file.facts);
  const matter = await loadMatter(portal, file);
  if (matter.road.edition !== job.edition || matter.road.stage !== "approved") return;
  try {
    await requireSame(portal, matter);
    const made = await makeDocument(portal, matter);
    await inTransaction(portal, (tx) => letOut(portal, tx, file, made));
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    await stop(portal, matter, error.gates);
  }
}

interface Made extends Answer {
  readonly pdf: Buffer;
  readonly digest: string;
  /** When each line's event was, to find it again. */
  readonly times: ReadonlyMap<string, Date>;
}

/** What was approved must still be what there is, down to the logs that arrived in between. */
async function requireSame(portal: Portal, matter: Matter): Promise<void> {
  if (matter.road.last?.digest !== digestOf(matter)) throw new Stopped(["changed-after-approval"]);
  if ((await countChanges(portal, matter.file, matter.matches)) > 0) throw new Stopped(["new-look-ups"]);
}

async function makeDocument(portal: Portal, matter: Matter): Promise<Made> {
  const matches = accepted(matter);
  const events = await openMatched(portal, matter, matches);
  try {
    const answer = await writeAnswer(portal, matter, events);
    const at = portal.time.now();
    const key = await getSigningKey(portal);
    const pdf = await signPdf(await renderHistory(answer.history, at), key);
    const withheld = withheldValues(events, matter.effectiveOf, matter.reading);
    const report = await checkRelease(pdf, answer.history, withheld, { certificate: key.sha256, at });
    if (!report.ok) throw new Stopped([...new Set(report.failures.map((failure) => failure.gate))]);
    const times = new Map(matches.map((match) => [match.eventId, match.eventAt]));
    return { ...answer, pdf, digest: digestOf(matter), times };
  } catch (error) {
    if (error instanceof UndrawableText) throw new Stopped(["undrawable-text"]);
    if (error instanceof UnknownGround || error instanceof NotDecided) throw new Stopped(["unexplained-withholding"]);
    throw error;
  }
}

/** File, release, clock, letter and ledger: all or none. */
async function letOut(portal: Portal, tx: Transaction, file: CaseFile, made: Made): Promise<void> {
  await lockCase(tx, file.id);
  const now = await loadMatter(portal, file, tx);
  const { edition } = made.history;
  if (now.road.edition !== edition || now.road.stage !== "approved") return;
  if (digestOf(now) !== made.digest) throw new Stopped(["changed-after-approval"]);
  const id = newId();
  const keyId = await portal.vault.createKey(tx, "release");
  const sha256 = createHash("sha256").update(made.pdf).digest("hex");
  const origins = [...made.redacted.eventIds].map(([number, eventId]) => [
    number,
    { eventId, at: made.times.get(eventId) },
  ]);
  await tx.release.create({
    data: {
      id,
      caseId: file.id,
      edition,
      keyId,
      modelSealed: await portal.vault.seal(keyId, releasePlace("model_sealed", id), JSON.stringify(made.history)),
      linesSealed: await portal.vault.seal(
        keyId,
        releasePlace("lines_sealed", id),
        JSON.stringify(Object.fromEntries(origins)),
      ),
      fileId: await portal.storage.put(keyId, made.pdf),
      sha256,
      lineCount: made.history.lines.length,
      withheldCount: made.history.withheld.length,
      newCount: made.history.news?.lines.length ?? null,
      releasedAt: portal.time.now(),
    },
  });
  await addStep(portal, tx, file, { edition, kind: "released", by: null, digest: made.digest });
  // The law's clock ends with the first answer: this one, or a letter that told the decision before it.
  if (computeClock(await getCaseFile(portal, file.id)).answeredOn === null) {
    const on = localDate(portal.time.now(), file.agency.zone);
    await recordClockEvent(portal, tx, { caseId: file.id, kind: "answered", on });
  }
  await tellOrHold(portal, tx, file, id);
  await appendCaseLedger(portal, tx, maker, file, {
    act: "history.released",
    thing: { type: "release", id },
    detail: { edition, sha256, lines: made.history.lines.length, withheld: made.history.withheld.length },
  });
}

async function stop(portal: Portal, matter: Matter, gates: readonly string[]): Promise<void> {
  const { file, road } = matter;
  portal.log.error({ case: file.id, edition: road.edition, gates }, "a release was stopped before it left");
  await inTransaction(portal, async (tx) => {
    await lockCase(tx, file.id);
    const now = await loadMatter(portal, file, tx);
    if (now.road.stage !== "approved") return;
    await addStep(portal, tx, file, { edition: road.edition, kind: "gate-failed", by: null, note: gates.join(" ") });
    await appendCaseLedger(portal, tx, maker, file, {
      act: "history.gate-failed",
      detail: { edition: road.edition, gates: gates.join(" ") },
    });
  });
}
