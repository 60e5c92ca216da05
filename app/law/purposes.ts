/**
 * What a stated reason means in plain words.
 *
 * Nothing is guessed: a reason is explained only when every word of it is understood. "Investigation",
 * a case number or a name says nothing definite, and has no explanation.
 */
import type { Words } from "./words.ts";

export interface Purpose extends Words {
  /** Stable code, such as "vehicle-theft" or "niem.C". */
  readonly code: string;
}

interface Known extends Purpose {
  /** As users write it, in small letters, without signs. */
  readonly written: readonly string[];
}

const REASONS: readonly Known[] = [
  {
    code: "unauthorized-vehicle-use",
    written: ["uuv", "unauthorized use of a vehicle", "unauthorized use of vehicle", "unauthorised use of a vehicle"],
    en: "Unauthorized use of a vehicle: a vehicle used without its owner's permission.",
    es: "Uso no autorizado de un vehículo: un vehículo usado sin permiso de su dueño.",
  },
  {
    code: "stolen-vehicle",
    written: ["stolen vehicle", "stolen car", "stolen auto", "vehicle theft", "auto theft"],
    en: "A stolen vehicle.",
    es: "Un vehículo robado.",
  },
  { code: "stolen-plate", written: ["stolen plate", "stolen plates"], en: "A stolen plate.", es: "Una placa robada." },
  {
    code: "property-crime",
    written: ["property crime", "property crimes", "felony property"],
    en: "A crime against property, such as theft or burglary. The reason does not say which.",
    es: "Un delito contra la propiedad, como hurto o robo en un edificio. El motivo no dice cuál.",
  },
  {
    code: "person-crime",
    written: ["person crime", "person crimes", "felony person", "crime against a person"],
    en: "A crime against a person, such as assault. The reason does not say which.",
    es: "Un delito contra una persona, como una agresión. El motivo no dice cuál.",
  },
  {
    code: "financial-crime",
    written: ["financial crime", "financial crimes", "fraud"],
    en: "A crime about money, such as fraud.",
    es: "Un delito económico, como un fraude.",
  },
  { code: "forgery", written: ["forgery"], en: "Forgery.", es: "Falsificación." },
  { code: "theft", written: ["theft", "thefts"], en: "A theft.", es: "Un hurto." },
  { code: "burglary", written: ["burg", "burglary"], en: "A burglary.", es: "Un robo en un edificio." },
  { code: "robbery", written: ["robbery"], en: "A robbery.", es: "Un robo con violencia o amenaza." },
  { code: "assault", written: ["assault"], en: "An assault.", es: "Una agresión." },
  { code: "shooting", written: ["shooting"], en: "A shooting.", es: "Un tiroteo." },
  { code: "homicide", written: ["homicide"], en: "A killing.", es: "Un homicidio." },
  {
    code: "domestic-violence",
    written: ["domestic violence"],
    en: "Violence in a family or between partners.",
    es: "Violencia en la familia o la pareja.",
  },
  {
    code: "hit-and-run",
    written: ["hit and run", "hit run"],
    en: "A crash after which a driver left without stopping.",
    es: "Un choque tras el cual un conductor se fue sin detenerse.",
  },
  {
    code: "suspicious-vehicle",
    written: ["suspicious vehicle"],
    en: "A vehicle that someone found suspicious. The reason does not say why.",
    es: "Un vehículo que alguien consideró sospechoso. El motivo no dice por qué.",
  },
  {
    code: "welfare-check",
    written: ["welfare check"],
    en: "A check whether someone is safe and well.",
    es: "Una verificación de que alguien está a salvo y bien.",
  },
  {
    code: "missing-person",
    written: ["missing person", "misper", "missing persons"],
    en: "A search for a missing person.",
    es: "La búsqueda de una persona desaparecida.",
  },
  {
    code: "wanted-person",
    written: ["wanted person", "wanted subject"],
    en: "A search for a person who is wanted. The reason does not say for what.",
    es: "La búsqueda de una persona reclamada. El motivo no dice por qué.",
  },
  {
    code: "warrant",
    written: ["warrant"],
    en: "A warrant. The reason does not say which.",
    es: "Una orden judicial. El motivo no dice cuál.",
  },
  {
    code: "call-for-service",
    written: ["cfs", "call for service"],
    en: "A call for service: someone called the police. The reason does not say about what.",
    es: "Una llamada de servicio: alguien llamó a la policía. El motivo no dice por qué.",
  },
  {
    code: "attempt-to-locate",
    written: ["atl", "attempt to locate"],
    en: "An attempt to locate someone or something. The reason does not say why.",
    es: "Un intento de localizar a alguien o algo. El motivo no dice por qué.",
  },
  {
    code: "system-test",
    written: ["test", "administrative test", "admin test", "camera test"],
    en: "A test of the system, according to the user.",
    es: "Una prueba del sistema, según quien consultó.",
  },
  {
    code: "training",
    written: ["training"],
    en: "Training, according to the user.",
    es: "Capacitación, según quien consultó.",
  },
];

