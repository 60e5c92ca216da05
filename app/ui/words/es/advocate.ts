import type { advocate as english } from "../en/advocate.ts";
import type { AreaLike } from "../words.ts";

export const advocate: AreaLike<typeof english> = {
  title: "Quejas que usted sigue",
  oneTitle: "Una queja que usted sigue",
  lead: "Quejas abiertas de personas que le pidieron que las siga. La más urgente está primero. Cuando alguien retira su permiso, la queja sale de esta lista de inmediato.",
  empty: "No hay quejas abiertas que seguir",
  emptyText:
    "Una queja aparece aquí cuando una persona le permite seguirla, y sale cuando termina o cuando esa persona retira su permiso.",
  open_one: "{{count}} queja abierta",
  open_other: "{{count}} quejas abiertas",
  late_one: "{{count}} con la fecha vencida",
  late_other: "{{count}} con la fecha vencida",
  scopeTitle: "Lo que usted puede ver",
  scopeText:
    "El número, dónde está, su estado y sus fechas. No las consultas ni nada de lo que la persona escribió. Cada vez que usted abre una queja, la persona puede ver que lo hizo.",
  disputed: "Consultas en cuestión",
};
