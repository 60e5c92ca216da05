/** What clerk and resident write to each other in a case. Pure, and small: browsers load it too. */
import type { StopEffect } from "#app/law/rule.ts";

/** Who speaks: the resident, or the agency by one of its people, whose name the resident is not told. */
export const SIDES = ["resident", "agency"] as const;
export type Side = (typeof SIDES)[number];

/** The longest message, in characters. */
export const MESSAGE_LENGTH = 4_000;

/** What a question to the resident does to this case's clock, and since when one is open. */
export interface QuestionEffect {
  readonly does: StopEffect["does"];
  readonly cite: string;
  /** The local day since which the resident has been asked for something and has not answered; null: nothing is open. */
  readonly openSince: string | null;
}

/** Why this cannot be sent; null when it can. */
export function messageFault(text: string): "talk.empty" | "talk.tooLong" | null {
  if (text.trim() === "") return "talk.empty";
  return text.length > MESSAGE_LENGTH ? "talk.tooLong" : null;
}
