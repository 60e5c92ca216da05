/** Text with `{{name}}` holes and nothing more: no expressions, so that a template can never run anything. */

const HOLE = /\{\{(\w+)\}\}/g;

/**
 * Fills the holes of a text, once: what stands in a value is never read as a hole.
 * @param what names the text in an error
 * @throws when a hole is not among those allowed, or has no value
 */
export function fillHoles(
  text: string,
  allowed: readonly string[],
  params: Readonly<Record<string, string>>,
  what: string,
): string {
  return text.replace(HOLE, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (!allowed.includes(name) || value === undefined) throw new Error(`${what} has no value for {{${name}}}`);
    return value;
  });
}

/** A template's subject (its first line) and body, holes still open. */
export function partsOf(template: string): { readonly subject: string; readonly body: string } {
  const [first = "", ...rest] = template.split("\n");
  return { subject: first.replace(/^Subject: /, ""), body: rest.join("\n").replace(/^\n+/, "") };
}

/** The sentences of a file of phrases: "== name" on a line of its own, then the sentence, up to the next. */
export function readPhrases(text: string): ReadonlyMap<string, string> {
  const parts = text.split(/^== ([\w-]+)\n/m).slice(1);
  const names = parts.filter((_, index) => index % 2 === 0);
  return new Map(names.map((name, index) => [name, (parts[index * 2 + 1] ?? "").trim()]));
}
