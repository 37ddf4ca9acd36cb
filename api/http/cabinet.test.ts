import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { addCabinet } from './cabinet.js';

const script = `export const words = ${JSON.stringify('again and '.repeat(200))};`;

describe('the pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-cabinet-'));
  let server: Server;
  let address: string;

  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="__NONCE__" /><div id="root"></div>');
    writeFileSync(join(folder, 'assets', 'index-abc.js'), 'export {};');
    writeFileSync(join(folder, 'assets', 'packed-abc.js'), script);
    writeFileSync(join(folder, 'assets', 'packed-abc.js.br'), brotliCompressSync(script));
    writeFileSync(join(folder, 'assets', 'packed-abc.js.gz'), gzipSync(script));
    const app = express();
    addCabinet(app, folder);
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (path: string, accept = 'text/html') => fetch(address + path, { headers: { accept } });

  test('every address of theirs is the one page, under a strict policy with a nonce of its own', async () => {
    const [one, other] = [await open('/'), await open('/pipelines/x?tab=runs')];
    expect([one.status, other.status]).toEqual([200, 200]);
    const policy = one.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    // Of attributes alone, for the editor; neither a script nor a style sheet comes in by the page itself.
    expect(policy.match(/[\w-]+ [^;]*unsafe[^;]*/g)).toEqual(["style-src-attr 'unsafe-inline'"]);
    const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1];
    expect(await one.text()).toContain(`content="${nonce}"`);
    expect(other.headers.get('content-security-policy')).not.toBe(policy);
    expect(one.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', null],
  ])('a file goes packed to a browser that takes it so: %s', async (accepted, encoding) => {
    const file = await fetch(`${address}/assets/packed-abc.js`, { headers: { 'accept-encoding': accepted } });
    expect(file.headers.get('content-encoding')).toBe(encoding);
    expect(file.headers.get('content-type')).toMatch(/^(text|application)\/javascript/);
    expect(file.headers.get('vary')).toContain('Accept-Encoding');
    expect(file.headers.get('cache-control')).toContain('immutable');
    expect(await file.text()).toBe(script);
  });

  test('files may be kept for ever, and nothing outside their folder is one', async () => {
    const file = await open('/assets/index-abc.js');
    expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect((await open('/assets/none.js')).status).toBe(404);
    expect((await open('/assets/..%2findex.html')).status).not.toBe(200);
  });

  test('programs and addresses of others get no page', async () => {
    expect((await open('/pipelines', 'application/json')).status).toBe(404);
    expect((await open('/api/v1/none')).status).toBe(404);
    expect((await open('/hooks/secret')).status).toBe(404);
  });
});
