import type { ReactNode } from "react";
import type { History } from "#app/histories/history.ts";

/** Words that were released in the answer's own language, inside a page in the reader's. */
export function ReleasedText(props: { history: Pick<History, "locale">; children: ReactNode }) {
  return <span lang={props.history.locale}>{props.children}</span>;
}
