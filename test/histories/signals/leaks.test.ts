/** No signal may say anything of what is withheld: neither of a field, nor of a line. */
import { describe, expect, it, test } from "vitest";
import type { AccessEvent } from "#app/feeds/access-event.ts";
import { effectiveDecisions, LINE } from "#app/histories/decision.ts";
import type { Field } from "#app/histories/history.ts";
import { redactEvents } from "#app/histories/redact.ts";
import { markLines } from "#app/histories/signals/case-signals.server.ts";
import { SIGNALS, type SignalId } from "#app/histories/signals/signal.ts";
import {
  dayWorker,
  decided,
  disclosed,
  EMPTY,
  type GivenLine,
  matchedOf,
  READING,
  value,
  ZONE,
} from "./given-lines.ts";

const on = (id: string, at: string, event: Partial<AccessEvent> = {}): GivenLine => ({ id, event: { at, ...event } });

/** For each signal lines of which "x" carries it, with nothing withheld. */
const CARRYING: Readonly<Record<SignalId, readonly GivenLine[]>> = {
  "no-case-number": [{ id: "x", event: { caseNumber: EMPTY } }],
  "outside-usual-hours": [{ ...on("x", "2025-06-18T10:30:00.000Z"), hours: dayWorker() }],
  "repeated-over-weeks": [
    on("x", "2025-06-02T18:00:00.000Z"),
    on("y", "2025-06-10T18:00:00.000Z"),
    on("z", "2025-06-17T18:00:00.000Z"),
  ],
  "many-systems": [
    { ...on("x", "2025-06-18T18:00:00.000Z"), system: "alpr" },
    { ...on("y", "2025-06-18T18:02:00.000Z"), system: "clets" },
    { ...on("z", "2025-06-18T18:04:00.000Z"), system: "rms" },
  ],
  "same-user-often": ["x", "y", "z", "v", "w"].map((id) => ({ id })),
  "reason-says-nothing": [{ id: "x", event: { purpose: value("investigation") } }],
  "purpose-not-permitted": [{ id: "x", system: "clets", event: { org: value("Alder SO CCW Unit"), purpose: EMPTY } }],
};

/** Another value of each field, under which fewer signals hold. */
const OTHERWISE: Readonly<Record<Field, (line: GivenLine) => GivenLine>> = {
  at: (line) => ({ ...line, event: { ...line.event, at: "2023-03-03T19:00:00.000Z" } }),
  system: (line) => ({ ...line, system: "other", hours: null }),
  agency: (line) => ({ ...line, event: { ...line.event, org: value("Quillmoor PD") } }),
  user: (line) => ({ ...line, hours: null, event: { ...line.event, user: value("u-8899") } }),
  searchedBy: (line) => line,
  purpose: (line) => ({ ...line, event: { ...line.event, purpose: value("burglary 25-77881") } }),
  caseNumber: (line) => ({ ...line, event: { ...line.event, caseNumber: value("25-77881") } }),
  scope: (line) => line,
};

type Withheld = readonly (readonly [string, Field | typeof LINE])[];

/** What an answer says of signals, by event. */
function said(lines: readonly GivenLine[], withheld: Withheld): Record<string, readonly string[]> {
  const events = lines.map(matchedOf);
  const whole = withheld.filter(([, field]) => field === LINE).map(([id]) => id);
  const decisions = [
    ...disclosed(lines.map(({ id }) => id).filter((id) => !whole.includes(id))),
    ...withheld.map(([id, field]) => decided(id, field, field === LINE ? "withhold" : "redact")),
  ];
  const redacted = redactEvents(events, effectiveDecisions(decisions), READING);
  const { mark, signals } = markLines({
    disclosed: events.filter(({ eventId }) => !whole.includes(eventId)),
    redacted,
    originOf: (matched) => {
      const line = lines.find(({ id }) => id === matched.eventId);
      return { matched, system: line?.system ?? "alpr", hours: line?.hours ?? null };
    },
    rules: SIGNALS,
    zone: ZONE,
    locale: "en",
  });
  const marked = redacted.lines.map(mark);
  const ids = new Set(marked.flatMap((line) => line.signals ?? []));
  expect(new Set(signals.map(({ id }) => id))).toEqual(ids);
  return Object.fromEntries(marked.map((line) => [redacted.eventIds.get(line.number), line.signals ?? []]));
}

test.each(SIGNALS)("$id is said while nothing is withheld", ({ id }) => {
  expect(said(CARRYING[id], [])["x"]).toContain(id);
});

describe.each(SIGNALS)("$id", ({ id, reads }) => {
  it.each(reads)("is silent where %s is withheld, and says the same whatever stands there", (field) => {
    const withheld: Withheld = [["x", field]];
    const answer = said(CARRYING[id], withheld);
    expect(answer["x"]).not.toContain(id);
    const [first, ...rest] = CARRYING[id];
    if (first === undefined) throw new Error("no line");
    expect(said([OTHERWISE[field](first), ...rest], withheld)).toEqual(answer);
  });

  const unread = (["at", "system", "agency", "user", "searchedBy", "purpose", "caseNumber", "scope"] as const).filter(
    (field) => !reads.includes(field),
  );
  it.each(unread)("is not kept silent by a withheld %s, which it does not look at", (field) => {
    expect(said(CARRYING[id], [["x", field]])["x"]).toContain(id);
  });

  it("says the same of other lines whatever a withheld line holds", () => {
    const [first, ...rest] = CARRYING[id];
    if (first === undefined) throw new Error("no line");
    const answer = said(CARRYING[id], [["x", LINE]]);
    const empty = Object.values(OTHERWISE).reduce((line, change) => change(line), first);
    expect(said([empty, ...rest], [["x", LINE]])).toEqual(answer);
    expect(Object.values(answer).flat()).not.toContain(id);
  });
});

test("a reason out of which a withheld name was taken is not judged by what is left", () => {
  const lines: GivenLine[] = [
    { id: "x", event: { purpose: value("investigation Castellane"), user: value("Castellane") } },
    { id: "y", event: { purpose: value("investigation"), user: value("Castellane") } },
  ];
  const answer = said(lines, [
    ["x", "user"],
    ["y", "user"],
  ]);
  expect(answer).toEqual({ x: [], y: ["reason-says-nothing"] });
});

test("a reason out of which a withheld number was taken is not called one without a number", () => {
  const lines: GivenLine[] = [
    { id: "x", event: { purpose: value("burglary 25-02183"), caseNumber: EMPTY } },
    { id: "y", event: { purpose: value("burglary"), caseNumber: value("25-02183") } },
  ];
  expect(said(lines, [["y", "caseNumber"]])).toEqual({ x: [], y: [] });
});
