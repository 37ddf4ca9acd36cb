/** A question that OData cannot read: 400. */
export class QueryProblem extends Error {
  override readonly name = 'QueryProblem';
}

/** A path that OData took and the data layer did not know: noticed only while the answer is written, so 500. */
export class ColumnPathProblem extends Error {
  override readonly name = 'ColumnPathProblem';
  readonly path: string;
  readonly entity: string;

  constructor(path: string, entity: string) {
    super(`Column by path ${path} not found in schema ${entity}.`);
    this.path = path;
    this.entity = entity;
  }
}

export function unknownProperty(name: string, type: string): QueryProblem {
  return new QueryProblem(`Could not find a property named '${name}' on type 'Terrasoft.Configuration.OData.${type}'.`);
}

export function incompatible(left: string, right: string, operator: string): QueryProblem {
  return new QueryProblem(
    `A binary operator with incompatible types was detected. Found operand types '${left}' and '${right}' for operator kind '${operator}'.`,
  );
}
