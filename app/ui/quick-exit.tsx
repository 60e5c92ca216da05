import { type MouseEvent, useEffect } from "react";
import { useWords } from "./words/use-words.tsx";

/** Where the quick exit leads; the server answers with a neutral site and clears what it kept in the browser. */
export const LEAVE_PATH = "/leave";

/** So often, and so quickly one after the other, that nobody leaves by mistake. */
const PRESSES = 3;
const WITHIN_MS = 1_500;

/**
 * Gone at once: a plain link, and with scripts this page also leaves the history. With scripts Escape, three times,
 * does the same for whoever cannot reach the mouse in time.
 */
export function QuickExit() {
  const { t } = useWords();
  useEffect(() => {
    let presses: number[] = [];
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") presses = [];
      else if (!event.repeat) presses = [...presses, event.timeStamp].slice(-PRESSES);
      const [first = 0] = presses;
      if (presses.length === PRESSES && event.timeStamp - first <= WITHIN_MS) goAway();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <aside className="wl-exit" aria-label={t("common.leaveLabel")}>
      <a className="wl-exit__link" href={LEAVE_PATH} rel="noreferrer" onClick={leave}>
        {t("common.leave")}
      </a>
    </aside>
  );
}

function leave(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault();
  goAway();
}

function goAway() {
  // The network may be slow; the screen must not wait for it.
  document.body.hidden = true;
  window.location.replace(LEAVE_PATH);
}
