import { PLAIN, type Profile } from "../profile.ts";
import { CITATION, HIDDEN_BY_AGENCY, HIDDEN_BY_VENDOR, PLACEHOLDER } from "./usual-marks.ts";

/** The columns by the codes that message switches use for them, with their places in a fixed-width journal. */
const COLUMNS = [
  { name: "ISN", from: 1, to: 10 },
  { name: "DATE", from: 11, to: 18 },
  { name: "TIME", from: 19, to: 24 },
  { name: "ORI", from: 25, to: 33 },
  { name: "USR", from: 34, to: 43 },
  { name: "MKE", from: 44, to: 48 },
  { name: "LIC", from: 49, to: 58 },
  { name: "OLN", from: 59, to: 78 },
  { name: "VIN", from: 79, to: 98 },
  { name: "NAM", from: 99, to: 128 },
  { name: "DOB", from: 129, to: 136 },
  { name: "SOC", from: 137, to: 145 },
  { name: "SID", from: 146, to: 155 },
  { name: "PUR", from: 156, to: 156 },
  { name: "OCA", from: 157, to: 171 },
  { name: "RSN", from: 172, to: 211 },
];

const REQUIRED = COLUMNS.map(({ name }) => name);
/** ARG: what was searched by, in journals that have one column for all kinds; GRP: the queries of one key press. */
const OPTIONAL = ["ATN", "ARG", "GRP"];

/**
 * The journal of a message switch. Its message keys are each agency's to supply: `withCodes` makes a profile with an
 * agency's own table, which also says what a key searches by. Purpose codes are those of NIEM (RapSheetPurposeCode).
 */
export const cletsJournal: Profile = {
  ...PLAIN,
  id: "clets-journal",
  version: 1,
  about: {
    en: "The journal of a law-enforcement message switch, with delimiters or in fixed columns; its message keys need the agency's table",
    es: "El diario de un conmutador de mensajes policiales, con delimitadores o en columnas fijas; sus claves de mensaje necesitan la tabla de la agencia",
  },
  formats: [
    { kind: "csv", delimiter: "|", headerRow: true, required: REQUIRED, optional: OPTIONAL, aliases: {} },
    { kind: "csv", delimiter: ",", headerRow: true, required: REQUIRED, optional: OPTIONAL, aliases: {} },
    { kind: "fixed-width", skip: 0, columns: COLUMNS, least: 48 },
  ],
  fields: {
    sourceId: ["ISN"],
    at: [{ join: ["DATE", "TIME"], with: " " }],
    org: ["ORI"],
    user: ["USR"],
    userName: ["ATN"],
    messageKey: ["MKE"],
    plate: ["LIC"],
    licence: ["OLN"],
    vin: ["VIN"],
    name: ["NAM"],
    "birth-date": ["DOB"],
    ssn: ["SOC"],
    "state-id": ["SID"],
    term: ["ARG"],
    purposeCode: ["PUR"],
    purpose: ["RSN"],
    caseNumber: ["OCA"],
    groupId: ["GRP"],
  },
  time: { formats: ["compact"], zone: "America/Los_Angeles" },
  states: {
    hiddenByVendor: HIDDEN_BY_VENDOR,
    hiddenByAgency: HIDDEN_BY_AGENCY,
    citation: CITATION,
    placeholder: PLACEHOLDER,
    empty: {},
  },
  listSeparator: null,
  codes: {
    messageKey: {},
    purposeCode: {
      A: { en: "Administrative file maintenance", es: "Mantenimiento administrativo de archivos" },
      C: { en: "Criminal justice", es: "Justicia penal" },
      D: { en: "Domestic violence and stalking courts", es: "Tribunales de violencia doméstica y acoso" },
      F: { en: "Firearms", es: "Armas de fuego" },
      H: { en: "Public housing", es: "Vivienda pública" },
      I: { en: "Interstate, not criminal justice", es: "Interestatal, no de justicia penal" },
      J: { en: "Criminal justice employment", es: "Empleo en la justicia penal" },
      R: { en: "For the FBI only", es: "Solo para el FBI" },
      S: { en: "National security", es: "Seguridad nacional" },
      V: { en: "Visa", es: "Visa" },
      X: { en: "Placement of a child in an emergency", es: "Colocación de un menor en una emergencia" },
    },
  },
};
