import type { Jurisdiction } from "#app/law/rule.ts";
import type { WordKey } from "#app/ui/words/words.ts";

export const JURISDICTION_WORDS = {
  "us-ca": "deadlines.inCalifornia",
  us: "deadlines.inUnitedStates",
  eu: "deadlines.inEuropeanUnion",
  uk: "deadlines.inUnitedKingdom",
  ee: "deadlines.inEstonia",
} as const satisfies Record<Jurisdiction, WordKey>;
