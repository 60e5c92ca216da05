import type { api as en } from "../en/api.ts";
import type { AreaLike } from "../words.ts";

export const api: AreaLike<typeof en> = {
  title: "Para máquinas que entregan registros",
  lead: "El sistema de una agencia puede entregar su registro de accesos por sí mismo. Cada entrega va firmada, se comprueba entera y se responde con lo que pasó con cada fila.",
  needTitle: "Qué se necesita",
  needKey: "Un par de claves del tipo Ed25519. Usted guarda la clave privada; nadie más la ve nunca.",
  needRegister: "La clave pública, registrada aquí por el operador de este portal, que responde con su keyid.",
  needClock:
    "Un reloj en hora: una solicitud se acepta durante {{late}} segundos y puede ir {{early}} segundos por delante del nuestro.",
  keys: "Puede haber varias claves registradas a la vez, para que una sustituya a otra sin interrupción. Una clave perdida se revoca de inmediato: avise al operador.",
  sendTitle: "Entregar un archivo",
  sendAddress: "Envíe el archivo, tal como lo exporta su sistema, a esta dirección, con el nombre corto del sistema:",
  sendSign: "Firme la solicitud según el RFC 9421 (HTTP Message Signatures). La firma debe abarcar:",
  sendDigest:
    "Content-Digest (RFC 9530) contiene el SHA-256 del archivo. Nada se hace visible si el archivo entero no coincide con él.",
  sendIdempotency:
    "Idempotency-Key es un texto suyo, nuevo para cada entrega. Si se pierde la respuesta, envíe lo mismo otra vez, firmado de nuevo: se guarda una sola vez y usted recibe la respuesta que faltó.",
  sendNonce: "El nonce es nuevo en cada solicitud. Si llega dos veces, se rechaza.",
  sendQuery:
    "En la dirección puede decir más: profile (el formato), sequence (su propio número de entrega), from y to (los días de los que contiene todas las consultas). Un número o un día que falte se muestra como un hueco.",
  sendTypes: "Tipos de contenido que se aceptan:",
  sendLimit: "Un archivo puede tener {{megabytes}} MB. Los registros mayores llegan en varios archivos.",
  answerTitle: "La respuesta",
  answer201: "201: cada fila está contabilizada. rows = stored + duplicates + quarantined.",
  answer202:
    "202: completo y guardado; un archivo grande se importa en breve. Pregunte en la dirección de la respuesta, con un GET firmado.",
  answer200: "200: la misma entrega ya había llegado; este es su lote.",
  exampleTitle: "Un ejemplo completo",
  exampleText: "Con bash, openssl 3 y curl:",
  problemsTitle: "Cuando se rechaza",
  problemsText:
    "La respuesta es problem+json (RFC 9457) con uno de estos códigos. De una entrega rechazada no se guarda nada.",
  problemCode: "Código",
  problemStatus: "Estado",
  problemMeaning: "Qué significa",
  description: "La descripción para programas (OpenAPI 3.1)",
};
