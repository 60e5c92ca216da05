/**
 * Looks over one row of CSV after the other: where its cells are, and whether it is so plain that its bytes can be
 * taken as they are. What a row is, and a cell, is as in csv-reader.ts.
 */

const LF = 10;
const CR = 13;
const QUOTE = 34;
const BACKSLASH = 92;

// What a byte is: part of a plain cell, the end of a cell or a row, a quote, or something that takes a closer look.
const PLAIN = 0;
const DELIMITER = 1;
const LINE_END = 2;
const QUOTES = 3;
const RETURN = 4;
const ODD = 5;

function classesFor(delimiter: number): Uint8Array {
  const classes = new Uint8Array(256).fill(ODD);
  classes.fill(PLAIN, 32, 127);
  // It would need an escape in the payload.
  classes[BACKSLASH] = ODD;
  classes[CR] = RETURN;
  classes[LF] = LINE_END;
  classes[QUOTE] = QUOTES;
  classes[delimiter] = DELIMITER;
  return classes;
}

/** Made for rows of so many cells. */
export class RowScanner {
  /** Start and end of each cell of the row, quotes excluded. */
  readonly bounds: Int32Array;
  /**
   * Whether the row has the right number of cells, and no cell a character but printable ASCII, a backslash, a quote,
   * or a blank at an edge.
   */
  isPlain = false;
  readonly #classes: Uint8Array;

  constructor(cells: number, delimiter: number) {
    this.bounds = new Int32Array(2 * cells);
    this.#classes = classesFor(delimiter);
  }

  /** @returns The offset of the line end that ends the row, or -1 when the bytes end first. */
  scan(bytes: Uint8Array, start: number): number {
    const classes = this.#classes;
    const bounds = this.bounds;
    const { length } = bytes;
    const most = bounds.length;
    let isPlain = true;
    let count = 0;
    let i = start;
    let end = -1;
    while (i < length) {
      // Here a cell begins.
      let from = i;
      let to = -1;
      let kind = classes[bytes[i] as number] as number;
      if (kind === QUOTES) {
        from = i + 1;
        let open = true;
        i += 1;
        for (; i < length; i++) {
          kind = classes[bytes[i] as number] as number;
          if (open) {
            if (kind === QUOTES) {
              open = false;
              to = i;
            } else if (kind > DELIMITER) isPlain = false;
          } else if (kind === QUOTES) {
            open = true;
            isPlain = false;
          } else if (kind === DELIMITER || kind === LINE_END) break;
          else if (kind !== RETURN || bytes[i + 1] !== LF) isPlain = false;
        }
        if (i >= length) return -1;
      } else {
        while (kind !== DELIMITER && kind !== LINE_END) {
          if (kind !== PLAIN && (kind !== RETURN || bytes[i + 1] !== LF)) isPlain = false;
          i += 1;
          if (i >= length) return -1;
          kind = classes[bytes[i] as number] as number;
        }
        to = kind === LINE_END && i > from && bytes[i - 1] === CR ? i - 1 : i;
      }
      if (count < most) {
        bounds[count] = from;
        bounds[count + 1] = to;
      }
      count += 2;
      if (to > from && ((bytes[from] as number) <= 32 || (bytes[to - 1] as number) <= 32)) isPlain = false;
      i += 1;
      if (kind === LINE_END) {
        end = i - 1;
        break;
      }
      // A row that ends with a delimiter has one more cell, which is empty; the loop sees it unless the bytes end.
    }
    this.isPlain = isPlain && count === most;
    return end;
  }
}
