import type { ReactNode } from "react";

export type Tone = "neutral" | "info" | "good" | "warn" | "bad";

/** How something stands. The words say it; the tone only underlines. */
export function StatusTag(props: { tone: Tone; children: ReactNode }) {
  return <span className={`usa-tag wl-tag wl-tag--${props.tone}`}>{props.children}</span>;
}
