/**
 * `wholooked deadline`: the dates of a rule, for one case or for a file of them.
 *
 *   --rule ID --on DATE [--event KIND:DATE ...] [--closed DATE ...] [--json]
 *   --list [--json]
 *   --batch FILE      JSON lines {"rule","on","events":[{"kind","on"}],"closed":[DATE]}, one result a line
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Clock } from "#app/law/clock.ts";
import { compute } from "#app/law/clock.ts";
import type { ClockEvent } from "#app/law/event.ts";
import { EVENT_KINDS, eventSchema } from "#app/law/event.ts";
import { getDay } from "#app/law/local-date.ts";
import { LawRefused } from "#app/law/refusal.ts";
import { getRule, listRules } from "#app/law/law.ts";

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
  batch: { type: "string" },
  list: { type: "boolean" },
  json: { type: "boolean" },
} as const;

const question = z.object({
  rule: z.string({ error: "“rule” must be the id of a rule." }),
  on: z.string({ error: "“on” must be a day as YYYY-MM-DD." }),
  events: z.array(eventSchema, { error: '“events” must be a list of {"kind", "on"}.' }).default([]),
  closed: z.array(z.string(), { error: "“closed” must be a list of days as YYYY-MM-DD." }).default([]),
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
  let options: ReturnType<typeof readArguments>;
  try {
    options = readArguments(args);
  } catch (error) {
    output.err(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    return 2;
  }
  if (options.list) return printList(options.json === true, output);
  if (options.batch !== undefined) return printBatch(options.batch, output);
  if (options.rule === undefined || options.on === undefined) {
    output.err(`${USAGE}\n`);
    return 2;
  }
  return printOne(options.rule, options.on, options, output);
}

function readArguments(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values;
}

interface Extras {
  readonly event?: string[] | undefined;
  readonly closed?: string[] | undefined;
  readonly json?: boolean | undefined;
}

async function printOne(rule: string, on: string, extras: Extras, output: DeadlineOutput): Promise<number> {
  const events = (extras.event ?? []).map(readEventArgument);
  const result = answer(() => resultOf({ rule, on, events, closed: extras.closed ?? [] }));
  if ("error" in result) {
    if (extras.json) await output.out(`${JSON.stringify(result)}\n`);
    else output.err(`${result.error}\n`);
    return 1;
  }
  await output.out(extras.json ? `${JSON.stringify(result)}\n` : inWords(result));
  return 0;
}

/** "extended:2026-03-31". What is wrong with either half is said by the law itself. */
function readEventArgument(text: string): { kind: string; on: string } {
  const colon = text.indexOf(":");
  return colon === -1 ? { kind: text, on: "" } : { kind: text.slice(0, colon), on: text.slice(colon + 1) };
}

/** @throws {LawRefused} with a sentence for whatever cannot be. */
function resultOf(asked: Question): DeadlineResult {
  const found = getRule(asked.rule);
  // Kinds are still unchecked text here: `compute` refuses what it does not know.
  const events = [{ kind: "received", on: asked.on }, ...asked.events] as ClockEvent[];
  const clock = compute(found, events, { closures: asked.closed.map(getDay) });
  const { rule, cite, nominal, due, latest, noticeDue, steps } = clock;
  return { rule, cite, nominal, due, latest, noticeDue, steps };
}

function answer(work: () => DeadlineResult): DeadlineResult | { error: string } {
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

async function printList(json: boolean, output: DeadlineOutput): Promise<number> {
  const rules = listRules();
  const text = json
    ? JSON.stringify(
        rules.map(({ id, title, cite, evidence, period, trigger }) => ({
          id,
          title: title.en,
          cite,
          evidence,
          period,
          trigger: trigger.en,
        })),
      )
    : rules.map((rule) => `${rule.id.padEnd(28)} ${rule.cite.padEnd(26)} ${rule.title.en}`).join("\n");
  await output.out(`${text}\n`);
  return 0;
}

/** Lines answered before they are written together. */
const LINES_AT_ONCE = 512;

async function printBatch(file: string, output: DeadlineOutput): Promise<number> {
  const input = createReadStream(file, { encoding: "utf8" });
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await output.out(`${waiting.join("\n")}\n`);
    waiting = [];
  };
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      waiting.push(JSON.stringify(answer(() => resultOf(readLine(line)))));
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
    value = JSON.parse(line);
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
