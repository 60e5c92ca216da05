/** Bodies that take complaints about a look-up, as data, and which of them come into question. */
import type { Evidence, Words } from "./words.ts";

export type SystemKind = "clets" | "alpr" | "dmv" | "records-management";

export interface Venue {
  readonly id: string;
  readonly name: Words;
  readonly accepts: Words;
  readonly cite: string;
  readonly evidence: Evidence;
  /** How long the resident may wait. */
  readonly residentDeadline: Words;
  /** Rule whose clock runs for the body; null where the law sets none. */
  readonly bodyClock: string | null;
  readonly bodyClockWords: Words;
  readonly ifOfficerLeft: Words;
  readonly cannotDo: Words;
}

const NO_TIME_SET: Words = { en: "The law sets no time for it.", es: "La ley no le fija un plazo." };

const INTERNAL_AFFAIRS: Venue = {
  id: "ca.internal-affairs",
  name: { en: "Internal affairs of the officer's agency", es: "Asuntos internos de la agencia del agente" },
  accepts: {
    en: "Any misconduct by its own people, also in state, licence-plate and vehicle databases.",
    es: "Cualquier falta de su propio personal, también en bases de datos estatales, de placas y de vehículos.",
  },
  cite: "Pen. Code §§ 832.5, 832.7(f); Gov. Code § 3304(d)",
  evidence: "V",
  residentDeadline: {
    en: "State law sets no last day; a local rule may. File early: the agency has one year from its discovery to discipline.",
    es: "La ley estatal no fija un último día; una regla local puede hacerlo. Preséntela pronto: la agencia tiene un año desde que lo descubre para sancionar.",
  },
  bodyClock: "ca.complaint.disposition",
  bodyClockWords: {
    en: "It must tell you the outcome within 30 days of deciding. No law says how long the investigation may take.",
    es: "Debe comunicarle el resultado en 30 días desde que decide. Ninguna ley dice cuánto puede durar la investigación.",
  },
  ifOfficerLeft: {
    en: "It must still finish if the claim is serious misconduct in the sense of the law. Otherwise it may choose.",
    es: "Debe terminar de todos modos si se trata de una falta grave según la ley. Si no, puede elegir.",
  },
  cannotDo: {
    en: "It cannot bring criminal charges or take away an officer's certificate.",
    es: "No puede presentar cargos penales ni retirar la certificación del agente.",
  },
};

const CLETS_COORDINATOR: Venue = {
  id: "ca.system-coordinator",
  name: {
    en: "The agency's CLETS coordinator, or the keeper of the searched system",
    es: "La coordinación de CLETS de la agencia, o quien administra el sistema consultado",
  },
  accepts: {
    en: "A technical audit: pull the log for your name or plate, and keep the logs from being deleted.",
    es: "Una auditoría técnica: extraer el registro de su nombre o placa y evitar que se borren los registros.",
  },
  cite: "CLETS Policies, Practices and Procedures; Civ. Code § 1798.90.51(b)(2)(E)",
  evidence: "S",
  residentDeadline: {
    en: "As soon as possible: ask that the logs be kept.",
    es: "Lo antes posible: pida que se conserven los registros.",
  },
  bodyClock: null,
  bodyClockWords: {
    en: "It owes you no answer by a set day. Agencies report CLETS misuse to the state once a year.",
    es: "No le debe una respuesta en fecha fija. Las agencias informan al estado del uso indebido de CLETS una vez al año.",
  },
  ifOfficerLeft: { en: "The audit of the log is not affected.", es: "La auditoría del registro no cambia." },
  cannotDo: { en: "It cannot discipline anyone.", es: "No puede sancionar a nadie." },
};

const DOJ_CLETS: Venue = {
  id: "ca.doj-clets",
  name: {
    en: "California Department of Justice, CLETS administration",
    es: "Departamento de Justicia de California, administración de CLETS",
  },
  accepts: {
    en: "Reports that an agency misuses CLETS or does not police its use.",
    es: "Informes de que una agencia usa mal CLETS o no vigila su uso.",
  },
  cite: "Gov. Code §§ 15154, 15165",
  evidence: "V",
  residentDeadline: { en: "None is set.", es: "No hay plazo." },
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: { en: "The agency's own duties go on.", es: "Los deberes de la agencia continúan." },
  cannotDo: {
    en: "It acts on an agency's access to the system. It does not decide your own complaint.",
    es: "Actúa sobre el acceso de una agencia al sistema. No decide su queja personal.",
  },
};

