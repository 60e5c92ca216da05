/** What of a source file can be taken away or turned round: each leaves code that still runs, and does one thing less. */
import ts from "typescript";

export interface Mutant {
  readonly line: number;
  /** What was done, for a reader. */
  readonly what: string;
  /** The text that it changes, on one line. */
  readonly original: string;
  readonly source: string;
}

/** Every mutant of a TypeScript source, in the order of the text. Types and imports are left alone. */
export function mutantsOf(fileName: string, source: string): Mutant[] {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const put = (node: ts.Node, what: string, replacement: string): void => {
    const [from, to] = [node.getStart(file), node.getEnd()];
    mutants.push({
      line: file.getLineAndCharacterOfPosition(from).line + 1,
      what,
      original: source.slice(from, to).replace(/\s+/g, " ").slice(0, 120),
      source: source.slice(0, from) + replacement + source.slice(to),
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return;
    if (ts.isIfStatement(node)) {
      put(node.expression, "never", "false");
      put(node.expression, "always", "true");
    } else if (ts.isConditionalExpression(node)) {
      put(node, "always the first", `(${node.whenTrue.getText(file)})`);
      put(node, "always the second", `(${node.whenFalse.getText(file)})`);
    } else if (ts.isBinaryExpression(node) && LOGICAL.has(node.operatorToken.kind)) {
      put(node, "the left side alone", `(${node.left.getText(file)})`);
      put(node, "the right side alone", `(${node.right.getText(file)})`);
    } else if (ts.isArrayLiteralExpression(node)) {
      for (const element of node.elements) put(element, "an element less", ts.isSpreadElement(element) ? "...[]" : "");
    } else if (ts.isCaseClause(node)) {
      const [first] = node.statements;
      if (first) put(first, "an empty case", "return [];");
    } else if (ts.isExpressionStatement(node)) {
      put(node, "a statement less", ";");
    } else if (isFilter(node)) {
      put(node, "no filter", node.expression.expression.getText(file));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return mutants.sort((a, b) => a.line - b.line);
}

const LOGICAL = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

function isFilter(node: ts.Node): node is ts.CallExpression & { expression: ts.PropertyAccessExpression } {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === "filter"
  );
}
