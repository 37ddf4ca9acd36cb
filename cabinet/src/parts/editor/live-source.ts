/** What the editor is told of the account while somebody types. */
export interface LiveSource {
  /** Kinds of services, by id. */
  connectors(): Promise<readonly Named[]>;
  /** Streams of a slot's connection; none where there is no connection. */
  streams(slot: string): Promise<readonly Named[]>;
  /** Fields of `slot.stream`. */
  fields(stream: string): Promise<readonly LiveField[]>;
}

export interface Named {
  readonly name: string;
  /** What people see at the vendor; empty where it is told by the name. */
  readonly title: string;
}

export interface LiveField extends Named {
  readonly type: string;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
}
