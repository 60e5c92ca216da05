/** Which key does what in the list of look-ups. Single keys, so that they can be turned off (WCAG 2.1.4). Pure. */
import type { WordKey } from "#app/ui/words/words.ts";

export const COMMANDS = [
  "next",
  "previous",
  "extend-down",
  "extend-up",
  "pick",
  "group",
  "open",
  "note",
  "disclose",
  "redact",
  "withhold",
  "defer",
  "undo",
  "help",
] as const;
export type Command = (typeof COMMANDS)[number];

/** As a keyboard has it, and as it is told. */
export const KEYS = {
  next: { key: "j", shift: false, says: "workspace.keyNext" },
  previous: { key: "k", shift: false, says: "workspace.keyPrevious" },
  "extend-down": { key: "j", shift: true, says: "workspace.keyExtendDown" },
  "extend-up": { key: "k", shift: true, says: "workspace.keyExtendUp" },
  pick: { key: "x", shift: false, says: "workspace.keyPick" },
  group: { key: "g", shift: false, says: "workspace.keyGroup" },
  open: { key: "o", shift: false, says: "workspace.keyOpen" },
  note: { key: "n", shift: false, says: "workspace.keyNote" },
  disclose: { key: "d", shift: false, says: "workspace.keyDisclose" },
  redact: { key: "r", shift: false, says: "workspace.keyRedact" },
  withhold: { key: "w", shift: false, says: "workspace.keyWithhold" },
  defer: { key: "f", shift: false, says: "workspace.keyDefer" },
  undo: { key: "u", shift: false, says: "workspace.keyUndo" },
  help: { key: "?", shift: null, says: "workspace.keyHelp" },
} as const satisfies Readonly<Record<Command, { key: string; shift: boolean | null; says: WordKey }>>;

export interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The command of a press; null for what is the browser's, or somebody's typing. */
export function commandOf(pressed: Pressed, isTyping: boolean): Command | null {
  if (isTyping || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  const key = pressed.key.toLowerCase();
  const shiftFits = (shift: boolean | null) => shift === null || shift === pressed.shiftKey;
  return COMMANDS.find((command) => KEYS[command].key === key && shiftFits(KEYS[command].shift)) ?? null;
}

/** The ids between two of a list, both included; only the second where the first is not in it. */
export function between(ids: readonly string[], from: string | null, to: string): string[] {
  const [a, b] = [from === null ? -1 : ids.indexOf(from), ids.indexOf(to)];
  if (a < 0) return [to];
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
