import type { feedsCodes as english } from "../en/feeds-codes.ts";
import type { AreaLike } from "../words.ts";

export const feedsCodes: AreaLike<typeof english> = {
  title: "¿Qué significan los códigos?",
  lead: "Traiga las tablas propias de la agencia. Se guardan en una versión nueva del perfil; nada de lo guardado cambia.",
  of: "Perfil: {{profile}}.",
  change: "Cambiar las tablas de códigos",
  table: "Códigos de «{{field}}»",
  hint: "Un código en cada línea y después su significado, con un tabulador, una barra, un punto y coma o una coma en medio. Puede pegarse una tabla copiada de una hoja.",
  hintKeys:
    "Una tercera celda puede decir por qué se busca con esa clave: placa, licencia, VIN, identificación estatal, seguro social, nombre o fecha de nacimiento.",
  hintHead: "Una primera línea de nombres puede añadir el significado en español: code | meaning | spanish.",
  file: "O un archivo con esa tabla",
  fileHint: "CSV o texto. Se pone en el lugar de lo que está arriba.",
  save: "Guardar como versión {{version}}",
  wrong_one: "{{count}} línea de esta tabla no se puede usar. Se nombra abajo.",
  wrong_other: "{{count}} líneas de esta tabla no se pueden usar. Se nombran abajo.",
  lines: "Líneas que no se pueden usar",
  line: "Línea {{line}}: {{why}}",
  more: "Y {{count}} más.",
  noMeaning:
    "«{{code}}» no tiene un significado al lado. Escríbalo después del código, con un tabulador o una coma en medio.",
  noCode: "Hay un significado y ningún código delante.",
  tooManyCells:
    "Hay {{cells}} celdas; se pueden usar {{most}}. Ponga entre comillas un significado que tenga una coma.",
  twice: "«{{code}}» ya está en la línea {{other}}, con otro significado. Deje fuera una de las dos.",
  tooLong: "Un código tiene como máximo 60 caracteres, y un significado como máximo {{most}}.",
  tooMany: "Una tabla tiene como máximo {{most}} códigos. Lo que sigue no se leyó.",
  unknownKind:
    "Por «{{text}}» no se busca. Se acepta: placa, licencia, VIN, identificación estatal, seguro social, nombre, fecha de nacimiento.",
  unknownColumn:
    "No hay ninguna columna «{{text}}» en uso. Escriba el nombre de una columna que tenga significado, un signo igual y el texto.",
  badHead: "La primera línea nombra sus celdas. Se acepta: código, significado, español, busca, cada una una vez.",
  quote: "Hay una comilla abierta y sin cerrar.",
  unreadable: "La línea tiene signos que no se pueden leer. Guarde la tabla como texto en UTF-8.",
  unchanged: "Las tablas están como estaban, así que no se guardó nada.",
  notText: "Este archivo no es texto. Se acepta una tabla como CSV o texto, en UTF-8.",
};
