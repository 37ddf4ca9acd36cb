// Finds every sentence that a failure can say: the templates of `message` and `hint` in the sources, with numbered gaps.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import ts from 'typescript';
import { SentenceReader } from './sentence-reader.js';
import type { SourceIndex } from './source-names.js';

const project = join(import.meta.dirname, '..');
const folders = [
  'activities',
  'api',
  'assembly',
  'billing',
  'cli',
  'connectors',
  'core',
  'definitions',
  'runtime',
  'store',
  'workflows',
];
const startingPoints = ['cli.ts', 'main.ts', 'server.ts', 'worker.ts'];
/** Their last two or three arguments are a message and a hint. */
const failureClasses = new Set(['CliFailure']);

/** What is translated: whole sentences, and phrases that stand in their gaps. Sorted, each once. */
export interface Templates {
  readonly phrases: readonly string[];
  readonly sentences: readonly string[];
}

export function sentenceTemplates(root: string = project): Templates {
  const files = sourceFiles(root).map((path) =>
    ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true),
  );
  const reader = new SentenceReader(indexOf(files));
  const found = new Set<string>();
  for (const file of files) {
    for (const expression of sentencesIn(file)) {
      for (const template of reader.templates(expression).flatMap(sentencesOf)) found.add(template);
    }
  }
  const parts = [...reader.phrases];
  const isSentence = (text: string): boolean => /^[A-Z`].*[.?!]$/.test(text);
  for (const template of parts.filter(isSentence).flatMap(sentencesOf)) found.add(template);
  return { phrases: listed(parts.filter((text) => !isSentence(text))), sentences: listed(found) };
}

function listed(templates: Iterable<string>): string[] {
  return [...templates].filter(saysSomething).sort();
}

/** A hint of several sentences is kept as several templates, which other hints share. */
function sentencesOf(template: string): string[] {
  return template
    .split(/(?<=[.?!])(?<!e\.g\.) (?=[A-Z`{])/)
    .map((sentence) => renumbered(sentence.replace(/^\{\d+\} (?=[A-Z])/, '')));
}

function renumbered(template: string): string {
  let number = 0;
  return template.replaceAll(/\{\d+\}/g, () => `{${number++}}`);
}

/** The templates as the file that is kept beside their translations. */
export function templatesFile(): { readonly path: string; readonly text: string } {
  return { path: 'languages/sentences/templates.json', text: `${JSON.stringify(sentenceTemplates(), null, 2)}\n` };
}

/** Gaps and marks alone need no translation, and would fit any text. */
function saysSomething(template: string): boolean {
  return /[a-z]{2}/.test(template.replaceAll(/`[^`]*`|\{\d+\}/g, ''));
}

function sourceFiles(root: string): string[] {
  const walk = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return ['bench', 'testing', 'node_modules'].includes(entry.name) ? [] : walk(path);
      return /\.ts$/.test(entry.name) && !/\.test\.ts$|\.generated\.ts$/.test(entry.name) ? [path] : [];
    });
  const present = new Set(readdirSync(root));
  return [
    ...folders.filter((folder) => present.has(folder)).flatMap((folder) => walk(join(root, folder))),
    ...startingPoints.filter((name) => present.has(name)).map((name) => join(root, name)),
  ];
}

/** The expressions that give a message or a hint. */
function sentencesIn(file: ts.SourceFile): ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) found.push(...sentencesOfObject(node));
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && failureClasses.has(node.expression.text)) {
      found.push(...(node.arguments ?? []).slice(1, 3));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function sentencesOfObject(object: ts.ObjectLiteralExpression): ts.Expression[] {
  const named = new Map<string, ts.Expression>();
  for (const property of object.properties) {
    if (property.name === undefined || !(ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))) continue;
    if (ts.isPropertyAssignment(property)) named.set(property.name.text, property.initializer);
    if (ts.isShorthandPropertyAssignment(property)) named.set(property.name.text, property.name);
  }
  // What a key of the grammar is for is the hint where its value does not fit.
  const description = named.get('description');
  if (description !== undefined && isOfGrammar(object)) return [description];
  const hint = named.get('hint');
  const message = named.get('message');
  if (hint === undefined) return [];
  return message === undefined ? [hint] : [message, hint];
}

function isOfGrammar(node: ts.Node): boolean {
  return node.getSourceFile().fileName.replaceAll(sep, '/').includes('/definitions/schema/');
}

function indexOf(files: readonly ts.SourceFile[]): SourceIndex {
  const byPath = new Map(files.map((file) => [file.fileName, file]));
  const imports = new Map<ts.SourceFile, Map<string, { readonly file: ts.SourceFile; readonly name: string }>>();
  for (const file of files) {
    const names = new Map<string, { readonly file: ts.SourceFile; readonly name: string }>();
    for (const statement of file.statements) {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
      const path = resolve(dirname(file.fileName), statement.moduleSpecifier.text.replace(/\.js$/, '.ts'));
      const target = byPath.get(path);
      const bindings = statement.importClause?.namedBindings;
      if (target === undefined || bindings === undefined || !ts.isNamedImports(bindings)) continue;
      for (const each of bindings.elements) {
        names.set(each.name.text, { file: target, name: (each.propertyName ?? each.name).text });
      }
    }
    imports.set(file, names);
  }
  return { files, imports };
}
