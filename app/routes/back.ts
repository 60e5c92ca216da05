import { carriedAlong } from "#app/ui/navigation.ts";

/** Any address of our own would do: only whether the path leads away from it matters. */
const HERE = "http://here.invalid";

/**
 * The path to return to, if it is one of this site; else the start page. The fragment is dropped, and the query
 * but for pages whose query is an open question.
 */
export function safeBack(asked: string | null): string {
  const url = ownUrl(asked);
  return url ? carriedAlong(url) : "/";
}

/** The page that somebody wanted before signing in, with its query; null when it is none of this site. */
export function findWanted(asked: string | null): string | null {
  const url = ownUrl(asked);
  return url && `${url.pathname}${url.search}`;
}

/** Judged after parsing: a browser drops tabs and resolves dots before it looks where a path leads. */
function ownUrl(asked: string | null): URL | null {
  if (!asked?.startsWith("/") || !URL.canParse(asked, HERE)) return null;
  const url = new URL(asked, HERE);
  return url.origin === HERE && !url.pathname.startsWith("//") ? url : null;
}
