import type { reach as english } from "../en/reach.ts";
import type { AreaLike } from "../words.ts";

export const reach: AreaLike<typeof english> = {
  title: "Cómo podemos avisarle",
  lead: "Elija lo que sea seguro para usted. Puede cambiarlo cuando quiera.",
  warn: "Al cambiarlo sale un último aviso de la manera que valía hasta ahora, para que nadie pueda cambiarlo sin que se note.",
  mail: "Por correo electrónico",
  mailHint: "Con un asunto como «Hay novedades para usted» y un enlace a este sitio. Ninguna agencia, ningún detalle.",
  neutral: "Por un correo que no dice nada",
  neutralHint:
    "«Un recordatorio», de un remitente que no dice nada de este sitio, sin enlace. Quien vea su correo no sabrá nada. Usted mira luego aquí.",
  post: "Solo por correo postal",
  postHint:
    "La agencia imprime y envía cada carta. Nada llega por correo electrónico. El sobre puede mostrar la dirección de la agencia.",
  counter: "Lo recojo en la ventanilla de la agencia",
  counterHint: "Las cartas se guardan ahí para usted. No se envía nada.",
  representative: "Por medio de alguien en quien confío",
  representativeHint:
    "A esa persona solo le escribimos que hay novedades para alguien que confía en ella: ni su nombre ni de qué se trata.",
  none: "De ninguna manera. Miraré aquí yo mismo",
  noneHint: "No se envía nada. Todo está en su página.",
  address: "Dirección postal",
  addressHint: "Solo para cartas por correo. Como debe estar en el sobre; sirve la de un refugio o de una amistad.",
  addressNeeded: "Escriba la dirección a la que van las cartas.",
  person: "Correo electrónico de la persona en quien confía",
  personHint: "Solo si hay que escribirle. Pregúntele antes.",
  representativeNeeded: "Escriba el correo electrónico de la persona a quien escribir.",
  signIn:
    "El código para entrar se envía cada vez que alguien lo pide, elija lo que elija aquí. Es igual para todos, de un remitente neutro.",
  save: "Guardar",
  saved: "Guardado. Desde ahora le avisamos de esta manera.",
  link: "Cómo le avisamos: cambiarlo",
  nextNeutral: "Cuando haya novedades recibirá un correo que solo dice «Un recordatorio». Entonces mire aquí.",
  nextPost: "La agencia envía cada carta por correo postal.",
  nextCounter: "La agencia guarda cada carta para usted en su ventanilla.",
  nextRepresentative: "Cuando haya novedades escribimos a la persona que usted indicó.",

  papersTitle: "Para imprimir y para guardar en ventanilla",
  papersLead:
    "Estos residentes no quieren correo electrónico. Imprima cada hoja; envíela por correo o guárdela en la ventanilla; luego diga que está hecho.",
  papersNone: "Nada que imprimir",
  papersNoneText: "Aquí aparecen las cartas para residentes que quieren papel.",
  paperCase: "Caso",
  paperWay: "Cómo",
  paperSince: "Desde",
  paperOpen: "Abrir e imprimir",
  paperPost: "Por correo postal",
  paperCounter: "En ventanilla",
  paperTitle: "Hoja del caso {{number}}",
  paperPrint: "Imprima esta página. Solo se imprime la carta.",
  paperNoAddress: "Ya no hay dirección postal: la persona eligió otra manera. No la envíe.",
  paperEnvelope: "Use si puede un sobre sin el nombre de la unidad.",
  paperDonePost: "Está en el correo",
  paperDoneCounter: "Se entregó",
  paperDone: "Ya está hecho",
  navPapers: "Para imprimir",

  actChanged: "Cambió cómo se le avisa",
  actPaperRead: "Abrió una carta para imprimirla",
  actPaperPosted: "Le envió una carta por correo",
  actPaperHanded: "Entregó una carta en la ventanilla",
};
