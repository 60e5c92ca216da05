import type { feedsKeys as english } from "../en/feeds-keys.ts";
import type { AreaLike } from "../words.ts";

export const feedsKeys: AreaLike<typeof english> = {
  title: "Claves de las máquinas que envían",
  lead: "Una máquina que entrega por sí misma firma cada entrega con su clave privada. Aquí se da a conocer su clave pública.",
  manage: "Claves de las máquinas que envían",
  keys: "Claves",
  none: "No hay ninguna clave registrada",
  noneText:
    "Hasta que haya una, ninguna máquina puede enviar un registro de esta agencia. Las personas pueden subirlo.",
  caption: "Claves, las más nuevas primero",
  keyid: "Nombre para firmar (keyid)",
  fingerprint: "Huella (SHA-256)",
  state: "Estado",
  state_valid: "Válida",
  state_not_yet: "Todavía no es válida",
  state_expired: "Caducada",
  state_revoked: "Revocada",
  validity: "Validez",
  from: "Desde el {{from}}",
  fromTo: "Desde el {{from}} hasta el {{to}}",
  revokedOn: "Revocada el {{at}}",
  lastUsed: "Última entrega",
  lastUsedNever: "Ninguna todavía",
  act: "Revocar",
  revoke: "Revocar esta clave",
  revokeOf: "Revocar la clave {{key}}",
  confirmTitle: "¿Revocar la clave {{key}}?",
  confirmText:
    "Desde entonces no se acepta nada que firme. No se puede deshacer; una máquina que siga necesita una clave nueva. Lo que se entregó con ella se queda.",
  confirm: "Revocarla ahora",
  cancel: "Conservarla",
  add: "Añadir una clave",
  addText:
    "Las claves de un custodio valen unas junto a otras, así que una puede sustituir a otra sin interrupción. Cómo se firman las entregas se describe en {{path}}.",
  pem: "Clave pública",
  pemHint:
    "El texto de una clave pública Ed25519 que empieza con «BEGIN PUBLIC KEY». No pegue nunca una clave privada.",
  validFrom: "Primer día en que es válida",
  validFromHint: "Déjelo en blanco si es desde ahora.",
  validTo: "Último día en que es válida",
  validToHint: "Déjelo en blanco si no tiene fin.",
  save: "Añadir esta clave",
  doneAdded: "La clave está registrada. Su máquina firma con el nombre que está a su lado.",
  doneRevoked: "La clave está revocada. Ya no se acepta nada que firme.",
  neededPem: "Pegue la clave pública.",
  wrongPem: "Eso no es una clave pública Ed25519. Se acepta el texto que escribe «openssl pkey -in CLAVE -pubout».",
  privatePem:
    "Eso es una clave privada, que su dueño no enseña a nadie. No se ha guardado, y conviene sustituirla. Pegue la pública, que empieza con «BEGIN PUBLIC KEY».",
  knownPem: "Esta clave ya está registrada. Cada custodio, y cada vez, usa una nueva.",
  wrongDay: "Dé un día que exista, o deje en blanco las tres casillas.",
  wrongDays: "El último día está antes del primero, o en el pasado.",
};
