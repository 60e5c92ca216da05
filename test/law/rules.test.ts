import { describe, expect, test } from "vitest";
import { LAW } from "#app/law/law.ts";
import { events } from "./clock-events.ts";
import { ESTONIA, EUROPE, UNITED_KINGDOM, UNITED_STATES } from "./rows-abroad.ts";
import { CALIFORNIA, type Row } from "./rows-california.ts";

function check({ rule, on, after = [], calendar, closures = [], due, latest, noticeDue }: Row): void {
  const clock = LAW.compute(rule, events(`received ${on}`, ...after), { calendar, closures });
  expect(clock).toMatchObject({ due, latest: latest ?? due, ...(noticeDue !== undefined && { noticeDue }) });
}

describe.each([
  ["California", CALIFORNIA],
  ["United States", UNITED_STATES],
  ["European Union", EUROPE],
  ["United Kingdom", UNITED_KINGDOM],
  ["Estonia", ESTONIA],
])("%s", (_name, rows) => {
  test.each(rows)("$rule from $on is due $due: $why", check);
});

test("every rule has a row here or among the worked examples", () => {
  const rows = [...CALIFORNIA, ...UNITED_STATES, ...EUROPE, ...UNITED_KINGDOM, ...ESTONIA].map(({ rule }) => rule);
  // Only in examples.test.ts.
  const examples = ["ca.ipa.access.60", "ca.ipa.accounting.retention"];
  const more = ["ca.ipa.suit", "ca.local.record_dispute", "ca.complaint.disposition", "ca.records.release"];
  const others = ["ca.ccpa.ack", "us.pa.amend.ack", "ee.aki.complaint"];
  const ids = new Set(LAW.listRules().map(({ id }) => id));
  expect([...ids].filter((id) => !rows.includes(id)).toSorted()).toEqual([...examples, ...more, ...others].toSorted());
});
