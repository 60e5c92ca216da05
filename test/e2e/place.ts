// What is known of one page, for those tests that go through all of them.
import type { Road } from "#test/support/road-by-http.ts";
import type { Fields } from "#test/support/visitor.ts";

/** Who may see a page: everyone, everyone who has signed in (each their own things), or these people alone. */
export type Audience = "everyone" | "signed-in" | readonly Person[];
export type Person = "resident" | "clerk" | "supervisor" | "intake" | "advocate" | "operator" | "admin" | "auditor";

export interface Place {
  /** Its file in app/routes, without the ending. */
  readonly route: string;
  /** Where it lies; several for several states worth looking at. */
  at(road: Road): string[];
  readonly audience: Audience;
  /** A form that would do something if it were allowed, one for each of its buttons. */
  readonly sends?: (road: Road) => readonly Fields[];
  /** It has no page of its own: it leads elsewhere, or is a file. */
  readonly pageless?: true;
}

/** The id of nothing. */
export const NO_ID = "00000000-0000-4000-8000-000000000000";
