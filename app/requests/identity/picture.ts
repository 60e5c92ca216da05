/** What is left of a picture that somebody handed in. */
export interface Picture {
  /** In pixels, as its header says. */
  readonly width: number;
  readonly height: number;
  /** Where its top lies, by Exif's numbers 1 to 8. */
  readonly turned: number;
  readonly bytes: Buffer;
}

/** The bytes are not what they say they are. Its message never repeats anything of them. */
export class Broken extends Error {
  constructor(what: string) {
    super(what);
    this.name = "Broken";
  }
}

/** A phone's largest pictures have 200 million; a page that can be read has 9. */
export const MOST_PIXELS = 60_000_000;
const MOST_ACROSS = 20_000;

/** Whether a picture is small enough to be decoded by the one who looks at it. Asked of its header alone. */
export function fitsTheEye({ width, height }: Pick<Picture, "width" | "height">): boolean {
  return width <= MOST_ACROSS && height <= MOST_ACROSS && width * height <= MOST_PIXELS;
}
