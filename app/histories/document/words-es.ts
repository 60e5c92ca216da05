import type { CoverageFacts, DocumentWords, GlanceFacts, SentenceFacts, Spoken } from "./word-list.ts";

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
const plural = (count: number, one: string, many: string): string => `${grouped(count)} ${count === 1 ? one : many}`;

function list(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  const last = items.at(-1) ?? "";
  return `${items.slice(0, -1).join(", ")} ${/^h?i(?!e)/i.test(last) ? "e" : "y"} ${last}`;
}

function agencyOf(agency: Spoken): string {
  if (agency.kind === "shown") return agency.text;
  if (agency.kind === "withheld") return "una agencia que se retiene";
  return agency.kind === "missing"
    ? "una agencia que el registro no nombra"
    : "una agencia que ya venía oculta en el registro que recibimos";
}

function who(user: Spoken, agency: Spoken): string {
  if (user.kind === "shown") return `el usuario ${user.text} de ${agencyOf(agency)}`;
  if (user.kind === "withheld") return `un usuario, que aquí se retiene, de ${agencyOf(agency)}`;
  return user.kind === "missing"
    ? `un usuario que el registro no nombra, de ${agencyOf(agency)},`
    : `un usuario que ya venía oculto en el registro que recibimos, de ${agencyOf(agency)},`;
}

function searched(system: Spoken, by: Spoken): string {
  const what = system.kind === "shown" ? system.text : "un sistema que aquí no se nombra";
  if (by.kind === "shown") return `buscó en ${what} con “${by.text}”`;
  return by.kind === "withheld"
    ? `buscó en ${what}; lo que escribió se retiene`
    : `buscó en ${what}; lo que escribió no está en el registro que recibimos`;
}

function why(purpose: Spoken, caseNumber: Spoken): string {
  const reason =
    purpose.kind === "shown"
      ? `Motivo indicado: “${purpose.text}”.`
      : {
          withheld: "El motivo indicado se retiene.",
          missing: "El registro no da ningún motivo.",
          hidden: "El motivo ya venía oculto en el registro que recibimos.",
        }[purpose.kind];
  const number =
    caseNumber.kind === "shown"
      ? `Número de caso: ${caseNumber.text}.`
      : {
          withheld: "El número de caso se retiene.",
          missing: "El registro no da número de caso.",
          hidden: "El número de caso ya venía oculto en el registro que recibimos.",
        }[caseNumber.kind];
  return `${reason} ${number}`;
}

function sentence(facts: SentenceFacts): string {
  const on = facts.on === null ? "En una fecha que se retiene" : `El ${facts.on}`;
  return `${on}, ${who(facts.user, facts.agency)} ${searched(facts.system, facts.searchedBy)}. ${why(facts.purpose, facts.caseNumber)}`;
}

function summary(facts: GlanceFacts): string {
  if (facts.lines === 0) {
    return `Encontramos ${plural(facts.withheld, "consulta", "consultas")} sobre usted, y la ley que se cita más abajo nos permite ${facts.withheld === 1 ? "retenerla" : "retenerlas todas"} por ahora. Cada una figura en “Qué retuvimos y por qué”.`;
  }
  const by = [
    facts.users > 0
      ? `hechas por ${plural(facts.users, "usuario", "usuarios distintos")} que esta respuesta identifica`
      : "hechas por usuarios que esta respuesta no identifica",
    facts.agencies > 0 ? `en ${plural(facts.agencies, "agencia", "agencias")}` : "",
  ].filter((part) => part !== "");
  const said = [
    `Encontramos ${plural(facts.lines, "consulta", "consultas")} sobre usted que usted puede ver, ${by.join(" ")}.`,
  ];
  if (facts.first !== null && facts.last !== null) {
    said.push(
      facts.first === facts.last
        ? `La fecha fue el ${facts.first}.`
        : `La primera fue el ${facts.first}; la última, el ${facts.last}.`,
    );
  }
  if (facts.undated > 0)
    said.push(
      `En ${plural(facts.undated, "consulta", "consultas")} la fecha se retiene, por lo que el gráfico no ${facts.undated === 1 ? "la" : "las"} muestra.`,
    );
  if (facts.withheld > 0)
    said.push(
      facts.withheld === 1
        ? "1 consulta más se retiene por completo."
        : `${grouped(facts.withheld)} consultas más se retienen por completo.`,
    );
  return said.join(" ");
}

