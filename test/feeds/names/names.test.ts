import { describe, expect, it } from "vitest";
import { blockingKeys, storedKeys } from "#app/feeds/names/blocking-keys.ts";
import { countTypos, jaroWinkler } from "#app/feeds/names/jaro-winkler.ts";
import { toLatin } from "#app/feeds/names/latin.ts";
import { isShortFormOf } from "#app/feeds/names/nicknames.ts";
import { nameFromParts, nameFromText } from "#app/feeds/names/person-name.ts";
import { soundex } from "#app/feeds/names/phonetic.ts";

describe("letters of other scripts", () => {
  it.each([
    ["Nguyễn Thị Ánh", "nguyen thi anh"],
    ["Đặng", "dang"],
    ["Łukasz Groß", "lukasz gross"],
    ["Щербаков Юрий", "shcherbakov yuriy"],
    ["Ковальчук Їжак", "kovalchuk yizhak"],
    ["محمد", "mhmd"],
    ["Παπαδόπουλος", "papadopoylos"],
    ["Սարգսյան", "sargsyan"],
    ["王小明", "王小明"],
  ])("%s is %s", (text, latin) => expect(toLatin(text)).toBe(latin));
});

describe("a name", () => {
  it.each([
    ["DE LA CRUZ, MARÍA JOSÉ", ["maria", "jose"], ["de", "la", "cruz"], null],
    ["Maria de la Cruz", ["maria"], ["de", "la", "cruz"], null],
    ["Smith Jr, John", ["john"], ["smith"], "jr"],
    ["John Smith, Jr.", ["john"], ["smith"], "jr"],
    ["J. R. Smith III", ["j", "r"], ["smith"], "3"],
    ["Dr. Ana García-López", ["ana", "garcia"], ["lopez"], null],
    ["O’Brien, Siân", ["sian"], ["obrien"], null],
    ["Prince", [], ["prince"], null],
    ["", [], [], null],
  ])("%s", (text, given, family, suffix) => {
    expect(nameFromText(text)).toEqual({ given, family, suffix });
  });

  it("keeps a family that is called Junior", () => {
    expect(nameFromParts("Ana", "Junior")).toEqual({ given: ["ana"], family: ["junior"], suffix: null });
  });

  it("knows a short form, and not two forms of different names", () => {
    expect(isShortFormOf("bob", "robert")).toBe(true);
    expect(isShortFormOf("pancho", "paco")).toBe(true);
    expect(isShortFormOf("bob", "william")).toBe(false);
  });
});

describe("how alike", () => {
  // The examples of Winkler's paper and of the National Archives' Soundex.
  it.each([
    ["martha", "marhta", 0.9611],
    ["dixon", "dicksonx", 0.8133],
    ["dwayne", "duane", 0.84],
    ["abc", "xyz", 0],
    ["", "a", 0],
  ])("%s and %s are %d", (a, b, value) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(value, 3);
    expect(jaroWinkler(b, a)).toBeCloseTo(value, 3);
  });

  it.each([
    ["robert", "r163"],
    ["rupert", "r163"],
    ["tymczak", "t522"],
    ["pfister", "p236"],
    ["honeyman", "h555"],
    ["ashcraft", "a261"],
    ["lee", "l000"],
  ])("%s sounds %s", (word, code) => expect(soundex(word)).toBe(code));

  it.each([
    ["19840803", "19840703", 1],
    ["19310924", "19319924", 1],
    ["19840803", "19848003", 1],
    ["19840803", "19110803", 2],
    ["abc", "abcde", 2],
  ])("%s and %s are %d typos apart, counted up to one more than one", (a, b, typos) => {
    expect(countTypos(a, b, 1)).toBe(typos);
  });
});

describe("the keys under which a log keeps somebody", () => {
  const subject = (given: string, family: string, birth: string | null) => ({
    name: nameFromParts(given, family),
    birth,
  });
  const meets = (stored: ReturnType<typeof subject>, sought: ReturnType<typeof subject>) =>
    storedKeys(stored).some((key) => blockingKeys(sought).includes(key));

  it("are met by all keys of the one who asks, whether or not the log knows the birth date", () => {
    const robert = subject("Robert", "Quillfeather", "19860314");
    expect(meets(subject("Bob", "Quilfeather", "19860314"), robert)).toBe(true);
    expect(meets(subject("Quillfeather", "Robert", "19861403"), robert)).toBe(true);
    expect(meets(subject("Bob", "Kuillfeather", "19860314"), robert)).toBe(true);
    expect(meets(subject("Robert", "Quillfether", null), robert)).toBe(true);
  });

  it("have no sound of both names without the birth date, where that is known", () => {
    const kinds = (birth: string | null) =>
      new Set(storedKeys(subject("Ana", "Reyes", birth)).map((key) => key.split(":")[0]));
    expect([...kinds("19860314")].sort()).toEqual(["begin", "birth", "day", "initials", "year"]);
    expect([...kinds(null)].sort()).toEqual(["begin", "name"]);
  });
});

describe("blocking keys", () => {
  const keys = (given: string, family: string, birth: string | null) =>
    new Set(blockingKeys({ name: nameFromParts(given, family), birth }));
  const meet = (a: Set<string>, b: Set<string>) => [...a].some((key) => b.has(key));
  const ana = () => keys("María José", "García López", "1986-03-14".replaceAll("-", ""));

  it.each([
    ["a letter and the day wrong", keys("Mariia", "Garcia", "19860341")],
    ["the other way round", keys("Garcia", "Maria", null)],
    ["half of a double surname", keys("Maria", "Lopez", null)],
    ["day and month exchanged", keys("Mirta", "Else", "19861403")],
    ["a short form", keys("Mari", "Garcia", null)],
    ["another given name of hers", keys("Jose", "Garcia", null)],
  ])("meet in spite of %s", (_, other) => expect(meet(ana(), other)).toBe(true));

  it("do not bring strangers together", () => {
    expect(meet(ana(), keys("Robert", "Smith", "19710101"))).toBe(false);
    // Neither a birth date nor a name alone is a key.
    expect(meet(ana(), keys("Somebody", "Else", "19860314"))).toBe(false);
    expect(meet(ana(), keys("Robert", "Garcia", "19710101"))).toBe(false);
    expect(blockingKeys({ name: nameFromParts("", ""), birth: null })).toEqual([]);
  });
});
