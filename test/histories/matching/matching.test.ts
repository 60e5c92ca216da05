import { describe, expect, it } from "vitest";
import { nameFromParts } from "#app/feeds/names/person-name.ts";
import { bandOf } from "#app/histories/matching/bands.ts";
import { compare } from "#app/histories/matching/compare.ts";
import { DEFAULT_MODEL } from "#app/histories/matching/default-model.ts";
import { evaluate, type KnownRecord } from "#app/histories/matching/evaluate.ts";
import { chances } from "#app/histories/matching/learn.ts";
import { score } from "#app/histories/matching/model.ts";
import { readPeople } from "#app/histories/matching/read-people.ts";
import type { Traits } from "#app/histories/matching/traits.ts";

function traits(given: string, family: string, birth: string | null, number: string | null = null): Traits {
  return { name: nameFromParts(given, family), birth, number, address: null };
}

/** What the machine says of one event, of which nobody else is a candidate, in a county of a hundred thousand. */
function band(event: Traits, person: Traits): string {
  const found = score(DEFAULT_MODEL, compare(event, person), person);
  const [chance = 0] = chances([found], 0.5, 100_000);
  return bandOf(chance, found);
}

describe("what looks like one person and may be two is asked, and never proposed", () => {
  it.each([
    ["twins", traits("Ana", "Reyes", "19860314"), traits("Eva", "Reyes", "19860314")],
    [
      "Jr and Sr with one birth date in the file",
      traits("John", "Reyes Jr", "19860314"),
      traits("John", "Reyes Sr", "19860314"),
    ],
  ])("%s", (_, event, person) => expect(band(event, person)).toBe("ask"));

  it("namesakes with one birthday", () => {
    const person = traits("Maria", "Garcia", "19860314");
    const found = score(DEFAULT_MODEL, compare(person, person), person);
    for (const chance of chances([found, found], 0.9, 1000)) expect(bandOf(chance, found)).toBe("ask");
  });

  it("Jr and Sr of whom the log knows the birth date are apart", () => {
    expect(band(traits("John", "Reyes Jr", "19860314"), traits("John", "Reyes Sr", "19551102"))).toBe("leave");
  });
});

describe("one person is proposed or asked in spite of", () => {
  const minh = () => traits("Minh Anh", "Nguyễn", "19860314");
  it.each([
    ["accents", traits("Minh Anh", "Nguyen", "19860314"), minh(), "propose"],
    ["names the other way round", traits("Nguyen", "Minh Anh", "19860314"), minh(), "propose"],
    [
      "a double surname cut in half",
      traits("Ana", "García", "19860314"),
      traits("Ana", "García López", "19860314"),
      "propose",
    ],
    ["a hyphen", traits("Ana", "Garcia-Lopez", "19860314"), traits("Ana", "García López", "19860314"), "propose"],
    [
      "no hyphen at all",
      traits("Ana", "Garcialopez", "19860314"),
      traits("Ana", "García López", "19860314"),
      "propose",
    ],
    ["Cyrillic", traits("Юрий", "Щербаков", "19860314"), traits("Yuriy", "Shcherbakov", "19860314"), "propose"],
    [
      "Arabic without its vowels",
      traits("محمد", "حسن", "19860314"),
      traits("Muhammad", "Hassan", "19860314"),
      "propose",
    ],
    ["a short form", traits("Bob", "Reyes", "19860314"), traits("Robert", "Reyes", "19860314"), "propose"],
    ["day and month exchanged", traits("Ana", "Reyes", "19860312"), traits("Ana", "Reyes", "19861203"), "propose"],
  ])("%s", (_, event, person, least) => {
    expect(band(event, person)).toBe(least);
  });
});

