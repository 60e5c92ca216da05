import { openQuarantineRow, type RawRow } from "#app/feeds/list-quarantine.server.ts";
import type { Replayed, WhichMany } from "#app/feeds/quarantine.ts";
import { discardReason, discardRow, putBackRow } from "#app/feeds/quarantine-discard.server.ts";
import { replayRows } from "#app/feeds/replay-rows.server.ts";
import { startReplay } from "#app/feeds/start-replay.server.ts";
import type { AccountActor } from "#app/people/actor.ts";
import { NotFound } from "#app/platform/failure.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { RejectedForm } from "#app/ui/form.ts";
import { attempt, refusalMessage } from "../refusal.ts";

/** The page after a button was pressed. */
export interface Outcome {
  /** The row that was opened; also after it could not be taken out. */
  readonly opened: Pick<RawRow, "id" | "row" | "text" | "bytes" | "complete" | "discarded"> | null;
  readonly rejected: RejectedForm | null;
  /** What became of one row that was read again. */
  readonly replayed: Replayed | null;
}

/** Where the page goes on, with what it says there. */
export interface IsDone {
  readonly done: "discarded" | "discarded-all" | "put-back" | "replay";
  readonly count?: number;
}

const NOTHING: Outcome = { opened: null, rejected: null, replayed: null };

interface Slugs {
  readonly agencySlug: string;
  readonly systemSlug: string;
}

/** Does what the pressed button says, by one use case. @throws NotFound for anything that is not the actor's */
export async function carryOut(
  portal: Portal,
  actor: AccountActor,
  slugs: Slugs,
  form: FormData,
): Promise<Outcome | IsDone> {
  const field = (name: string) => String(form.get(name) ?? "");
  const quarantineId = field("row");
  switch (field("intent")) {
    case "open":
      return { ...NOTHING, opened: await open(portal, actor, slugs, quarantineId) };
    case "replay":
      return replay(portal, actor, slugs, form);
    case "discard": {
      const typed = { why: field("why"), words: field("words") };
      const { refused } = await attempt(() => discardRow(portal, actor, { ...slugs, quarantineId, ...typed }));
      if (refused === null) return { done: "discarded" };
      const issues = { [refused.code === "feeds.refusedWhy" ? "why" : "words"]: refusalMessage(refused) };
      return { ...NOTHING, opened: await open(portal, actor, slugs, quarantineId), rejected: { issues, typed } };
    }
    case "discard-all": {
      const { value, refused } = await attempt(() =>
        discardReason(portal, actor, { ...slugs, reason: field("reason") }),
      );
      if (refused === null) return { done: "discarded-all", count: value };
      return { ...NOTHING, rejected: { issues: { form: refusalMessage(refused) }, typed: {} } };
    }
    case "put-back":
      await putBackRow(portal, actor, { ...slugs, quarantineId });
      return { done: "put-back" };
    default:
      throw new NotFound("act");
  }
}

function open(portal: Portal, actor: AccountActor, slugs: Slugs, quarantineId: string) {
  return openQuarantineRow(portal, actor, { ...slugs, quarantineId }).then(
    ({ id, row, text, bytes, complete, discarded }) => ({ id, row, text, bytes, complete, discarded }),
  );
}

/** One row at once; many by a job, whose progress the page shows. */
async function replay(portal: Portal, actor: AccountActor, slugs: Slugs, form: FormData): Promise<Outcome | IsDone> {
  const field = (name: string) => String(form.get(name) ?? "");
  const quarantineId = field("row");
  if (quarantineId !== "") {
    return { ...NOTHING, replayed: await replayRows(portal, actor, { ...slugs, which: { quarantineId } }) };
  }
  const which = whichOf(field("reason"), field("batch"));
  const { refused } = await attempt(() => startReplay(portal, actor, { ...slugs, which }));
  if (refused === null) return { done: "replay" };
  return { ...NOTHING, rejected: { issues: { form: refusalMessage(refused) }, typed: {} } };
}

function whichOf(reason: string, batchId: string): WhichMany {
  if (reason !== "") return batchId === "" ? { reason } : { reason, batchId };
  if (batchId !== "") return { batchId };
  throw new NotFound("rows");
}
