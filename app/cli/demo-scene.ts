import type { AccountActor } from "#app/people/actor.ts";
import type { Portal } from "#app/platform/portal.server.ts";

/** Everybody who acts in a story. */
export interface Cast {
  readonly resident: AccountActor;
  readonly clerk: AccountActor;
  readonly supervisor: AccountActor;
  readonly intake: AccountActor;
  readonly advocate: AccountActor;
}

/** One case of a story, and the portal as it was so many days before the demonstration began. */
export interface Scene {
  readonly caseId: string;
  readonly cast: Cast;
  readonly on: (daysAgo: number) => Portal;
}
