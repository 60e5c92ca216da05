/**
 * What may be written down of an error. Its message may not: PostgreSQL repeats key values in one,
 * Prisma the arguments of the call, JSON.parse the text, and a multi-line one could pass for a stack.
 */
export interface Fault {
  /** The error's class, such as PrismaClientKnownRequestError. */
  readonly fault: string;
  /** ECONNREFUSED, 23505, P2002: what an operator can look up. */
  readonly code: string | null;
  /** Where in the code it happened. */
  readonly frames: readonly string[];
}

const WORD = /^[A-Za-z][\w.-]{0,59}$/;
const CODE = /^[A-Z0-9_]{2,60}$/;
/** "at name (file:///x.ts:1:2)", "at node:net:1:2": ends with a line and a column. */
const FRAME = /^\s+at [^\n]{1,300}:\d+:\d+\)?$/;
const FRAMES = 12;

export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { fault: typeof error, code: null, frames: [] };
  return { fault: WORD.test(error.name) ? error.name : "Error", code: codeOf(error), frames: framesOf(error) };
}

/** One line: "PrismaClientKnownRequestError P2002". */
export function faultLine(error: unknown): string {
  const { fault, code } = faultOf(error);
  return code === null ? fault : `${fault} ${code}`;
}

/** Of the error, or of what caused it: a driver's code is often one level down. */
function codeOf(error: Error, depth = 0): string | null {
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && CODE.test(code)) return code;
  return error.cause instanceof Error && depth < 3 ? codeOf(error.cause, depth + 1) : null;
}

function framesOf(error: Error): string[] {
  const stack = error.stack ?? "";
  const message = stack.indexOf(error.message);
  const after = message < 0 ? "" : stack.slice(message + error.message.length);
  return after
    .split("\n")
    .filter((line) => FRAME.test(line))
    .slice(0, FRAMES)
    .map((line) => line.trim());
}
