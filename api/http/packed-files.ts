import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { RequestHandler } from 'express';

/** The smaller one first: browsers name them in an order of their own. */
const suffixes = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** Gives `x.js.br` or `x.js.gz`, which the build wrote beside `x.js`, to a browser that takes it in place of `x.js`. */
export function packedFiles(folder: string): RequestHandler {
  return (request, response, next) => {
    response.vary('Accept-Encoding');
    const [, name] = /^\/([\w.-]+)$/.exec(request.path) ?? [];
    const [encoding, suffix] = suffixes.find(([each]) => request.acceptsEncodings(each) !== false) ?? [];
    if (name === undefined || encoding === undefined) return next();
    const packed = `${name}${suffix}`;
    if (!existsSync(join(folder, packed))) return next();
    response.type(extname(name));
    response.setHeader('Content-Encoding', encoding);
    request.url = `/${packed}`;
    next();
  };
}
