/** Whether every word of the query stands in one of the texts, whatever its case and accents. */
export function fits(query: string, ...texts: readonly string[]): boolean {
  const plain = texts.map(plainOf).join(' ');
  return plainOf(query)
    .split(/\s+/)
    .every((word) => plain.includes(word));
}

/** The whole id that stands in the query, as runs and dead letters have them; null where there is none. */
export function idIn(query: string): string | null {
  return /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/.exec(query.toLowerCase())?.[0] ?? null;
}

/** Letters that Unicode does not take apart. */
const further: Readonly<Record<string, string>> = { ł: 'l', đ: 'd', ø: 'o', ı: 'i' };

function plainOf(text: string): string {
  return text
    .toLocaleLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łđøı]/g, (letter) => further[letter] ?? letter);
}
