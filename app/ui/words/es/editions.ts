import type { editions as english } from "../en/editions.ts";
import type { AreaLike } from "../words.ts";

export const editions: AreaLike<typeof english> = {
  title: "Ediciones de esta respuesta",
  lead: "Cada edición queda como se entregó. La que cuenta es la más reciente.",
  edition: "Edición {{edition}} del {{date}}",
  newLines_one: "{{count}} de ellas es nueva.",
  newLines_other: "{{count}} de ellas son nuevas.",
  newsTitle: "Novedades de la edición {{edition}}",
  newsSince:
    "Esta respuesta sustituye a la edición {{edition}} del {{date}}. Contiene todo de nuevo; en comparación con aquella:",
  newsLines_one: "{{count}} consulta se muestra por primera vez: {{numbers}}.",
  newsLines_other: "{{count}} consultas se muestran por primera vez: {{numbers}}.",
  newsChanged_one: "{{count}} consulta dice ahora algo distinto: {{numbers}}.",
  newsChanged_other: "{{count}} consultas dicen ahora algo distinto: {{numbers}}.",
  newsGone_one: "{{count}} consulta que allí se mostraba no se muestra aquí.",
  newsGone_other: "{{count}} consultas que allí se mostraban no se muestran aquí.",
  newsNothing: "Las consultas que se muestran son las mismas.",
  noRecord: "Esta respuesta no contiene ninguna consulta",
  run: "{{from}} a {{to}}",
};
