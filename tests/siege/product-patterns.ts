import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { findProjectFolder } from '../../runtime/project-folder.js';

export interface ProductPattern {
  readonly source: string;
  readonly flags: string;
  /** File and line, for people. */
  readonly place: string;
}

const skipped = new Set([
  'node_modules',
  'dist',
  '.git',
  '.pipewright',
  'tests',
  'sandbox',
  'scripts',
  'cabinet',
  'docs',
]);

/** Every regular expression of the product: literals, `new RegExp('...')` and JSON schema patterns. */
export async function patternsOfProduct(): Promise<ProductPattern[]> {
  const project = findProjectFolder();
  const patterns: ProductPattern[] = [];
  for (const path of await sources(project)) {
    const text = await readFile(path, 'utf8');
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    const add = (node: ts.Node, source: string, flags: string): void => {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      patterns.push({ source, flags, place: `${relative(project, path)}:${line + 1}` });
    };
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        add(node, node.text.slice(1, end), node.text.slice(end + 1));
      } else if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') {
        const [first, second] = node.arguments ?? [];
        const flags = second && ts.isStringLiteral(second) ? second.text : '';
        if (first && ts.isStringLiteralLike(first)) add(node, first.text, flags);
      } else if (
        ts.isPropertyAssignment(node) &&
        node.name.getText() === 'pattern' &&
        ts.isStringLiteralLike(node.initializer)
      ) {
        add(node, node.initializer.text, 'u');
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return patterns;
}

async function sources(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skipped.has(entry.name)) found.push(...(await sources(path)));
    else if (entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts')) found.push(path);
  }
  return found;
}
