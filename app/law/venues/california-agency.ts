/** California: what the officer's own agency owes (Pen. Code § 832.5), and whoever keeps the log that was searched. */
import { PAGES_OF_THE_ANSWER, type Venue } from "../venue.ts";

export const INTERNAL_AFFAIRS: Venue = {
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
  covers: {},
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER],
  weak: null,
  reach: "here",
};

export const SYSTEM_COORDINATOR: Venue = {
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
  covers: {},
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER],
  weak: null,
  reach: "here",
};
