import { expect, test } from "vitest";
import { LAW } from "#app/law/law.ts";
import { countMoves, findMove } from "#app/requests/date-move.ts";
import { listMoves } from "#app/requests/preview-change.server.ts";
import { givenChange, SHELL } from "#test/requests/given-change.ts";
import { openTestPortal } from "#test/support/database.ts";

const RECEIVED = [{ kind: "received", on: "2026-03-02" }] as const;
const clock = (rule: string, closures: readonly string[] = []) => LAW.compute(rule, RECEIVED, { closures });
const never = () => false;

test("two clocks with the same dates have no move, whatever else differs", () => {
  const determination = "ca.cpra.determination";
  expect(findMove(clock(determination), clock(determination, ["2026-03-11"]), never)).toBeNull();
});

test("a move has every date of both clocks, and how late each is today", () => {
  const before = clock("ca.ipa.access");
  const after = clock("ca.ipa.access", ["2026-04-01"]);
  // That act allows no longer time, so that no notice of one is due.
  expect(findMove(before, after, (one) => one.due === "2026-04-01")).toEqual({
    before: { due: "2026-04-01", latest: "2026-04-01", noticeDue: null, overdue: true },
    after: { due: "2026-04-02", latest: "2026-04-02", noticeDue: null, overdue: false },
  });
});

test("moves are counted by agency, with those that become late", () => {
  const dates = (overdue: boolean) => ({ due: "2026-03-12", latest: "2026-03-12", noticeDue: null, overdue });
  const move = (agency: string, before: boolean, after: boolean) => ({
    agency,
    before: dates(before),
    after: dates(after),
  });
  const moves = [move("B", false, true), move("A", true, true), move("B", false, false), move("B", true, false)];
  expect(countMoves(moves)).toEqual([
    { agency: "A", moved: 1, becomeLate: 0 },
    { agency: "B", moved: 3, becomeLate: 1 },
  ]);
  expect(countMoves([])).toEqual([]);
});

test("no case is left out or listed twice, however many there are, and the same look has the same digest", async () => {
  await using portal = await openTestPortal({ now: "2026-03-02T17:00:00Z" });
  const { sheriff, requestId } = await givenChange(portal);
  await portal.pool.query(
    `WITH copied AS (
       INSERT INTO request
       SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'number', 'WL-2026-9' || n))).*
       FROM request r, generate_series(1, 1201) n WHERE r.id = $1
       RETURNING id, number
     ), opened AS (
       INSERT INTO "case" (id, request_id, agency_id, number, rule, opened_at)
       SELECT gen_random_uuid(), id, $2, number || '-A', 'ca.cpra.determination', now() FROM copied RETURNING id
     )
     INSERT INTO clock_event (id, case_id, kind, "on", recorded_at)
     SELECT gen_random_uuid(), id, 'received', '2026-03-02', now() FROM opened`,
    [requestId, sheriff],
  );
  const change = { kind: "close", agencyId: sheriff, days: ["2026-03-12"] } as const;
  const [first, again] = [await listMoves(portal, SHELL, change), await listMoves(portal, SHELL, change)];
  expect(first.counts).toEqual([{ agency: "Test County Sheriff", moved: 1202, becomeLate: 0 }]);
  expect(new Set(first.moves.map(({ caseId }) => caseId)).size).toBe(1202);
  expect(again.digest).toBe(first.digest);
  const other = await listMoves(portal, SHELL, { ...change, days: ["2026-03-12", "2026-03-20"] });
  expect(other.digest).not.toBe(first.digest);
});
