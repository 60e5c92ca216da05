import type { figures as english } from "../en/figures.ts";
import type { AreaLike } from "../words.ts";

export const figures: AreaLike<typeof english> = {
  title: "Cómo cumplimos los plazos",
};