it("a stranger with the same name and another birth date is left out, and each score says why", () => {
  const [event, person] = [traits("Maria", "Garcia", "19860314"), traits("Maria", "Garcia", "19520901")];
  const { bits, parts } = score(DEFAULT_MODEL, compare(event, person), person);
  expect(band(event, person)).toBe("leave");
  expect(parts.map(({ field, level }) => `${field} ${level}`)).toEqual(["given same", "family same", "birth other"]);
  const sum = parts.reduce((all, part) => all + part.bits, Math.log2(1 - DEFAULT_MODEL.crossed));
  expect(bits).toBeCloseTo(sum, 9);
});

/** People with names of syllables, and records of them with the errors of tired clerks. */
function population(count: number) {
  let state = 7;
  const random = (below: number) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const syllables = ["ka", "ro", "mi", "ten", "lo", "shi", "ver", "dan", "bu", "sol", "per", "gri", "wen", "fa"];
  const word = () => Array.from({ length: 2 + random(2) }, () => syllables[random(syllables.length)]).join("");
  const typo = (text: string) => {
    const at = 1 + random(Math.max(1, text.length - 1));
    return random(3) === 0 ? text.slice(0, at) + text.slice(at + 1) : `${text.slice(0, at)}x${text.slice(at)}`;
  };
  const people: KnownRecord[] = [];
  const events: KnownRecord[] = [];
  for (let person = 0; person < count; person++) {
    const [given, family] = [word(), word()];
    const birth = `${1940 + random(60)}${String(1 + random(12)).padStart(2, "0")}${String(1 + random(28)).padStart(2, "0")}`;
    people.push({ person: `${person}`, traits: traits(given, family, birth) });
    if (person % 2 === 1) continue;
    const kind = random(4);
    events.push({
      person: `${person}`,
      traits: traits(kind === 0 ? typo(given) : given, kind === 1 ? typo(family) : family, kind === 2 ? null : birth),
    });
  }
  return { people, events };
}

describe("evaluating", () => {
  it("finds nearly all of a population with errors, half of which nobody looked up", () => {
    const { people, events } = population(1200);
    const { proposing, asking, candidatesPerPerson } = evaluate(events, people);
    expect(proposing.precision).toBeGreaterThan(0.99);
    expect(proposing.recall).toBeGreaterThan(0.93);
    expect(asking.recall).toBeGreaterThanOrEqual(proposing.recall);
    expect(candidatesPerPerson).toBeLessThan(10);
  });

  it("counts what was missed and what was wrong", () => {
    const ana = traits("Ana", "Reyes", "19860314");
    const nobody = { proposing: { precision: 1, recall: 0, f1: 0 } };
    expect(
      evaluate([{ person: "1", traits: traits("Zoe", "Quist", "19111111") }], [{ person: "1", traits: ana }]),
    ).toMatchObject(nobody);
    expect(evaluate([{ person: "2", traits: ana }], [{ person: "1", traits: ana }]).proposing.precision).toBe(0);
    expect(evaluate([], [])).toMatchObject({ asking: { precision: 1, recall: 1, f1: 1 }, candidatesPerPerson: 0 });
  });
});

describe("a file of people", () => {
  async function* file(text: string) {
    yield Buffer.from(text);
  }
  it("is read with the columns that it has, in any order", async () => {
    const read = await readPeople(file("surname, rec_id, given_name\r\nReyes, rec-12-dup-0, Ana\r\n"));
    expect(read).toEqual([{ person: "12", traits: traits("Ana", "Reyes", null) }]);
  });
  it.each([
    ["", "The file is empty; its first row must name rec_id."],
    ["a,b\n1,2\n", "The first row must name the columns, rec_id among them"],
    ["rec_id\nperson 12\n", "Row 2: rec_id must be like rec-12-org or rec-12-dup-0."],
    ["rec_id,date_of_birth\nrec-1-org,14/3/86\n", "Row 2: date_of_birth must be eight digits, YYYYMMDD."],
  ])("%j is refused with a sentence", async (text, sentence) => {
    await expect(readPeople(file(text))).rejects.toThrow(sentence);
  });
});
