import { useId } from "react";
import { daysBetween, formatPeriod } from "./format.ts";
import { useWords } from "./words/use-words.tsx";

interface Period {
  from: string;
  to: string;
}

/** Which part of the asked period the logs contain: a picture, and the same in words. "No entries" never stands without it. */
export function CoverageBar(props: {
  label: string;
  asked: Period;
  held: readonly Period[];
  missing: readonly Period[];
}) {
  const { t, locale } = useWords();
  const id = useId();
  const span = daysBetween(props.asked.from, props.asked.to) + 1;
  const bar = (period: Period) => ({
    x: (100 * daysBetween(props.asked.from, period.from)) / span,
    width: (100 * (daysBetween(period.from, period.to) + 1)) / span,
  });
  const words = (period: Period) => formatPeriod(period, locale, t("common.to"));
  return (
    <figure className="wl-coverage">
      <figcaption id={`${id}label`}>{props.label}</figcaption>
      <svg
        className="wl-coverage__bar"
        viewBox="0 0 100 10"
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <rect className="wl-coverage__asked" x="0" y="0" width="100" height="10" />
        {props.held.map((period) => (
          <rect key={period.from} className="wl-coverage__held" y="0" height="10" {...bar(period)} />
        ))}
        {props.missing.map((period) => (
          <rect key={period.from} className="wl-coverage__missing" y="4" height="2" {...bar(period)} />
        ))}
      </svg>
      <dl className="wl-coverage__words">
        <dt>
          <span className="wl-coverage__key wl-coverage__key--held" aria-hidden="true" /> {t("common.coverageHeld")}
        </dt>
        <dd>{props.held.length === 0 ? t("common.coverageNothing") : props.held.map(words).join("; ")}</dd>
        {props.missing.length === 0 ? null : (
          <>
            <dt>
              <span className="wl-coverage__key wl-coverage__key--missing" aria-hidden="true" />{" "}
              {t("common.coverageMissing")}
            </dt>
            <dd>{props.missing.map(words).join("; ")}</dd>
          </>
        )}
      </dl>
    </figure>
  );
}
