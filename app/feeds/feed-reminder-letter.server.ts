import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sayDay } from "#app/law/local-date.ts";
import { fillHoles, readPhrases } from "#app/platform/mail/holes.ts";
import type { LetterParams, Locale } from "#app/platform/mail/templates.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { LocalDate } from "#app/platform/time/local-date.ts";
import { findContact } from "#app/registry/promise.server.ts";
import type { Feed } from "./feed.server.ts";
import type { Reminder, ReminderGap } from "./feed-reminder.ts";

/** Whom to write to, and what stands in the letter: systems, days and numbers, nobody's data. */
export async function writeReminder(
  portal: Portal,
  { agency, custody }: Pick<Feed, "agency" | "custody">,
  reminder: Reminder,
): Promise<{ to: string; locale: Locale; params: LetterParams }> {
  const contact = await findContact(portal, custody);
  const locale = contact?.locale ?? "en";
  const { url, templatesFolder } = portal.config;
  const phrases = readPhrases(await readFile(join(templatesFolder, locale, "feeds", "reminder-lines.txt"), "utf8"));
  const say = (name: string, params: Readonly<Record<string, string | number>>) =>
    phrase(phrases, name, params, locale);
  const gaps = [...reminder.gaps.map((gap) => sayGap(gap, reminder, locale, say)), ...sayPurge(reminder, locale, say)];
  return {
    to: contact?.email ?? agency.email,
    locale,
    params: {
      agency: agency.name,
      system: custody.system.name,
      gaps: gaps.map((line) => `- ${line}`).join("\n"),
      link: `${url}/desk/feeds/log/${agency.slug}/${custody.system.slug}`,
    },
  };
}

type Say = (name: string, params: Readonly<Record<string, string | number>>) => string;

function phrase(
  phrases: ReadonlyMap<string, string>,
  name: string,
  params: Readonly<Record<string, string | number>>,
  locale: Locale,
): string {
  const text = phrases.get(name);
  if (text === undefined) throw new Error(`reminder-lines.txt (${locale}) lacks ${name}`);
  const said = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
  return fillHoles(text, Object.keys(said), said, `${name} (${locale})`);
}

function sayGap(gap: ReminderGap, { dueOn }: Reminder, locale: Locale, say: Say): string {
  const day = (on: LocalDate) => sayDay(on, locale);
  if (gap.kind === "overdue") return say("overdue", { from: day(gap.period.from), due: day(dueOn) });
  const said = gap.numbers === null ? [] : [sayNumbers(gap.numbers, say)];
  if (gap.kind === "number") return said.join("");
  const { from, to } = gap.period;
  const days = from === to ? say("gap-day", { from: day(from) }) : say("gap", { from: day(from), to: day(to) });
  return [days, ...said].join(" ");
}

function sayNumbers({ first, last }: { first: number; last: number }, say: Say): string {
  return first === last ? say("number", { first }) : say("numbers", { first, last });
}

function sayPurge({ purge }: Reminder, locale: Locale, say: Say): string[] {
  if (purge === null) return [];
  return [say("purge", { day: sayDay(purge.day, locale), on: sayDay(purge.purgedOn, locale) })];
}
