import type { FieldDeclaration, StreamDeclaration } from '../../connectors/kit/contract.js';

/** The declared field of a target key: by its name, or `custom.<caption>` where exactly one field has that caption. */
export function declaredField(declaration: StreamDeclaration, key: string): FieldDeclaration | null {
  const byName = declaration.fields.find((field) => field.name === key);
  if (byName) return byName;
  if (!key.startsWith('custom.')) return null;
  const caption = key.slice('custom.'.length);
  const byCaption = declaration.fields.filter((field) => field.name.startsWith('custom.') && field.title === caption);
  return byCaption.length === 1 ? (byCaption[0] ?? null) : null;
}
