import type { home as english } from "../en/home.ts";
import type { AreaLike } from "../words.ts";

export const home: AreaLike<typeof english> = {
  documentTitle: "WhoLooked: pregunte quién consultó sus datos",
  title: "¿Quién consultó mis datos y por qué?",
  lead: "La policía y las agencias del estado guardan un registro de cada búsqueda que alguien hace en sus bases de datos. Usted puede pedir las búsquedas sobre usted. Es gratis.",
  start: "Preguntar quién consultó mis datos",
  resume: "Ya pregunté antes",
  startHint: "Toma unos 15 minutos. Puede parar y seguir más tarde.",
  getTitle: "Lo que usted recibe",
  getLead: "Una lista de las búsquedas que se hicieron sobre usted, en palabras sencillas. Este es un ejemplo.",
  exampleCaption: "Ejemplo de una respuesta. Las personas y las consultas son inventadas.",
  exampleWhen: "Cuándo",
  exampleWho: "Quién",
  exampleWhere: "Dónde buscó",
  exampleWhy: "Motivo que dio",
  exampleGround: "Nombre no entregado, con la ley que lo permite",
  exampleAgency: "Sheriff del Condado Demo",
  exampleUser: "Agente R. Castellane",
  examplePlates: "Cámaras de placas",
  exampleReasonOne: "Parada de tránsito",
  exampleReasonTwo: "Investigación",
  exampleCoverage: "Qué días cubre de verdad el registro",
  getWho: "Quién buscó: la agencia y, cuando la ley lo permite, la persona.",
  getWhy: "Cuándo, en qué sistema y el motivo que dio.",
  getGaps: "Qué no se entrega y según qué ley. Qué días no cubren los registros.",
  stepsTitle: "Cómo funciona",
  stepAsk: "Usted pregunta",
  stepAskText:
    "Díganos quién es, con qué dato pueden buscarle, por ejemplo una placa, y a qué agencias quiere preguntar.",
  stepProve: "Usted demuestra que es usted",
  stepProveText: "Así nadie más puede preguntar por usted. Tener su correo o saber su fecha de nacimiento no alcanza.",
  stepAnswer: "Cada agencia responde",
  stepAnswerText: "Usted ve la fecha en que la ley exige una respuesta y cómo se calculó.",
  stepAct: "Usted lee la respuesta y puede objetar",
  stepActText:
    "Si una búsqueda le parece indebida, con un toque empieza una queja. Le mostramos cómo avanza hasta que se cierre.",
  safeTitle: "Si le tiene miedo a alguien",
  safeText:
    "Usted elige cómo podemos avisarle, o que no le avisemos. El botón «Salir de este sitio ahora» le saca de aquí al instante.",
  safeHistory:
    "Es posible que su navegador recuerde esta visita. Si alguien puede ver su teléfono, use una ventana privada u otro aparato.",
};
