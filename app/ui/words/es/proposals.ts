import type { en } from "../en/index.ts";
import type { AreaLike } from "../words.ts";

export const proposals: AreaLike<typeof en.proposals> = {
  title: "Propuesto por reglas",
  lead: "Unas reglas fijas miraron las líneas. Una propuesta no decide nada hasta que usted la acepte, y puede decidir otra cosa.",
  disclose: "Propuesto: entregar",
  withhold: "Propuesto: reservar",
  redact: "Propuesto: ocultar {{field}}",
  defer: "Propuesto: aplazar hasta el {{date}}",
  lines_one: "{{count}} línea",
  lines_other: "{{count}} líneas",
  rule: "Regla {{rule}}, versión {{version}}.",
  accept: "Aceptar",
  acceptLine: "para la consulta del {{at}}",
  acceptAll_one: "Aceptar para {{count}} línea",
  acceptAll_other: "Aceptar para {{count}} líneas",
  judgement: "Una persona debe valorarlo línea por línea: abra cada línea y acéptelo allí.",
  rests: "Tomado de la regla {{rule}}, versión {{version}}.",
  refusedGone: "Esto ya no se propone. Mire lo que se propone ahora.",
  refusedJudgement: "Una persona debe valorarlo línea por línea: acéptelo para una línea a la vez.",
};
