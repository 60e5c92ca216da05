import { describe, expect, it, test } from "vitest";
import { hasConflict } from "#app/people/conflict.ts";
import { mayBeNamed, partsOfName, sharesAddress, sharesSurname } from "#app/people/name-match.ts";
import { asNamed, mayBe, type NamedPersonFacts, namedPerson, normaliseSign } from "#app/people/named-person.ts";

describe("may be the person who was named", () => {
  it.each([
    ["John Smith", "john SMITH"],
    ["John Smith", "Smith, John"],
    ["J. Smith", "John Smith"],
    ["Smith J", "John Smith"],
    ["Smith", "John Smith"],
    ["Officer Smith", "John A. Smith"],
    ["Sgt. John Smith Jr.", "John Smith (demo)"],
    ["María García López", "Maria Garcia-Lopez"],
    ["Maria Lopez Garcia", "M. García"],
    ["García", "José Luis García Peña"],
    ["Ana de la Cruz", "Ana Delacruz"],
    ["O'Brien, Sean", "Sean OBrien"],
    ["Jürgen Müller", "Juergen Mueller"],
    ["Nguyễn Văn An", "An Van Nguyen"],
    ["Søren Ødegård", "Soren Odegard"],
    ["王小明", "王小明"],
    // Over-matching is the side on which we are wrong.
    ["John Andrew Smith", "John Bernard Smith"],
  ])("%s: %s", (named, staff) => {
    expect(mayBeNamed(named, staff)).toBe(true);
    expect(mayBeNamed(staff, named)).toBe(true);
  });

  it.each([
    ["John Smith", "John Jones"],
    ["John Smith", "Mary Smithson"],
    ["J. Smith", "Karl Smith"],
    ["John Smith", "Karl Smith"],
    ["Casey Ng (demo)", "Sam Okafor (demo)"],
    ["Officer", "Officer Jones"],
    ["J. S.", "John Smith"],
    ["", "John Smith"],
  ])("not %s: %s", (named, staff) => {
    expect(mayBeNamed(named, staff)).toBe(false);
    expect(mayBeNamed(staff, named)).toBe(false);
  });

  test("titles and brackets are no part of a name", () => {
    expect(partsOfName("Det. Sgt. García-López, J. (ret.)")).toEqual(["garcia", "lopez", "j"]);
  });
});

describe("badges, user ids and mail", () => {
  const staff = { name: "Casey Ng", email: "cng7@pd.example.gov", badges: ["#0421"], userIds: ["CNG-77"] };
  const person = (known: Partial<NamedPersonFacts>): NamedPersonFacts => ({
    name: null,
    badge: null,
    userId: null,
    email: null,
    ...known,
  });

  it.each([
    [{ badge: "421" }],
    [{ badge: "Badge No. 421" }],
    [{ userId: "421" }],
    [{ userId: "cng77" }],
    [{ badge: "CNG 77" }],
    [{ email: "CNG7@PD.example.gov" }],
    [{ userId: "cng7" }],
    [{ name: "Ng, Casey" }],
    // Whatever else is wrong: one thing that agrees is enough.
    [{ name: "Somebody Else", badge: "421" }],
  ])("%j is he", (known) => {
    expect(mayBe(person(known), staff)).toBe(true);
  });

  it.each([[{ badge: "422" }], [{ userId: "cng78" }], [{ email: "cng7@other.example.gov" }], [{ name: "Casey Ngo" }]])(
    "%j is not",
    (known) => {
      expect(mayBe(person(known), staff)).toBe(false);
    },
  );

  test("leading zeros go, all zeros do not become nothing", () => {
    expect(normaliseSign("#0421")).toBe("421");
    expect(normaliseSign("000")).toBe("0");
  });

  test("what a log calls somebody is read as whatever it can be", () => {
    expect(asNamed("u-1017")).toMatchObject({ badge: "u-1017", userId: "u-1017", email: null });
    expect(asNamed("cng7@pd.example.gov")).toMatchObject({ email: "cng7@pd.example.gov" });
    expect(asNamed("***")).toBeNull();
  });

  test("nothing, or only a title, names nobody", () => {
    expect(namedPerson.safeParse({}).success).toBe(false);
    expect(namedPerson.safeParse({ name: "  " }).success).toBe(false);
    expect(namedPerson.safeParse({ name: "Officer" }).error?.issues[0]?.message).toBe("walls.nameWrong");
    expect(namedPerson.safeParse({ badge: "###" }).error?.issues[0]?.message).toBe("walls.badgeWrong");
  });
});

describe("a conflict", () => {
  it.each([
    ["Rosa Delgado", "Pedro Delgado"],
    ["Rosa Delgado", "DELGADO, P."],
    ["María García López", "Juan Garcia"],
    ["Maria Garcia-Lopez", "Lopez, Ana"],
    ["Ana de la Cruz", "Luis Delacruz"],
    ["Siobhán O’Brien", "Pat OBrien"],
    ["Ana Peña", "Luis Pena"],
  ])("%s and %s share a surname", (resident, staff) => {
    expect(sharesSurname(resident, staff)).toBe(true);
    expect(sharesSurname(staff, resident)).toBe(true);
  });

  it.each([
    ["Rosa Delgado (demo)", "Casey Ng (demo)"],
    ["Rosa Delgado", "Rosa Okafor"],
    ["Martin Ng", "Ana Martin-Soto"],
    ["Sam Jr.", "Pat Jr."],
  ])("%s and %s do not", (resident, staff) => {
    expect(sharesSurname(resident, staff)).toBe(false);
    expect(sharesSurname(staff, resident)).toBe(false);
  });

  it.each([
    ["12 North Oak Street, Marigold, CA 95999", "12 N. Oak St\nMarigold CA 95999"],
    ["12 Oak St Apt 4, 95999", "12 Oak Street, Apartment 7"],
    ["12 Oak Ave", "12 OAK AVENUE, Marigold"],
  ])("%j and %j are one house", (one, other) => {
    expect(sharesAddress(one, other)).toBe(true);
  });

  it.each([
    ["12 Oak St, 95999", "14 Oak St, 95999"],
    ["12 Oak St, 95999", "12 Oak St, 94110"],
    ["12 Oak St", "12 Elm St"],
    ["PO Box", "PO Box"],
    ["", "12 Oak St"],
  ])("%j and %j are not", (one, other) => {
    expect(sharesAddress(one, other)).toBe(false);
  });

  test("an address alone is enough, a missing one is none", () => {
    const staff = { name: "Casey Ng", addresses: ["12 Oak St, 95999"] };
    expect(hasConflict(staff, { name: "Rosa Delgado", address: "12 Oak Street 95999" })).toBe(true);
    expect(hasConflict(staff, { name: "Rosa Delgado", address: null })).toBe(false);
    expect(hasConflict({ ...staff, addresses: [] }, { name: "Rosa Delgado", address: "12 Oak St" })).toBe(false);
  });
});
