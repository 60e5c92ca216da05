/** The list of look-ups driven in a browser: what a command does to the boxes, links and buttons that are there. */
import { between, type Command } from "./desk-keys.ts";

export interface List {
  readonly form: HTMLFormElement;
  readonly help: HTMLDetailsElement | null;
  /** Where a range begins: the look-up that was picked or stood on last. */
  readonly anchor: { current: string | null };
}

const TYPING = "textarea, select, input:not([type=checkbox]):not([type=radio]), [contenteditable]";

export function isTypingIn(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

const DO: Readonly<Record<Command, (list: List) => void>> = {
  next: (list) => step(list, 1),
  previous: (list) => step(list, -1),
  "extend-down": (list) => extend(list, 1),
  "extend-up": (list) => extend(list, -1),
  pick: ({ form }) => current(form)?.click(),
  group: ({ form }) => pickGroup(form),
  open: ({ form }) => inRow(form, "[data-open]")?.click(),
  note: ({ form }) => inRow(form, "[data-note]")?.click(),
  undo: () => document.querySelector<HTMLElement>("[data-undo] button")?.click(),
  disclose: ({ form }) => {
    pickOne(form);
    form.querySelector<HTMLElement>('button[value="disclose-picked"]')?.click();
  },
  redact: ({ form }) => weigh(form, "#field-field"),
  withhold: ({ form }) => weigh(form, "#field-ground"),
  defer: ({ form }) => weigh(form, "#field-ground"),
  help: ({ help }) => showHelp(help),
};

export function run(command: Command, list: List): void {
  DO[command](list);
}

/** A click on a look-up's box or its label; with Shift it picks, or takes out, all from the last one to this. */
export function clickInList(event: MouseEvent, form: HTMLFormElement, anchor: List["anchor"]): void {
  const label = event.target instanceof Element ? event.target.closest("label") : null;
  const box = boxOf(label?.control ?? event.target);
  if (box === null) return;
  if (event.shiftKey && label !== null) {
    // A browser takes a click on a label with Shift for a selection of its text, and leaves the box as it is.
    event.preventDefault();
    box.checked = !box.checked;
  }
  if (event.shiftKey) pickRange(form, { from: anchor.current, to: box.value }, box.checked);
  // The click on a label comes again as one on its box.
  if (label === null || event.shiftKey) anchor.current = box.value;
}

function boxOf(target: EventTarget | null): HTMLInputElement | null {
  return target instanceof HTMLInputElement && target.name === "event[]" ? target : null;
}

/** Picks all between two look-ups, or takes all of them out. */
function pickRange(
  form: HTMLFormElement,
  { from, to }: { readonly from: string | null; readonly to: string },
  checked: boolean,
): void {
  const boxes = boxesOf(form);
  const ids = boxes.map(({ value }) => value);
  const range = new Set(between(ids, from, to));
  for (const box of boxes) if (range.has(box.value)) box.checked = checked;
}

const boxesOf = (form: HTMLFormElement) => [...form.querySelectorAll<HTMLInputElement>('input[name="event[]"]')];

function rowOf(form: HTMLFormElement): Element | null {
  const row = document.activeElement?.closest("tr") ?? null;
  return form.contains(row) ? row : null;
}

function current(form: HTMLFormElement): HTMLInputElement | null {
  return rowOf(form)?.querySelector<HTMLInputElement>('input[name="event[]"]') ?? null;
}

function inRow(form: HTMLFormElement, selector: string): HTMLElement | null {
  return rowOf(form)?.querySelector<HTMLElement>(selector) ?? null;
}

function move(form: HTMLFormElement, by: 1 | -1): HTMLInputElement | null {
  const boxes = boxesOf(form);
  const here = current(form);
  const index = here === null ? -1 : boxes.indexOf(here) + by;
  const next = boxes[Math.min(Math.max(0, index), boxes.length - 1)] ?? null;
  next?.focus();
  return next;
}

function step({ form, anchor }: List, by: 1 | -1): void {
  anchor.current = move(form, by)?.value ?? null;
}

function extend({ form, anchor }: List, by: 1 | -1): void {
  anchor.current ??= current(form)?.value ?? null;
  const box = move(form, by);
  if (box) pickRange(form, { from: anchor.current, to: box.value }, true);
}

/** Where nothing is picked, the look-up under the keyboard is meant. */
function pickOne(form: HTMLFormElement): void {
  if (boxesOf(form).some(({ checked }) => checked)) return;
  const here = current(form);
  if (here) here.checked = true;
}

function pickGroup(form: HTMLFormElement): void {
  const group = current(form)?.dataset["group"];
  if (!group) return;
  for (const box of boxesOf(form)) if (box.dataset["group"] === group) box.checked = true;
}

/** What holds something back needs its law and its reason first: the keyboard goes there. */
function weigh(form: HTMLFormElement, field: string): void {
  pickOne(form);
  const hold = form.querySelector<HTMLDetailsElement>("#hold");
  if (!hold) return;
  hold.open = true;
  hold.querySelector<HTMLElement>(field)?.focus();
}

function showHelp(help: HTMLDetailsElement | null): void {
  if (!help) return;
  help.open = !help.open;
  help.querySelector("summary")?.focus();
}
