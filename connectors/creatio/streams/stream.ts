import type { Column } from '../schema/columns.js';

/** A lookup whose record is read along. */
export interface Expansion {
  readonly lookup: string;
  readonly fields: readonly string[];
}

/** A list field of a record that is kept as rows of another object. */
export interface DetailList {
  /** Name of the list field. */
  readonly field: string;
  readonly set: string;
  /** Field of the row that names its record. */
  readonly parent: string;
  /** Fields that tell one row of a record from another. */
  readonly identity: readonly string[];
  /** The one field that an item is; null where items are objects with the row's fields. */
  readonly item: string | null;
  /** A boolean of the row that is true for the one row whose item is this field of the record. */
  readonly flag?: { readonly field: string; readonly of: string };
  /** A lookup of the rows that is read along; its fields become `<Lookup><Field>`, and are never written. */
  readonly expand?: Expansion;
}

/** One noun of the product: the object of the instance behind a stream. */
export interface StandardStream {
  readonly name: string;
  readonly set: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly details?: readonly DetailList[];
  /** A filter that always holds. */
  readonly filter?: string;
  /** A lookup whose record is read along; its fields become `<Lookup><Field>`. */
  readonly expand?: Expansion;
  readonly key?: string;
  readonly isReadOnly?: boolean;
  /**
   * Further names of fields, the same at every vendor, so that lists of two accounts can be matched by them: `id`,
   * `name`, `email`.
   */
  readonly aliases?: Readonly<Record<string, string>>;
  /**
   * Where a record names its owner by an id and by the number of its object: `field` holds the object's name instead.
   */
  readonly owner?: { readonly field: string; readonly schema: string };
  /** The column that holds the bytes of a file. */
  readonly content?: string;
}
