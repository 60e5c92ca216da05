import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { getCaseClock } from "#app/requests/get-case-clock.server.ts";
import { sentenceOf } from "../letters.refusal.server.ts";
import { answering, requireActor } from "../respond.server.ts";

/** As many as a list of cases shows at once. */
const MOST = 50;

/** The cases that an address names: `?case=ID&case=ID`, each once. */
export function casesAsked(address: string): string[] {
  return [...new Set(new URL(address).searchParams.getAll("case"))].slice(0, MOST);
}

/** The cases with what the law says of more time in each. One that is not there for the reader: no page at all. */
export async function loadCases(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const asked = casesAsked(args.request.url);
  // Nothing ticked: the list, for whoever has one.
  if (asked.length === 0) throw redirect("/desk");
  const cases = [];
  for (const caseId of asked) {
    const one = await answering(() => getCaseClock(portal, actor, caseId));
    const { rule, clock } = one;
    const why = one.acts.find(({ act }) => act === "extend")?.whyNot ?? null;
    cases.push({
      caseId,
      number: one.number,
      agencyName: one.agencyName,
      due: clock.due,
      whyNot: why && sentenceOf(why, locale),
      grounds: one.grounds.map(({ id, words }) => ({ value: id, label: words[locale] })),
      extension: rule.extension && {
        maximum: rule.extension.max.length,
        unit: rule.extension.max.unit,
        who: rule.extension.who[locale],
        says: rule.extension.noticeMustSay[locale],
        cite: rule.extension.cite,
        noticeDue: clock.noticeDue ?? clock.due,
      },
    });
  }
  return { cases, done: Number(new URL(args.request.url).searchParams.get("done")) || 0 };
}

export type Loaded = Awaited<ReturnType<typeof loadCases>>;
export type LoadedCase = Loaded["cases"][number];
