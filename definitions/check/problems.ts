/**
 * Every code that a check of a definition can give, with what it stands for. docs/definitions.md explains each with an
 * example (a test compares the two lists). A code is never reused.
 */
export const problemCodes = {
  'definition/bad_cron': 'A cron line that no clock can follow, or a time zone that does not exist.',
  'definition/bad_duration': 'A length of time, a share or a count outside its form or bounds.',
  'definition/bad_expression': 'An expression that cannot be read.',
  'definition/bad_name': 'A name outside its form.',
  'definition/bad_path': 'A path or a `slot.stream` that cannot be read.',
  'definition/bad_test': 'An in-file test that speaks of things the pipeline does not have.',
  'definition/cursor_needed': 'An incremental read of a stream that has no cursor of its own.',
  'definition/duplicate_key': 'One key twice in the same map.',
  'definition/expression_refused': 'An expression beyond the limits, or a function that is refused.',
  'definition/expression_type': 'An expression whose parts or result have the wrong type.',
  'definition/key_needed': 'A stream without a key of its own, where one is needed.',
  'definition/match_field': 'A field in `match_on` that the target cannot search by, or that is not mapped.',
  'definition/missing_key': 'A key that must be there.',
  'definition/missing_required': 'A field that the target requires is not mapped.',
  'definition/name_taken': 'A name that is already used, or that would hide another.',
  'definition/one_of': 'Keys of which exactly one is needed, or that do not go together.',
  'definition/read_mode': 'A way of reading that the stream does not have.',
  'definition/read_only_field': 'A target field that cannot be written.',
  'definition/ref_cycle': 'Flows that refer to each other in a circle.',
  'definition/refused_name': 'One of the names `__proto__`, `constructor`, `prototype`.',
  'definition/secret_suspected': 'Something that looks like a password, key or token.',
  'definition/too_deep': 'A text nested deeper than 32 levels.',
  'definition/too_large': 'A text larger than 256 KB.',
  'definition/too_many_nodes': 'A text with more than 10,000 values.',
  'definition/unknown_connector': 'A connector that does not exist.',
  'definition/unknown_field': 'A field that its stream does not have.',
  'definition/unknown_filter': 'A filter in `from.where` that the vendor does not offer.',
  'definition/unknown_flow': 'A flow, or a target of a flow, that does not exist.',
  'definition/unknown_function': 'A function that expressions do not have.',
  'definition/unknown_key': 'A key that the grammar does not have at this place.',
  'definition/unknown_lookup': 'A registry look-up that the connector does not have.',
  'definition/unknown_name': 'A name in an expression that no step made.',
  'definition/unknown_pipeline': 'Another pipeline that does not exist.',
  'definition/unknown_slot': 'A connection slot that is not under `connections`.',
  'definition/unknown_stream': 'A stream that the connector does not have.',
  'definition/unknown_table': 'A value table that is not under `values`.',
  'definition/unquoted_number': 'A number whose digits would not survive without quotes.',
  'definition/unused': 'A slot, value table or name that nothing uses.',
  'definition/write_mode': 'A way of writing that the stream does not have.',
  'definition/wrong_type': 'A value of the wrong kind, such as a list where text belongs.',
  'definition/wrong_value': 'A value that is not one of those allowed.',
  'definition/yaml_refused': 'Anchors, aliases, merge keys, tags, directives, second documents, complex keys.',
  'definition/yaml_syntax': 'A text that is not YAML.',
} as const satisfies Record<string, string>;

export type ProblemCode = keyof typeof problemCodes;

/** One thing wrong with a definition, at its place. Errors keep it from being published, warnings do not. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  /** One sentence: what is wrong with which thing. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly hint: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Where in the definition, e.g. `flows.deals.steps[0].where`. */
  readonly path: string;
  /** The line itself with a marker under the place. */
  readonly excerpt: string;
  readonly file: string;
}
