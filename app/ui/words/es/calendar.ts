import type { calendar as english } from "../en/calendar.ts";
import type { AreaLike } from "../words.ts";

export const calendar: AreaLike<typeof english> = {
  title: "Sus fechas en su propio calendario",
};
