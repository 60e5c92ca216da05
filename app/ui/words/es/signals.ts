import type { en } from "../en/index.ts";
import type { AreaLike } from "../words.ts";

export const signals: AreaLike<typeof en.signals> = {
  title: "Señales",
  lead: "Aquello por lo que quizá convenga preguntar en una consulta. Una señal es una regla fija. No acusa a nadie, no decide nada y dice qué puede ser normal.",
  effect:
    "Una señal activada aparece junto a las líneas en el escritorio y en las respuestas que se hagan desde ahora: en la página de la persona y en el documento. Se halla en lo que la persona puede ver, nunca en lo reservado. Las respuestas ya enviadas quedan como están.",
  agency: "Agencia",
  isOn: "Activada",
  isOff: "Desactivada",
  isOutdated: "Desactivada: la regla cambió desde que se activó",
  clerkReads: "Su personal lee",
  residentReads: "La persona lee",
  source: "De dónde viene",
  rule: "Regla",
  ruleVersion: "{{id}}, versión {{version}}",
  look: "Ver cuántas líneas la llevarían",
  switchOff: "Desactivar",
  previewTitle: "Qué la llevaría",
  previewFound_one: "De {{lines}} consultas en {{cases}} casos abiertos, {{count}} la llevaría.",
  previewFound_other: "De {{lines}} consultas en {{cases}} casos abiertos, {{count}} la llevarían.",
  previewNone: "No hay ningún caso abierto con consultas que contar.",
  previewLeftOut_one: "No se miró {{count}} caso abierto, porque usted no puede abrirlo o aún no ha dicho que puede.",
  previewLeftOut_other:
    "No se miraron {{count}} casos abiertos, porque usted no puede abrirlos o aún no ha dicho que puede.",
  previewRead:
    "Las consultas se abrieron para contarlas. Cada persona puede verlo en la lista de quién abrió su expediente.",
  confirm: "Activar",
  back: "Dejarla desactivada",
  doneOn: "La señal está activada.",
  doneOff: "La señal está desactivada.",
  lineLabel: "Quizá convenga preguntar:",
  whyShown: "Qué significa esto",
  answerLead: "Esto no dice nada sobre si la consulta fue correcta.",
  actCounted: "Contó lo que unas reglas fijas señalan en las consultas",
  refusedChanged: "La regla cambió desde que usted la miró. Así es ahora: mírela de nuevo y decida.",
  refusedUnknown: "Elija una de las señales de esta página.",
};
