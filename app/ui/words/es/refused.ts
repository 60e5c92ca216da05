import type { refused as english } from "../en/refused.ts";
import type { AreaLike } from "../words.ts";

export const refused: AreaLike<typeof english> = {
  "release.frozen":
    "Se cambió la dirección de correo de esta cuenta. Para protegerle, sus respuestas se retienen hasta el {{until, datetime(dateStyle: long; timeZone: UTC)}}. Las tendrá antes si vuelve a probar a la agencia quién es.",
  "release.elsewhere":
    "Entró solo con su correo, en un navegador desde el que no se envió esta solicitud. Para protegerle, lo que se encontró, y lo que decide quién puede verlo, no se abre solo con su correo. Use el navegador desde el que envió la solicitud. O entre con un segundo factor. O pida a la agencia una carta con un código y escríbalo en la página «Pruebe quién es».",
  "limit.tooOften": "Fue demasiadas veces en poco tiempo. Espere {{minutes}} min e inténtelo de nuevo.",
  "sign-in.spent": "Este código o enlace no es válido, ya se usó o es demasiado viejo. Pida uno nuevo.",
  "calendar.tooOften":
    "Este calendario se leyó muchas veces en {{seconds}} segundos. Se puede leer otra vez cuando hayan pasado.",
};
