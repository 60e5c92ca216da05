import type { refused as english } from "../en/refused.ts";
import type { AreaLike } from "../words.ts";

export const refused: AreaLike<typeof english> = {
  "release.frozen":
    "Se cambió la dirección de correo de esta cuenta. Para protegerle, sus respuestas se retienen hasta el {{until, datetime(dateStyle: long; timeZone: UTC)}}. Las tendrá antes si vuelve a probar a la agencia quién es.",
  "limit.tooOften": "Fue demasiadas veces en poco tiempo. Espere {{minutes}} min e inténtelo de nuevo.",
  "sign-in.spent": "Este código o enlace no es válido, ya se usó o es demasiado viejo. Pida uno nuevo.",
  "calendar.tooOften":
    "Este calendario se leyó muchas veces en {{seconds}} segundos. Se puede leer otra vez cuando hayan pasado.",
};
