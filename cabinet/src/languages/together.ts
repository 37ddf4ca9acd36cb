export interface Words {
  readonly [name: string]: string | Words;
}

/** The files of all areas as one: they hold different first names. */
export function together(files: Readonly<Record<string, unknown>>): Words {
  return Object.assign({}, ...Object.values(files)) as Words;
}
