/**
 * Letters of other scripts in Latin ones, so that a name meets itself however a clerk's keyboard wrote it.
 *
 * One plain spelling for each letter: what the many romanisations of one name have in common is found by the
 * phonetic keys and by the score, not here.
 */

/** Latin letters that Unicode does not take apart into a base and a mark. */
const LATIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
  ŋ: "ng",
  ħ: "h",
  ŧ: "t",
};

/** After ICAO Doc 9303, part 3, section 6, where passports are written by it; "e" for both e. */
const CYRILLIC: Readonly<Record<string, string>> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  ґ: "g",
  д: "d",
  е: "e",
  ё: "e",
  є: "ye",
  ж: "zh",
  з: "z",
  и: "i",
  і: "i",
  ї: "yi",
  й: "y",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ў: "u",
  ф: "f",
  х: "kh",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "shch",
  ъ: "",
  ы: "y",
  ь: "",
  э: "e",
  ю: "yu",
  я: "ya",
  ђ: "dj",
  ј: "j",
  љ: "lj",
  њ: "nj",
  ћ: "c",
  џ: "dz",
};

/** Vowels that Arabic does not write are missing in what comes out: "محمد" is "mhmd". */
const ARABIC: Readonly<Record<string, string>> = {
  ا: "a",
  أ: "a",
  إ: "i",
  آ: "a",
  ٱ: "a",
  ب: "b",
  ت: "t",
  ث: "th",
  ج: "j",
  ح: "h",
  خ: "kh",
  د: "d",
  ذ: "dh",
  ر: "r",
  ز: "z",
  س: "s",
  ش: "sh",
  ص: "s",
  ض: "d",
  ط: "t",
  ظ: "z",
  ع: "a",
  غ: "gh",
  ف: "f",
  ق: "q",
  ك: "k",
  ک: "k",
  گ: "g",
  ل: "l",
  م: "m",
  ن: "n",
  ه: "h",
  ة: "a",
  و: "w",
  ي: "y",
  ی: "y",
  ى: "a",
  ئ: "y",
  ؤ: "w",
  ء: "",
  پ: "p",
  چ: "ch",
  ژ: "zh",
};

/** ISO 843 as passports simplify it. */
const GREEK: Readonly<Record<string, string>> = {
  α: "a",
  β: "v",
  γ: "g",
  δ: "d",
  ε: "e",
  ζ: "z",
  η: "i",
  θ: "th",
  ι: "i",
  κ: "k",
  λ: "l",
  μ: "m",
  ν: "n",
  ξ: "x",
  ο: "o",
  π: "p",
  ρ: "r",
  σ: "s",
  ς: "s",
  τ: "t",
  υ: "y",
  φ: "f",
  χ: "ch",
  ψ: "ps",
  ω: "o",
};

/** As passports of Armenia romanise it. */
const ARMENIAN: Readonly<Record<string, string>> = {
  ա: "a",
  բ: "b",
  գ: "g",
  դ: "d",
  ե: "e",
  զ: "z",
  է: "e",
  ը: "y",
  թ: "t",
  ժ: "zh",
  ի: "i",
  լ: "l",
  խ: "kh",
  ծ: "ts",
  կ: "k",
  հ: "h",
  ձ: "dz",
  ղ: "gh",
  ճ: "ch",
  մ: "m",
  յ: "y",
  ն: "n",
  շ: "sh",
  ո: "o",
  չ: "ch",
  պ: "p",
  ջ: "j",
  ռ: "r",
  ս: "s",
  վ: "v",
  տ: "t",
  ր: "r",
  ց: "ts",
  ւ: "v",
  փ: "p",
  ք: "k",
  օ: "o",
  ֆ: "f",
};

const LETTERS = new Map(Object.entries({ ...LATIN, ...CYRILLIC, ...ARABIC, ...GREEK, ...ARMENIAN }));

/** A letter that is not Latin and composed with a mark (й, ї, ё) is looked up before it is taken apart. */
const OTHER = /\P{ASCII}/gu;
const MARKS = /\p{M}/gu;

/**
 * Lower case, without accents, in Latin letters where the script is one that this table knows; other scripts (Chinese,
 * Korean) stay as they are. Never fails.
 */
export function toLatin(text: string): string {
  const lower = text.normalize("NFKC").toLowerCase();
  if (!/\P{ASCII}/u.test(lower)) return lower;
  const known = lower.replace(OTHER, (letter) => LETTERS.get(letter) ?? letter);
  return known
    .normalize("NFD")
    .replace(MARKS, "")
    .replace(OTHER, (letter) => LETTERS.get(letter) ?? letter)
    .normalize("NFC");
}
