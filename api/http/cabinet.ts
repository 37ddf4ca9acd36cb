import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import { packedFiles } from './packed-files.js';

const noncePlace = '__NONCE__';

/**
 * The web pages, from the folder that the build made. Addresses below are the browser's own business, so every address
 * that nothing else answers gets the one page; scripts come from this server alone.
 */
export function addCabinet(app: Express, folder: string): void {
  const pagePath = join(folder, 'index.html');
  if (!existsSync(pagePath)) return;
  const page = readFileSync(pagePath, 'utf8');
  const files = { index: false, redirect: false, dotfiles: 'ignore' } as const;
  // Their names change with their content.
  const assets = join(folder, 'assets');
  app.use('/assets', packedFiles(assets), express.static(assets, { ...files, immutable: true, maxAge: '365d' }));
  app.get('/favicon.svg', (_request, response) => {
    response.sendFile(join(folder, 'favicon.svg'), { maxAge: '1d' });
  });
  app.get(/^\/(?!(api|assets|hooks|oauth|connect|metrics|health|ready)(\/|$))/, sendPage(page));
}

function sendPage(page: string): RequestHandler {
  return (request, response, next) => {
    if (request.accepts(['html', 'json']) !== 'html') return next();
    const nonce = randomBytes(16).toString('base64url');
    response.setHeader('Content-Security-Policy', policyWith(nonce));
    response.setHeader('Cache-Control', 'no-store');
    response.type('html').send(page.replaceAll(noncePlace, nonce));
  };
}

/** Styles that the component kit writes carry the nonce; scripts are files of ours. */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // The editor of definitions places its lines by style attributes.
    "style-src-attr 'unsafe-inline'",
    "worker-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
