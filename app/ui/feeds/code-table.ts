import type { CodedField } from "#app/feeds/profile.ts";
import type { Message } from "../words/words.ts";

/** The names of a table's fields in a form. */
export const codesField = (coded: CodedField) => `codes-${coded}`;
export const codesFile = (coded: CodedField) => `file-${coded}`;

/** A line of a field that cannot be used. */
export interface BadLine {
  field: string;
  line: number;
  why: Message;
}
