import type { clock as english } from "../en/clock.ts";
import type { AreaLike } from "../words.ts";

export const clock: AreaLike<typeof english> = {
  title: "El plazo",
};
