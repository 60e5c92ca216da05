import { useId } from "react";
import { useWords } from "./words/use-words.tsx";

/** How far something has come: so many of so many. */
export function ProgressBar(props: { label: string; done: number; total: number }) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className="wl-progress">
      <label htmlFor={id}>{props.label}</label>
      <progress id={id} value={props.done} max={Math.max(1, props.total)} />
      <span>{t("common.doneOf", { done: props.done, total: props.total })}</span>
    </div>
  );
}
