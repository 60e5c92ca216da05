/**
 * `wholooked deadline`: the dates of a rule, for one case or for a file of them.
 *
 *   --rule ID --on DATE [--event KIND:DATE ...] [--closed DATE ...] [--calendar ID] [--json]
 *   --list [--json]
 *   --batch FILE      JSON lines {"rule","on","events":[{"kind","on"}],"closed":[DATE],"calendar"}, one result a line
 *   --law CHANGE:DATE[:MM-DD]   with each: a pending change of the law, as if in force from that day
 *
 * For a rule that counts hours, DATE of --on and --event may be a time of day, "2026-12-23T16:30".
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Clock } from "#app/law/clock.ts";
import type { ClockEvent } from "#app/law/event.ts";
import { EVENT_KINDS, eventSchema } from "#app/law/event.ts";
import { LAW, type Law, type LawSwitch, lawWith } from "#app/law/law.ts";
import { getDay } from "#app/law/local-date.ts";
import { LawRefused } from "#app/law/refusal.ts";
import { listLaw, listLawInWords } from "./deadline-list.ts";

/** Where the command writes. `out` may return a promise: it is awaited, so that a slow reader is not overrun. */
export interface DeadlineOutput {
  out(text: string): void | Promise<void>;
  err(text: string): void;
}

const USAGE =
  "Give --rule ID and --on YYYY-MM-DD (and --event KIND:DATE as often as needed), or --list, or --batch FILE.";

const OPTIONS = {
  rule: { type: "string" },
  on: { type: "string" },
  event: { type: "string", multiple: true },
  closed: { type: "string", multiple: true },
  calendar: { type: "string" },
  law: { type: "string", multiple: true },
  batch: { type: "string" },
  list: { type: "boolean" },
  json: { type: "boolean" },
} as const;

// What else a line holds is its writer's own and is left alone.
const question = z.object({
  rule: z.string({ error: "“rule” must be the id of a rule." }),
  on: z.string({ error: "“on” must be a day as YYYY-MM-DD." }),
  events: z.array(eventSchema, { error: '“events” must be a list of {"kind", "on"}.' }).nullish(),
  closed: z.array(z.string(), { error: "“closed” must be a list of days as YYYY-MM-DD." }).nullish(),
  calendar: z.string({ error: "“calendar” must be the id of a calendar." }).nullish(),
});
type Question = z.infer<typeof question>;

/** What one question prints. */
export type DeadlineResult = Pick<Clock, "rule" | "cite" | "nominal" | "due" | "latest" | "noticeDue" | "steps">;

/** Why a question or a command line was not understood; `message` says what is accepted. */
class NotUnderstood extends Error {}

/**
 * Runs the command.
 * @returns the exit code: 0 done, 1 the law or the input refuses, 2 the command line is not understood.
 *   A batch ends with 0 when every line was read, also when some of the results are errors.
 */
