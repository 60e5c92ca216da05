import type { LoaderFunctionArgs } from "@remix-run/node";
import { NotFound, TooOften } from "#app/platform/failure.ts";
import type { CalendarKind } from "#app/statistics/calendar-date.ts";
import { writeCalendar } from "#app/statistics/calendar-file.ts";
import { exportCalendar } from "#app/statistics/export-calendar.server.ts";
import { LOCALES } from "#app/ui/locale.ts";
import { getWords, type Message, type WordKey } from "#app/ui/words/words.ts";

const DAY_WORDS = {
  due: "calendar.dayDue",
  target: "calendar.dayTarget",
  notice: "calendar.dayNotice",
  promised: "calendar.dayPromised",
  complaint: "calendar.dayComplaint",
  followed: "calendar.dayFollowed",
} as const satisfies Readonly<Record<CalendarKind, WordKey>>;

/**
 * What a calendar program reads, which cannot sign in: the secret in the address stands for its owner. Nobody's
 * cache keeps it (the server says no-store to all but built files), no log line holds a path, and the file's own
 * name is not the secret: a downloads folder tells nothing.
 */
export async function loader({ params, context }: LoaderFunctionArgs): Promise<Response> {
  const { portal } = context;
  try {
    const { locale, dates } = await exportCalendar(portal, params["secret"] ?? "");
    const { t } = getWords(locale);
    const file = writeCalendar(dates, portal.config.url, {
      name: t("calendar.feedName"),
      summaryOf: ({ kind, number }) => t(DAY_WORDS[kind], { number }),
    });
    return new Response(file, {
      headers: {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": 'attachment; filename="wholooked.ics"',
      },
    });
  } catch (error) {
    // Wrong, revoked, disabled: one answer, so that a guess learns nothing of an address that once was.
    if (error instanceof NotFound) return plainly(404, { key: "calendar.gone" });
    if (!(error instanceof TooOften)) throw error;
    const { seconds } = error;
    const sentence = { key: "refused.calendar.tooOften", params: { seconds } } as const;
    return plainly(429, sentence, { "Retry-After": String(seconds) });
  }
}

/** In every language: whoever asks has no page on which one was chosen. */
function plainly(status: number, sentence: Message, headers: Record<string, string> = {}): Response {
  const lines = LOCALES.map((locale) => `${getWords(locale).say(sentence)}\n`);
  return new Response(lines.join(""), { status, headers: { "Content-Type": "text/plain; charset=utf-8", ...headers } });
}
