import type { Actor } from "#app/people/actor.ts";
import type { OpenSession } from "#app/people/sessions.server.ts";
import type { Portal } from "#app/platform/portal.server.ts";
import type { Locale } from "#app/ui/locale.ts";

/** What the server hands to every loader and action. Nothing of it reaches a page by itself. */
export interface LoadContext {
  portal: Portal;
  /** Who is signed in and may act, or null. */
  actor: Actor | null;
  /** The open session, of somebody too who has shown the first factor and not the second. */
  session: OpenSession | null;
  locale: Locale;
  /** The neighbourhood that the request comes from (people/network.server.ts), for counting alone; null when not known. */
  network: string | null;
  /** The content security policy's nonce of this response. */
  nonce: string;
  /** Stands in the log and on error pages, so that the two can be brought together. */
  requestId: string;
}

declare module "@remix-run/node" {
  interface AppLoadContext extends LoadContext {}
}
