/** California: last days for a resident to have a crime charged, to claim money or to sue. */
import type { Rule } from "../rule.ts";
import { nothingStops } from "../stops.ts";
import { CALIFORNIA, CALIFORNIA_RESIDENT } from "./california-time.ts";
import { since } from "./usual.ts";

const GENERAL_KNOWLEDGE = { evidence: "B", sourceVersion: "general knowledge" } as const;

const misdemeanor: Rule = {
  ...CALIFORNIA_RESIDENT,
  ...GENERAL_KNOWLEDGE,
  id: "ca.limit.misdemeanor",
  title: {
    en: "Crime: charge a misdemeanor, such as misuse of criminal history",
    es: "Delito: acusar un delito menor, como el uso indebido de antecedentes penales",
  },
  cite: "Pen. Code § 802(a)",
  trigger: { en: "the offence", es: "el delito" },
  act: {
    en: "The prosecutor must have filed charges. Report early: the office needs time before this day.",
    es: "La fiscalía debe haber presentado cargos. Denuncie pronto: la fiscalía necesita tiempo antes de este día.",
  },
  period: { length: 1, unit: "years" },
  stops: nothingStops("Pen. Code § 802(a)", "B"),
  caveat: {
    en: "Meant for Pen. Code §§ 11141-11143 and 13302-13304 and Veh. Code § 1808.45. Whether to charge is the prosecutor's decision alone.",
    es: "Pensado para Pen. Code §§ 11141-11143 y 13302-13304 y Veh. Code § 1808.45. Acusar o no lo decide solo la fiscalía.",
  },
};

const WEAK_AGAINST_USERS = {
  en: "Weak against a user who had access: courts have held that looking out of curiosity in a system one may use is not this offence (Chrisman v. City of Los Angeles, 2007).",
  es: "Débil contra quien tenía acceso: los tribunales han dicho que mirar por curiosidad en un sistema que se puede usar no es este delito (Chrisman v. City of Los Angeles, 2007).",
} as const;

const computerCrime: Rule = {
  ...CALIFORNIA_RESIDENT,
  ...GENERAL_KNOWLEDGE,
  id: "ca.limit.computer",
  title: {
    en: "Crime: charge the use of computer data without permission",
    es: "Delito: acusar el uso de datos informáticos sin permiso",
  },
  cite: "Pen. Code §§ 502(c), 801",
  trigger: { en: "the offence", es: "el delito" },
  act: misdemeanor.act,
  period: { length: 3, unit: "years" },
  stops: nothingStops("Pen. Code § 801", "B"),
  caveat: WEAK_AGAINST_USERS,
};

const computerSuit: Rule = {
  ...CALIFORNIA_RESIDENT,
  ...GENERAL_KNOWLEDGE,
  id: "ca.computer.civil",
  title: {
    en: "Computer data used without permission: sue for damages",
    es: "Datos informáticos usados sin permiso: demandar por daños",
  },
  cite: "Pen. Code § 502(e)",
  trigger: {
    en: "the act, or the day on which the damage was discovered",
    es: "el hecho, o el día en que se descubrió el daño",
  },
  act: { en: "File the suit.", es: "Presentar la demanda." },
  period: { length: 3, unit: "years" },
  stops: nothingStops("Pen. Code § 502(e)", "B"),
  caveat: WEAK_AGAINST_USERS,
};

const plateReaderSuit: Rule = {
  ...CALIFORNIA_RESIDENT,
  id: "ca.alpr.civil",
  title: {
    en: "Licence-plate readers: sue whoever knowingly caused harm",
    es: "Lectores de placas: demandar a quien causó daño a sabiendas",
  },
  cite: "Civ. Code § 1798.90.54",
  evidence: "?",
  sourceVersion: "the right was read (V); the title sets no time for the suit",
  // SB 34 (Stats. 2015).
  inForce: since("2016-01-01"),
  trigger: { en: "the harm", es: "el daño" },
  act: { en: "File the suit.", es: "Presentar la demanda." },
  period: { length: 2, unit: "years" },
  stops: nothingStops("Civ. Code § 1798.90.54", "?"),
  caveat: {
    en: "The law names no time. Two years (Code Civ. Proc. § 335.1) is the safe reading and the one shown; three years (§ 338(a)) can be argued. A claim for money against a public body needs a government claim within six months first (Gov. Code § 911.2).",
    es: "La ley no nombra un plazo. Dos años (Code Civ. Proc. § 335.1) es la lectura segura y la que se muestra; pueden alegarse tres (§ 338(a)). Reclamar dinero a un ente público exige antes un reclamo administrativo en seis meses (Gov. Code § 911.2).",
  },
};

