import type { answer as english } from "../en/answer.ts";
import type { AreaLike } from "../words.ts";

export const answer: AreaLike<typeof english> = {
  filter: "Mostrar solo algunas consultas",
  filterLead: "Lo que elija se queda en esta página. Las descargas llevan siempre la respuesta entera.",
  system: "Sistema",
  agency: "Agencia que buscó",
  month: "Mes",
  signals: "Puntos para preguntar",
  any: "Todas",
  hidden: "No se muestra en esta respuesta",
  undated: "La fecha está retenida",
  withSignals: "Con un punto para preguntar",
  withoutSignals: "Sin ninguno",
  apply: "Mostrar estas",
  clear: "Mostrar otra vez todas las consultas",
  shown_one: "{{count}} de {{all}} consultas coincide.",
  shown_other: "{{count}} de {{all}} consultas coinciden.",
  none: "Ninguna consulta coincide con lo que eligió",
  keep: "Guardar una copia",
  keepLead:
    "El PDF es el documento: está firmado y es el que se enseña a otros. La tabla y los datos llevan las mismas consultas, para ordenarlas o para dárselas a quien cuente.",
  csv: "Guardar las consultas como tabla (CSV)",
  json: "Guardar la respuesta como datos (JSON)",
  print: "Todas las consultas en una página, para imprimir",
  pages: "Volver a páginas de {{count}}",
  tooMany: "Esta respuesta tiene demasiadas consultas para una sola página. Imprima el PDF.",
  actCsv: "Descargó la respuesta como tabla (CSV)",
  actJson: "Descargó la respuesta como datos (JSON)",
};
