/** California: the state's bodies. */
import { LOCAL_REPLIES, NO_DIFFERENCE, NO_LAST_DAY, NO_TIME_SET, PAGES_OF_THE_ANSWER, type Venue } from "../venue.ts";

export const DOJ_CLETS: Venue = {
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
  covers: { systems: ["clets"] },
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER, LOCAL_REPLIES],
  weak: null,
  reach: "mail",
};

export const POST: Venue = {
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
  residentDeadline: NO_LAST_DAY,
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
  covers: { unless: "not-an-officer" },
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER],
  weak: {
    words: {
      en: "Misuse of a database is not named as serious misconduct. Say why it was also dishonest, an abuse of power, or done again and again, if it was.",
      es: "El uso indebido de bases de datos no se nombra como falta grave. Diga por qué fue además deshonesto, un abuso de poder o repetido, si lo fue.",
    },
    cite: "Pen. Code § 13510.8(b)",
    evidence: "V",
  },
  reach: "mail",
};

export const ATTORNEY_GENERAL: Venue = {
  id: "ca.attorney-general",
  name: { en: "California Attorney General", es: "Fiscalía General de California" },
  accepts: {
    en: "Complaints after the local ways were tried, or when the district attorney is the subject. Enclose your local complaints and the replies.",
    es: "Quejas después de intentar las vías locales, o cuando se trata de la fiscalía del condado. Adjunte sus quejas locales y las respuestas.",
  },
  cite: "Attorney General's policy (oag.ca.gov); Civ. Code § 52.3",
  evidence: "V",
  residentDeadline: NO_LAST_DAY,
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: NO_DIFFERENCE,
  cannotDo: {
    en: "It need not take the case, and it does not act before the local ways were tried.",
    es: "No está obligada a tomar el caso y no actúa antes de intentar las vías locales.",
  },
  covers: { onlyAfter: "local-ways" },
  limits: [],
  enclose: [
    {
      en: "Your complaints to the local bodies, and every reply, or the day from which you had none.",
      es: "Sus quejas a los órganos locales y cada respuesta, o el día desde el que no la tuvo.",
    },
  ],
  weak: null,
  reach: "mail",
};

export const DOJ_RECORDS: Venue = {
  id: "ca.doj-records",
  name: {
    en: "California Department of Justice, for what its own files say about you",
    es: "Departamento de Justicia de California, por lo que dicen de usted sus propios archivos",
  },
  accepts: {
    en: "Requests to see the department's records about you, to whom it gave them, and to correct them.",
    es: "Solicitudes de ver los registros del departamento sobre usted, a quién los entregó, y de corregirlos.",
  },
  cite: "Civ. Code §§ 1798.25-1798.49",
  evidence: "V",
  covers: { custodian: "state-justice" },
  residentDeadline: {
    en: "None for asking. A suit has a time of its own, counted from when the right to it arises.",
    es: "Ninguno para pedir. Una demanda tiene su propio plazo, desde que nace el derecho.",
  },
  // The two years of a suit count from when the right to it arises, not from a look-up.
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER],
  bodyClock: "ca.ipa.access",
  bodyClockWords: {
    en: "It must show records within 30 or 60 days, answer a correction within 30 days, and a review within 30 more.",
    es: "Debe mostrar registros en 30 o 60 días, responder a una corrección en 30 días y a una revisión en otros 30.",
  },
  ifOfficerLeft: NO_DIFFERENCE,
  cannotDo: {
    en: "It answers for its own files. It does not look into who searched them at another agency.",
    es: "Responde por sus propios archivos. No investiga quién los consultó en otra agencia.",
  },
  weak: null,
  reach: "mail",
};

