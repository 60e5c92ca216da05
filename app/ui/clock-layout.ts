/**
 * Where the parts of a clock's picture stand: from days to places on a sheet, to the scale of the days.
 *
 * Labels never overlap, stand in the order of their days, and lie inside the sheet. Across, each label
 * hangs on a pole like a flag: an earlier flag flies higher than a later one that it would cover, so
 * that no pole cuts a label. Down, labels stand below each other, tied to their day by a line.
 */

/** A day to be marked; `at` counts days from any fixed one, with hours as fractions. */
export interface MarkToPlace {
  readonly id: string;
  readonly at: number;
  /** The label, line by line. */
  readonly lines: readonly string[];
}

/** A run of days to be drawn on the bar. */
export interface SpanToPlace {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedMark {
  readonly id: string;
  readonly dot: Point;
  /** The line from the dot to its label. */
  readonly leader: readonly Point[];
  readonly label: Box;
  readonly lines: readonly string[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly bar: Box;
  readonly spans: readonly (Box & { readonly id: string })[];
  /** In the order of their days. */
  readonly marks: readonly PlacedMark[];
}

/** One unit is a pixel at the picture's own size. */
export const FONT_SIZE = 13;
export const LINE_HEIGHT = 16;
/** Between a leader and its text. */
export const TEXT_INDENT = 5;
/** As wide as the widest letters of the pages' font in bold, on an average over any line. */
const LETTER_WIDTH = FONT_SIZE * 0.62;
const BAR = 14;
const DOT_ROOM = 10;
const GAP = 8;
const ACROSS_WIDTH = 560;
const DOWN_WIDTH = 300;
/** Down: where the labels begin. */
const DOWN_LABELS = 44;
/** Down: days get at least this much room, however few the labels. */
const DOWN_LEAST = 180;

/** A flat picture, for where there is room beside. */
export function layOutAcross(marks: readonly MarkToPlace[], spans: readonly SpanToPlace[]): Layout {
  const ordered = inOrder(marks);
  const scale = scaleOf(ordered, spans);
  const sizes = ordered.map(sizeOf);
  const length = lengthAcross(ordered, sizes, scale);
  const xs = ordered.map(({ at }) => DOT_ROOM + scale(at) * length);
  const lanes = lanesOf(xs, sizes);
  const laneHeight = Math.max(0, ...sizes.map(({ height }) => height)) + GAP;
  const top = Math.max(0, ...lanes.map((lane) => lane + 1)) * laneHeight + DOT_ROOM;
  const middle = top + BAR / 2;
  return {
    width: ACROSS_WIDTH,
    height: top + BAR + DOT_ROOM,
    bar: { x: DOT_ROOM, y: top, width: length, height: BAR },
    spans: spans.map(({ id, from, to }) => ({
      id,
      x: DOT_ROOM + scale(from) * length,
      y: top,
      width: (scale(to) - scale(from)) * length,
      height: BAR,
    })),
    marks: ordered.map(({ id, lines }, index) => {
      const x = xs[index] ?? 0;
      const size = sizes[index] ?? { width: 0, height: 0 };
      const y = top - DOT_ROOM - ((lanes[index] ?? 0) + 1) * laneHeight + GAP;
      const leader = [
        { x, y: middle },
        { x, y },
      ];
      return { id, dot: { x, y: middle }, leader, label: { x, y, ...size }, lines };
    }),
  };
}

/** A narrow picture that goes down the page. */
export function layOutDown(marks: readonly MarkToPlace[], spans: readonly SpanToPlace[]): Layout {
  const ordered = inOrder(marks);
  const scale = scaleOf(ordered, spans);
  const sizes = ordered.map(sizeOf);
  const needed = sizes.reduce((sum, { height }) => sum + height + GAP, GAP);
  const height = Math.max(DOWN_LEAST, needed);
  const length = height - 2 * DOT_ROOM;
  const x = DOT_ROOM;
  const middle = x + BAR / 2;
  const ys = ordered.map(({ at }) => DOT_ROOM + scale(at) * length);
  const tops = spread(ys, sizes, height);
  return {
    width: DOWN_WIDTH,
    height,
    bar: { x, y: DOT_ROOM, width: BAR, height: length },
    spans: spans.map(({ id, from, to }) => ({
      id,
      x,
      y: DOT_ROOM + scale(from) * length,
      width: BAR,
      height: (scale(to) - scale(from)) * length,
    })),
    marks: ordered.map(({ id, lines }, index) => {
      const y = ys[index] ?? 0;
      const size = sizes[index] ?? { width: 0, height: 0 };
      const label = { x: DOWN_LABELS, y: tops[index] ?? 0, ...size };
      const leader = [
        { x: middle, y },
        { x: DOWN_LABELS - GAP, y: label.y + label.height / 2 },
        { x: DOWN_LABELS, y: label.y + label.height / 2 },
      ];
      return { id, dot: { x: middle, y }, leader, label, lines };
    }),
  };
}

/** How many letters a line of a label may have, so that it fits the narrow picture. */
export const LETTERS_ON_A_LINE = Math.floor((DOWN_WIDTH - DOWN_LABELS - TEXT_INDENT) / LETTER_WIDTH);

function inOrder(marks: readonly MarkToPlace[]): MarkToPlace[] {
  return marks.toSorted((a, b) => a.at - b.at);
}

/** From a day to its share of the whole time: 0 to 1. One single day stands at the beginning. */
function scaleOf(marks: readonly MarkToPlace[], spans: readonly SpanToPlace[]): (at: number) => number {
  const all = [...marks.map(({ at }) => at), ...spans.flatMap(({ from, to }) => [from, to])];
  const first = Math.min(...all);
  const whole = Math.max(...all) - first;
  return (at) => (whole > 0 ? (at - first) / whole : 0);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeOf({ lines }: MarkToPlace): Size {
  const longest = Math.max(0, ...lines.map((line) => [...line].length));
  return { width: TEXT_INDENT + longest * LETTER_WIDTH, height: lines.length * LINE_HEIGHT };
}

/** As long a bar as leaves room for the label of each of its days. */
function lengthAcross(marks: readonly MarkToPlace[], sizes: readonly Size[], scale: (at: number) => number): number {
  const room = ACROSS_WIDTH - 2 * DOT_ROOM;
  const longest = marks.map(({ at }, index) => {
    const share = scale(at);
    const width = sizes[index]?.width ?? 0;
    return share === 0 ? room : (ACROSS_WIDTH - DOT_ROOM - width) / share;
  });
  return Math.min(room, ...longest);
}

/** From the last to the first: a flag flies above every later one whose pole it would reach. */
function lanesOf(xs: readonly number[], sizes: readonly Size[]): number[] {
  const lanes = xs.map(() => 0);
  for (let index = xs.length - 1; index >= 0; index -= 1) {
    const end = (xs[index] ?? 0) + (sizes[index]?.width ?? 0) + GAP;
    const reached = lanes.filter((_, later) => later > index && (xs[later] ?? 0) < end);
    lanes[index] = Math.max(-1, ...reached) + 1;
  }
  return lanes;
}

/** Each label as near to its day as the ones before it allow, and all of them inside. */
function spread(ys: readonly number[], sizes: readonly Size[], height: number): number[] {
  const tops: number[] = [];
  let free = GAP / 2;
  for (const [index, y] of ys.entries()) {
    const own = sizes[index]?.height ?? 0;
    const top = Math.max(y - own / 2, free);
    tops.push(top);
    free = top + own + GAP;
  }
  let end = height - GAP / 2;
  for (let index = tops.length - 1; index >= 0; index -= 1) {
    const own = sizes[index]?.height ?? 0;
    tops[index] = Math.min(tops[index] ?? 0, end - own);
    end = (tops[index] ?? 0) - GAP;
  }
  return tops;
}