/** NIEM RapSheetPurposeCode: the purpose field of a criminal-history query. */
const PURPOSE_CODES: Readonly<Record<string, Words>> = {
  A: { en: "Administrative upkeep of a file.", es: "Mantenimiento administrativo de un expediente." },
  C: { en: "Criminal justice work.", es: "Trabajo de justicia penal." },
  D: {
    en: "A court case about domestic violence or stalking.",
    es: "Un caso judicial de violencia doméstica o acoso.",
  },
  F: { en: "A background check about firearms.", es: "Una verificación de antecedentes sobre armas de fuego." },
  H: { en: "A background check for public housing.", es: "Una verificación de antecedentes para vivienda pública." },
  I: {
    en: "A background check for a licence or a job outside criminal justice.",
    es: "Una verificación de antecedentes para una licencia o un empleo fuera de la justicia penal.",
  },
  J: {
    en: "A background check for a job in criminal justice.",
    es: "Una verificación de antecedentes para un empleo en la justicia penal.",
  },
  R: { en: "A request that only the FBI makes.", es: "Una solicitud que solo hace el FBI." },
  S: { en: "A background check for national security.", es: "Una verificación de antecedentes de seguridad nacional." },
  V: { en: "A visa application.", es: "Una solicitud de visa." },
  X: {
    en: "A background check on a caregiver in an emergency.",
    es: "Una verificación de antecedentes de un cuidador en una emergencia.",
  },
};

const BY_WRITING = new Map(
  REASONS.flatMap(({ written, code, en, es }) => written.map((text) => [text, { code, en, es }] as const)),
);

/** Words that change nothing about what the reason says. */
const QUALIFIERS = new Set(["felony", "misdemeanor", "misdo", "case", "investigation"]);

/** The words of a reason: small letters, "+" and signs as spaces (some exports write spaces as "+"). */
function plainWords(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .split(" ");
}

/** "plate 8WLK042", and bare numbers such as a case number: they identify, they do not explain. */
function withoutIdentifiers(words: readonly string[]): string[] {
  return words.filter((word, index) => word !== "plate" && words[index - 1] !== "plate" && !/^\d+$/.test(word));
}

function findReason(text: string): Purpose | null {
  const words = plainWords(text);
  const exact = BY_WRITING.get(words.join(" "));
  if (exact) return exact;
  const core = withoutIdentifiers(words).filter((word) => !QUALIFIERS.has(word));
  return BY_WRITING.get(core.join(" ")) ?? null;
}

/**
 * The plain meaning of a stated reason, or null when it says nothing definite.
 *
 * @param vocabulary "purpose-code" for the field of a criminal-history query, where a single letter has
 *   a fixed meaning; "reason" (the default) for free text, where a single letter means nothing certain.
 */
export function explainPurpose(text: string, vocabulary: "reason" | "purpose-code" = "reason"): Purpose | null {
  if (text.length > 200) return null;
  const code = vocabulary === "purpose-code" ? text.trim() : /^purpose code\s+([A-Z])$/i.exec(text.trim())?.[1];
  const known = code && Object.hasOwn(PURPOSE_CODES, code.toUpperCase()) ? code.toUpperCase() : null;
  const words = known ? PURPOSE_CODES[known] : undefined;
  return known && words ? { code: `niem.${known}`, ...words } : findReason(text);
}