const DISTRICT_ATTORNEY: Venue = {
  id: "ca.district-attorney",
  name: { en: "District attorney of the county", es: "Fiscalía del condado" },
  accepts: {
    en: "Crimes: misuse of criminal history, of vehicle records, or of computers.",
    es: "Delitos: uso indebido de antecedentes penales, de datos de vehículos o de computadoras.",
  },
  cite: "Pen. Code §§ 502, 11141-11143, 13302-13304; Veh. Code § 1808.45",
  evidence: "B",
  residentDeadline: {
    en: "Go early: misdemeanors can be charged for one year, some others for three.",
    es: "Acuda pronto: los delitos menores pueden acusarse durante un año, algunos otros durante tres.",
  },
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: { en: "It makes no difference.", es: "No cambia nada." },
  cannotDo: {
    en: "It decides freely whether to charge. The computer-crime law is a weak basis against a user who had access.",
    es: "Decide libremente si acusa. La ley de delitos informáticos es una base débil contra quien tenía acceso.",
  },
};

const POST: Venue = {
  id: "ca.post",
  name: {
    en: "Commission on Peace Officer Standards and Training (POST)",
    es: "Comisión de Normas y Capacitación de Agentes del Orden (POST)",
  },
  accepts: {
    en: "Serious misconduct by certified officers. It sends complaints on to the officer's agency.",
    es: "Faltas graves de agentes certificados. Remite las quejas a la agencia del agente.",
  },
  cite: "Pen. Code §§ 13510.8, 13510.9; 11 CCR §§ 1205-1213",
  evidence: "V",
  residentDeadline: { en: "None is stated.", es: "No se indica ninguno." },
  bodyClock: "ca.post.report",
  bodyClockWords: {
    en: "The officer's agency must report to POST within 10 days, and again every 90 days until the end.",
    es: "La agencia del agente debe informar a POST en 10 días, y después cada 90 días hasta el final.",
  },
  ifOfficerLeft: {
    en: "It keeps its say over the certificate, and so over a new job as an officer.",
    es: "Conserva su decisión sobre la certificación y, con ella, sobre un nuevo empleo como agente.",
  },
  cannotDo: {
    en: "It cannot punish a crime or discipline inside the agency. Misuse of a database is not named as serious misconduct: it must also be an abuse of power, dishonest, or a grave or repeated breach of law.",
    es: "No puede castigar un delito ni sancionar dentro de la agencia. El uso indebido de bases de datos no figura como falta grave: debe ser además abuso de poder, deshonestidad o una violación grave o repetida de la ley.",
  },
};

const ATTORNEY_GENERAL: Venue = {
  id: "ca.attorney-general",
  name: { en: "California Attorney General", es: "Fiscalía General de California" },
  accepts: {
    en: "Complaints after the local ways were tried, or when the district attorney is the subject. Enclose your local complaints and the replies.",
    es: "Quejas después de intentar las vías locales, o cuando se trata de la fiscalía del condado. Adjunte sus quejas locales y las respuestas.",
  },
  cite: "Attorney General's policy (oag.ca.gov); Civ. Code § 52.3",
  evidence: "V",
  residentDeadline: { en: "None is stated.", es: "No se indica ninguno." },
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: { en: "It makes no difference.", es: "No cambia nada." },
  cannotDo: {
    en: "It need not take the case, and it does not act before the local ways were tried.",
    es: "No está obligada a tomar el caso y no actúa antes de intentar las vías locales.",
  },
};

/** Every venue, in the order in which they are offered. */
const VENUES: readonly Venue[] = [
  INTERNAL_AFFAIRS,
  CLETS_COORDINATOR,
  DOJ_CLETS,
  DISTRICT_ATTORNEY,
  POST,
  ATTORNEY_GENERAL,
];

export function listVenues(): readonly Venue[] {
  return VENUES;
}

export function findVenue(id: string): Venue | null {
  return VENUES.find((venue) => venue.id === id) ?? null;
}

export interface LookUpFacts {
  readonly system: SystemKind;
  /** Is the user known to be a peace officer who holds a certificate? Unknown counts as yes. */
  readonly officer?: boolean;
  /** Has the resident complained to the local bodies before? */
  readonly localWaysTried?: boolean;
  readonly districtAttorneyIsSubject?: boolean;
}

/**
 * The venues for a disputed look-up, in order: the officer's own agency first, the Attorney General
 * last and only when that office would take it.
 */
export function venuesFor(facts: LookUpFacts): Venue[] {
  const offered: Record<string, boolean> = {
    [DOJ_CLETS.id]: facts.system === "clets",
    [POST.id]: facts.officer !== false,
    [DISTRICT_ATTORNEY.id]: facts.districtAttorneyIsSubject !== true,
    [ATTORNEY_GENERAL.id]: facts.localWaysTried === true || facts.districtAttorneyIsSubject === true,
  };
  return VENUES.filter((venue) => offered[venue.id] ?? true);
}
