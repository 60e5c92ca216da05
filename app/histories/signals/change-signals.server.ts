/** A supervisor looks at what a signal would point out at his agency, and switches it on or off. */
import { type Actor, agenciesOf, asLedgerActor } from "#app/people/actor.ts";
import { authorise } from "#app/people/authorise.ts";
import { StepAsideAsked } from "#app/people/conflict.ts";
import { isId } from "#app/platform/database/id.ts";
import { inTransaction } from "#app/platform/database/transaction.server.ts";
import { NotFound, Refused } from "#app/platform/failure.ts";
import { appendLedger } from "#app/platform/ledger/ledger.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Agency } from "#app/registry/agency.ts";
import { lockAgency } from "#app/registry/closures.server.ts";
import { getAgencyById } from "#app/registry/queries.server.ts";
import { type CaseFile, openCaseFile, recordRead } from "#app/requests/case-file.server.ts";
import { listQueue } from "#app/requests/queue.server.ts";
import { loadMatter, openMatched } from "../matter.server.ts";
import { signalsIn } from "./case-signals.server.ts";
import { findSignal, isOutdated, SIGNALS, type SignalRule, signalsOn } from "./signal.ts";
import { listSwitches, saveSwitch } from "./switches.server.ts";

/** A signal as it stands at an agency. */
export interface AgencySignal {
  readonly rule: SignalRule;
  readonly isOn: boolean;
  /** It was on, and its rule has changed since: it is off until somebody looks at it again. */
  readonly isOutdated: boolean;
}

export interface SignalOffice {
  readonly agencyId: string;
  readonly slug: string;
  readonly name: string;
  readonly signals: readonly AgencySignal[];
}

/** The signals of the agencies that the actor supervises. @throws NotFound for whoever supervises none */
export async function listSignalOffices(portal: Portal, actor: Actor): Promise<SignalOffice[]> {
  const agencyIds = agenciesOf(actor, ["supervisor"]);
  if (agencyIds.length === 0) throw new NotFound("office");
  const offices = await Promise.all(
    agencyIds.map(async (agencyId) => {
      const { slug, name } = await openOffice(portal, actor, agencyId);
      const switches = await listSwitches(portal, agencyId);
      const on = new Set(signalsOn(switches).map(({ id }) => id));
      const signals = SIGNALS.map((rule) => ({
        rule,
        isOn: on.has(rule.id),
        isOutdated: isOutdated(rule, switches),
      }));
      return { agencyId, slug, name, signals };
    }),
  );
  return offices.sort((a, b) => a.name.localeCompare(b.name));
}

/** What a signal would point out today. */
export interface SignalPreview {
  readonly rule: SignalRule;
  /** Open cases that were looked at. */
  readonly cases: number;
  /** Open cases that the actor may not open, or has not said yet that he may. */
  readonly leftOut: number;
  /** Look-ups found in the cases that were looked at, but for those that are somebody else's. */
  readonly lines: number;
  /** Of these, the ones that would carry it. */
  readonly carrying: number;
}

/**
 * Counts in the open cases that the actor may open. Their look-ups are opened for it, which each resident can read.
 * @throws NotFound; Refused for a signal that there is not
 */
export async function previewSignal(
  portal: Portal,
  actor: Actor,
  input: { agencyId: string; signal: string },
): Promise<SignalPreview> {
  await openOffice(portal, actor, input.agencyId);
  const rule = getSignal(input.signal);
  const queue = await listQueue(portal, actor);
  const open = queue.filter(({ agencyId, phase }) => agencyId === input.agencyId && phase !== "done");
  const counts = { cases: 0, leftOut: 0, lines: 0, carrying: 0 };
  for (const { caseId } of open) {
    const file = await openIfAllowed(portal, actor, caseId);
    if (file === null) {
      counts.leftOut += 1;
      continue;
    }
    const matter = await loadMatter(portal, file);
    const kept = matter.matches.filter(({ verdict }) => verdict !== "rejected");
    const events = await openMatched(portal, matter, kept);
    counts.cases += 1;
    counts.lines += events.length;
    counts.carrying += (await signalsIn(portal, matter, events, [rule])).size;
    await recordRead(portal, actor, file, "signals.counted");
  }
  return { rule, ...counts };
}

async function openIfAllowed(portal: Portal, actor: Actor, caseId: string): Promise<CaseFile | null> {
  try {
    return await openCaseFile(portal, actor, "case.read", caseId);
  } catch (error) {
    if (error instanceof StepAsideAsked || error instanceof NotFound) return null;
    throw error;
  }
}

/**
 * Switches a signal on or off for the lines that are looked at and the answers that are made from now on; what went
 * out stays as it is.
 * @param input.version of the rule that was looked at
 * @throws NotFound; Refused when there is no such signal, or its rule is another by now
 */
export async function switchSignal(
  portal: Portal,
  actor: Actor,
  input: { agencyId: string; signal: string; version: number; isOn: boolean },
): Promise<void> {
  const { agencyId, isOn } = input;
  await openOffice(portal, actor, agencyId);
  if (actor.kind !== "account") throw new NotFound();
  const { id, version } = getSignal(input.signal);
  if (isOn && input.version !== version) {
    throw new Refused("signals.refusedChanged", "The rule has changed since you looked at it; look at it again.");
  }
  await inTransaction(portal, async (tx) => {
    await lockAgency(tx, agencyId);
    const on = signalsOn(await listSwitches(portal, agencyId, tx)).some((rule) => rule.id === id);
    if (on === isOn) return;
    await saveSwitch(portal, tx, agencyId, { signal: id, version, isOn, by: actor.accountId });
    await appendLedger(portal, tx, {
      actor: asLedgerActor(actor, "supervisor"),
      act: isOn ? "signal.switched-on" : "signal.switched-off",
      thing: { type: "agency", id: agencyId },
      agencyId,
      detail: { signal: id, version },
    });
  });
}

function getSignal(id: string): SignalRule {
  const rule = findSignal(id);
  if (rule === null) throw new Refused("signals.refusedUnknown", "Choose one of the signals on this page.");
  return rule;
}

async function openOffice(portal: Portal, actor: Actor, agencyId: string): Promise<Agency> {
  if (!isId(agencyId)) throw new NotFound("agency");
  authorise(actor, "signal.switch", { agencyId });
  return getAgencyById(portal, agencyId);
}