const claim: Rule = {
  ...CALIFORNIA_RESIDENT,
  ...GENERAL_KNOWLEDGE,
  id: "ca.claims.act",
  title: {
    en: "Money from a public agency or its people: hand in a government claim first",
    es: "Dinero de una agencia pública o su personal: presentar antes un reclamo administrativo",
  },
  cite: "Gov. Code § 911.2",
  trigger: { en: "the day on which the right to the money arises", es: "el día en que nace el derecho al dinero" },
  act: {
    en: "Hand the claim in to the public agency. Without it a suit for money usually fails.",
    es: "Presentar el reclamo a la agencia pública. Sin él, una demanda de dinero suele fracasar.",
  },
  period: { length: 6, unit: "months" },
  stops: nothingStops("Gov. Code § 911.2", "B"),
  reviews: ["ca.claims.suit"],
};

const claimAnswer: Rule = {
  ...CALIFORNIA,
  ...GENERAL_KNOWLEDGE,
  id: "ca.claims.act.answer",
  title: {
    en: "Government claim: the agency accepts or rejects it",
    es: "Reclamo administrativo: la agencia lo acepta o lo rechaza",
  },
  cite: "Gov. Code § 912.4",
  trigger: { en: "the claim is handed in", es: "se presenta el reclamo" },
  act: { en: "Act on the claim.", es: "Decidir el reclamo." },
  period: { length: 45, unit: "days" },
  stops: nothingStops("Gov. Code § 912.4", "B"),
  silence: {
    words: {
      en: "If the agency does not act in time, the claim counts as rejected, and the person may sue.",
      es: "Si la agencia no decide a tiempo, el reclamo se considera rechazado y la persona puede demandar.",
    },
    cite: "Gov. Code § 912.4(c)",
    evidence: "B",
  },
  caveat: {
    en: "The agency and the claimant may agree in writing on a longer time.",
    es: "La agencia y quien reclama pueden acordar por escrito un plazo mayor.",
  },
  reviews: ["ca.claims.suit"],
};

const claimSuit: Rule = {
  ...CALIFORNIA_RESIDENT,
  ...GENERAL_KNOWLEDGE,
  id: "ca.claims.act.suit",
  title: {
    en: "Government claim: sue after a written rejection",
    es: "Reclamo administrativo: demandar después de un rechazo escrito",
  },
  cite: "Gov. Code § 945.6",
  trigger: {
    en: "written notice of the rejection is handed over or mailed",
    es: "se entrega o se envía por correo el aviso escrito del rechazo",
  },
  act: { en: "File the suit.", es: "Presentar la demanda." },
  period: { length: 6, unit: "months" },
  stops: nothingStops("Gov. Code § 945.6", "B"),
  caveat: {
    en: "Where no written notice was given, the time is two years from the day on which the right arose.",
    es: "Si no hubo aviso escrito, el plazo es de dos años desde el día en que nació el derecho.",
  },
};

const sacramento: Rule = {
  ...CALIFORNIA_RESIDENT,
  id: "ca.sacramento.complain",
  title: {
    en: "Sacramento: complain to the Office of Public Safety Accountability",
    es: "Sacramento: quejarse ante la Oficina de Responsabilidad de Seguridad Pública",
  },
  cite: "Sacramento City Code § 2.22; page of the office",
  evidence: "V",
  sourceVersion: "an older page of the office; it may have changed since",
  trigger: { en: "the incident", es: "el hecho" },
  act: { en: "File the complaint with the office.", es: "Presentar la queja ante la oficina." },
  period: { length: 1, unit: "years" },
  stops: nothingStops("Sacramento City Code § 2.22", "B"),
  caveat: {
    en: "The office's own practice, not a limit in the code. Ask it whether it still holds.",
    es: "Práctica de la propia oficina, no un límite del código. Pregúntele si sigue vigente.",
  },
};

export const CALIFORNIA_LIMITS_RULES: readonly Rule[] = [
  misdemeanor,
  computerCrime,
  computerSuit,
  plateReaderSuit,
  claim,
  claimAnswer,
  claimSuit,
  sacramento,
];
