/** The tags of one entity. They are made by being used and are told apart by their text, letter case aside. */
export class TagBook {
  readonly #names = new Map<number, string>();
  readonly #ids = new Map<string, number>();
  #lastId: number;

  constructor(firstId: number) {
    this.#lastId = firstId;
  }

  nameOf(id: number): string | undefined {
    return this.#names.get(id);
  }

  idOf(name: string): number | undefined {
    return this.#ids.get(name.toLowerCase());
  }

  /** The id of the tag with this text, which is made where there is none. */
  ensure(name: string): number {
    const known = this.idOf(name);
    if (known !== undefined) return known;
    this.#lastId += 2;
    this.#names.set(this.#lastId, name);
    this.#ids.set(name.toLowerCase(), this.#lastId);
    return this.#lastId;
  }

  all(): { readonly id: number; readonly name: string }[] {
    return [...this.#names].map(([id, name]) => ({ id, name }));
  }
}
