import { describe, expect, it } from "vitest";
import { CLAIM_KINDS, type ClaimKind } from "#app/feeds/identifier.ts";
import {
  BASES,
  type Basis,
  DOCUMENTS,
  documentsFor,
  isEnough,
  listEnough,
  listMissing,
  listUnseen,
  POLICY,
} from "#app/requests/identity/identity-policy.ts";

/** What each set of ways is worth for a plate or VIN, a licence, and a state ID or SSN: enough or not. */
const TABLE: readonly (readonly [shown: readonly Basis[], vehicle: boolean, card: boolean, life: boolean])[] = [
  [[], false, false, false],
  [["in-person"], true, true, true],
  [["video"], false, false, false],
  [["mailed-code"], false, false, false],
  [["registration-on-file"], false, false, false],
  [["record-on-file"], false, false, false],
  [["notarised-statement"], false, false, false],
  [["sworn-statement"], false, false, false],
  [["assertion"], false, false, false],
  [["mailed-code", "registration-on-file"], true, false, false],
  [["mailed-code", "record-on-file"], false, true, false],
  [["mailed-code", "sworn-statement"], false, false, false],
  [["mailed-code", "record-on-file", "sworn-statement"], false, true, true],
  [["video", "registration-on-file"], true, false, false],
  [["video", "record-on-file"], false, true, true],
  [["notarised-statement", "registration-on-file"], true, false, false],
  [["notarised-statement", "record-on-file"], false, true, true],
  [["assertion", "registration-on-file"], true, false, false],
  [["assertion", "record-on-file"], false, true, true],
  [["sworn-statement", "registration-on-file"], false, false, false],
  [["sworn-statement", "record-on-file"], false, false, false],
  [["video", "notarised-statement", "assertion", "mailed-code", "sworn-statement"], false, false, false],
  [["registration-on-file", "record-on-file", "sworn-statement"], false, false, false],
];

describe("what is enough", () => {
  it.each(TABLE)("%j: vehicle %s, card %s, number for life %s", (shown, vehicle, card, life) => {
    const set = new Set(shown);
    const expected = { plate: vehicle, vin: vehicle, licence: card, "state-id": life, ssn: life, person: life };
    expect(Object.fromEntries(CLAIM_KINDS.map((kind) => [kind, isEnough(kind, set)]))).toEqual(expected);
  });

  it("is the same whatever order things were shown in: the table says of two ways the same from both sides", () => {
    for (const kind of CLAIM_KINDS) {
      for (const basis of BASES) {
        const cell = POLICY[kind][basis];
        for (const others of cell.is === "with" ? cell.others : []) {
          for (const other of others) {
            const mirrored = POLICY[kind][other];
            const sets = mirrored.is === "with" ? mirrored.others : [];
            const wanted = [basis, ...others.filter((one) => one !== other)].sort();
            expect(
              sets.map((set) => [...set].sort()),
              `${kind}: ${other} with ${wanted}`,
            ).toContainEqual(wanted);
          }
        }
      }
    }
  });

  // What somebody has who holds the victim's mailbox, name, birth date and address: statements, and nothing of the
  // agency's own, no face, no post.
  it("is never what can be written by whoever knows the victim", () => {
    for (const kind of CLAIM_KINDS) expect(isEnough(kind, new Set(["sworn-statement"]))).toBe(false);
  });

  // The agency's record says whose a plate was, and a stranger who asks in that name has shown nothing.
  it("is never the agency's own record with the asker's own word", () => {
    for (const kind of CLAIM_KINDS) {
      const shown = new Set<Basis>(["registration-on-file", "record-on-file", "sworn-statement"]);
      expect(isEnough(kind, shown), kind).toBe(false);
    }
  });

  // Who has proved to be himself may still ask for the plate of somebody else.
  it("is never the asker's person alone, however well proved without a look at whose the identifier is", () => {
    const person = new Set<Basis>(["video", "notarised-statement", "assertion", "mailed-code", "sworn-statement"]);
    for (const kind of CLAIM_KINDS) expect(isEnough(kind, person), kind).toBe(false);
  });
});

describe("what is missing", () => {
  it("lists every set that would do, and of each what is not there yet", () => {
    expect(listEnough("plate")[0]).toEqual(["in-person"]);
    expect(listMissing("plate", new Set(["registration-on-file"]))).toContainEqual(["mailed-code"]);
    expect(listMissing("ssn", new Set(["mailed-code"]))).toContainEqual(["record-on-file", "sworn-statement"]);
    for (const kind of CLAIM_KINDS) {
      for (const set of listEnough(kind)) expect(isEnough(kind, new Set(set))).toBe(true);
    }
  });
});

describe("at a counter", () => {
  const rows: readonly (readonly [ClaimKind, readonly string[], number])[] = [
    ["plate", ["driver-licence", "registration-card"], 0],
    ["plate", ["driver-licence"], 1],
    ["plate", ["registration-card"], 1],
    ["plate", [], 2],
    ["licence", ["driver-licence"], 0],
    ["licence", ["passport"], 1],
    ["ssn", ["passport", "ssn-card"], 0],
    ["ssn", ["passport", "registration-card"], 1],
    ["state-id", ["passport", "own-record"], 0],
  ];
  it("asks about no document that shows nothing of the kind, and about each that is enough", () => {
    expect(documentsFor("licence")).not.toContain("registration-card");
    expect(documentsFor("plate")).not.toContain("ssn-card");
    for (const kind of CLAIM_KINDS) {
      expect(documentsFor(kind).length, kind).toBeLessThan(DOCUMENTS.length);
      for (const basis of BASES) expect(listUnseen(kind, basis, documentsFor(kind)), `${kind} ${basis}`).toEqual([]);
    }
  });
  it.each(rows)("%s with %j lacks %i kinds of document", (kind, seen, lacking) => {
    expect(listUnseen(kind, "in-person", seen as never)).toHaveLength(lacking);
  });
});
