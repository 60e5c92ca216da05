/** How the document looks: one calm face, one accent, sizes in points, US Letter. */
import type { TextStyle } from "./blocks.ts";
import type { Face } from "./face.ts";

export const PAGE = { width: 612, height: 792, left: 50, right: 562, top: 62, bottom: 732 } as const;
export const BODY_WIDTH = PAGE.right - PAGE.left;

export const INK = "0.106 0.106 0.106";
export const MUTED = "0.337 0.361 0.396";
export const ACCENT = "0.102 0.267 0.502";
/** Fills and rules; never used for text. */
export const HAIRLINE = "0.776 0.792 0.808";
export const TINT = "0.945 0.957 0.969";
export const MARK_FILL = "0.902 0.902 0.886";
export const NOTICE_FILL = "0.996 0.953 0.820";

export const FACES: Readonly<Record<TextStyle, Face>> = {
  title: { weight: "strong", size: 29, leading: 36, colour: ACCENT },
  h2: { weight: "strong", size: 15, leading: 20, colour: ACCENT },
  h3: { weight: "strong", size: 10.5, leading: 15, colour: INK },
  lead: { weight: "regular", size: 13, leading: 19, colour: INK },
  body: { weight: "regular", size: 10, leading: 15, colour: INK },
  small: { weight: "regular", size: 8.5, leading: 12, colour: MUTED },
  strong: { weight: "strong", size: 10, leading: 15, colour: INK },
  cell: { weight: "regular", size: 8, leading: 10.6, colour: INK },
  sentence: { weight: "regular", size: 9, leading: 12.6, colour: INK },
  number: { weight: "strong", size: 8.5, leading: 11.5, colour: ACCENT },
  quiet: { weight: "slanted", size: 7.6, leading: 10.6, colour: MUTED },
  value: { weight: "strong", size: 10, leading: 14, colour: INK },
  label: { weight: "regular", size: 8, leading: 11, colour: MUTED },
};

export const COLUMN_HEAD: Face = { weight: "strong", size: 7.6, leading: 10, colour: ACCENT };
export const TILE_VALUE: Face = { weight: "strong", size: 22, leading: 27, colour: ACCENT };
export const AGENCY: Face = { weight: "strong", size: 12, leading: 17, colour: INK };
export const AXIS: Face = { weight: "regular", size: 7.2, leading: 10, colour: MUTED };
export const FOOT: Face = { weight: "regular", size: 8, leading: 10, colour: MUTED };
export const DEMO: Face = { weight: "strong", size: 8, leading: 10, colour: INK };

/** The mark of a withheld value: always this box, whatever stood there and whichever ground withheld it. */
export const MARK = {
  width: 54,
  height: 10.5,
  leading: 13.5,
  above: 1.5,
  face: { weight: "strong", size: 6.2, leading: 10.5, colour: INK } satisfies Face,
} as const;
