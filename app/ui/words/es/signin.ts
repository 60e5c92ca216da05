import type { signin as english } from "../en/signin.ts";
import type { AreaLike } from "../words.ts";

export const signin: AreaLike<typeof english> = {
  title: "Entrar",
  lead: "Sin contraseña. Le enviamos un código a su correo electrónico.",
  email: "Correo electrónico",
  emailHint: "Use uno que solo usted pueda abrir.",
  emailNeeded: "Escriba un correo electrónico, por ejemplo nombre@example.org.",
  emailWrong:
    "Escriba un solo correo electrónico con una @ y sin espacios ni saltos de línea, por ejemplo nombre@example.org.",
  send: "Enviarme un código",
  sentTitle: "Revise su correo",
  sentLead:
    "Si podemos escribir a esa dirección, un código va en camino. Sirve una sola vez, durante {{minutes}} minutos.",
  code: "Código del correo",
  codeHint: "Seis cifras, por ejemplo 123 456",
  codeNeeded: "Escriba las seis cifras del correo.",
  codeWrong:
    "Este código no coincide o ya venció. Escriba las seis cifras del correo más reciente o pida un código nuevo.",
  codeTooOften: "Hubo demasiados intentos. Espere {{minutes}} minutos y pida un código nuevo.",
  enter: "Entrar",
  again: "Enviar un código nuevo",
  otherAddress: "Usar otra dirección",
  noMail: "¿No llega nada en cinco minutos? Mire en la carpeta de correo no deseado y luego pida un código nuevo.",
  linkTitle: "Entrar con este enlace",
  linkLead:
    "Oprima el botón para entrar. Algunos programas de correo abren los enlaces por su cuenta, por eso el enlace solo no hace nada.",
  linkUsed: "Este enlace ya se usó o ya venció. Pida un código nuevo.",
  signedOut: "Su sesión está cerrada.",
  needed: "Entre para ver esta página.",
  staff: "Las personas que trabajan en las agencias también entran por aquí.",
};
