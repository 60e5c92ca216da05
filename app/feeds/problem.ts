/**
 * Why a row waits in quarantine, and why a whole file is refused: codes, each with one plain sentence
 * that says what would be accepted. A sentence never repeats what stood in the file.
 */
import { Refused } from "#app/platform/failure.ts";
import type { Profile } from "./profile.ts";

export type Locale = "en" | "es";

const REASONS = {
  "too-large": {
    en: "The row is too large; a cell may have 1 MB, a row 4 MB and 1,024 cells.",
    es: "La fila es demasiado grande; una celda puede tener 1 MB, una fila 4 MB y 1024 celdas.",
  },
  "nul-byte": {
    en: "The row contains NUL bytes; only text is accepted.",
    es: "La fila contiene bytes nulos; solo se acepta texto.",
  },
  "not-utf8": {
    en: "The row is not UTF-8 text; export the file as UTF-8.",
    es: "La fila no es texto UTF-8; exporte el archivo en UTF-8.",
  },
  "cut-off": {
    en: "The file ends inside a quoted cell; deliver the whole file again.",
    es: "El archivo termina dentro de una celda entre comillas; entregue de nuevo el archivo completo.",
  },
  "stray-quote": {
    en: "Text follows a closing quote; a quote inside a quoted cell must be doubled.",
    es: "Hay texto después de una comilla de cierre; una comilla dentro de una celda entre comillas debe ir doble.",
  },
  "cell-count": {
    en: "The row does not have as many cells as the header has columns.",
    es: "La fila no tiene tantas celdas como columnas tiene el encabezado.",
  },
  "header-again": {
    en: "The header stands here a second time; it is no look-up.",
    es: "El encabezado aparece aquí por segunda vez; no es una consulta.",
  },
  time: {
    en: "The time of the search is missing or names no single instant; write it as the other rows do, with its zone.",
    es: "La hora de la búsqueda falta o no indica un instante único; escríbala como en las demás filas, con su zona.",
  },
  "time-range": {
    en: "The time of the search lies before the year 2000 or in the future.",
    es: "La hora de la búsqueda es anterior al año 2000 o está en el futuro.",
  },
  plate: {
    en: "The plate is not one; a plate has 2 to 8 letters and digits.",
    es: "La placa no es válida; una placa tiene de 2 a 8 letras y dígitos.",
  },
  licence: {
    en: "The driver licence number is not one; it has 4 to 20 letters and digits.",
    es: "El número de licencia no es válido; tiene de 4 a 20 letras y dígitos.",
  },
  "too-many": {
    en: "The row names more identifiers than one search can have; a row may name 500.",
    es: "La fila nombra más identificadores de los que puede tener una búsqueda; una fila puede nombrar 500.",
  },
  count: {
    en: "The number of networks or devices is not a number.",
    es: "El número de redes o de dispositivos no es un número.",
  },
} as const satisfies Record<string, Record<Locale, string>>;

export type RowProblem = keyof typeof REASONS;

/** The sentence for a code from quarantine.reason. */
export function reasonSentence(reason: string, locale: Locale): string {
  return (REASONS as Record<string, Record<Locale, string>>)[reason]?.[locale] ?? reason;
}

const REFUSALS = {
  "feed-empty": {
    en: "The file is empty. Accepted is a CSV file in UTF-8 whose first row is: {accepted}",
    es: "El archivo está vacío. Se acepta un archivo CSV en UTF-8 cuya primera fila sea: {accepted}",
  },
  "feed-not-text": {
    en: "The file is not text. Accepted is a CSV file in UTF-8 whose first row is: {accepted}",
    es: "El archivo no es texto. Se acepta un archivo CSV en UTF-8 cuya primera fila sea: {accepted}",
  },
  "feed-wrong-header": {
    en: "The first row is not a header of this format. Accepted is: {accepted}",
    es: "La primera fila no es un encabezado de este formato. Se acepta: {accepted}",
  },
  "feed-too-large": {
    en: "The file is larger than this portal takes in through the browser. The rows up to there are kept; deliver the log in smaller files, each with this first row: {accepted}",
    es: "El archivo es mayor de lo que este portal recibe por el navegador. Las filas hasta ese punto se conservan; entregue el registro en archivos más pequeños, cada uno con esta primera fila: {accepted}",
  },
} as const satisfies Record<string, Record<Locale, string>>;

export type FileProblem = keyof typeof REFUSALS;

/** The sentence for a code from batch.refusal. `accepted` is what would be: acceptedHeaders(). */
export function refusalSentence(code: string, locale: Locale, accepted: string): string {
  const sentence = (REFUSALS as Record<string, Record<Locale, string>>)[code]?.[locale] ?? code;
  return sentence.replace("{accepted}", () => accepted);
}

/** The headers that a profile accepts, one or the other. */
export function acceptedHeaders(profile: Profile): string {
  return profile.headers.map((header) => header.join(",")).join(" | ");
}

/** The refusal of a whole file delivered under a profile. */
export function refusal(code: FileProblem, profile: Profile): Refused {
  const accepted = acceptedHeaders(profile);
  return new Refused(code, refusalSentence(code, "en", accepted), { accepted });
}
