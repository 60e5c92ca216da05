import type { purge as english } from "../en/purge.ts";
import type { AreaLike } from "../words.ts";

/** El final de una solicitud: sus claves destruidas. */
export const purge: AreaLike<typeof english> = {
  act: "Borró su solicitud para siempre: nada de su contenido se puede abrir ya",
  days: "Una solicitud se guarda un número entero de días, de 1 a {{most}}.",
  early: "Esta solicitud se puede borrar a partir del {{from}}, y no antes.",
  open: "Esta solicitud no ha terminado: un caso no tiene respuesta o una queja está abierta.",
};
