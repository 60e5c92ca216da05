import type { figures as english } from "../en/figures.ts";
import type { AreaLike } from "../words.ts";

export const figures: AreaLike<typeof english> = {
  title: "Cómo cumplimos los plazos",
  lead: "Por el mes en que llegó cada caso. Se cuentan los casos que usted puede abrir.",
  empty: "Todavía no hay casos",
  emptyText: "Cuando una persona pregunta a su agencia, el caso se cuenta aquí.",
  chart: "Casos por el mes en que llegaron",
  table: "Lo mismo en números",
  month: "Mes",
  allMonths: "Todos los meses",
  agency: "Agencia",
  allAgencies: "Todas las agencias",
  cases: "Casos",
  inTime: "Respondidos a tiempo",
  late: "Respondidos tarde",
  open: "Abiertos",
  overdueNow: "Vencidos ahora",
  everOverdue: "Vencidos alguna vez",
  extended: "Prorrogados",
  together: "Prorrogados en conjunto",
  medianDays: "Días hasta responder (mediana)",
  noMedian: "Ninguno respondido",
  togetherText:
    "De {{extended}} casos prorrogados, {{together}} se prorrogaron junto con otros de una sola vez. Quien revise mirará primero estos: el motivo se da para cada caso, no para un montón.",
  togetherNone: "Ningún caso se prorrogó junto con otros de una sola vez.",
  everHelp: "Un caso que venció una vez queda contado así para siempre. Una prórroga posterior no lo borra.",
  medianHelp:
    "Mediana: la mitad de los casos respondidos tardó esos días o menos, contados desde el día en que llegaron.",
};
