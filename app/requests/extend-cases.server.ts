import type { Actor } from "#app/people/actor.ts";
import { newId } from "#app/platform/database/id.ts";
import { Refused } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { openCaseFile } from "./case-file.server.ts";
import { type ExtendCase, extendCase } from "./extend-case.server.ts";

/** What became of one of several. */
export interface Extended {
  readonly caseId: string;
  /** Null: it was extended. */
  readonly refused: Refused | null;
}

/**
 * Extends several cases, each confirmed by itself: with its own ground, its own letter, in a transaction of
 * its own, so that one that is refused stops no other. Those confirmed together share a mark in their clocks.
 * @throws NotFound when one of them is not there for the actor; then none is extended
 */
export async function extendCases(
  portal: Portal,
  actor: Actor,
  confirmed: readonly Omit<ExtendCase, "groupId">[],
): Promise<Extended[]> {
  for (const { caseId } of confirmed) {
    await openCaseFile(portal, actor, "case.run-clock", caseId);
  }
  const groupId = confirmed.length > 1 ? newId() : undefined;
  const outcomes: Extended[] = [];
  for (const one of confirmed) {
    outcomes.push({
      caseId: one.caseId,
      refused: await refusalOf(extendCase(portal, actor, { ...one, ...(groupId !== undefined && { groupId }) })),
    });
  }
  return outcomes;
}

async function refusalOf(extending: Promise<void>): Promise<Refused | null> {
  try {
    await extending;
    return null;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}
