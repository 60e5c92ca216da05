import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import type { Jurisdiction } from "#app/law/rule.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import { getLaw } from "#app/registry/law-in-force.server.ts";
import { getWords } from "#app/ui/words/words.ts";
import { fieldsFor, listExamples, listLaws, ZONES } from "./laws.ts";
import { addressOf, MOST_CLOSED, MOST_EVENTS, type Question, readQuestion, typedOf } from "./question.ts";
import { workOut } from "./work-out.ts";

/** Open to everyone, and pure arithmetic: the address holds the whole question, and nothing of it is kept. */
export async function loadDeadlines({ request, context }: LoaderFunctionArgs) {
  const { portal, locale } = context;
  const read = readQuestion(new URL(request.url).searchParams);
  const { question } = read;
  // What was cut stands in the form with a sentence; its plain address would hide that.
  if (read.fromForm && !read.cut && !read.tooMany) throw redirect(`${addressOf(question)}${newRowOf(question)}`);
  const law = await getLaw(portal);
  const now = portal.time.now();
  const todayIn = (jurisdiction: Jurisdiction) => localDate(now, ZONES[jurisdiction]);
  const { issues, result } = workOut(read, { law, words: getWords(locale), todayIn });
  const rule = question.rule === "" ? null : law.findRule(question.rule, question.on);
  const { events, closed, add } = question;
  return {
    typed: typedOf(question),
    rows: {
      events: Math.min(MOST_EVENTS, events.length + (add === "event" ? 1 : 0)),
      closed: Math.min(MOST_CLOSED, closed.length + (add === "closed" ? 1 : 0)),
    },
    issues,
    result,
    laws: listLaws(law, locale),
    fields: fieldsFor(rule, law.calendars, locale),
    examples: result ? [] : listExamples(law, locale, todayIn),
  };
}

export type DeadlinesData = Awaited<ReturnType<typeof loadDeadlines>>;

/** Leads to the row that was asked for, which stands below everything that was typed before. */
function newRowOf({ add, events, closed }: Question): string {
  if (add === "event") return `#field-event${events.length}`;
  return add === "closed" ? `#field-closed${closed.length}` : "";
}
