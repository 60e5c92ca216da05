/** What is known of a person, on either side of a comparison. Pure. */
import type { Subject } from "#app/feeds/names/blocking-keys.ts";

export interface Address {
  readonly number: string;
  readonly street: string;
  /** A second line: a house's name, a unit. */
  readonly line: string;
  readonly locality: string;
  readonly postcode: string;
  readonly state: string;
}

export interface Traits extends Subject {
  /** A number that is one person's, in its normalised spelling; null when not known. */
  readonly number: string | null;
  /** Folded; null when nothing of it is known. */
  readonly address: Address | null;
}
