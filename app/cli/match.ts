/** `wholooked match evaluate`: how well names are matched on records of which it is known whose they are. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { evaluate, type Quality } from "#app/histories/matching/evaluate.ts";
import { readPeople } from "#app/histories/matching/read-people.ts";
import { type Command, WrongUsage } from "./command.ts";

/** `match evaluate --events FILE --people FILE`. Needs no database. */
export const matchEvaluate: Command = async (args, context) => {
  const { values } = parseArgs({
    args,
    options: { events: { type: "string" }, people: { type: "string" }, json: { type: "boolean" } },
  });
  const events = await readFileOf("--events", values.events);
  const people = await readFileOf("--people", values.people);
  context.say(`${events.length} events, ${people.length} people.`);
  const result = evaluate(events, people);
  return {
    ok: true,
    json: result,
    lines: [
      `Proposed: ${inWords(result.proposing)}.`,
      `Proposed or asked: ${inWords(result.asking)}.`,
      `${result.candidatesPerPerson.toFixed(2)} candidates for each person.`,
    ],
  };
};

async function readFileOf(option: string, path: string | undefined) {
  if (path === undefined) throw new WrongUsage("match evaluate needs two CSV files: --events FILE --people FILE.");
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new WrongUsage(`${option}: there is no such file; give the path of a CSV file.`);
  return readPeople(createReadStream(path));
}

function inWords({ precision, recall, f1 }: Quality): string {
  return `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`;
}
