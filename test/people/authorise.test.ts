import { describe, expect, it } from "vitest";
import type { AccountActor, Actor, Role } from "#app/people/actor.ts";
import { ACTIONS, type Action, authorise, type Facts, may } from "#app/people/authorise.ts";

const MINE = "agency-1";
const OTHER = "agency-2";
const VICTIM = "resident-1";

function someone(accountId: string, ...memberships: [Role, string | null][]): AccountActor {
  return {
    kind: "account",
    accountId,
    name: "",
    locale: "en",
    memberships: memberships.map(([role, agencyId]) => ({ role, agencyId })),
  };
}

const ACTORS = {
  resident: someone(VICTIM),
  stranger: someone("resident-2"),
  clerk: someone("clerk", ["clerk", MINE]),
  foreignClerk: someone("clerk-2", ["clerk", OTHER]),
  supervisor: someone("supervisor", ["supervisor", MINE]),
  foreignSupervisor: someone("supervisor-2", ["supervisor", OTHER]),
  intake: someone("intake", ["intake", MINE]),
  foreignIntake: someone("intake-2", ["intake", OTHER]),
  admin: someone("admin", ["admin", MINE]),
  foreignAdmin: someone("admin-2", ["admin", OTHER]),
  auditor: someone("auditor", ["auditor", MINE]),
  foreignAuditor: someone("auditor-2", ["auditor", OTHER]),
  auditorOfAll: someone("auditor-3", ["auditor", null]),
  advocate: someone("advocate", ["advocate", null]),
  otherAdvocate: someone("advocate-2", ["advocate", null]),
  operatorAccount: someone("operator", ["operator", null]),
  shell: { kind: "operator", name: "root" },
  job: { kind: "system", task: "make-release" },
  seer: someone("seer"),
  disputer: someone("disputer"),
  receiver: someone("receiver"),
  custodian: { kind: "custodian", agencyId: MINE, door: "key", doorId: "key-1" },
  foreignCustodian: { kind: "custodian", agencyId: OTHER, door: "key", doorId: "key-2" },
} satisfies Record<string, Actor>;
type Who = keyof typeof ACTORS;

const FACTS: Facts = {
  agencyId: MINE,
  residentId: VICTIM,
  ownerId: "clerk",
  walledIds: [],
  reviewerIds: ["clerk"],
  advocateIds: ["advocate"],
  representatives: [
    { accountId: "seer", scopes: ["see"] },
    { accountId: "disputer", scopes: ["see", "dispute"] },
    { accountId: "receiver", scopes: ["receive"] },
  ],
};

