import { describe, expect, it, test } from "vitest";
import type { AccessEvent } from "#app/feeds/access-event.ts";
import { checkDecision, effectiveDecisions, LINE } from "#app/histories/decision.ts";
import { groupProposals, openProposals, type ProposalFacts, proposalsFor } from "#app/histories/proposals/proposal.ts";
import { PROPOSAL_RULES } from "#app/histories/proposals/rules.ts";
import { decided, EMPTY, matchedOf, PLATE, READING, value } from "../signals/given-lines.ts";

const TODAY = "2026-03-02";
const CPRA = { custodian: "local-agency", rule: "ca.cpra.determination" } as const;
const IPA = { custodian: "state-agency", rule: "ca.ipa.access" } as const;
const FACTS: ProposalFacts = { bound: CPRA, today: TODAY, reading: READING, residentName: "Ana Lucía Ortega" };

const propose = (event: Partial<AccessEvent>, facts: Partial<ProposalFacts> = {}) =>
  proposalsFor(matchedOf({ id: "a", event }), { ...FACTS, ...facts }, PROPOSAL_RULES);
const told = (event: Partial<AccessEvent>, facts: Partial<ProposalFacts> = {}) =>
  propose(event, facts).map(({ rule, field, outcome, exemption, reviewOn }) => [
    rule,
    field,
    outcome,
    exemption,
    reviewOn,
  ]);

const marked = (reason: string | null, until: string | null): Partial<AccessEvent> => ({
  sealed: true,
  hiddenReason: reason === null ? { state: "not-exported" } : value(reason),
  hiddenUntil: until === null ? { state: "not-exported" } : value(until),
});
const own = { kind: "plate", ...value(PLATE) } as const;

test("what no rule covers has no proposal", () => {
  expect(propose({})).toEqual([]);
  // Another's plate in a free text is masked there; the rest of the text stays the resident's to read.
  expect(propose({ purpose: value("investigation plate 5KRW903") })).toEqual([]);
  // Without the mark its reason is only a word in a log.
  expect(propose({ hiddenReason: value("undercover") })).toEqual([]);
});

describe("marks in the feed", () => {
  const until = "2027-03-01T20:00:00.000Z";
  const evidence1040 = "ca.cpra.other-law/Evid. Code § 1040";
  it.each([
    [
      "open investigation",
      marked("Investigation open", until),
      ["mark-investigation", LINE, "defer", "ca.cpra.investigation", "2027-03-01"],
    ],
    [
      "a wire",
      marked("wire on 5KRW903", until),
      ["mark-investigation", LINE, "defer", "ca.cpra.investigation", "2027-03-01"],
    ],
    [
      "in Spanish",
      marked("Investigación en curso", null),
      ["mark-investigation", LINE, "defer", "ca.cpra.investigation", "2026-05-31"],
    ],
    ["no reason", marked(null, until), ["mark-secret", LINE, "defer", "ca.cpra.investigation", "2027-03-01"]],
    [
      "another reason",
      marked("per chief", null),
      ["mark-secret", LINE, "defer", "ca.cpra.investigation", "2026-05-31"],
    ],
    [
      "its day is over",
      marked("Investigation open", "2026-02-01T20:00:00.000Z"),
      ["mark-ended", LINE, "disclose", null, null],
    ],
    ["it ends today", marked(null, "2026-03-02T20:00:00.000Z"), ["mark-ended", LINE, "disclose", null, null]],
  ])("%s", (_, event, expected) => {
    expect(told(event)).toEqual([expected]);
  });

  it("undercover: the line waits, and the user stays hidden when it comes back", () => {
    const line = ["mark-undercover", LINE, "defer", evidence1040, "2027-03-01"];
    const user = ["mark-undercover", "user", "redact", evidence1040, null];
    expect(told(marked("Undercover operation", until))).toEqual([line, user]);
    expect(told(marked("operación encubierta", until))).toEqual([line, user]);
    expect(told(marked("UC", until))).toEqual([line, user]);
    expect(told({ ...marked("Undercover", until), user: EMPTY })).toEqual([line]);
    // Three letters inside a word are none.
    expect(told(marked("reduced staff", until))[0]?.[0]).toBe("mark-secret");
    const ended = told(marked("undercover", "2026-01-01T20:00:00.000Z"));
    expect(ended).toEqual([user, ["mark-ended", LINE, "disclose", null, null]]);
  });

  it("cite what binds the custodian, and nothing where nothing does", () => {
    expect(told(marked("Investigation open", until), { bound: IPA })[0]?.[3]).toBe("ca.ipa.investigation");
    expect(told(marked("Undercover", until), { bound: IPA }).map((one) => one[3])).toEqual([
      "ca.ipa.investigation",
      "ca.ipa.investigation",
    ]);
    expect(told(marked("Undercover", until), { bound: { ...IPA, custodian: "local-agency" } })).toEqual([]);
  });
});

