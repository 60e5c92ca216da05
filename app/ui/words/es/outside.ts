import type { outside as english } from "../en/outside.ts";
import type { AreaLike } from "../words.ts";

/** Lo que se entrega fuera del portal acerca del libro de registro. */
export const outside: AreaLike<typeof english> = {
  notVerified:
    "Todavía no se ha recorrido el registro. Se hace cada hora; «wholooked ledger verify» lo hace al momento.",
  verifiedAt: "Recorrido de principio a fin por última vez: {{date}}. Se hace cada hora.",
  title: "El registro fuera de este portal",
  apart: "El rol con el que trabaja el portal no puede cambiar el registro.",
  notApart:
    "El rol con el que trabaja el portal es también dueño del registro. Quien se apodere de él puede falsificar entradas. Ponga en DATABASE_OWNER_URL un segundo rol, como describe el README.",
  tooFew:
    "Los puntos de control van a {{count}} lugares. Hacen falta dos, por si se pierde uno: «wholooked ledger checkpoint to ...».",
  place: "Lugar",
  kind: "Tipo",
  file: "Carpeta",
  mail: "Correo",
  url: "Dirección web",
  has: "Último punto de control allí",
  none: "Ninguno todavía",
  since: "Desde",
  state: "Estado",
  well: "Bien",
  fault: "No aceptado ({{code}}); se intentará de nuevo",
  behind: "Atrasado: el último es el {{newest}}",
};
