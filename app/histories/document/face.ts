export type Weight = "regular" | "strong" | "slanted";

/** How a text is set. */
export interface Face {
  weight: Weight;
  /** Points. */
  size: number;
  leading: number;
  /** PDF fill colour operands, such as "0.1 0.1 0.1". */
  colour: string;
}
