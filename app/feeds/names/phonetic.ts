/**
 * How a word sounds, roughly: American Soundex (as NARA keeps it, and NCIC searches by), a letter and three digits.
 * Letters of scripts that are not Latin stand for themselves.
 */
const DIGITS: Readonly<Record<string, string>> = {
  b: "1",
  f: "1",
  p: "1",
  v: "1",
  c: "2",
  g: "2",
  j: "2",
  k: "2",
  q: "2",
  s: "2",
  x: "2",
  z: "2",
  d: "3",
  t: "3",
  l: "4",
  m: "5",
  n: "5",
  r: "6",
};

export function soundex(word: string): string {
  const first = word[0];
  if (first === undefined) return "";
  if (!/^[a-z]/.test(word)) return word.slice(0, 4);
  let code = first;
  let last = DIGITS[first] ?? "";
  for (let i = 1; i < word.length && code.length < 4; i++) {
    const letter = word[i] ?? "";
    const digit = DIGITS[letter];
    if (digit !== undefined && digit !== last) code += digit;
    // h and w do not part two letters of one sound; vowels do.
    if (letter !== "h" && letter !== "w") last = digit ?? "";
  }
  return code.padEnd(4, "0");
}
