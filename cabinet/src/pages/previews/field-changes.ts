interface Change {
  readonly operation: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>>;
}

export interface FieldChange {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly isChanged: boolean;
}

/** The fields of a change, those that differ first. */
export function fieldsOf({ operation, before, after }: Change): FieldChange[] {
  const names = operation === 'delete' ? Object.keys(before ?? {}) : Object.keys(after);
  const fields = names.map((name): FieldChange => {
    const was = before?.[name] ?? null;
    const will = operation === 'delete' ? null : (after[name] ?? null);
    return {
      name,
      before: was,
      after: will,
      isChanged: before === null || JSON.stringify(was) !== JSON.stringify(will),
    };
  });
  return [...fields.filter((field) => field.isChanged), ...fields.filter((field) => !field.isChanged)];
}
