import pino from "pino";

export type Logger = pino.Logger;

/**
 * JSON lines on stderr (stdout belongs to the commands' answers). Ids and codes only: nothing that
 * a person typed or a log row held is ever passed to it.
 */
export function openLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}
