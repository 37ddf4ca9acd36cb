import { type Answer, jsonAnswer } from '../../kit/exchange.js';
import type { CreatioSettings } from '../switches.js';
import { TypeProblem } from '../values.js';
import { WriteProblem } from '../writing/problems.js';

/** A query that DataService cannot carry out. */
export class ServiceProblem extends Error {
  override readonly name = 'ServiceProblem';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export function unknownPath(path: string, entity: string): ServiceProblem {
  return new ServiceProblem('ItemNotFoundException', `Column by path ${path} not found in schema ${entity}.`);
}

/** The body of a refusal, or undefined when the error is none that DataService answers. */
export function refusalOf(error: unknown, settings: CreatioSettings): object | undefined {
  const told = codeAndMessage(error);
  if (told === undefined) return undefined;
  const [code, message] = told;
  switch (settings.data_service_errors) {
    case 'bare':
      return { success: false };
    case 'responseStatus':
      return { responseStatus: { ErrorCode: code, Message: message, Errors: [] }, rowsAffected: -1, success: false };
    default:
      return {
        errorInfo: { errorCode: code, message, stackTrace: null },
        rowsAffected: -1,
        nextPrcElReady: false,
        success: false,
      };
  }
}

export function refusal(error: unknown, settings: CreatioSettings): Answer {
  const body = refusalOf(error, settings);
  if (body === undefined) throw error;
  return jsonAnswer(settings.data_service_error_status, body);
}

function codeAndMessage(error: unknown): readonly [string, string] | undefined {
  if (error instanceof ServiceProblem) return [error.code, error.message];
  if (error instanceof TypeProblem) return ['FormatException', error.message];
  if (error instanceof WriteProblem)
    return [error.exceptionType.split('.').at(-1) || 'DbOperationException', error.message];
  return undefined;
}
