import type { TextPath, TextRange } from '../text/problem.js';
import type { TextNode, TextTree } from '../text/tree.js';
import { valueAt } from './reporter.js';

export interface SuspectedSecret {
  readonly path: TextPath;
  readonly range: TextRange;
}

const secretNames =
  /^(password|passwd|pwd|secret|client_?secret|api_?key|apikey|access_?token|refresh_?token|token|private_?key|authorization)$/i;

const secretForms = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /^(sk|pk|rk)_(live|test)_\w{8,}/,
  /^(ghp|gho|ghs|github_pat)_\w{10,}/,
  /^xox[abps]-[\w-]{10,}/,
  /^AKIA[0-9A-Z]{16}$/,
  /^eyJ[\w-]{8,}\.eyJ[\w-]{8,}\./,
  /^Bearer \S{12,}/i,
  /^[a-z]{2,20}:\/\/[^\s/:@]{1,80}:[^\s/@]{3,80}@/i,
];

/** Values that look like credentials. Their text is never shown: excerpts mask it. */
export function suspectedSecrets(tree: TextTree): SuspectedSecret[] {
  const found: SuspectedSecret[] = [];
  const visit = (node: TextNode, path: TextPath): void => {
    if (node.kind === 'scalar') {
      const value = valueAt(tree.value, path);
      if (typeof value === 'string' && isSecret(path, value)) found.push({ path, range: node.value });
      return;
    }
    for (const [name, child] of node.children) visit(child, [...path, name]);
  };
  visit(tree.root, []);
  return found;
}

function isSecret(path: TextPath, value: string): boolean {
  if (secretForms.some((form) => form.test(value))) return true;
  const name = path[path.length - 1];
  // A mapping may well have a target field named `token`; its value there is a path.
  const isMapping = path.includes('map') || path.includes('tests');
  return typeof name === 'string' && !isMapping && secretNames.test(name) && value.length >= 6;
}
