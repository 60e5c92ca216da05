import type { LoaderFunctionArgs } from "@remix-run/node";
import { viewClock } from "#app/law/clock-view.ts";
import { isEventKind } from "#app/law/event.ts";
import { CLOCK_ACTS } from "#app/requests/clock-act.ts";
import { HOURS } from "#app/requests/clock-form.ts";
import { type CaseClock, getCaseClock } from "#app/requests/get-case-clock.server.ts";
import { sayHour } from "#app/requests/letter.ts";
import type { Locale } from "#app/ui/locale.ts";
import { sentenceOf } from "../letters.refusal.server.ts";
import { answering, requireActor } from "../respond.server.ts";

/** The clock as the page gets it: the law's words in the reader's language, and nothing of it a Date. */
export async function loadClock(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { portal, locale } = args.context;
  const clock = await answering(() => getCaseClock(portal, actor, args.params["caseId"] ?? ""));
  const asked = new URL(args.request.url).searchParams;
  return {
    caseId: clock.caseId,
    number: clock.number,
    agencyName: clock.agencyName,
    zone: clock.zone,
    today: clock.today,
    view: viewOf(clock, locale),
    promised: clock.promised,
    happened: clock.steps.map((step) => happenedOf(step, clock, locale)),
    acts: clock.acts.map(({ act, whyNot }) => ({ act, whyNot: whyNot && sentenceOf(whyNot, locale) })),
    /** Whose form is shown. */
    chosen: CLOCK_ACTS.find((act) => act === asked.get("act")) ?? null,
    done: asked.has("done"),
    ...lawOf(clock, locale),
    openSince: clock.openSince,
    letters: clock.letters.map((letter) => ({ ...letter, at: letter.at.toISOString() })),
  };
}

export type ClockData = Awaited<ReturnType<typeof loadClock>>;

/** The deadline card as the agency's people see it everywhere. */
function viewOf({ clock, rule, today, target, missed }: CaseClock, locale: Locale) {
  return viewClock(clock, rule, { today, locale, missed, target: target < clock.due ? target : null });
}

function happenedOf({ event, dueBefore, due }: CaseClock["steps"][number], clock: CaseClock, locale: Locale) {
  const ground = [...clock.grounds, ...clock.pauseGrounds].find((one) => one.id === event.ground);
  return {
    id: event.id,
    kind: isEventKind(event.kind) ? event.kind : ("received" as const),
    on: event.on,
    length: event.length,
    ground: ground ? ground.words[locale] : event.ground,
    dueBefore,
    due,
  };
}

/** What the forms need of the law. */
function lawOf({ rule, clock, grounds, pauseGrounds, citations }: CaseClock, locale: Locale) {
  const { extension, fee } = rule;
  const said = (list: typeof grounds) => list.map(({ id, words }) => ({ value: id, label: words[locale] }));
  return {
    extension: extension && {
      maximum: extension.max.length,
      unit: extension.max.unit,
      who: extension.who[locale],
      says: extension.noticeMustSay[locale],
      cite: extension.cite,
      noticeDue: clock.noticeDue ?? clock.due,
    },
    grounds: said(grounds),
    pauseGrounds: said(pauseGrounds),
    pauseCite: rule.stops.ground.cite,
    exemptions: citations.map(({ id, cite, words, covers }) => ({
      value: id,
      label: cite,
      hint: words[locale],
      whole: covers.includes("line"),
    })),
    hours: HOURS.map((hour) => ({ value: hour, label: sayHour(hour, locale) })),
    fee: fee && `${fee.words[locale]} (${fee.cite})`,
  };
}
