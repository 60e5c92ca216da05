import type { check as english } from "../en/check.ts";
import type { AreaLike } from "../words.ts";

export const check: AreaLike<typeof english> = {
  title: "Comprobar un documento",
  lead: "¿Es este PDF de verdad una respuesta que este sitio entregó, sin alterar y la más nueva? Usted sabrá eso, y nada sobre la persona.",
  file: "El archivo PDF",
  fileHint: "Se compara con la huella que se anotó cuando se entregó la respuesta. No se guarda.",
  button: "Comprobar este archivo",
  missing: "Elija el archivo PDF que quiere comprobar.",
  tooLarge: "Elija un archivo de {{megabytes}} MB como máximo. Ninguna respuesta de este sitio es mayor.",
  genuineTitle: "Este documento es auténtico",
  genuine:
    "{{agency}} entregó exactamente este archivo el {{date}}, como edición {{edition}} de su respuesta. Es la edición más nueva.",
  supersededTitle: "Auténtico, pero hay una edición más nueva",
  superseded:
    "{{agency}} entregó exactamente este archivo el {{date}}, como edición {{edition}} de su respuesta. Una edición posterior lo ha reemplazado.",
  fileHere:
    "Suelte el archivo aquí o elíjalo. No sale de su dispositivo: esta página calcula su huella y pregunta solo por ella.",
  reading: "Se está comprobando el archivo.",
  unreadable: "No se pudo leer el archivo. Elíjalo de nuevo.",
  alteredTitle: "Este documento fue alterado",
  altered:
    "Lleva la firma de este sitio, pero no está como se entregó: algo se cambió, se añadió o se quitó. No confíe en nada de él. Pida el archivo tal como se descargó.",
  unknownTitle: "Este sitio no ha entregado ningún archivo así",
  unknown:
    "No lleva la firma de este sitio. O no salió de aquí, o se guardó de nuevo con otro programa: compruebe el archivo tal como se descargó.",
};