/** Everyone who may, for one case of one agency and one resident. Nobody else. */
const MATRIX: Record<Action, readonly Who[]> = {
  "feed.import": ["clerk", "supervisor", "operatorAccount", "shell", "custodian"],
  "feed.read": ["clerk", "supervisor"],
  "feed.overview": ["clerk", "supervisor", "operatorAccount", "shell"],
  "feed.mend": ["clerk", "supervisor"],
  "feed.promise": ["supervisor"],
  "feed.remind": ["supervisor", "job"],
  "feed.push": ["custodian"],
  "feed.upload": ["clerk"],
  "feed.keys": ["supervisor", "operatorAccount", "shell"],
  "feed.doors": ["operatorAccount", "shell"],
  "feed.retention": ["operatorAccount", "shell"],
  "request.start": [
    "resident",
    "stranger",
    "clerk",
    "foreignClerk",
    "supervisor",
    "foreignSupervisor",
    "intake",
    "foreignIntake",
    "admin",
    "foreignAdmin",
    "auditor",
    "foreignAuditor",
    "auditorOfAll",
    "advocate",
    "otherAdvocate",
    "operatorAccount",
    "seer",
    "disputer",
    "receiver",
  ],
  "request.wall": ["resident"],
  "request.contact": ["resident"],
  "request.write-message": ["resident"],
  "case.write-message": ["clerk", "supervisor"],
  "conflict.declare": ["clerk", "supervisor"],
  "conflict.review": ["supervisor"],
  "case.post": ["clerk", "supervisor"],
  "agency.alternate": ["operatorAccount", "shell"],
  "staff.sign": ["clerk"],
  "request.edit": ["resident"],
  "request.read": ["resident", "seer", "disputer"],
  "request.represent": ["resident"],
  "representation.accept": [
    "resident",
    "stranger",
    "clerk",
    "foreignClerk",
    "supervisor",
    "foreignSupervisor",
    "intake",
    "foreignIntake",
    "advocate",
    "otherAdvocate",
    "operatorAccount",
    "admin",
    "foreignAdmin",
    "auditor",
    "foreignAuditor",
    "auditorOfAll",
    "seer",
    "disputer",
    "receiver",
  ],
  "identity.prove": ["resident"],
  "request.purge": ["shell", "job"],
  "request.keep": ["shell"],
  "case.list": ["clerk", "supervisor"],
  "case.read": ["clerk", "supervisor"],
  "case.check-identity": ["clerk"],
  "case.confirm-overlap": ["supervisor"],
  "case.decide": ["clerk"],
  "case.propose": ["clerk"],
  "case.approve": ["supervisor"],
  "case.send-back": ["supervisor"],
  "case.run-clock": ["clerk", "supervisor"],
  "clock.tell": ["job"],
  "case.foresee": ["supervisor", "shell"],
  "signal.switch": ["supervisor"],
  "agency.close": ["supervisor", "operatorAccount", "shell"],
  "agency.figures": ["clerk", "supervisor"],
  "law.switch": ["operatorAccount", "shell"],
  "calendar.subscribe": [
    "clerk",
    "foreignClerk",
    "supervisor",
    "foreignSupervisor",
    "intake",
    "foreignIntake",
    "advocate",
    "otherAdvocate",
  ],
  "release.read": ["resident", "seer", "disputer"],
  "release.make": ["job"],
  "lines.return": ["job"],
  "dispute.file": ["resident", "disputer"],
  "complaint.list": ["intake"],
  "complaint.read": ["resident", "intake", "advocate", "disputer"],
  "complaint.move": ["intake"],
  "complaint.withdraw": ["resident"],
  "consent.give": ["resident"],
  "consent.revoke": ["resident"],
  "complaint.follow": ["advocate", "otherAdvocate"],
  "factor.change": ["clerk"],
  "session.list": ["clerk"],
  "agency.sign-in": ["shell"],
  "account.reset-factors": ["shell"],
  "member.list": ["admin", "shell"],
  "member.invite": ["admin", "shell"],
  "member.end": ["admin", "shell"],
  "account.disable": ["admin", "shell"],
  "account.enable": ["admin", "shell"],
  "ledger.read": ["auditor", "auditorOfAll"],
  "case.outside-queue": ["supervisor"],
  "contact.change": ["resident"],
  "freeze.end": ["clerk", "job"],
  "registry.change": ["operatorAccount", "shell"],
  "portal.watch": ["operatorAccount", "shell"],
  "ledger.verify": ["operatorAccount", "shell"],
  "ledger.hand-out": ["shell"],
  "keys.rotate": ["shell"],
};

