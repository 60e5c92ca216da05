import { useWords } from "./words/use-words.tsx";

/** Where one stands in a journey of several pages. `current` counts from 1. */
export function StepIndicator(props: { steps: readonly string[]; current: number; label: string }) {
  const { t } = useWords();
  const at = props.steps[props.current - 1] ?? "";
  return (
    <section className="usa-step-indicator usa-step-indicator--no-labels" aria-label={props.label}>
      <ol className="usa-step-indicator__segments" aria-hidden="true">
        {props.steps.map((step, index) => (
          <li key={step} className={`usa-step-indicator__segment${stateClass(index + 1, props.current)}`} />
        ))}
      </ol>
      <p className="wl-step">
        <span className="wl-step__count">
          {t("common.stepOf", { current: props.current, total: props.steps.length })}
        </span>{" "}
        {at}
      </p>
    </section>
  );
}

function stateClass(step: number, current: number): string {
  if (step < current) return " usa-step-indicator__segment--complete";
  return step === current ? " usa-step-indicator__segment--current" : "";
}
