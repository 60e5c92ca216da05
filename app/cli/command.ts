import type { Portal } from "#app/platform/portal.server.ts";
import type { Time } from "#app/platform/time/time.ts";

/** What a command may use. `say` writes to stderr; what is returned is the answer on stdout. */
export interface CommandContext {
  /** Opens (and migrates) the installation at the first call: commands that need no database never do. */
  portal(): Promise<Portal>;
  readonly time: Time;
  say(line: string): void;
  /** Rewrites one line for a person who watches; null where nobody does. */
  readonly progress: ((line: string) => void) | null;
}

/** The answer as one object, and as lines for a reader. `ok: false` ends with exit code 1. */
export interface Answer {
  readonly ok: boolean;
  readonly json: unknown;
  readonly lines: readonly string[];
}

export type Command = (args: string[], context: CommandContext) => Promise<Answer>;

/** The command line is not one that the command takes; the message says what it takes. */
export class WrongUsage extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WrongUsage";
  }
}
