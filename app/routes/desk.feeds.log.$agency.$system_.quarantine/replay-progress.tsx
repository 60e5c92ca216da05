import { Link, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { Alert } from "#app/ui/alert.tsx";
import { formatInstant, formatNumber } from "#app/ui/format.ts";
import { useWords } from "#app/ui/words/use-words.tsx";
import type { QuarantineData } from "./load-quarantine.server.ts";

const AGAIN_MS = 2_000;

/** How far the rows are that a job reads again, and what became of them. */
export function ReplayProgress(props: { quarantine: QuarantineData }) {
  const { replay, path, zone } = props.quarantine;
  const { t, locale } = useWords();
  const { revalidate } = useRevalidator();
  const isGoingOn = replay !== null && replay.finishedAt === null;
  useEffect(() => {
    if (!isGoingOn) return;
    const timer = setInterval(revalidate, AGAIN_MS);
    return () => clearInterval(timer);
  }, [isGoingOn, revalidate]);
  if (replay === null) return null;
  const number = (value: number) => formatNumber(value, locale);
  const became = t("feedsQuarantine.replayedText", {
    stored: number(replay.stored),
    duplicates: number(replay.duplicates),
    waiting: number(replay.waiting),
  });
  if (replay.finishedAt !== null) {
    return (
      <Alert kind={replay.waiting > 0 ? "info" : "success"} title={t("feedsQuarantine.replayed")} live>
        {t("feedsQuarantine.replayDone", {
          done: number(replay.done),
          rows: number(replay.rows),
          at: formatInstant(replay.finishedAt, zone, locale),
        })}{" "}
        {became}
      </Alert>
    );
  }
  return (
    <Alert kind="info" title={t("feedsQuarantine.replaying")} live>
      <p>{t("feedsQuarantine.replayingRows", { done: number(replay.done), rows: number(replay.rows) })}</p>
      <progress
        className="wl-progress"
        max={replay.rows}
        value={Math.min(replay.done, replay.rows)}
        aria-label={t("feedsQuarantine.replaying")}
      />
      <p>{became}</p>
      <Link className="usa-link" to={`${path}/quarantine`}>
        {t("feedsQuarantine.replayLook")}
      </Link>
    </Alert>
  );
}
