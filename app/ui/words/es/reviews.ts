import type { reviews as english } from "../en/reviews.ts";
import type { AreaLike } from "../words.ts";

export const reviews: AreaLike<typeof english> = {
  title: "Retenido hasta un día",
  waitingTitle_one: "{{count}} consulta volvió para decidir de nuevo",
  waitingTitle_other: "{{count}} consultas volvieron para decidir de nuevo",
  waitingText:
    "Llegó el día hasta el que las retuvo. Decida cada una de nuevo. Lo que se entregue irá a quien pide como nueva edición cuando se apruebe; para retener algo otra vez, diga el motivo que vale ahora.",
  lineOf: "Consulta de {{when}}",
  wholeLine: "la consulta entera",
  day: "día de la revisión: {{date}}",
  nextText: "Vuelven por sí solas. El día lo fijó su agencia; el plazo legal terminó con la primera respuesta.",
  nextDay_one: "{{date}}: {{count}} consulta o dato",
  nextDay_other: "{{date}}: {{count}} consultas o datos",
  came: "Volvió el {{date}}",
  filter: "Por revisar",
  empty: "Nada se retiene hasta un día",
  queueWaiting_one: "{{count}} consulta por decidir de nuevo",
  queueWaiting_other: "{{count}} consultas por decidir de nuevo",
  queueNext: "Se revisa el {{date}}",
  refusedSameReason:
    "Volvió porque llegó su día. Para retenerla otra vez, diga cuál es el motivo ahora; el anterior valía hasta ese día.",
  actReturned: "Buscó consultas cuyo día de revisión ha llegado",
};
