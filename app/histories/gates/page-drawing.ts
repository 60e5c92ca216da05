/**
 * Reads what a page's content stream does, so that nothing is drawn which a reader cannot see: no text
 * in an invisible mode, in the paper's colour, off the paper, too small, or beneath a box.
 *
 * Only the operators that the renderer needs are allowed. Pictures, forms and transparency are none of them.
 */
import { Keyword, Name, Reader, type Value } from "./pdf-objects.ts";

export type DrawingFault = "hidden-text" | "operator";

export interface PageDrawing {
  faults: { gate: DrawingFault; detail: string }[];
  /** Strings that are not shown as text: in the properties of marked content. */
  strings: Buffer[];
  names: string[];
  comments: string[];
}

const PLAIN = new Set(["W", "n", "S", "m", "l", "RG", "w", "BT", "ET", "EMC", "Ts"]);
/** Of full white. Paler text than this cannot be read on paper; a paler box lets text be read. */
const PALE_TEXT = 0.62;
const LIGHT_BOX = 0.7;
/** Points. */
const SMALLEST = 5;

type Matrix = readonly [number, number, number, number, number, number];

interface Box {
  left: number;
  right: number;
  low: number;
  high: number;
}

interface State {
  matrix: Matrix;
  /** Lightness of the fill, 0 black to 1 white. */
  fill: number;
}

export function readPageDrawing(content: Buffer, page: { width: number; height: number }): PageDrawing {
  return new PageReader(page).read(content);
}

class PageReader {
  private readonly drawing: PageDrawing = { faults: [], strings: [], names: [], comments: [] };
  private readonly page: { width: number; height: number };
  private readonly saved: State[] = [];
  private state: State = { matrix: [1, 0, 0, 1, 0, 0], fill: 0 };
  private readonly texts: { x: number; y: number }[] = [];
  private readonly boxes: (Box & { fill: number })[] = [];
  private path: Box[] = [];
  private place: { x: number; y: number } = { x: 0, y: 0 };
  private size = 0;

  constructor(page: { width: number; height: number }) {
    this.page = page;
  }

  read(content: Buffer): PageDrawing {
    const reader = new Reader(content);
    let operands: Value[] = [];
    for (let value = reader.next(); value !== null; value = reader.next()) {
      if (!(value instanceof Keyword)) operands.push(value);
      else {
        this.operator(value.word, operands);
        operands = [];
      }
    }
    this.keep(operands);
    this.drawing.comments.push(...reader.comments);
    return this.drawing;
  }

  private operator(word: string, operands: readonly Value[]): void {
    if (word !== "TJ") this.keep(operands);
    const numbers = operands.filter((operand) => typeof operand === "number");
    switch (word) {
      case "q":
        this.saved.push(this.state);
        return;
      case "Q":
        this.state = this.saved.pop() ?? this.state;
        return;
      case "cm":
        this.state = { ...this.state, matrix: times(matrixOf(numbers), this.state.matrix) };
        return;
      case "rg":
        this.state = { ...this.state, fill: lightness(numbers) };
        return;
      case "re":
        this.path.push(this.boxOf(numbers));
        return;
      case "f":
        this.fillPath();
        return;
      case "Tm":
        this.place = this.at(numbers[4] ?? 0, numbers[5] ?? 0);
        if (numbers.slice(0, 4).join(" ") !== "1 0 0 1")
          this.fault("hidden-text", "text is scaled, turned or mirrored");
        return;
      case "Tf":
        this.size = numbers[0] ?? 0;
        return;
      case "TJ":
        this.showText();
        return;
      case "Tr":
        this.fault("hidden-text", "text is drawn in another mode than filled");
        return;
      case "BDC":
        return;
      default:
        if (!PLAIN.has(word)) this.fault("operator", "a page draws with an operator that a release does not use");
        if (word === "n" || word === "S") this.path = [];
    }
  }

  private keep(operands: readonly Value[]): void {
    for (const operand of operands) keepStrings(operand, this.drawing);
  }

  private fault(gate: DrawingFault, detail: string): void {
    this.drawing.faults.push({ gate, detail });
  }

  private at(x: number, y: number): { x: number; y: number } {
    const [a, b, c, d, e, f] = this.state.matrix;
    return { x: a * x + c * y + e, y: b * x + d * y + f };
  }

  private boxOf(numbers: readonly number[]): Box {
    const [x = 0, y = 0, width = 0, height = 0] = numbers;
    const [one, other] = [this.at(x, y), this.at(x + width, y + height)];
    return {
      left: Math.min(one.x, other.x),
      right: Math.max(one.x, other.x),
      low: Math.min(one.y, other.y),
      high: Math.max(one.y, other.y),
    };
  }

  private fillPath(): void {
    for (const box of this.path) {
      if (this.texts.some((text) => within(text, box))) this.fault("hidden-text", "a box is painted over text");
      this.boxes.push({ ...box, fill: this.state.fill });
    }
    this.path = [];
  }

  private showText(): void {
    const { place, page } = this;
    if (this.state.fill > PALE_TEXT) this.fault("hidden-text", "text is as pale as the paper");
    if (this.size < SMALLEST) this.fault("hidden-text", "text is too small to read");
    if (place.x < 0 || place.y < 0 || place.x > page.width || place.y > page.height)
      this.fault("hidden-text", "text stands off the paper");
    const under = this.boxes.findLast((box) => within(place, box));
    if (under !== undefined && under.fill < LIGHT_BOX) this.fault("hidden-text", "dark text stands on a dark box");
    this.texts.push(place);
  }
}

function within(point: { x: number; y: number }, box: Box): boolean {
  return point.x >= box.left && point.x <= box.right && point.y >= box.low && point.y <= box.high;
}

function matrixOf(numbers: readonly number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers;
  return [a, b, c, d, e, f];
}

function times(inner: Matrix, outer: Matrix): Matrix {
  const [a, b, c, d, e, f] = inner;
  const [g, h, i, j, k, l] = outer;
  return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l];
}

function lightness([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The strings and names inside a value, however deep. */
export function keepStrings(value: Value, into: { strings: Buffer[]; names: string[] }): void {
  if (Buffer.isBuffer(value)) into.strings.push(value);
  else if (value instanceof Name) into.names.push(value.name);
  else if (Array.isArray(value)) for (const one of value) keepStrings(one, into);
  else if (value instanceof Map) {
    for (const [key, one] of value) {
      into.names.push(key);
      keepStrings(one, into);
    }
  }
}
