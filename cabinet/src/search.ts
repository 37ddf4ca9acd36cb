/** Reads the parts of an address; whatever is not of the wanted shape counts as absent. */
export const search = {
  text: (value: unknown): string => (typeof value === 'string' ? value : ''),
  /** A path of ours, never another site. */
  path: (value: unknown): string | undefined =>
    typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined,
};
