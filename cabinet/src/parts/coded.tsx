import { Code } from '@mantine/core';

/** A sentence of the server with its values, which stand in backticks, set apart. */
export function Coded({ text }: { readonly text: string }) {
  const parts = text.split('`').map((part, at) => ({ part, isCode: at % 2 === 1, key: `${at}:${part}` }));
  return parts.map(({ part, isCode, key }) => (isCode ? <Code key={key}>{part}</Code> : part));
}
