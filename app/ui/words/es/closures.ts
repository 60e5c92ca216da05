import type { closures as english } from "../en/closures.ts";
import type { AreaLike } from "../words.ts";

export const closures: AreaLike<typeof english> = {
  title: "Días de cierre",
};