describe("somebody else in the same query", () => {
  const redact = (exemption: string) => [["other-person-in-query", "searchedBy", "redact", exemption, null]];
  const other = (kind: "plate" | "licence" | "vin" | "ssn" | "name", text: string) => ({ kind, ...value(text) });

  it.each([
    ["another plate", [own, other("plate", "5KRW903")]],
    ["another licence", [own, other("licence", "B7654321")]],
    ["another name", [own, other("name", "Castellane, Roy")]],
  ])("%s", (_, searchedBy) => {
    expect(told({ searchedBy })).toEqual(redact("ca.cpra.third-party"));
    expect(told({ searchedBy }, { bound: IPA })).toEqual(redact("ca.ipa.third-party"));
  });

  it.each([
    ["the resident's own alone", [own]],
    ["the resident's own name, written otherwise", [own, other("name", "ORTEGA, ANA LUCIA")]],
    ["a birth date, which is nobody's alone", [own, { kind: "birth-date", ...value("1986-04-28") } as const]],
    ["a cell that is hidden", [own, { kind: "licence", state: "hidden-by-vendor" } as const]],
  ])("not: %s", (_, searchedBy) => {
    expect(told({ searchedBy })).toEqual([]);
  });

  it("a plate that the resident had sold by then is another's", () => {
    const sold = { ...READING, own: [{ ...READING.own[0]!, to: "2025-06-01" }] };
    expect(told({ searchedBy: [own] }, { reading: sold })).toEqual(redact("ca.cpra.third-party"));
  });
});

describe("a bulk query", () => {
  it("is disclosed under the act that the case is about, and not proposed under another", () => {
    expect(told({ bulk: true })).toEqual([["bulk-query", LINE, "disclose", null, null]]);
    expect(propose({ bulk: true })[0]).toMatchObject({
      cite: expect.stringContaining("3 Cal.5th 1032"),
      needsJudgement: false,
    });
    expect(told({ bulk: true }, { bound: IPA })).toEqual([]);
    expect(told({ bulk: false })).toEqual([]);
  });

  it("gives way to a mark, also to one that has ended", () => {
    expect(told({ bulk: true, ...marked(null, null) })[0]?.[0]).toBe("mark-secret");
    expect(told({ bulk: true, ...marked(null, "2026-01-01T20:00:00.000Z") })).toEqual([
      ["mark-ended", LINE, "disclose", null, null],
    ]);
  });
});

describe("a proposal", () => {
  const events: Partial<AccessEvent>[] = [
    marked("Investigation open", null),
    marked("Undercover", null),
    { bulk: true, searchedBy: [own, { kind: "plate", ...value("5KRW903") }] },
  ];

  it("can be recorded as it stands, with its reason and its citation, in both languages", () => {
    for (const bound of [CPRA, IPA]) {
      for (const proposal of events.flatMap((event) => propose(event, { bound }))) {
        const { field, outcome, exemption, reviewOn, why } = proposal;
        const reason = exemption === null ? null : why.es;
        const asked = { field, outcome, exemption, reason, reviewOn };
        expect(checkDecision(asked, { ...bound, today: TODAY })).toEqual(asked);
        expect(proposal.cite === null).toBe(false);
        expect(why.en).not.toBe(why.es);
      }
    }
  });

  it("needs a person's judgement wherever its exemption does, and where a mark has ended", () => {
    expect(propose(marked("Investigation open", null))[0]?.needsJudgement).toBe(true);
    expect(propose(marked(null, "2026-01-01T20:00:00.000Z"))[0]?.needsJudgement).toBe(true);
  });

  it("is open until its own target is decided, and a field's not while its line is held back", () => {
    const proposals = propose({ bulk: true, searchedBy: [own, { kind: "plate", ...value("5KRW903") }] });
    const open = (...decisions: ReturnType<typeof decided>[]) =>
      openProposals(proposals, effectiveDecisions(decisions)("a")).map(({ field }) => field);
    expect(open()).toEqual(["searchedBy", LINE]);
    expect(open(decided("a", LINE, "disclose"))).toEqual(["searchedBy"]);
    expect(open(decided("a", LINE, "withhold"))).toEqual([]);
    expect(open(decided("a", "searchedBy", "disclose"))).toEqual([LINE]);
    expect(open(decided("b", LINE, "disclose"))).toEqual(["searchedBy", LINE]);
  });

  it("stands together with its equals alone: another day of review is another proposal", () => {
    const all = ["2027-03-01", "2027-03-01", "2027-04-01"].map((day, n) =>
      proposalsFor(matchedOf({ id: `${n}`, event: marked(null, `${day}T20:00:00.000Z`) }), FACTS, PROPOSAL_RULES),
    );
    expect(groupProposals(all.flat()).map(({ eventIds }) => eventIds)).toEqual([["0", "1"], ["2"]]);
  });
});
