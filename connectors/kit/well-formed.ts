declare global {
  // Node 20 has it; the language level of the project does not name it yet.
  interface String {
    isWellFormed(): boolean;
  }
}

/** Whether a text holds whole characters only: half of one (a lone surrogate) cannot be written as UTF-8. */
export function isWellFormed(text: string): boolean {
  return text.isWellFormed();
}
