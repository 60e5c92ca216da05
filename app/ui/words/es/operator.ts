import type { operator as en } from "../en/operator.ts";
import type { AreaLike } from "../words.ts";

export const operator: AreaLike<typeof en> = {
  title: "Esta instalación",
  lead: "¿Funciona todo, y hay algo que necesite atención? Solo cifras: aquí no se muestran datos de nadie.",
  ledgerTitle: "El libro de registro",
  ledgerHolds:
    "La cadena es íntegra: {{entries}} entradas. Guarde este número y esta huella fuera del portal para probarlo más tarde.",
  ledgerBroken:
    "La cadena no es íntegra en la entrada {{seq}}. Deje la base de datos como está y compárela con su última copia.",
  ledgerHead: "Última entrada {{seq}}, huella",
  mailTitle: "Correo",
  mailWaiting: "Por enviar",
  mailSent: "Enviado",
  mailFailing: "No se pudo entregar hasta ahora",
  mailHelp:
    "El correo que falla se intenta de nuevo solo, cada vez más tarde. Si la cifra no baja, revise SMTP_URL y el servidor de correo.",
  unattended_one: "{{count}} queja abierta está en una agencia sin responsable de quejas",
  unattended_other: "{{count}} quejas abiertas están en agencias sin responsable de quejas",
  unattendedHelp: "Nadie allí recibe aviso de ellas. Dé a alguien de la agencia la función de recibir quejas.",
  jobsTitle: "Trabajo en segundo plano",
  jobsWaiting: "En espera",
  jobsFailing: "Falló y se intentará de nuevo",
  deliveriesTitle: "Entregas de registros",
  agency: "Agencia",
  batches: "Entregas",
  rows: "Filas leídas",
  refused: "Rechazadas",
  unfinished: "Sin terminar",
  quarantined: "En cuarentena",
  figuresTitle: "Cómo cumplen los plazos las agencias",
  nothingYet: "Todavía no participa ninguna agencia.",
  nothingYetHelp: "Ejecute «npm run -s wholooked -- demo» para probar el portal con agencias inventadas.",
  mailFolder: "Correo de la demostración",
  mailFolderLead:
    "No hay servidor de correo, así que las cartas se quedan aquí. Esta página existe solo en una demostración en esta máquina.",
  mailTo: "Para",
  mailEmpty: "Todavía no se ha escrito ningún correo.",
  mailEmptyHelp: "Pida un código de acceso y vuelva a mirar.",
};