export async function runDeadline(args: readonly string[], output: DeadlineOutput): Promise<number> {
  let options: Options;
  try {
    options = readArguments(args);
  } catch (error) {
    output.err(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    return 2;
  }
  const { rule, on, list, batch } = options;
  if (!list && batch === undefined && (rule === undefined || on === undefined)) {
    output.err(`${USAGE}\n`);
    return 2;
  }
  const law = answer(() => readLaw(options.law ?? []));
  if ("error" in law) return printError(law, options, output);
  if (list) return printList(law, options, output);
  if (batch !== undefined) return printBatch(law, batch, output);
  return printOne(law, { ...options, rule: rule ?? "", on: on ?? "" }, output);
}

type Options = ReturnType<typeof readArguments>;

function readArguments(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values;
}

/** @throws {LawRefused} on a change that does not exist, its day, or what it has to be told. */
function readLaw(texts: readonly string[]): Law {
  return texts.length === 0 ? LAW : lawWith(texts.map(readSwitch));
}

/** "ca.ab-1821:2027-01-01", "ca.ab-2294:2027-01-01:04-15". */
function readSwitch(text: string): LawSwitch {
  const [change = "", from = "", detail = null] = text.split(":");
  return { change, from, detail };
}

async function printOne(law: Law, options: Options & Asked, output: DeadlineOutput): Promise<number> {
  const { rule, on, closed = [], calendar } = options;
  const events = (options.event ?? []).map(readEventArgument);
  const result = answer(() => resultOf(law, { rule, on, events, closed, calendar }));
  if ("error" in result) return printError(result, options, output);
  await output.out(options.json ? `${JSON.stringify(result)}\n` : inWords(result));
  return 0;
}

interface Asked {
  readonly rule: string;
  readonly on: string;
}

async function printError(refused: { error: string }, { json }: Options, output: DeadlineOutput): Promise<number> {
  if (json) await output.out(`${JSON.stringify(refused)}\n`);
  else output.err(`${refused.error}\n`);
  return 1;
}

/** "extended:2026-03-31". What is wrong with either half is said by the law itself. */
function readEventArgument(text: string): { kind: string; on: string } {
  const colon = text.indexOf(":");
  return colon === -1 ? { kind: text, on: "" } : { kind: text.slice(0, colon), on: text.slice(colon + 1) };
}

/** @throws {LawRefused} with a sentence for whatever cannot be. */
function resultOf(law: Law, asked: Question): DeadlineResult {
  // Kinds are still unchecked text here: `compute` refuses what it does not know.
  const events = [{ kind: "received", on: asked.on }, ...(asked.events ?? [])] as ClockEvent[];
  const office = { closures: (asked.closed ?? []).map(getDay), calendar: asked.calendar ?? undefined };
  const { rule, cite, nominal, due, latest, noticeDue, steps } = law.compute(asked.rule, events, office);
  return { rule, cite, nominal, due, latest, noticeDue, steps };
}

function answer<Result>(work: () => Result): Result | { error: string } {
  try {
    return work();
  } catch (error) {
    if (error instanceof LawRefused || error instanceof NotUnderstood) return { error: error.message };
    throw error;
  }
}

function inWords(result: DeadlineResult): string {
  const lines = [
    `${result.rule}  (${result.cite})`,
    `due      ${result.due}`,
    `latest   ${result.latest}`,
    ...(result.noticeDue === null ? [] : [`notice   ${result.noticeDue}`]),
    ...result.steps.map((step) => `  - ${step.sentence} [${step.cite}]`),
  ];
  return `${lines.join("\n")}\n`;
}

async function printList(law: Law, { json }: Options, output: DeadlineOutput): Promise<number> {
  await output.out(json ? `${JSON.stringify(listLaw(law))}\n` : listLawInWords(law));
  return 0;
}

/** Lines answered before they are written together. */
const LINES_AT_ONCE = 512;

async function printBatch(law: Law, file: string, output: DeadlineOutput): Promise<number> {
  const input = createReadStream(file, { encoding: "utf8" });
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await output.out(`${waiting.join("\n")}\n`);
    waiting = [];
  };
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      waiting.push(JSON.stringify(answer(() => resultOf(law, readLine(line)))));
      if (waiting.length >= LINES_AT_ONCE) await flush();
    }
  } catch (error) {
    if (!isReadFailure(error)) throw error;
    output.err(`The file ${file} cannot be read: ${error.message}\n`);
    return 1;
  }
  await flush();
  return 0;
}

/** Did the file itself fail, and not the place that the results go to? */
function isReadFailure(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && (error.syscall === "open" || error.syscall === "read");
}

/** @throws {NotUnderstood} with a sentence that says what a line must be. */
function readLine(line: string): Question {
  let value: unknown;
  try {
    // A file saved by a spreadsheet or an editor may begin with a byte-order mark.
    value = JSON.parse(line.replace(/^\uFEFF/, ""));
  } catch {
    throw new NotUnderstood('The line is not JSON; give {"rule", "on", "events": [{"kind", "on"}]}.');
  }
  const read = question.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  if (issue?.path[0] === "events" && issue.path.length > 1) {
    throw new NotUnderstood(
      `An event needs a “kind” (${EVENT_KINDS.join(", ")}) and a day “on” as YYYY-MM-DD; “length” is a number, “ground” a text.`,
    );
  }
  throw new NotUnderstood(
    issue && issue.path.length > 0 ? issue.message : 'The line must be an object {"rule", "on"}.',
  );
}
