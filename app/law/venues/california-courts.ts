/** California: prosecutors and courts. */
import { NO_DIFFERENCE, NO_TIME_SET, PAGES_OF_THE_ANSWER, type Venue } from "../venue.ts";

export const DISTRICT_ATTORNEY: Venue = {
  id: "ca.district-attorney",
  name: {
    en: "District attorney of the county (a city attorney may take lesser crimes)",
    es: "Fiscalía del condado (la fiscalía municipal puede tomar delitos menores)",
  },
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
  ifOfficerLeft: NO_DIFFERENCE,
  cannotDo: {
    en: "It decides freely whether to charge. The computer-crime law is a weak basis against a user who had access.",
    es: "Decide libremente si acusa. La ley de delitos informáticos es una base débil contra quien tenía acceso.",
  },
  covers: { unless: "prosecutor-is-subject" },
  limits: [
    // Pen. Code §§ 11141-11143 and 13302-13304 are about criminal history, Veh. Code § 1808.45 about the DMV's records.
    { rule: "ca.limit.misdemeanor", systems: ["clets", "dmv", "records-management"] },
    { rule: "ca.limit.computer" },
  ],
  enclose: [PAGES_OF_THE_ANSWER],
  weak: {
    words: {
      en: "The computer-crime law (Pen. Code § 502) is a weak basis against a user who had access: looking out of curiosity in a system one may use was held not to be this crime. The laws on criminal history and vehicle records do not depend on it.",
      es: "La ley de delitos informáticos (Pen. Code § 502) es una base débil contra quien tenía acceso: se decidió que mirar por curiosidad en un sistema que se puede usar no es este delito. Las leyes sobre antecedentes penales y datos de vehículos no dependen de ella.",
    },
    cite: "Chrisman v. City of Los Angeles (2007) 155 Cal.App.4th 29",
    evidence: "B",
  },
  reach: "mail",
};

export const SUPERIOR_COURT: Venue = {
  id: "ca.superior-court",
  name: { en: "Superior court", es: "Tribunal superior" },
  accepts: {
    en: "Your own suit: to see records, for harm done by a licence-plate search, for computer data used without permission, or for money.",
    es: "Su propia demanda: para ver registros, por el daño de una búsqueda de placas, por datos informáticos usados sin permiso, o por dinero.",
  },
  cite: "Gov. Code § 7923.000; Civ. Code §§ 1798.45-1798.49, 1798.90.54; Pen. Code § 502(e); Gov. Code § 911.2",
  evidence: "B",
  covers: {},
  residentDeadline: {
    en: "Each suit has its own last day. For money from a public agency a claim must be handed in first, within six months. Ask a lawyer or a legal-aid office early.",
    es: "Cada demanda tiene su propio último día. Para pedir dinero a una agencia pública hay que presentar antes un reclamo, en seis meses. Consulte pronto a un abogado o a un servicio de ayuda legal.",
  },
  limits: [
    { rule: "ca.claims.act" },
    { rule: "ca.alpr.civil", systems: ["alpr"] },
    { rule: "ca.computer.civil" },
    { rule: "us.1983.suit" },
  ],
  enclose: [],
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: NO_DIFFERENCE,
  cannotDo: {
    en: "A court does not look into anything by itself: you have to prove what you say, and a suit costs money.",
    es: "Un tribunal no investiga por su cuenta: usted debe probar lo que dice, y una demanda cuesta dinero.",
  },
  weak: {
    words: {
      en: "A suit under the computer-crime law is weak against a user who had access.",
      es: "Una demanda por la ley de delitos informáticos es débil contra quien tenía acceso.",
    },
    cite: "Chrisman v. City of Los Angeles (2007) 155 Cal.App.4th 29",
    evidence: "B",
  },
  reach: "court",
};
