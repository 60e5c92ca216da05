/** Reasons that say nothing about what a look-up was for, as data, per language. Pure. */
import { PLATE_MARK } from "#app/feeds/plates-in-text.ts";

/** As written, in small letters without accents or signs. */
const WHOLE: Readonly<Record<"en" | "es", readonly string[]>> = {
  en: ["n a", "na", "none", "no reason", "not applicable", "tbd", "unknown", "unk", "see report", "see above", "same"],
  es: ["n d", "nd", "ninguno", "ninguna", "sin motivo", "no aplica", "no consta", "desconocido", "ver informe", "idem"],
};

/** Words of which a reason says nothing when it has no other. */
const FILLING: Readonly<Record<"en" | "es", readonly string[]>> = {
  en: [
    ...["investigation", "investigations", "investigative", "investigating", "investigate", "investigatory", "inv"],
    ...[
      "invest",
      "inves",
      "investiga",
      "case",
      "ongoing",
      "active",
      "open",
      "police",
      "law",
      "enforcement",
      "le",
      "leo",
      "official",
    ],
    ...["business", "work", "job", "duty", "use", "only", "purpose", "purposes", "reason", "reasons", "general"],
    ...["search", "lookup", "look", "up", "query", "check", "checking", "run", "plate", "vehicle", "license"],
    ...["test", "testing", "test1", "asdf", "abc", "xxx", "xx", "x", "other", "misc", "miscellaneous", "various"],
    ...[
      "info",
      "information",
      "intel",
      "patrol",
      "follow",
      "followup",
      "fu",
      "a",
      "an",
      "the",
      "for",
      "of",
      "and",
      "in",
    ],
    ...["criminal", "crim", "lea", "ppd", "pd", "so"],
  ],
  es: [
    ...["investigacion", "investigaciones", "investigativo", "investigar", "caso", "policia", "policial", "oficial"],
    ...["asunto", "asuntos", "trabajo", "servicio", "uso", "motivo", "motivos", "general", "busqueda", "consulta"],
    ...["revision", "prueba", "pruebas", "otro", "otros", "varios", "informacion", "patrulla", "placa", "vehiculo"],
    ...["de", "del", "la", "el", "para", "por", "en", "y", "un", "una", "penal"],
  ],
};

const wholes = new Set([...WHOLE.en, ...WHOLE.es]);
const filling = new Set([...FILLING.en, ...FILLING.es]);

/**
 * Whether a reason, as a reader sees it, says nothing of what the look-up was for. A number in it points at a case or a
 * call, so that it does say something; a masked plate does not.
 */
export function saysNothing(reason: string): boolean {
  const text = reason.replaceAll(PLATE_MARK, " ").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = text.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  if (words === "" || wholes.has(words)) return true;
  return words.split(" ").every((word) => filling.has(word));
}

/** What a case number looks like where somebody typed it into a reason: "25-02183", "2510494", "#4471-22". */
const CASE_NUMBER = /\d{2,}[-/]\d{2,}|\d{5,}/;

export function namesCaseNumber(reason: string): boolean {
  return CASE_NUMBER.test(reason);
}
