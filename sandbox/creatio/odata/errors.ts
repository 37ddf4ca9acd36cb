import { type Answer, htmlAnswer, jsonAnswer } from '../../kit/exchange.js';
import { StreamSelected } from '../query/options.js';
import { ColumnPathProblem, QueryProblem } from '../query/problems.js';
import { HiddenColumn } from '../query/terms.js';
import type { CreatioSettings } from '../switches.js';
import { TypeProblem } from '../values.js';
import { WriteProblem } from '../writing/problems.js';

export const ODATA_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'application/json; odata.metadata=minimal',
  'odata-version': '4.0',
};

/** A body that does not fit the type of the object. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
}

/** OData's own shape: `code` is nearly always empty, the useful sentence stands inside. */
export function odataError(status: number, message: string, inner: object): Answer {
  return { ...jsonAnswer(status, { error: { code: '', message, innererror: inner } }), headers: { ...ODATA_HEADERS } };
}

/** The shape of an unhandled exception in a service of the site. */
export function aspNetError(message: string, type: string): Answer {
  return jsonAnswer(500, {
    Message: 'An error has occurred.',
    ExceptionMessage: message,
    ExceptionType: type,
    StackTrace: '   at Terrasoft.Core.Entities.Entity.Save(Boolean validateRequired)',
  });
}

/** The answer to something that OData refused, or undefined when the error is none of its kinds. */
export function answerTo(error: unknown): Answer | undefined {
  const inner = (message: string, type = '') => ({ message, type, stacktrace: '' });
  if (error instanceof QueryProblem) {
    return odataError(400, `The query specified in the URI is not valid. ${error.message}`, inner(error.message));
  }
  if (error instanceof InvalidRequest || error instanceof TypeProblem) {
    return odataError(400, 'The request is invalid.', inner(`item : ${error.message}\r\n`));
  }
  if (error instanceof ColumnPathProblem) {
    return odataError(500, 'An error has occurred.', {
      ...inner("The 'ObjectContent`1' type failed to serialize the response body for content type 'application/json'."),
      internalexception: inner(error.message),
    });
  }
  if (error instanceof StreamSelected) {
    return odataError(500, 'An error has occurred.', inner('Value cannot be null.\r\nParameter name: property'));
  }
  if (error instanceof HiddenColumn) return forbidden(error.message);
  if (error instanceof WriteProblem) {
    if (error.kind === 'rights') return forbidden(error.message);
    return odataError(500, 'An error has occurred.', inner(error.message, error.exceptionType));
  }
  return undefined;
}

function forbidden(message: string): Answer {
  return odataError(403, message, { message, type: 'System.Security.SecurityException', stacktrace: '' });
}

export function notFound({ not_found_body: hasBody }: CreatioSettings): Answer {
  if (!hasBody) return { status: 404, headers: { 'odata-version': '4.0' } };
  return odataError(404, 'Resource not found.', { message: 'Resource not found.', type: '', stacktrace: '' });
}

export function wrongMethod(method: string): Answer {
  return jsonAnswer(405, { Message: `The requested resource does not support http method '${method}'.` });
}

/** An object that OData does not know, or does not know yet. */
export function unknownSet(address: string, name: string, settings: CreatioSettings): Answer {
  if (settings.unknown_set === 'iis') return missingPage();
  return jsonAnswer(settings.unknown_set === 'masked' ? 200 : 404, {
    Message: `No HTTP resource was found that matches the request URI '${address}'.`,
    MessageDetail: `No type was found that matches the controller named '${name}'.`,
  });
}

/** The web server's own page for a path that nothing is mounted at. */
export function missingPage(): Answer {
  return htmlAnswer(
    404,
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\r\n<html xmlns="http://www.w3.org/1999/xhtml">\r\n<head><title>404 - File or directory not found.</title></head>\r\n<body><h2>404 - File or directory not found.</h2></body>\r\n</html>\r\n',
  );
}