function coverageStatement(facts: CoverageFacts): string {
  const said = [`Usted preguntó por el período ${facts.asked}.`];
  said.push(
    facts.held.length > 0
      ? `El registro que tenemos cubre ${list(facts.held)}.`
      : "No tenemos ninguna parte de este registro para ese período.",
  );
  said.push(
    facts.missing.length > 0
      ? `No cubre ${list(facts.missing)}: una consulta hecha entonces no estaría en esta respuesta.`
      : "No falta nada de ese período.",
  );
  if (facts.unread > 0)
    said.push(
      facts.unread === 1
        ? "1 entrada no se pudo leer y espera reparación; no se buscó en ella."
        : `${grouped(facts.unread)} entradas no se pudieron leer y esperan reparación; no se buscó en ellas.`,
    );
  if (facts.latest !== null) said.push(`Las últimas entradas entregadas son del ${facts.latest}.`);
  return said.join(" ");
}

export const spanish: DocumentWords = {
  locale: "es",
  language: "es-US",
  title: "Quién consultó sus datos",
  fileTitle: (reference, edition) => `Quién consultó sus datos: respuesta ${reference}, edición ${edition}`,
  months: [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
  ],
  shortMonths: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
  date: (day, month, year) => `${day} de ${month} de ${year}`,
  period: (from, to) => (from === to ? `el ${from}` : `del ${from} al ${to}`),
  openPeriod: (from) => `desde el ${from}`,
  count: grouped,
  list,
  demoLabel: "DEMO: todo es inventado",
  demoNotice:
    "DEMO. Todas las personas, agencias y consultas de este documento son inventadas. No es una respuesta a nadie.",
  runningHead: (reference, edition) => `Quién consultó sus datos  ·  ${reference}  ·  edición ${edition}`,
  page: (page, pages) => `Página ${page} de ${pages}`,
  continued: "continuación",
  greeting: (name) => `A la atención de ${name}:`,
  opening: (agency, requestedOn, period) =>
    `El ${requestedOn} usted preguntó a ${agency} quién consultó sus datos en sus bases de datos y por qué. Preguntó por el período ${period}. Esta es nuestra respuesta. Dice lo que encontramos, lo que no pudimos ver, lo que retuvimos y según qué ley, y lo que usted puede hacer ahora.`,
  contact: (unit, email, reference) =>
    `Si algo de esta respuesta no está claro, escriba a ${unit}, ${email}, e indique la referencia ${reference}. No tiene que decir por qué pregunta.`,
  facts: {
    reference: "Referencia",
    edition: "Edición",
    requested: "Usted preguntó el",
    answered: "Respondemos el",
    due: "Plazo legal",
    rule: "La ley que fija el plazo",
  },
  glance: {
    heading: "Su respuesta de un vistazo",
    lookUps: (count) => (count === 1 ? "consulta que puede ver" : "consultas que puede ver"),
    users: (count) => (count === 1 ? "usuario identificado" : "usuarios identificados"),
    agencies: (count) => (count === 1 ? "agencia" : "agencias"),
    since: "primera consulta",
    summary,
    nothing: (covered, uncovered) =>
      `No se encontró ninguna consulta en los registros que tenemos; cubren ${covered}; no cubren ${uncovered}.`,
    coversNothing: "ninguna parte del período por el que usted preguntó",
    coversAll: "los sistemas y períodos que no figuran en esta respuesta",
    covers: (system, periods) => `${system}: ${periods}`,
    notAnAllClear: "Esto no prueba que nunca se consultaran sus datos. Dice lo que contienen estos registros.",
  },
  chart: {
    caption: (unit) => `Consultas por ${unit === "month" ? "mes" : "año"}, en el tiempo que cubren los registros`,
    alt: (unit, counts) => `Gráfico de barras de las consultas por ${unit === "month" ? "mes" : "año"}. ${counts}`,
    point: (label, count) => `${label}: ${count}`,
  },
  ranking: {
    caption: "Consultas por agencia",
    alt: (counts) => `Gráfico de barras de las consultas por la agencia que las hizo. ${counts}`,
    others: (agencies) => plural(agencies, "agencia más", "agencias más"),
    unnamed: "agencia retenida o que no está en el registro",
  },
  coverage: {
    heading: "Qué cubren los registros y qué no",
    intro:
      "Una respuesta solo puede ser tan completa como los registros en que se basa. Una barra llena es un período cuyo registro tenemos y en el que buscamos. Una barra rayada es un vacío.",
    held: "registro disponible y buscado",
    missing: "vacío: no hay registro",
    timelineAlt: (rows) => `Línea de tiempo de los registros. ${rows}`,
    systemOf: (system, custodian) => `${system}, registro a cargo de ${custodian}`,
    statement: coverageStatement,
  },
  searched: {
    heading: "Qué buscamos",
    intro: "Solo lo que se confirmó que es suyo, y solo durante el tiempo en que fue suyo.",
    kind: "Qué",
    value: "Tal como se buscó",
    period: "Suyo durante",
    nothing: "No se pudo confirmar que nada fuera suyo, así que no se buscó nada.",
  },
  lookUps: {
    heading: "Las consultas, de la más reciente a la más antigua",
    intro:
      "Cada consulta tiene un número. Úselo cuando pregunte por una consulta o la impugne. Las palabras grises en cursiva son nuestras: dicen por qué un lugar está vacío. Una marca recuadrada está donde la ley nos permite retener algo; la letra indica el fundamento. Todas las marcas tienen el mismo ancho, haya lo que haya detrás.",
    number: "N.º",
    fields: {
      at: "Cuándo",
      system: "Sistema",
      agency: "Agencia",
      user: "Usuario",
      searchedBy: "Buscado con",
      purpose: "Motivo",
      caseNumber: "Número de caso",
      scope: "Alcance",
    },
    purposeAndCase: "Motivo, número de caso",
    nothing: "No hay ninguna consulta que mostrar.",
  },
  sentence,
  plainly: (meaning) => `Ese motivo, en palabras sencillas: ${meaning}`,
  mark: (letter) => `RETENIDO ${letter}`,
  absences: {
    empty: "vacío en el registro",
    "not-exported": "no está en el registro que recibimos",
    "hidden-by-vendor": "oculto por el proveedor del sistema antes de que lo recibiéramos",
    "hidden-by-agency": "oculto por la agencia que buscó antes de que lo recibiéramos",
    placeholder: "solo un comodín en el registro",
  },
  withheld: {
    heading: "Qué retuvimos y por qué",
    intro:
      "La ley nos permite no entregar algunas cosas. Aquí están todas, con la ley y el día en que volvemos a examinarlas. No tiene que esperar a ese día: la sección siguiente dice cómo pedir ya una revisión.",
    none: "No retuvimos nada.",
    line: "N.º",
    what: "Qué se retiene",
    why: "Fundamento y ley",
    review: "Lo examinamos de nuevo el",
    wholeLine: {
      withhold: "La consulta entera",
      defer: "La consulta entera, por ahora: le llegará por sí sola si el motivo termina",
    },
    fieldsOf: (fields) => `En esta consulta: ${fields}`,
    noReview: "sin fecha fijada; usted puede pedir una revisión",
    groundsHeading: "Los fundamentos, en palabras sencillas",
    ground: (letter, plain, cite) => `${letter}. ${plain} (${cite})`,
    uses: (count) =>
      count === 1 ? "Usado una vez en esta respuesta." : `Usado ${grouped(count)} veces en esta respuesta.`,
    responsible:
      "Quién decidió retenerlo, con nombre y cargo, figura en nuestra carta de decisión. Si no tiene esa carta, pídanosla.",
  },
  required: {
    heading: "Lo que la ley quiere que diga una respuesta",
    intro: "Esto es lo que nos pide la ley según la cual respondemos. Compárelo con nuestra respuesta.",
  },
  reviews: {
    heading: "Si no está de acuerdo: pida que se revise esta respuesta",
    intro: "Usted no tiene que aceptar lo que se retuvo, ni que la búsqueda fue completa. Tiene estas vías:",
    item: (plain, cite) => `${plain} (${cite})`,
    nothing: "Escriba a la agencia, a la dirección de la primera página, y pida una revisión.",
  },
  dispute: {
    heading: "Si una consulta no fue correcta: impúgnela",
    intro: "No necesita abogado ni pruebas. Basta con decir que no entiende por qué alguien consultó sus datos.",
    steps: [
      "Abra su respuesta en el portal y elija “No me lo esperaba” junto a la consulta. O escriba a la agencia, a la dirección de la primera página.",
      "Indique la referencia, la edición y el número de la consulta. Puede indicar varias.",
      "Se convierte en una queja ante asuntos internos de la agencia que consultó, y usted ve cada paso y su fecha.",
      "Si tiene miedo de la persona que consultó sus datos, puede hablar antes con alguien que le apoye. La agencia ve lo que usted escribe.",
    ],
  },
  readers: {
    heading: "Quién de la agencia abrió su expediente",
    intro:
      "Su solicitud también es privada. Estas son todas las personas que trabajaron en ella, día por día, hasta la preparación de esta edición.",
    at: "Cuándo",
    role: "Quién, por función",
    act: "Qué hizo",
    nothing: "Nadie de la agencia había abierto este expediente cuando se hizo esta edición.",
    roles: {
      resident: "usted",
      clerk: "oficial de archivos",
      supervisor: "supervisor",
      intake: "oficial de quejas",
      advocate: "su defensor",
      representative: "su representante",
      operator: "operador del sistema",
      system: "el propio portal",
    },
  },
  check: {
    heading: "Cómo comprobar que este documento es auténtico",
    intro:
      "Cualquier persona a quien usted muestre este documento puede comprobarlo. La comprobación no dice nada sobre usted.",
    steps: (url) => [
      `Vaya a ${url}`,
      "Elija este archivo PDF. Se compara con la huella que se anotó el día de la respuesta.",
      "Usted sabrá si el archivo es auténtico, si fue alterado o si lo reemplazó una edición más nueva.",
    ],
    code: (url) => `Código cuadrado para la cámara de un teléfono. Abre ${url}`,
  },
  glossary: {
    heading: "Las palabras de este documento",
    intro: "Aquí una palabra significa siempre una sola cosa.",
    entries: [
      [
        "Consulta",
        "Una búsqueda registrada que encontró o pudo encontrar sus datos: cuándo, quién, con qué y por qué motivo indicado.",
      ],
      ["Sistema", "Una base de datos cuyas búsquedas quedan registradas."],
      [
        "Usuario",
        "La cuenta que buscó, tal como la nombra el registro. Algunos registros tienen un código en lugar de un nombre.",
      ],
      ["Vacío", "Un período cuyo registro no tenemos. De él no se puede decir nada."],
      ["Retenido", "Lo conocemos y no lo entregamos, según la ley que se indica."],
      [
        "Edición",
        "Una versión fija de esta respuesta. Si más adelante se puede decir más, usted recibe una nueva edición.",
      ],
    ],
  },
};
