import { useId } from "react";
import type { Mark } from "#app/law/clock-marks.ts";
import type { ClockView } from "#app/law/clock-view.ts";
import {
  type Box,
  FONT_SIZE,
  type Layout,
  LINE_HEIGHT,
  layOutAcross,
  layOutDown,
  type MarkToPlace,
  type PlacedMark,
  type SpanToPlace,
  TEXT_INDENT,
} from "./clock-layout.ts";
import { isShown, type ShownMark, shortTitle } from "./clock-words.ts";
import { daysBetween, formatMoment } from "./format.ts";
import { useWords } from "./words/use-words.tsx";
import type { Words } from "./words/words.ts";

/**
 * A clock to look at, to the scale of its days: flat where there is room, else down the page. Screen readers
 * pass it by: whoever shows it shows the same days as a list.
 */
export function ClockPicture({ view }: { view: ClockView }) {
  const words = useWords();
  const marks = shownMarks(view);
  const places = marks.map((mark) => placeOf(mark, words));
  const spans = spansOf(view, marks);
  const states = new Map(marks.map((mark) => [idOf(mark), mark]));
  return (
    <div className="wl-clock" aria-hidden="true">
      <Sheet layout={layOutAcross(places, spans)} marks={states} className="wl-clock__across" />
      <Sheet layout={layOutDown(places, spans)} marks={states} className="wl-clock__down" />
      <Key spans={spans} />
    </div>
  );
}

function idOf({ kind, on, stop }: Mark): string {
  return `${kind} ${on} ${stop ?? ""}`;
}

function placeOf(mark: ShownMark, words: Words): MarkToPlace {
  return {
    id: idOf(mark),
    at: atOf(mark.on),
    lines: [formatMoment(mark.on, words.locale, "short"), shortTitle(mark, words)],
  };
}

/** Days since one fixed day, hours as fractions. */
function atOf(moment: string): number {
  const [day = "", time = "00:00"] = moment.split("T");
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return daysBetween("2000-01-01", day) + (hours * 60 + minutes) / (24 * 60);
}

/**
 * The days that the picture shows. Today is left out when it lies so far behind the rest that the rest could not
 * be seen beside it.
 */
export function shownMarks({ marks }: Pick<ClockView, "marks">): readonly ShownMark[] {
  const shown = marks.filter(isShown);
  const others = shown.filter(({ kind }) => kind !== "today").map(({ on }) => atOf(on));
  const last = Math.max(...others);
  const whole = last - Math.min(...others);
  return shown.filter(({ kind, on }) => kind !== "today" || atOf(on) <= last + Math.max(whole, 7));
}

const SPANS = ["time", "late", "unsure", "still"] as const;
type SpanKind = (typeof SPANS)[number];

/** The runs of days on the bar, what lies on top last; an id is a kind and a number. */
export function spansOf(view: ClockView, marks: readonly Mark[]): SpanToPlace[] {
  const ends = marks.map(({ on }) => atOf(on));
  const [first, last] = [Math.min(...ends), Math.max(...ends)];
  // What lasts until a day that is too far away to be shown runs on beyond the last that is.
  const farthest = last + (last - first) / 5;
  const now = Math.min(atOf(view.today), farthest);
  const due = atOf(view.due);
  const span = (kind: SpanKind, number: number, from: number, to: number) => ({ id: `${kind} ${number}`, from, to });
  const spans = [
    span("time", 0, first, due),
    ...(view.overdue ? [span("late", 0, due, view.answeredOn === null ? now : atOf(view.answeredOn))] : []),
    span("unsure", 0, due, atOf(view.latest)),
    ...view.stretches.map(({ from, to }, index) => span("still", index, atOf(from), to === null ? now : atOf(to))),
  ];
  return spans.filter(({ from, to }) => to > from);
}

function kindOf(span: { readonly id: string }): SpanKind {
  return SPANS.find((kind) => span.id.startsWith(kind)) ?? "time";
}

function Sheet(props: { layout: Layout; marks: ReadonlyMap<string, Mark>; className: string }) {
  const { layout, marks } = props;
  const hatch = `${useId()}hatch`;
  return (
    <svg
      className={props.className}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      width={layout.width}
      height={layout.height}
      fontSize={FONT_SIZE}
      aria-hidden="true"
      focusable="false"
    >
      <Hatching id={hatch} />
      <rect className="wl-clock__bar" {...layout.bar} />
      {layout.spans.map(({ id, ...box }) => (
        <SpanOnSheet key={id} kind={kindOf({ id })} box={box} hatch={hatch} />
      ))}
      {layout.marks.map((placed) => (
        <MarkOnSheet key={placed.id} placed={placed} mark={marks.get(placed.id)} />
      ))}
    </svg>
  );
}

function MarkOnSheet({ placed, mark }: { placed: PlacedMark; mark: Mark | undefined }) {
  const { dot, leader, label, lines } = placed;
  const state = mark?.state ?? "done";
  return (
    <g className={`wl-clock__mark wl-clock__mark--${mark?.kind === "today" ? "today" : state}`}>
      <polyline className="wl-clock__leader" points={leader.map(({ x, y }) => `${x},${y}`).join(" ")} />
      {state === "late" ? (
        <path className="wl-clock__dot" d={`M${dot.x} ${dot.y - 8}l8 8l-8 8l-8 -8Z`} />
      ) : (
        <circle className="wl-clock__dot" cx={dot.x} cy={dot.y} r={6} />
      )}
      <text className="wl-clock__label">
        {lines.map((line, index) => (
          <tspan
            key={line}
            className={index === 0 ? "wl-clock__date" : undefined}
            x={label.x + TEXT_INDENT}
            y={label.y + LINE_HEIGHT * (index + 0.75)}
          >
            {line}
          </tspan>
        ))}
      </text>
    </g>
  );
}

/** A pattern of its own for each sheet: one that is not displayed has none to lend. */
function Hatching({ id }: { id: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect className="wl-clock__gap" width="6" height="6" />
      <rect className="wl-clock__stripe" width="3" height="6" />
    </pattern>
  );
}

function SpanOnSheet({ kind, box, hatch }: { kind: SpanKind; box: Box; hatch: string }) {
  return <rect className={`wl-clock__${kind}`} {...box} {...(kind === "still" ? { fill: `url(#${hatch})` } : {})} />;
}

const KEYS = {
  still: "clock.pictureStill",
  unsure: "clock.pictureUnsure",
  late: "clock.pictureLate",
} as const;

/** What the patterns on the bar mean, for those that are on it. */
function Key({ spans }: { spans: readonly SpanToPlace[] }) {
  const { t } = useWords();
  const hatch = `${useId()}key`;
  const kinds = (["still", "unsure", "late"] as const).filter((kind) => spans.some((span) => kindOf(span) === kind));
  return (
    <p className="wl-clock__key">
      {kinds.map((kind) => (
        <span key={kind}>
          <svg viewBox="0 0 28 14" width="28" height="14" aria-hidden="true" focusable="false">
            {kind === "still" ? <Hatching id={hatch} /> : null}
            <SpanOnSheet kind={kind} box={{ x: 1, y: 1, width: 26, height: 12 }} hatch={hatch} />
          </svg>
          {t(KEYS[kind])}
        </span>
      ))}
    </p>
  );
}
