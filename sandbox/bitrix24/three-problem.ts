import type { JsonObject } from '../kit/json.js';

/** An error of the third version: a long code, a sentence, and which field it is about. */
export class ThreeProblem extends Error {
  override readonly name = 'ThreeProblem';
  readonly status: number;
  readonly code: string;
  readonly validation: readonly JsonObject[] | undefined;

  /** `kind` is the middle of the code, such as `ENTITYNOTFOUND`. */
  constructor(status: number, kind: string, message: string, validation?: readonly JsonObject[]) {
    super(message);
    this.status = status;
    this.code = `BITRIX_REST_V3_EXCEPTION_${kind}EXCEPTION`;
    this.validation = validation;
  }
}

/** A value that is missing or of another type. */
export function invalidRequest(field: string, message: string): ThreeProblem {
  return new ThreeProblem(400, 'VALIDATION_REQUESTVALIDATION', 'Error during request object validation', [
    { message, field },
  ]);
}
