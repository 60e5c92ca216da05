/**
 * Whether a match rests on a number that was compared, character by character, with one that was verified. Whatever
 * else brought a look-up here (a name, a likeness, anything yet to come) was put to a person as a question. Pure.
 */
const OF_A_NAME = /^name\b/;

export function isCertain(evidence: readonly string[]): boolean {
  return evidence.some((code) => code.endsWith("-exact") && !OF_A_NAME.test(code));
}
