/** What has to be escaped between quotes; NUL is no character of a text in PostgreSQL and is refused there. */
const special = /["\\]/;

/**
 * An array as PostgreSQL reads it, written at once. The driver puts arrays together piece by piece, which for the
 * columns of a batch is more to collect than the batch itself.
 */
export function textArray(values: readonly (string | null)[]): string {
  if (values.length === 0) return '{}';
  const isPlain = values.every((value) => value !== null && !special.test(value));
  return isPlain ? `{"${values.join('","')}"}` : `{${values.map(element).join(',')}}`;
}

export function numberArray(values: readonly number[]): string {
  return `{${values.join(',')}}`;
}

function element(value: string | null): string {
  return value === null ? 'NULL' : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
