/** The only place that reads the machine's clock. Everything else is handed a `Time` or a `now`. */
export interface Time {
  now(): Date;
}

export const systemTime: Time = { now: () => new Date() };
