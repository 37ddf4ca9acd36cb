/** An error of one method call, in the vendor's words; single calls and batches print it differently. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** The vendor's code: often empty, sometimes a number, sometimes a whole sentence. */
  readonly code: string | number;

  constructor(status: number, code: string | number, description: string) {
    super(description);
    this.status = status;
    this.code = code;
  }
}

/** The error of the old CRM methods: status 400 and an empty code. */
export const legacyError = (description: string): ApiError => new ApiError(400, '', description);

/** "Not found" of the universal methods, which is a 400. */
export const notFound = (what: string): ApiError => new ApiError(400, 'NOT_FOUND', what);

export const invalidArgument = (description: string): ApiError => new ApiError(400, 'INVALID_ARG_VALUE', description);
