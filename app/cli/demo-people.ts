import type { Role } from "#app/people/actor.ts";

/** The invented agencies of the demonstration, of the kinds that California has. */
export const DEMO_AGENCIES = [
  {
    slug: "demo-state",
    name: "State Department of Records (demo)",
    kind: "state-agency",
    unit: "Access and Disclosure Office",
    address: ["100 Sample Plaza", "Sacramento, CA 95814"],
    email: "records@demo-state.example",
    aliases: [],
    system: "clets",
    profile: "canonical",
    log: "state-clets.csv",
  },
  {
    slug: "demo-sheriff",
    name: "Marigold County Sheriff (demo)",
    kind: "local-agency",
    unit: "Records Unit",
    address: ["1 Example Way", "Marigold, CA 95999"],
    email: "records@demo-sheriff.example",
    aliases: ["Marigold County SO"],
    system: "alpr",
    profile: "alpr-network-audit",
    log: "sheriff-alpr.csv",
  },
  {
    slug: "demo-police",
    name: "Port Alder Police (demo)",
    kind: "local-agency",
    unit: "Records Bureau",
    address: ["20 Invented Street", "Port Alder, CA 95998"],
    email: "records@demo-police.example",
    aliases: ["Port Alder PD"],
    system: "alpr",
    profile: "alpr-network-audit",
    log: "police-alpr.csv",
  },
] as const;

export const DEMO_SYSTEMS = [
  {
    slug: "clets",
    name: "CLETS (demo)",
    about: {
      en: "The state's network through which police ask for driver, vehicle and criminal records.",
      es: "La red estatal por la que la policía pide datos de conductores, vehículos y antecedentes penales.",
    },
  },
  {
    slug: "alpr",
    name: "License plate readers (demo)",
    about: {
      en: "Cameras that read license plates, and the searches that officers make in what they saw.",
      es: "Cámaras que leen placas de vehículos, y las búsquedas que los agentes hacen en lo que vieron.",
    },
  },
] as const;

export interface DemoPerson {
  readonly key: "resident" | "clerk" | "supervisor" | "intake" | "advocate" | "operator" | "admin" | "auditor";
  readonly name: string;
  readonly email: string;
  /** Staff roles are held in all three demo agencies, unless `at` names one. */
  readonly role: Role | null;
  readonly at?: (typeof DEMO_AGENCIES)[number]["slug"];
  readonly organisation?: string;
}

/** Somebody who has asked: who looked me up? */
export interface DemoResident {
  readonly key: "resident" | "second" | "third";
  readonly name: string;
  readonly email: string;
  readonly birthDate: string;
  readonly plate: string;
}

/** The first is the one as whom one can enter. */
export const DEMO_RESIDENTS: readonly DemoResident[] = [
  {
    key: "resident",
    name: "Rosa Delgado (demo)",
    email: "resident@demo.example",
    birthDate: "1984-02-11",
    plate: "7DEM042",
  },
  {
    key: "second",
    name: "Teodor Quillsby (demo)",
    email: "second@demo.example",
    birthDate: "1971-09-30",
    plate: "6DEM118",
  },
  {
    key: "third",
    name: "Lenka Ashdown (demo)",
    email: "third@demo.example",
    birthDate: "1993-06-05",
    plate: "5DEM207",
  },
];

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { key: "resident", name: "Rosa Delgado (demo)", email: "resident@demo.example", role: null },
  { key: "clerk", name: "Casey Ng (demo)", email: "clerk@demo.example", role: "clerk" },
  { key: "supervisor", name: "Sam Okafor (demo)", email: "supervisor@demo.example", role: "supervisor" },
  { key: "intake", name: "Imani Brooks (demo)", email: "intake@demo.example", role: "intake" },
  {
    key: "advocate",
    name: "Ada Lindqvist (demo)",
    email: "advocate@demo.example",
    role: "advocate",
    organisation: "Records Watch (demo)",
  },
  { key: "operator", name: "Olu Park (demo)", email: "operator@demo.example", role: "operator" },
  { key: "admin", name: "Adele Kim (demo)", email: "admin@demo.example", role: "admin", at: "demo-sheriff" },
  { key: "auditor", name: "Aziz Toma (demo)", email: "auditor@demo.example", role: "auditor", at: "demo-sheriff" },
];
