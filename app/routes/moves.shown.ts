import type { Preview } from "#app/requests/preview-change.server.ts";
import type { ShownMoves } from "#app/ui/moves.tsx";

/** As many as somebody reads; the rest is counted. */
const MOST_MOVES = 200;

/** A preview as a page shows it and hands it back to be confirmed. */
export interface ShownPreview extends ShownMoves {
  digest: string;
}

export function shownPreview({ moves, counts, digest }: Preview): ShownPreview {
  return { moves: moves.slice(0, MOST_MOVES), more: Math.max(0, moves.length - MOST_MOVES), counts, digest };
}
