/**
 * Why a row waits in quarantine, and why a whole file is refused: codes, each with one plain sentence
 * that says what would be accepted. A sentence never repeats what stood in the file.
 */
import { Refused } from "#app/platform/failure.ts";
import { describeFormat } from "./formats/format.ts";
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
    en: "The file ends in the middle of this row; deliver the whole file again.",
    es: "El archivo termina en medio de esta fila; entregue de nuevo el archivo completo.",
  },
  "stray-quote": {
    en: "Text follows a closing quote; a quote inside a quoted cell must be doubled.",
    es: "Hay texto después de una comilla de cierre; una comilla dentro de una celda entre comillas debe ir doble.",
  },
  "cell-count": {
    en: "The row does not have as many cells as the header has columns.",
    es: "La fila no tiene tantas celdas como columnas tiene el encabezado.",
  },
  "line-length": {
    en: "The line is shorter or longer than the lines of this format are.",
    es: "La línea es más corta o más larga que las líneas de este formato.",
  },
  "not-json": {
    en: "The entry is not JSON as RFC 8259 describes it, or not an object.",
    es: "La entrada no es JSON como lo describe RFC 8259, o no es un objeto.",
  },
  "not-a-look-up": {
    en: "The entry is of another kind than look-ups; the profile says which kind it takes.",
    es: "La entrada es de otro tipo que las consultas; el perfil dice qué tipo toma.",
  },
  schema: {
    en: "The entry is not as the published JSON Schema of this format says; a member is missing, unknown or of another type.",
    es: "La entrada no es como dice el JSON Schema publicado de este formato; falta un miembro, es desconocido o de otro tipo.",
  },
  shifted: {
    en: "The cells seem shifted against the header: what belongs in one column stands in a neighbouring one. The row must have one cell under each name.",
    es: "Las celdas parecen desplazadas respecto del encabezado: lo que corresponde a una columna está en otra vecina. La fila debe tener una celda bajo cada nombre.",
  },
  "header-again": {
    en: "The header stands here a second time; it is no look-up.",
    es: "El encabezado aparece aquí por segunda vez; no es una consulta.",
  },
  time: {
    en: "The time of the search is missing or not written as the profile says.",
    es: "La hora de la búsqueda falta o no está escrita como dice el perfil.",
  },
  "time-order": {
    en: "The time of the search makes sense only with day and month the other way round than the profile says.",
    es: "La hora de la búsqueda solo tiene sentido con el día y el mes al revés de lo que dice el perfil.",
  },
  "time-zone": {
    en: "The time of the search states no zone that is known; write UTC, an offset such as -07:00, or name the log's zone in the profile.",
    es: "La hora de la búsqueda no indica una zona conocida; escriba UTC, un desfase como -07:00, o nombre la zona del registro en el perfil.",
  },
  "time-repeated": {
    en: "The clocks went back in that hour, so the time of the search names two instants; write it with its offset.",
    es: "En esa hora se atrasaron los relojes, por lo que la hora de la búsqueda indica dos instantes; escríbala con su desfase.",
  },
  "time-skipped": {
    en: "The clocks went forward over that hour, so the time of the search never was; check the log's zone.",
    es: "En esa hora se adelantaron los relojes, por lo que la hora de la búsqueda no existió; compruebe la zona del registro.",
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
  vin: {
    en: "The vehicle identification number is not one; it has 17 letters and digits without I, O and Q, or up to 16 on older vehicles.",
    es: "El número de identificación del vehículo no es válido; tiene 17 letras y dígitos sin I, O ni Q, o hasta 16 en vehículos antiguos.",
  },
  "state-id": {
    en: "The state identification number is not one; it has 4 to 32 letters and digits.",
    es: "El número de identificación estatal no es válido; tiene de 4 a 32 letras y dígitos.",
  },
  ssn: {
    en: "The social security number is not one; it has 9 digits.",
    es: "El número de seguro social no es válido; tiene 9 dígitos.",
  },
  name: {
    en: "The name is not one; it has letters, and 200 characters at most.",
    es: "El nombre no es válido; tiene letras y 200 caracteres como máximo.",
  },
  "birth-date": {
    en: "The birth date is not a date.",
    es: "La fecha de nacimiento no es una fecha.",
  },
  "unknown-key": {
    en: "The profile's table does not say what a search with this message key is by; add the key to the table.",
    es: "La tabla del perfil no dice con qué se busca bajo esta clave de mensaje; añada la clave a la tabla.",
  },
  "hidden-until": {
    en: "The time until which the entry is hidden names no single instant; write it as the time of the search.",
    es: "La hora hasta la que se oculta la entrada no indica un instante único; escríbala como la hora de la búsqueda.",
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
/** Every code, as one that a row can wait for. */
export const ROW_PROBLEMS = Object.keys(REASONS) as readonly RowProblem[];

/** The sentence for a code from quarantine.reason. */
export function reasonSentence(reason: string, locale: Locale): string {
  return (REASONS as Record<string, Record<Locale, string>>)[reason]?.[locale] ?? reason;
}

const REFUSALS = {
  "feed-empty": {
    en: "The file is empty. Accepted is: {accepted}",
    es: "El archivo está vacío. Se acepta: {accepted}",
  },
  "feed-not-text": {
    en: "The file is not text. Accepted is, in UTF-8 or UTF-16, also compressed by gzip or zstd: {accepted}",
    es: "El archivo no es texto. Se acepta, en UTF-8 o UTF-16, también comprimido con gzip o zstd: {accepted}",
  },
  "feed-wrong-header": {
    en: "The first row is not a header of this format. Accepted is: {accepted}",
    es: "La primera fila no es un encabezado de este formato. Se acepta: {accepted}",
  },
  "feed-wrong-shape": {
    en: "The file is not built as this format is. Accepted is: {accepted}",
    es: "El archivo no está construido como este formato. Se acepta: {accepted}",
  },
  "feed-archive": {
    en: "The file is an archive of files. Deliver the log itself, or the log compressed by gzip or zstd: {accepted}",
    es: "El archivo es un contenedor de archivos. Entregue el registro mismo, o comprimido con gzip o zstd: {accepted}",
  },
  "feed-cut-off": {
    en: "The compressed file ends before its content does. The rows up to there were read; deliver the whole file again: {accepted}",
    es: "El archivo comprimido termina antes que su contenido. Las filas hasta ese punto se leyeron; entregue de nuevo el archivo completo: {accepted}",
  },
  "feed-damaged": {
    en: "The compressed file is damaged. The rows up to there were read; deliver the file again: {accepted}",
    es: "El archivo comprimido está dañado. Las filas hasta ese punto se leyeron; entregue el archivo de nuevo: {accepted}",
  },
  "feed-bomb": {
    en: "The compressed file unpacks to more than this portal takes in. The rows up to there were read; deliver the log in smaller files: {accepted}",
    es: "El archivo comprimido se descomprime a más de lo que este portal recibe. Las filas hasta ese punto se leyeron; entregue el registro en archivos más pequeños: {accepted}",
  },
  "feed-too-large": {
    en: "The file is larger than this portal takes in through the browser. The rows up to there are kept; deliver the log in smaller files: {accepted}",
    es: "El archivo es mayor de lo que este portal recibe por el navegador. Las filas hasta ese punto se conservan; entregue el registro en archivos más pequeños: {accepted}",
  },
} as const satisfies Record<string, Record<Locale, string>>;

export type FileProblem = keyof typeof REFUSALS;
export const FILE_PROBLEMS = Object.keys(REFUSALS) as readonly FileProblem[];

/** The sentence for a code from batch.refusal. `accepted` is what would be: acceptedHeaders(). */
export function refusalSentence(code: string, locale: Locale, accepted: string): string {
  const sentence = (REFUSALS as Record<string, Record<Locale, string>>)[code]?.[locale] ?? code;
  return sentence.replace("{accepted}", () => accepted);
}

/** What a profile accepts, one or the other, in no language: headers, places, paths. */
export function acceptedHeaders(profile: Profile): string {
  return profile.formats.map(describeFormat).join(" | ");
}

/** The refusal of a whole file delivered under a profile. */
export function refusal(code: FileProblem, profile: Profile): Refused {
  const accepted = acceptedHeaders(profile);
  return new Refused(code, refusalSentence(code, "en", accepted), { accepted });
}