export const MOTOR_VEHICLES: Venue = {
  id: "ca.motor-vehicles",
  name: {
    en: "Department of Motor Vehicles, Investigations",
    es: "Departamento de Vehículos Motorizados, Investigaciones",
  },
  accepts: {
    en: "Look-ups of licence and vehicle records without a permitted purpose.",
    es: "Consultas de datos de licencias y vehículos sin un fin permitido.",
  },
  cite: "Veh. Code § 1808.45; 18 USC § 2724",
  evidence: "V",
  covers: { systems: ["dmv"] },
  residentDeadline: {
    en: "None is stated for a complaint. A suit under the federal law on driver records has four years.",
    es: "No se indica ninguno para una queja. Una demanda por la ley federal de datos de conductores tiene cuatro años.",
  },
  limits: [{ rule: "us.dppa.suit" }],
  enclose: [PAGES_OF_THE_ANSWER],
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: NO_DIFFERENCE,
  cannotDo: {
    en: "It acts on access to its records, and may hand a crime to a prosecutor. It does not discipline officers.",
    es: "Actúa sobre el acceso a sus datos y puede pasar un delito a la fiscalía. No sanciona a agentes.",
  },
  weak: null,
  reach: "mail",
};

export const PLATE_READER_OVERSIGHT: Venue = {
  id: "ca.plate-reader-oversight",
  name: {
    en: "Attorney General, or the council that governs the agency, for sharing of licence-plate data",
    es: "Fiscalía General, o el concejo que gobierna la agencia, por compartir datos de placas",
  },
  accepts: {
    en: "That an agency shares licence-plate data with bodies outside California or against its own published policy.",
    es: "Que una agencia comparte datos de placas con organismos de fuera de California o contra su propia política publicada.",
  },
  cite: "Civ. Code §§ 1798.90.51-1798.90.55",
  evidence: "B",
  covers: { systems: ["alpr"] },
  residentDeadline: NO_LAST_DAY,
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER],
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: NO_DIFFERENCE,
  cannotDo: {
    en: "It does not decide about one search by one officer. For harm done to you there is a suit of your own.",
    es: "No decide sobre una búsqueda de un agente. Por el daño causado a usted existe una demanda propia.",
  },
  weak: null,
  reach: "mail",
};

export const HIGHWAY_PATROL: Venue = {
  id: "ca.highway-patrol",
  name: {
    en: "California Highway Patrol, Office of Internal Affairs",
    es: "Patrulla de Caminos de California, Oficina de Asuntos Internos",
  },
  accepts: { en: "Misconduct by its own people.", es: "Faltas de su propio personal." },
  cite: "Pen. Code § 832.5",
  evidence: "B",
  covers: { forces: ["highway-patrol"] },
  residentDeadline: NO_LAST_DAY,
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER],
  bodyClock: "ca.complaint.disposition",
  bodyClockWords: {
    en: "It must tell you the outcome within 30 days of deciding.",
    es: "Debe comunicarle el resultado en 30 días desde que decide.",
  },
  ifOfficerLeft: {
    en: "It must still finish if the claim is serious misconduct in the sense of the law.",
    es: "Debe terminar de todos modos si se trata de una falta grave según la ley.",
  },
  cannotDo: {
    en: "It cannot bring criminal charges or take away an officer's certificate.",
    es: "No puede presentar cargos penales ni retirar la certificación del agente.",
  },
  weak: null,
  reach: "mail",
};

export const PRISONS_INSPECTOR: Venue = {
  id: "ca.prisons-inspector-general",
  name: {
    en: "Department of Corrections and Rehabilitation, and the Office of the Inspector General",
    es: "Departamento de Correcciones y Rehabilitación, y la Oficina del Inspector General",
  },
  accepts: {
    en: "Misconduct by the people of the state's prisons.",
    es: "Faltas del personal de las prisiones estatales.",
  },
  cite: "Pen. Code § 6126",
  evidence: "B",
  covers: { forces: ["prisons"] },
  residentDeadline: NO_LAST_DAY,
  limits: [],
  enclose: [PAGES_OF_THE_ANSWER],
  bodyClock: null,
  bodyClockWords: NO_TIME_SET,
  ifOfficerLeft: NO_DIFFERENCE,
  cannotDo: {
    en: "The Inspector General watches; the department disciplines.",
    es: "El Inspector General vigila; el departamento sanciona.",
  },
  weak: null,
  reach: "mail",
};
