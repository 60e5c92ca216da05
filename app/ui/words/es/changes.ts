import type { changes as english } from "../en/changes.ts";
import type { AreaLike } from "../words.ts";

export const changes: AreaLike<typeof english> = {
  title: "Cambios de la ley",
};