describe("who may do what", () => {
  it("is written down for every action", () => {
    expect(Object.keys(MATRIX).sort()).toEqual([...ACTIONS].sort());
  });

  it.each(ACTIONS)("%s: exactly those of the matrix", (action) => {
    const allowed = (Object.keys(ACTORS) as Who[]).filter((who) => may(ACTORS[who], action, FACTS));
    expect(allowed).toEqual((Object.keys(ACTORS) as Who[]).filter((who) => MATRIX[action].includes(who)));
  });

  const OF_THE_ACTOR_ALONE = [
    "request.start",
    "representation.accept",
    "release.make",
    "lines.return",
    "clock.tell",
    "complaint.follow",
    "calendar.subscribe",
    // An auditor of the whole portal reads what belongs to no agency.
    "ledger.read",
  ];
  const needingFacts = ACTIONS.filter(
    (action) => !MATRIX[action].includes("shell") && !OF_THE_ACTOR_ALONE.includes(action),
  );
  it.each(needingFacts)("%s: nobody at all when the facts are missing", (action) => {
    const allowed = Object.values(ACTORS).filter((actor) => may(actor, action, {}));
    // The portal's own job is bound by no agency.
    expect(allowed).toEqual(MATRIX[action].includes("job") ? [ACTORS.job] : []);
  });

  it.each(ACTIONS)("%s: never somebody behind a wall", (action) => {
    for (const actor of Object.values(ACTORS)) {
      if (actor.kind !== "account") continue;
      expect(may(actor, action, { ...FACTS, walledIds: [actor.accountId] })).toBe(false);
    }
  });

  it("is refused as if the thing were not there", () => {
    expect(() => authorise(ACTORS.stranger, "request.read", FACTS)).toThrow("thing not found");
  });
});

describe("managing people", () => {
  it("nobody gives himself a role, disables or enables himself, not even with the operator's role on the web", () => {
    const both = someone("admin", ["admin", MINE], ["operator", null]);
    for (const action of ["member.invite", "account.disable", "account.enable"] as const) {
      expect(may(both, action, { ...FACTS, subjectId: "admin" }), action).toBe(false);
      expect(may(both, action, { ...FACTS, subjectId: "somebody-else" }), action).toBe(true);
    }
  });
});

describe("an operator", () => {
  const shell = ACTORS.shell;
  it.each(
    ACTIONS.filter((action) => /^(case|release|dispute|complaint|request|consent|contact|freeze)\./.test(action)),
  )("at the shell or on the web never does %s, but foresee whose date moves and purge what has ended", (action) => {
    for (const actor of [shell, ACTORS.operatorAccount]) {
      const allowed = may(actor, action, { ...FACTS, reviewerIds: [], residentId: "somebody" });
      expect(allowed).toBe(
        (["case.foresee", "request.purge", "request.keep"].includes(action) && actor === shell) ||
          (action === "request.start" && actor !== shell),
      );
    }
  });
});

describe("four eyes", () => {
  it("nobody approves what he matched or reviewed, whatever else he is", () => {
    const both = someone("clerk", ["clerk", MINE], ["supervisor", MINE]);
    expect(may(both, "case.approve", FACTS)).toBe(false);
    expect(may(both, "case.approve", { ...FACTS, reviewerIds: ["somebody-else"] })).toBe(true);
  });

  it("nobody handles his own request", () => {
    const clerkHimself = someone(VICTIM, ["clerk", MINE], ["supervisor", MINE], ["intake", MINE]);
    for (const action of [
      "case.read",
      "case.decide",
      "case.check-identity",
      "case.propose",
      "case.approve",
      "complaint.move",
    ] as const) {
      expect(may(clerkHimself, action, FACTS)).toBe(false);
    }
  });

  it("nobody handles a request in which he acts for the resident, whatever he may do in it", () => {
    const acting = someone("acting", ["clerk", MINE], ["supervisor", MINE], ["intake", MINE]);
    const facts = { ...FACTS, representatives: [{ accountId: "acting", scopes: [] }] };
    for (const action of ["case.read", "case.check-identity", "case.confirm-overlap", "case.approve"] as const) {
      expect(may(acting, action, { ...facts, representatives: [] })).toBe(true);
      expect(may(acting, action, facts)).toBe(false);
    }
  });
});

describe("a representative", () => {
  it("has no more by one scope than that scope", () => {
    const granted = (who: Who) =>
      ACTIONS.filter((action) => may(ACTORS[who], action, FACTS) && !may(ACTORS.stranger, action, FACTS));
    expect(granted("seer")).toEqual(["request.read", "release.read"]);
    expect(granted("receiver")).toEqual([]);
    expect(granted("disputer")).toEqual(["request.read", "release.read", "dispute.file", "complaint.read"]);
  });
});
