import { Form } from "@remix-run/react";
import { Alert } from "#app/ui/alert.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { formatInstant } from "#app/ui/format.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { WordKey } from "#app/ui/words/words.ts";
import type { DeskData } from "./load-desk.server.ts";

/** Who else is at this case, so that two do not do the same work. */
export function OthersHere({ others, zone }: { others: DeskData["others"]; zone: string }) {
  const { t, locale } = useWords();
  if (others.length === 0) return null;
  return (
    <Alert kind="info">
      {others.map(({ name, since }) => (
        <span key={`${name} ${since}`}>
          {t("workspace.alsoHere", { name, time: formatInstant(since, zone, locale) })}{" "}
        </span>
      ))}
    </Alert>
  );
}

const OUTCOMES: Readonly<Record<string, WordKey>> = {
  accepted: "workspace.didAccept",
  rejected: "workspace.didReject",
  disclose: "workspace.didDisclose",
  withhold: "workspace.didWithhold",
  defer: "workspace.didDefer",
  redact: "workspace.didRedact",
};

/** What the reader did last, and a button that takes it back. */
export function LastAct({ desk }: { desk: DeskData }) {
  const { t, say, locale } = useWords();
  const { lastAct } = desk;
  if (!desk.mayDecide || lastAct === null) return null;
  const key = OUTCOMES[lastAct.outcome] ?? "workspace.didDecide";
  return (
    <Form method="post" className="wl-last-act" data-undo>
      <input type="hidden" name="act" value={lastAct.no} />
      <span>
        {say({ key, params: { count: lastAct.lines } })} ({formatInstant(lastAct.at, desk.zone, locale)})
      </span>{" "}
      <SubmitButton name="intent" value="undo" look="quiet">
        {t("workspace.undo")}
      </SubmitButton>
    </Form>
  );
}
