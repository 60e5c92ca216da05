import type { MouseEvent } from "react";
import { useWords } from "./words/use-words.tsx";

/** Where the quick exit leads; the server answers with a neutral site and clears what it kept in the browser. */
export const LEAVE_PATH = "/leave";

/** Gone at once: a plain link, and with scripts this page also leaves the history. */
export function QuickExit() {
  const { t } = useWords();
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
  // The network may be slow; the screen must not wait for it.
  document.body.hidden = true;
  window.location.replace(LEAVE_PATH);
}
