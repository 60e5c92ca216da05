/** California: civilian bodies that watch over one force, by county or city (Gov. Code § 25303.7 and local charters). */
import { NO_DIFFERENCE, NO_LAST_DAY, NO_TIME_SET, PAGES_OF_THE_ANSWER, type Venue } from "../venue.ts";

const MAY_STILL_LOOK = {
  en: "It may still look into what happened. It has no say over somebody who has left.",
  es: "Puede examinar lo ocurrido de todos modos. No decide sobre quien ya se fue.",
} as const;

export const LOS_ANGELES_INSPECTOR: Venue = {
  id: "ca.los-angeles.inspector-general",
  name: {
    en: "Los Angeles County Office of Inspector General",
    es: "Oficina del Inspector General del condado de Los Ángeles",
  },
  accepts: {
    en: "Complaints about the sheriff's and the probation department's people, and about how these departments work. It also takes those that people bring to the Civilian Oversight Commission.",
    es: "Quejas sobre el personal del alguacil y del departamento de libertad condicional y sobre cómo trabajan. También recibe las que se presentan ante la Comisión Civil de Supervisión.",
  },
  cite: "Los Angeles County Code § 6.44.190; Gov. Code § 25303",
  evidence: "V",
  covers: { forces: ["sheriff", "probation"], county: "los-angeles" },
  residentDeadline: NO_LAST_DAY,
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER],
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: MAY_STILL_LOOK,
  cannotDo: {
    en: "It watches and reports. It does not discipline.",
    es: "Vigila e informa. No sanciona.",
  },
  weak: null,
  reach: "mail",
};

export const LOS_ANGELES_COMMISSION: Venue = {
  id: "ca.los-angeles.oversight-commission",
  name: {
    en: "Los Angeles County Sheriff Civilian Oversight Commission",
    es: "Comisión Civil de Supervisión del Alguacil del condado de Los Ángeles",
  },
  accepts: {
    en: "What is wrong with a policy, or happens again and again. A single complaint it hands to the Inspector General.",
    es: "Lo que falla en una política o se repite. Una queja individual la pasa al Inspector General.",
  },
  cite: "Los Angeles County Code ch. 3.79; Gov. Code § 25303.7",
  evidence: "V",
  covers: { forces: ["sheriff"], county: "los-angeles" },
  residentDeadline: NO_LAST_DAY,
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER],
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: NO_DIFFERENCE,
  cannotDo: {
    en: "It does not decide single complaints, and it does not discipline.",
    es: "No decide quejas individuales ni sanciona.",
  },
  weak: null,
  reach: "mail",
};

export const SAN_FRANCISCO_ACCOUNTABILITY: Venue = {
  id: "ca.san-francisco.police-accountability",
  name: {
    en: "San Francisco Department of Police Accountability",
    es: "Departamento de Responsabilidad Policial de San Francisco",
  },
  accepts: {
    en: "Misconduct on duty by sworn members of the San Francisco Police Department.",
    es: "Faltas en servicio de agentes juramentados del Departamento de Policía de San Francisco.",
  },
  cite: "San Francisco Charter § 4.136",
  evidence: "S",
  covers: { forces: ["police"], city: "san-francisco" },
  residentDeadline: {
    en: "None is stated. File within a year of the look-up: the department loses its power to discipline a year after it learns of it.",
    es: "No se indica ninguno. Preséntela dentro de un año desde la consulta: el departamento pierde la facultad de sancionar un año después de enterarse.",
  },
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER],
  bodyClock: null,
  bodyClockWords: {
    en: "It usually finishes within nine months. The law sets no day by which it must answer you.",
    es: "Suele terminar en nueve meses. La ley no fija un día para responderle.",
  },
  ifOfficerLeft: MAY_STILL_LOOK,
  cannotDo: {
    en: "It recommends to the chief, or brings the case to the Police Commission. It does not punish by itself, and it does not look into what was done off duty.",
    es: "Recomienda al jefe o lleva el caso a la Comisión de Policía. No sanciona por sí mismo ni examina lo hecho fuera de servicio.",
  },
  weak: null,
  reach: "mail",
};

export const SACRAMENTO_ACCOUNTABILITY: Venue = {
  id: "ca.sacramento.public-safety-accountability",
  name: {
    en: "Sacramento Office of Public Safety Accountability",
    es: "Oficina de Responsabilidad de Seguridad Pública de Sacramento",
  },
  accepts: {
    en: "Complaints about people of the city's police and fire departments. It hands them to internal affairs and watches what is done.",
    es: "Quejas sobre el personal de policía y bomberos de la ciudad. Las pasa a asuntos internos y vigila lo que se hace.",
  },
  cite: "Sacramento City Code § 2.22",
  evidence: "V",
  covers: { forces: ["police"], city: "sacramento" },
  residentDeadline: {
    en: "An older page of this office says one year from the incident. File within it.",
    es: "Una página antigua de esta oficina dice un año desde el hecho. Preséntela dentro de ese plazo.",
  },
  limits: [{ rule: "ca.sacramento.complain" }],
  enclose: [PAGES_OF_THE_ANSWER],
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: MAY_STILL_LOOK,
  cannotDo: {
    en: "It does not decide or discipline: the police department does. It takes no complaint about the county sheriff.",
    es: "No decide ni sanciona: lo hace la policía. No recibe quejas sobre el alguacil del condado.",
  },
  weak: null,
  reach: "mail",
};

export const COUNTY_OVERSIGHT: Venue = {
  id: "ca.county-oversight",
  name: {
    en: "The county's sheriff oversight board or inspector general, where there is one",
    es: "La junta de supervisión del alguacil o el inspector general del condado, donde existe",
  },
  accepts: {
    en: "How the sheriff's department works. A county may create such a body, with the power to demand papers and witnesses; not every county has.",
    es: "Cómo trabaja el departamento del alguacil. Un condado puede crear ese órgano, con facultad de exigir documentos y testigos; no todos lo tienen.",
  },
  cite: "Gov. Code § 25303.7",
  evidence: "V",
  covers: { forces: ["sheriff"], elsewhere: true },
  residentDeadline: NO_LAST_DAY,
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER],
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: NO_DIFFERENCE,
  cannotDo: {
    en: "Ask the county first whether it has one, and whether it takes single complaints. None of them disciplines.",
    es: "Pregunte primero al condado si lo tiene y si recibe quejas individuales. Ninguno sanciona.",
  },
  weak: null,
  reach: "mail",
};
