/**
 * The three ways in which a use case says no. Each is an answer to a person, not a fault:
 * faults are ordinary Errors and end in the log.
 */

/** Nothing there, or not for you: the two must look alike from outside. */
export class NotFound extends Error {
  constructor(what = "thing") {
    super(`${what} not found`);
    this.name = "NotFound";
  }
}

/**
 * It cannot be done now. `code` names the sentence in the pages' words (`refused.<code>`), `message`
 * is the same sentence in English for the command line.
 */
export class Refused extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  constructor(code: string, message: string, params: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.name = "Refused";
    this.code = code;
    this.params = params;
  }
}

/** It was done too often of late: when enough time has gone by it can be done again. Answered with 429. */
export class TooOften extends Refused {
  /** After how many seconds it is worth trying again. */
  readonly seconds: number;
  constructor(seconds: number, code = "limit.tooOften") {
    const minutes = Math.max(1, Math.ceil(seconds / 60));
    super(code, `That was too often in a short time. Try again in ${minutes} min.`, { seconds, minutes });
    this.seconds = seconds;
  }
}
