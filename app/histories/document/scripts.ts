/** Which letters run from right to left, and in which language a screen reader should say a foreign name. */

/** A part of a text whose letters belong together: drawn by one font, in one direction, said in one voice. */
export interface Passage {
  text: string;
  rightToLeft: boolean;
  /** Language tag, or null for the document's own. */
  language: string | null;
}

/**
 * Scripts beside Latin. A script is no language: where several share one, the tag names the one with most
 * readers, for a voice that spells these letters is better than one that skips them.
 */
const SCRIPTS: readonly { letters: RegExp; language: string; rightToLeft: boolean }[] = [
  { letters: /^\p{Script=Greek}$/u, language: "el", rightToLeft: false },
  { letters: /^\p{Script=Cyrillic}$/u, language: "ru", rightToLeft: false },
  { letters: /^\p{Script=Armenian}$/u, language: "hy", rightToLeft: false },
  // The block and not the script: commas and the stretching line are common to several scripts.
  {
    letters: /^[\u0600-\u065f\u066a-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]$/u,
    language: "ar",
    rightToLeft: true,
  },
  { letters: /^[\u0590-\u05ff\ufb1d-\ufb4f]$/u, language: "he", rightToLeft: true },
  { letters: /^\p{Script=Devanagari}$/u, language: "hi", rightToLeft: false },
  { letters: /^\p{Script=Thai}$/u, language: "th", rightToLeft: false },
  { letters: /^\p{Script=Hangul}$/u, language: "ko", rightToLeft: false },
  { letters: /^[\p{Script=Hiragana}\p{Script=Katakana}]$/u, language: "ja", rightToLeft: false },
  { letters: /^\p{Script=Han}$/u, language: "zh", rightToLeft: false },
];

const LATIN = { language: null, rightToLeft: false };
const MARK = /^\p{M}$/u;

/** Below U+0370 there are no letters of these scripts. */
const FOREIGN = /[\u0370-\u{10ffff}]/u;

/** A word as its passages, in the order in which they are typed. Marks stay with their letters. */
export function passagesOf(word: string): Passage[] {
  if (!FOREIGN.test(word)) return [{ text: word, ...LATIN }];
  const passages: Passage[] = [];
  for (const character of word) {
    const last = passages.at(-1);
    if (last !== undefined && MARK.test(character)) {
      last.text += character;
      continue;
    }
    const { language, rightToLeft } = SCRIPTS.find(({ letters }) => letters.test(character)) ?? LATIN;
    if (last !== undefined && last.language === language) last.text += character;
    else passages.push({ text: character, language, rightToLeft });
  }
  return passages;
}
