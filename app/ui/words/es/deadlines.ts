import type { deadlines as english } from "../en/deadlines.ts";
import type { AreaLike } from "../words.ts";

export const deadlines: AreaLike<typeof english> = {
  title: "Calcular un plazo",
};
