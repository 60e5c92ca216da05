/**
 * Whether two spellings may be one person's name. Pure. It is used to keep people out and to ask them to step
 * aside, never to let anybody in: where it is unsure it says yes.
 */

/** Titles and endings that are no part of a name, as people write them before or after it. */
const NO_NAME = new Set(
  `officer ofc deputy dep sheriff sergeant sgt corporal cpl lieutenant lt captain capt chief detective det agent
   trooper mr mrs ms mx dr jr sr ii iii iv oficial agente sargento teniente capitan jefe detective senor senora sra
   sr don dona`.split(/\s+/),
);

const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  æ: "ae",
  œ: "oe",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** Without accents, capitals, apostrophes and the doubled vowels that stand for an umlaut. */
function plainLetters(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßøæœłđðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/['’ʼ`´]/g, "")
    .replace(/([aou])e/g, "$1");
}

/** The parts of a name, without titles and what stands in brackets. "Sgt. García-López, J." is garcia, lopez, j. */
export function partsOfName(name: string): string[] {
  return plainLetters(name.replace(/\([^)]*\)/g, " "))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== "" && !NO_NAME.has(part));
}

/** An initial is one letter of an alphabet; one character of Chinese is a whole name. */
const isInitial = (part: string) => /^\p{Script=Latin}$/u.test(part);

/** Names that are written in one word or in several: "de la Cruz" and "Delacruz". */
function joined(parts: readonly string[]): string[] {
  const pairs = parts.slice(1).map((part, index) => `${parts[index]}${part}`);
  const triples = parts.slice(2).map((part, index) => `${parts[index]}${parts[index + 1]}${part}`);
  return [...pairs, ...triples];
}

/** What a name is found again by: each whole part, and parts written together. Two that may be one share a key. */
export function keysOfName(name: string): string[] {
  const parts = partsOfName(name);
  return [...new Set([...parts, ...joined(parts)])].filter((part) => !isInitial(part));
}

function agrees(one: string, other: string): boolean {
  if (one === other) return true;
  return (isInitial(one) && other.startsWith(one)) || (isInitial(other) && one.startsWith(other));
}

/**
 * May these be the same person? One whole part must be the same, and a second one too, or its initial; where one
 * side is a single word, that word is enough. The order, accents, hyphens and further names do not matter.
 */
export function mayBeNamed(one: string, other: string): boolean {
  const [some, others] = [partsOfName(one), partsOfName(other)];
  const shared = keysOfName(one).filter((key) => keysOfName(other).includes(key));
  if (shared.length === 0) return false;
  if (some.length === 1 || others.length === 1) return true;
  return shared.some((key) => {
    const [rest, otherRest] = [without(some, key), without(others, key)];
    if (rest.length === 0 || otherRest.length === 0) return true;
    return rest.some((part) => otherRest.some((otherPart) => agrees(part, otherPart)));
  });
}

/** The parts of a name without those that make up a key. */
function without(parts: readonly string[], key: string): string[] {
  const at = parts.indexOf(key);
  if (at >= 0) return parts.toSpliced(at, 1);
  for (const length of [2, 3]) {
    const start = parts.findIndex((_, index) => parts.slice(index, index + length).join("") === key);
    if (start >= 0) return parts.toSpliced(start, length);
  }
  return [...parts];
}

/** The parts that may be a surname: all but the first, or what stands before a comma, and these written together. */
function surnamesOf(name: string): { readonly sure: readonly string[]; readonly possible: readonly string[] } {
  const [before = "", after] = name.replace(/\([^)]*\)/g, " ").split(",");
  const parts = partsOfName(name);
  if (after !== undefined && partsOfName(after).length > 0) {
    const family = keysOfName(before);
    return { sure: family, possible: family };
  }
  const family = parts.length > 1 ? parts.slice(1) : parts;
  // An abbreviated last part ("Ng C.") is no surname: then what stands before it is.
  const last = parts.findLast((part) => !isInitial(part));
  const possible = [...family, ...joined(family), ...(last === undefined ? [] : [last])].filter((p) => !isInitial(p));
  return { sure: [...joined(family), ...(last === undefined ? [] : [last])], possible };
}

/** Do two people share a surname, so that the one should be asked before he opens the other's file? */
export function sharesSurname(one: string, other: string): boolean {
  const [mine, theirs] = [surnamesOf(one), surnamesOf(other)];
  return (
    mine.sure.some((surname) => theirs.possible.includes(surname)) ||
    theirs.sure.some((surname) => mine.possible.includes(surname))
  );
}

const STREETS: Readonly<Record<string, string>> = {
  street: "st",
  avenue: "ave",
  av: "ave",
  road: "rd",
  boulevard: "blvd",
  drive: "dr",
  lane: "ln",
  court: "ct",
  place: "pl",
  highway: "hwy",
  north: "n",
  south: "s",
  east: "e",
  west: "w",
};

/** Words of an address that say which door, not which house. */
const DOORS = new Set(["apt", "apartment", "unit", "suite", "ste", "no", "depto", "departamento"]);

/** Do two postal addresses name one house? The same number and street, and the same ZIP where both give one. */
export function sharesAddress(one: string, other: string): boolean {
  const [mine, theirs] = [houseOf(one), houseOf(other)];
  if (mine === null || theirs === null || mine.house !== theirs.house) return false;
  return mine.zip === null || theirs.zip === null || mine.zip === theirs.zip;
}

function houseOf(address: string): { readonly house: string; readonly zip: string | null } | null {
  const words = plainLetters(address)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => STREETS[word] ?? word);
  const number = words.findIndex((word) => /^\d+\p{L}?$/u.test(word));
  if (number < 0) return null;
  // The word after the number names the street ("12 N Oak St"); a direction before it is left out on one side often.
  const street = words.slice(number + 1).find((word) => !/^[nsew]$/.test(word) && !DOORS.has(word));
  if (street === undefined) return null;
  const zip = words.findLast((word, index) => index > number && /^\d{5}$/.test(word)) ?? null;
  return { house: `${words[number]} ${street}`, zip };
}
