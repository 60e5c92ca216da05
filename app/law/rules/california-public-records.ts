/** California Public Records Act: the one clock that binds local and state agencies alike. */
import { exemptionsOf } from "../exemptions.ts";
import type { Ground, Rule } from "../rule.ts";
import { nothingStops } from "../stops.ts";
import { CALIFORNIA, CALIFORNIA_RESIDENT } from "./california-time.ts";
import { ground, saying, since } from "./usual.ts";

const UNTIL_2026 = { from: null, to: "2025-12-31" };
/** AB 370 (Stats. 2025). */
const SINCE_2026 = since("2026-01-01");

const GROUNDS: readonly Ground[] = [
  ground("field-facilities", {
    en: "The records must be searched for and collected from field offices or other places away from the office handling the request.",
    es: "Los registros deben buscarse y reunirse en oficinas u otros lugares distintos de la oficina que tramita la solicitud.",
  }),
  ground("voluminous", {
    en: "A very large number of separate records must be searched for and examined.",
    es: "Hay que buscar y examinar una cantidad muy grande de registros separados.",
  }),
  ground("consultation", {
    en: "Another agency, or another part of this one, must be consulted.",
    es: "Hay que consultar a otra agencia o a otra parte de esta.",
  }),
  ground("compilation", {
    en: "Data must be compiled, a computer program written, or a report built to extract the data.",
    es: "Hay que recopilar datos, escribir un programa o elaborar un informe para extraerlos.",
  }),
  ground(
    "emergency",
    {
      en: "A state of emergency affects the staff or has closed the office.",
      es: "Un estado de emergencia afecta al personal o ha cerrado la oficina.",
    },
    "V",
    UNTIL_2026,
  ),
  ground(
    "emergency-direct",
    {
      en: "A state of emergency directly affects the agency's ability to answer in time.",
      es: "Un estado de emergencia afecta directamente la capacidad de la agencia para responder a tiempo.",
    },
    "S",
    SINCE_2026,
  ),
  ground(
    "cyberattack",
    {
      en: "A cyberattack has made the electronic systems unreachable: only until they can be used again, and only for records held nowhere else.",
      es: "Un ciberataque dejó inaccesibles los sistemas electrónicos: solo hasta recuperar el acceso y solo para registros que no estén en otro lugar.",
    },
    "S",
    SINCE_2026,
  ),
];

export const determination: Rule = {
  ...CALIFORNIA,
  id: "ca.cpra.determination",
  title: { en: "Public Records Act: decide and answer", es: "Ley de Registros Públicos: decidir y responder" },
  cite: "Gov. Code § 7922.535(a)",
  // AB 473 (Stats. 2021) renumbered the act from 2023 without a change of substance.
  formerCite: { cite: "Gov. Code § 6253(c)", until: "2022-12-31" },
  evidence: "V",
  sourceVersion: "current text; AB 370 (Stats. 2025) by secondary sources",
  trigger: {
    en: "the agency receives a request for a copy of records",
    es: "la agencia recibe una solicitud de copia de registros",
  },
  act: {
    en: "Decide whether the records can be released, and tell the requester promptly, with reasons. This is not the day on which the copies must be ready.",
    es: "Decidir si los registros se pueden entregar y comunicarlo sin demora, con los motivos. No es el día en que las copias deben estar listas.",
  },
  period: { length: 10, unit: "days" },
  extension: {
    max: { length: 14, unit: "days" },
    who: {
      en: "the head of the agency or a person they name",
      es: "la dirección de la agencia o la persona que designe",
    },
    noticeMustSay: {
      en: "In writing: the reasons, and the date on which the decision is expected.",
      es: "Por escrito: los motivos y la fecha en que se espera la decisión.",
    },
    grounds: GROUNDS,
    cite: "Gov. Code § 7922.535(b)-(c)",
    evidence: "V",
  },
  stops: nothingStops("Gov. Code §§ 7922.535, 7922.600"),
  answerMustSay: [
    {
      words: {
        en: "Whether there are records that can be released, and the reasons.",
        es: "Si hay registros que se puedan entregar y los motivos.",
      },
      cite: "Gov. Code § 7922.535(a)",
      evidence: "V",
    },
    {
      words: {
        en: "If records can be released: the estimated date and time at which they will be available.",
        es: "Si se pueden entregar: la fecha y hora estimadas en que estarán disponibles.",
      },
      cite: "Gov. Code § 7922.535(a)",
      evidence: "V",
    },
    {
      words: {
        en: "If anything is refused: in writing, with the exemption or the balance of public interest relied on, and the name and title of each person responsible.",
        es: "Si se niega algo: por escrito, con la excepción o el balance de interés público invocado, y el nombre y cargo de cada persona responsable.",
      },
      cite: "Gov. Code §§ 7922.540, 7922.000",
      evidence: "V",
    },
    saying(
      {
        en: "If only a part is refused: the rest, once that part is taken out.",
        es: "Si solo se niega una parte: el resto, una vez quitada esa parte.",
      },
      "Gov. Code § 7922.525",
      "S",
    ),
  ],
  mayRefuse: exemptionsOf("public-records"),
  fee: {
    words: {
      en: "Only the direct cost of copying, or a fee set by statute; nothing for searching or reviewing. The cost of extracting electronic data in limited cases.",
      es: "Solo el costo directo de la copia o una tarifa fijada por ley; nada por buscar o revisar. El costo de extraer datos electrónicos, en casos limitados.",
    },
    cite: "Gov. Code §§ 7922.530, 7922.575",
    evidence: "B",
  },
  retention: saying(
    {
      en: "Cities and counties keep most records for two years at the least: ask for a log early.",
      es: "Las ciudades y los condados conservan la mayoría de los registros al menos dos años: pida pronto un registro de consultas.",
    },
    "Gov. Code §§ 26202, 34090",
    "B",
  ),
  caveat: {
    en: "The agency must help to make the request precise (§ 7922.600). Asking for that does not stop this clock.",
    es: "La agencia debe ayudar a precisar la solicitud (§ 7922.600). Pedirlo no detiene este plazo.",
  },
  reviews: ["ca.cpra.petition"],
};

const writ: Rule = {
  ...CALIFORNIA_RESIDENT,
  id: "ca.cpra.writ",
  title: {
    en: "Public Records Act: ask the court of appeal to look at a ruling",
    es: "Ley de Registros Públicos: pedir al tribunal de apelación que revise una resolución",
  },
  cite: "Gov. Code § 7923.500",
  formerCite: { cite: "Gov. Code § 6259(c)", until: "2022-12-31" },
  evidence: "B",
  sourceVersion: "general knowledge; the predecessor Gov. Code §§ 6258-6259 was read",
  trigger: {
    en: "written notice of entry of the superior court's ruling is served",
    es: "se notifica por escrito el registro de la resolución del tribunal superior",
  },
  act: {
    en: "Ask the court of appeal for a writ. There is no other appeal against the ruling.",
    es: "Pedir un mandamiento al tribunal de apelación. No hay otra apelación contra la resolución.",
  },
  period: { length: 20, unit: "days" },
  stops: nothingStops("Gov. Code § 7923.500", "B"),
  caveat: {
    en: "Service by mail adds days, and the court may add up to 20 more for good cause. The portal counts on neither.",
    es: "La notificación por correo añade días, y el tribunal puede dar hasta 20 más con causa justificada. El portal no cuenta con ninguno.",
  },
};

export const CALIFORNIA_PUBLIC_RECORDS_RULES: readonly Rule[] = [determination, writ];
