/** Stretches of a text with what comes in their place; sorted, and none over another. */
export type Patch = readonly TextEdit[];

export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function patched(text: string, patch: Patch): string {
  let result = '';
  let at = 0;
  for (const edit of patch) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
