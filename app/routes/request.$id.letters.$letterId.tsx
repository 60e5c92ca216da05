import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { getLetterForResident } from "#app/requests/letters.server.ts";
import { formatInstant } from "#app/ui/format.ts";
import { LetterPaper } from "#app/ui/letter/letter-paper.tsx";
import { LETTER_WORDS } from "#app/ui/letter/letter-words.ts";
import { Page } from "#app/ui/page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import { answering, requireActor } from "./respond.server.ts";

export const meta = pageTitle({ key: "letters.oneTitle" });

export async function loader(args: LoaderFunctionArgs) {
  const actor = requireActor(args);
  const { id = "", letterId = "" } = args.params;
  const asked = { requestId: id, letterId };
  const letter = await answering(() => getLetterForResident(args.context.portal, actor, asked));
  return { ...letter, requestId: id, at: letter.at.toISOString() };
}

/** One letter to the resident, as it was sent; it prints without the page around it. */
export default function LetterPage() {
  const { t, locale } = useWords();
  const letter = useLoaderData<typeof loader>();
  return (
    <Page
      title={t(LETTER_WORDS[letter.kind])}
      kicker={letter.agencyName}
      lead={t("letters.sentOn", { date: formatInstant(letter.at, letter.zone, locale) })}
      back={{ to: `/request/${letter.requestId}`, label: t("letters.backToRequest") }}
    >
      <LetterPaper subject={letter.subject} text={letter.text} locale={letter.locale} />
    </Page>
  );
}
