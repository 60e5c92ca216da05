import type { errors as english } from "../en/errors.ts";
import type { AreaLike } from "../words.ts";

export const errors: AreaLike<typeof english> = {
  prefix: "Error:",
  summary_one: "Hay que revisar una respuesta",
  summary_other: "Hay que revisar {{count}} respuestas",
  missing: "Complete este campo.",
  notUnderstood: "Revise este campo: no tiene la forma que muestra la indicación.",
  tooLong: "Escriba {{maximum, number}} caracteres o menos.",
  tooShort: "Escriba al menos {{minimum, number}} caracteres.",
  chooseOne: "Elija una de estas opciones.",
  chooseSome: "Elija al menos una de estas opciones.",
  dateNotReal: "Escriba un día que exista: mes, día y un año de cuatro cifras, por ejemplo 4 28 1986.",
  dateInFuture: "Escriba un día que no esté en el futuro.",
  oneLine: "Escriba esto en una sola línea, sin saltos de línea.",
  stale: "Alguien cambió esto después de que usted lo abrió. Mire la página de nuevo y luego decida.",
  tooMany: "Fueron demasiadas veces en poco tiempo. Espere {{minutes}} minutos e intente de nuevo.",
  notFoundTitle: "Esta página no está aquí",
  notFoundText:
    "Puede que la dirección esté mal escrita o que la página haya cambiado de lugar. Si siguió un enlace nuestro, entre primero.",
  refusedTitle: "Esto no se puede hacer",
  refusedText: "No tiene permiso para hacerlo o ya no es posible.",
  brokenTitle: "Algo falló de nuestro lado",
  brokenText: "Nada de lo que envió quedó guardado a medias: o se guardó o no. Vuelva, mire e intente de nuevo.",
  reference: "Si nos escribe sobre esto, indique este número: {{requestId}}",
};
