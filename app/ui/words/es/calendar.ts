import type { calendar as english } from "../en/calendar.ts";
import type { AreaLike } from "../words.ts";

export const calendar: AreaLike<typeof english> = {
  title: "Sus fechas en su propio calendario",
  lead: "Su programa de calendario puede leer aquí sus fechas, en una dirección secreta. Cuando una fecha cambia, cambia también allí.",
  noneText: "Ahora no tiene ninguna dirección secreta.",
  since:
    "Tiene una dirección secreta desde el {{date}}. Se mostró una sola vez, al crearla; nadie puede mostrarla de nuevo.",
  make: "Crear una dirección secreta",
  changeTitle: "Cambiar o anular su dirección",
  makeAgain: "Crear una dirección nueva",
  makeAgainHelp:
    "Con una nueva, la anterior deja de funcionar al instante. Ponga la nueva en todos los programas que usaban la anterior.",
  revoke: "Anular la dirección",
  revokeHelp:
    "Si la anula, ya no se puede leer nada con ella. Las fechas que un programa haya copiado quedan allí hasta que usted las quite.",
  revoked: "La dirección está anulada. Ya no se puede leer nada con ella.",
  madeTitle: "Esta es su dirección secreta",
  madeText: "Cópiela ahora. Se muestra solo esta vez.",
  address: "Dirección secreta",
  addressHint:
    "Quien la tenga puede leer estas fechas sin entrar. No se la dé a nadie. Si alguien pudo haberla visto, cree una nueva.",
  showsTitle: "Qué muestra su calendario",
  showsNumbers:
    "El número de un caso o de una queja, y para qué es la fecha. Ningún nombre, ninguna placa, ninguna consulta.",
  showsNow:
    "Solo lo que usted puede abrir en ese momento. Un caso cerrado para usted no aparece, y sin su función no aparece nada.",
  showsLink: "Un enlace a la página. Para leer más, usted entra como siempre.",
  showsStill: "Ninguna fecha mientras un plazo está detenido. Vuelve cuando el plazo corre otra vez.",
  showsPage: "Los programas buscan cambios algunas veces al día. La fecha que vale es la de la página.",
  howTitle: "Cómo agregarla a su calendario",
  howGoogle:
    "Google Calendar, en una computadora: junto a «Otros calendarios», elija + y después «Desde URL». Pegue la dirección.",
  howPhone:
    "iPhone o iPad: en Calendario, elija Calendarios, Añadir calendario, Añadir calendario suscrito. Pegue la dirección.",
  howMac: "Calendario en una Mac: elija Archivo, Nueva suscripción a calendario. Pegue la dirección.",
  howOutlook: "Outlook: elija Agregar calendario, Suscribirse desde la web. Pegue la dirección.",
  howThunderbird: "Thunderbird: elija Nuevo calendario, En la red, iCalendar (ICS). Pegue la dirección.",
  howOthers:
    "Algunos calendarios los guarda otra empresa, que entonces puede leer estas fechas. Pregunte en su trabajo si eso está permitido.",
  feedName: "Fechas de WhoLooked",
  dayDue: "{{number}}: vence la respuesta",
  dayTarget: "{{number}}: nuestra meta para la respuesta",
  dayNotice: "{{number}}: último día para avisar de una prórroga",
  dayPromised: "{{number}}: registros prometidos",
  dayComplaint: "{{number}}: próxima fecha de la queja",
  dayFollowed: "{{number}}: próxima fecha",
  gone: "No hay ningún calendario en esta dirección.",
};
