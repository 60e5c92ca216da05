/** At which hours of the day a user searches in one log: counts, and nothing of what was searched for. */
export interface UserHours {
  readonly lookUps: number;
  /** Local days with at least one of them. */
  readonly days: number;
  /** 24 counts, from midnight on, by the agency's clock. */
  readonly hours: readonly number[];
}
