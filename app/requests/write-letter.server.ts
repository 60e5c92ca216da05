import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sayDay } from "#app/law/local-date.ts";
import { fillHoles, partsOf, readPhrases } from "#app/platform/mail/holes.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import { localDate } from "#app/platform/time/local-date.ts";
import type { CaseFile } from "./case-file.server.ts";
import {
  dropEmpty,
  type Filling,
  LETTER_TEMPLATES,
  type LetterTemplate,
  type LetterText,
  PHRASES,
  type Voice,
} from "./letter.ts";

/** What a letter needs of its case. */
export type Addressed = Pick<CaseFile, "number" | "agency" | "residentName" | "receivedOn" | "locale">;

type HoleOf<T extends LetterTemplate> = (typeof LETTER_TEMPLATES)[T]["holes"];
type Head = "agency" | "unit" | "address" | "email" | "today" | "name" | "number" | "received";

/** What a letter says, but for its head. */
export type Said<T extends LetterTemplate> = Omit<Filling<HoleOf<T>>, Head>;

/** A letter in the resident's language, as it would be sent now. Days in `said` are words already. */
export async function writeCaseLetter<T extends LetterTemplate>(
  portal: Pick<Portal, "config" | "time">,
  file: Addressed,
  template: T,
  said: Said<T>,
): Promise<LetterText> {
  const { agency, locale } = file;
  const filling: Readonly<Record<string, string>> = {
    ...said,
    agency: agency.name,
    unit: agency.unit,
    address: agency.address.join("\n"),
    email: agency.email,
    today: sayDay(localDate(portal.time.now(), agency.zone), locale),
    name: file.residentName,
    number: file.number,
    received: sayDay(file.receivedOn, locale),
  };
  const { subject, body } = partsOf(await readTemplate(portal, file, template));
  const fill = (text: string) => fillHoles(text, LETTER_TEMPLATES[template].holes, filling, `${template} (${locale})`);
  return { subject: fill(subject), text: fill(dropEmpty(body, filling)).trimEnd() };
}

/** A sheet on paper that is no letter of a case: nothing of it is kept. @param filling every hole that it may have */
export async function writeOwnPaper(
  portal: Pick<Portal, "config">,
  locale: CaseFile["locale"],
  name: "code-letter" | "declaration",
  filling: Readonly<Record<string, string>>,
): Promise<{ readonly title: string; readonly text: string }> {
  const { subject, body } = partsOf(await readTemplate(portal, { locale }, name, "papers"));
  const fill = (text: string) => fillHoles(text, Object.keys(filling), filling, `${name} (${locale})`);
  return { title: fill(subject), text: fill(body).trimEnd() };
}

/** How a case's resident is spoken to. */
export async function voiceOf(portal: Pick<Portal, "config">, file: Pick<CaseFile, "locale">): Promise<Voice> {
  const { locale } = file;
  const phrases = readPhrases(await readTemplate(portal, file, "phrases"));
  return {
    locale,
    day: (on) => sayDay(on, locale),
    phrase: (name, filling) => {
      const text = phrases.get(name);
      if (text === undefined) throw new Error(`phrases.txt (${locale}) lacks ${name}`);
      return fillHoles(text, PHRASES[name], filling, `phrase ${name} (${locale})`);
    },
  };
}

function readTemplate(
  portal: Pick<Portal, "config">,
  { locale }: Pick<CaseFile, "locale">,
  name: string,
  folder: "letters" | "papers" = "letters",
) {
  return readFile(join(portal.config.templatesFolder, locale, folder, `${name}.txt`), "utf8");
}
