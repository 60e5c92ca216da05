import type { privacy as english } from "../en/privacy.ts";
import type { AreaLike } from "../words.ts";

export const privacy: AreaLike<typeof english> = {
  title: "Qué guardamos y cómo lo protegemos",
  lead: "Un sitio que dice quién miró no debe volverse una manera de mirar. Por eso guardamos poco y lo cerramos bien.",
  keepTitle: "Qué guardamos",
  keepAsk:
    "Lo que escribe al preguntar: su nombre, fecha de nacimiento, placas y datos parecidos, y cómo podemos avisarle.",
  keepLogs:
    "Los registros de búsquedas que nos entregan las agencias, que pueden mencionarle. Contienen las búsquedas, nunca los expedientes encontrados.",
  keepTrail:
    "Un registro de cada persona que abre su solicitud, con la hora y el motivo. Usted puede leerlo. No se puede cambiar sin que se note.",
  protectTitle: "Cómo lo protegemos",
  protectSealed:
    "Los nombres, placas, números de licencia y fechas de nacimiento están cifrados, cada solicitud con su propia clave. Una copia robada de la base de datos no muestra ninguno.",
  protectTwo:
    "Dos personas de la agencia deben revisar una respuesta antes de que salga, y quien la preparó no puede aprobarla.",
  protectMail: "Nuestros correos solo dicen que hay algo listo. Ninguna agencia, ningún nombre, ningún resultado.",
  protectProof:
    "Una agencia responde solo después de comprobar quién es usted y que cada placa o licencia es suya. Un nombre y una fecha de nacimiento no alcanzan.",
  notTitle: "Lo que no hacemos",
  notTrack: "No hay rastreadores ni publicidad, y nada se carga de otras empresas.",
  notSell: "Nada se vende y nada se usa para otra cosa que su solicitud.",
  notNews: "Nadie puede saber por este sitio si otra persona preguntó o si aparece en un registro.",
  cookiesTitle: "Cookies",
  cookiesText:
    "Una cookie mantiene su sesión abierta y otra recuerda su idioma. Si usa un segundo factor, una más recuerda durante 90 días que lo ha mostrado en este navegador. Todas se quedan en este sitio. «Salir de este sitio ahora» las borra.",
  deleteTitle: "Cuánto tiempo lo guardamos",
  deleteText:
    "Nada se borra solo. Pregunte a la agencia que lleva este sitio. Cada solicitud está cifrada con su propia clave: cuando se destruye esa clave, ya nadie puede leer la solicitud, tampoco nosotros.",
};
