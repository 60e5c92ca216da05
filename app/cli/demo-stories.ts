/** What the demonstration's people have done before it begins, as data. Every person and plate is invented. */
import type { DemoResident } from "./demo-people.ts";

/** What happens to a case, so many days before the demonstration begins. */
export type DemoStep =
  /** Identity proved, logs searched, every look-up decided, proposed; approved and released the day after. */
  | { readonly does: "release"; readonly daysAgo: number }
  /** The resident disputes the first line of the answer; the intake officer confirms the complaint the day after. */
  | { readonly does: "dispute"; readonly daysAgo: number; readonly wrong: string }
  /** The decision is told, the records follow in so many days from the beginning of the demonstration. */
  | { readonly does: "decide"; readonly daysAgo: number; readonly words: string; readonly recordsIn: number }
  | { readonly does: "extend"; readonly daysAgo: number; readonly ground: string; readonly days: number }
  | { readonly does: "ask-identity"; readonly daysAgo: number; readonly words: string };

export interface DemoStory {
  readonly resident: DemoResident["key"];
  readonly filedDaysAgo: number;
  /** The agencies that are asked, by slug, each with what happens there. */
  readonly cases: Readonly<Record<string, readonly DemoStep[]>>;
}

/**
 * The days are chosen so that the cases are what they are whatever day it is today: a last day of the Public
 * Records Act moves by four days at most (Thanksgiving and the weekend after it).
 */
export const DEMO_STORIES: readonly DemoStory[] = [
  {
    resident: "resident",
    filedDaysAgo: 26,
    cases: {
      "demo-sheriff": [
        { does: "release", daysAgo: 22 },
        {
          does: "dispute",
          daysAgo: 8,
          wrong: "I was never stopped by this agency and know of no reason to look for my car at night.",
        },
      ],
      // Decided in time; the clerk still owes the records.
      "demo-police": [
        {
          does: "decide",
          daysAgo: 18,
          words: "The search log for the months you named has been found and is being copied.",
          recordsIn: 4,
        },
      ],
      // Thirty days of the Information Practices Act: due soon.
      "demo-state": [],
    },
  },
  {
    resident: "second",
    filedDaysAgo: 16,
    // Ten days and nothing has happened: overdue.
    cases: { "demo-sheriff": [], "demo-police": [{ does: "extend", daysAgo: 9, ground: "voluminous", days: 14 }] },
  },
  {
    resident: "third",
    filedDaysAgo: 8,
    cases: {
      "demo-police": [],
      // The clock waits until the resident shows who she is.
      "demo-state": [
        { does: "ask-identity", daysAgo: 6, words: "Please show a photo ID at our office, or send a certified copy." },
      ],
    },
  },
];
