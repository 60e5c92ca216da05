import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The path of a file of the project, from its root. */
export const fromRoot = (path: string): string => `${ROOT}${path}`;

/**
 * The names of the tests that a file defines, as they are written: of `it.each(...)("has %s")` that text. Read from the
 * syntax tree, so that a name in a comment, in a longer name or in a `describe` is none.
 * @param path from the project's root
 */
export function namesOfTests(path: string): ReadonlySet<string> {
  const source = ts.createSourceFile(path, readFileSync(fromRoot(path), "utf8"), ts.ScriptTarget.Latest, false);
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node.expression)) {
      const [name] = node.arguments;
      if (name && ts.isStringLiteralLike(name)) names.add(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** `it`, `test`, and what hangs on them: `it.each(rows)`, `test.each(rows)`. One that is skipped proves nothing. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === "it" || callee.text === "test";
  if (ts.isCallExpression(callee) || ts.isTaggedTemplateExpression(callee)) {
    const inner = ts.isCallExpression(callee) ? callee.expression : callee.tag;
    return ts.isPropertyAccessExpression(inner) && inner.name.text === "each" && isTest(inner.expression);
  }
  return false;
}
