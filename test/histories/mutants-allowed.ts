/** Mutants that change nothing that matters, each with the reason. One that dies after all must leave this list. */
import type { Mutant } from "./mutants.ts";

interface Allowed {
  readonly file: string;
  /** As the mutant says it. */
  readonly what: Mutant["what"];
  /** How the changed text begins. */
  readonly original: string;
  readonly because: string;
}

const [REDACT, HIDE, VALUES] = ["redact", "hide-in-text", "withheld-values"].map(
  (name) => `app/histories/${name}.ts`,
) as [string, string, string];

const ALLOWED: readonly Allowed[] = [
  {
    file: REDACT,
    what: "a statement less",
    original: "this.name",
    because: "The name of the error is for the log; who catches it goes by its class.",
  },
  {
    file: REDACT,
    what: "the left side alone",
    original: "decision.reviewOn ??",
    because: "join() writes null as nothing, which is what the right side is.",
  },
  {
    file: REDACT,
    what: "always the first",
    original: "a > b ? 1 : 0",
    because: "Two that are the same look the same in either order.",
  },
  {
    file: REDACT,
    what: "always the second",
    original: "a > b ? 1 : 0",
    because: "Sorting asks only which of two is the lesser; greater and equal are one to it.",
  },
  {
    file: HIDE,
    what: "the right side alone",
    original: "inText.get(text) ??",
    because: "What was found in a text before is kept for speed alone.",
  },
  {
    file: HIDE,
    what: "a statement less",
    original: "inText.set(text, found)",
    because: "What was found in a text before is kept for speed alone.",
  },
  {
    file: HIDE,
    what: "no filter",
    original: "patterns.filter((pattern) => core",
    because: "A pattern that cannot stand in a text is left out for speed alone.",
  },
  {
    file: VALUES,
    what: "an empty case",
    original: "return [];",
    because: "It is empty already: which systems there are is no secret.",
  },
];

/** The entry that lets a mutant live; null when it must die. */
export function findAllowed(file: string, { what, original }: Pick<Mutant, "what" | "original">): Allowed | null {
  return ALLOWED.find((one) => one.file === file && one.what === what && original.startsWith(one.original)) ?? null;
}
