import type { CheckProblem } from '../client/client.js';

/** `file:line:column: error code message`, the line with a marker under the place, and what to do. */
function problemText(problem: CheckProblem): string {
  const { file, line, column, severity, code, message, excerpt, hint } = problem;
  return `${file}:${line}:${column}: ${severity} ${code} ${message}\n${indent(excerpt)}\n  ${hint}`;
}

export function problemsText(problems: readonly CheckProblem[]): string {
  return problems.map(problemText).join('\n\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
