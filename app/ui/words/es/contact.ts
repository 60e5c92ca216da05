import type { contact as en } from "../en/contact.ts";
import type { AreaLike } from "../words.ts";

export const contact: AreaLike<typeof en> = {
  title: "Su dirección de correo",
  lead: "Le escribimos a la dirección de correo con la que usted entra. Aquí puede cambiarla.",
  now: "Su dirección ahora",
  howTitle: "Cómo funciona el cambio",
  howCode: "Enviamos un código a la dirección nueva. Nada cambia antes de que usted lo escriba aquí.",
  howOld: "Avisamos a la dirección anterior. Durante {{undo}} días puede deshacer el cambio.",
  howFreeze:
    "Durante {{freeze}} días no mostramos ni enviamos respuestas. Eso le protege de quien haya entrado en su buzón. Las tendrá antes si vuelve a probar a la agencia quién es.",
  email: "Dirección de correo nueva",
  emailHint: "Una dirección cuyo correo nadie más pueda leer.",
  emailNeeded: "Escriba la dirección de correo nueva.",
  emailWrong: "Escriba una dirección de correo como nombre@example.org.",
  ask: "Enviar un código a la dirección nueva",
  asked: "Hemos enviado un código a la dirección nueva.",
  codeTitle: "Escriba el código",
  codeField: "Código",
  codeHint: "Seis cifras. Sirven durante {{minutes}} minutos.",
  codeNeeded: "Escriba las seis cifras del código.",
  confirm: "Cambiar la dirección",
  changed: "Su dirección cambió. Hemos avisado a la anterior.",
  frozen: "Sus respuestas se retienen hasta el {{date}}, porque la dirección cambió.",
  staff:
    "A quien tiene una función se le escribe a la dirección invitada. Pida a quien administra que invite la dirección nueva.",
  same: "Esta ya es la dirección de su cuenta.",
  taken: "Esta dirección es de otra cuenta. Elija otra.",
  code: "Este código no es el que enviamos, o es demasiado antiguo. Pida uno nuevo.",
  undoTitle: "Deshacer el cambio de dirección",
  undoLead:
    "La cuenta vuelve a usar su dirección anterior. Se cierran todas las sesiones y durante unos días no se entrega nada.",
  undo: "Deshacer el cambio",
  undone: "El cambio se deshizo. Entre con su dirección anterior.",
  undoSpent: "Este enlace no es válido, ya se usó o es demasiado antiguo.",
};
