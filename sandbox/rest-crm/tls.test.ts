import * as crypto from 'node:crypto';
import * as https from 'node:https';
import { describe, expect, test } from '@jest/globals';
import { makeTestCertificate } from '../kit/tls.js';
import { startRestCrm } from './sandbox.js';

function statusOf(url: string, options: https.RequestOptions): Promise<number | string> {
  return new Promise((resolve) => {
    const request = https.get(url, { ...options, agent: new https.Agent({ keepAlive: false }) }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    request.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)));
  });
}

describe('a sandbox with TLS', () => {
  test('makes a certificate that its own authority signed', () => {
    const { cert, ca, key } = makeTestCertificate();
    const [server, authority] = [new crypto.X509Certificate(cert), new crypto.X509Certificate(ca)];
    expect(authority.ca).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkIssued(authority)).toBe(true);
    expect(server.checkPrivateKey(crypto.createPrivateKey(key))).toBe(true);
    expect([server.checkIP('127.0.0.1'), server.checkHost('localhost')]).toEqual(['127.0.0.1', 'localhost']);
  });

  test('is trusted by who knows the authority, refused by others, and has its control routes on plain http', async () => {
    const crm = await startRestCrm({ tls: true });
    try {
      const headers = { authorization: `Bearer ${crm.credentials.token}` };
      expect(crm.url).toMatch(/^https:/);
      expect(await statusOf(`${crm.url}/me`, { ca: crm.ca, headers })).toBe(200);
      expect(
        await statusOf(`${crm.url.replace('127.0.0.1', 'localhost')}/me`, { ca: crm.ca, headers, family: 4 }),
      ).toBe(200);
      expect(await statusOf(`${crm.url}/me`, { headers })).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
      crm.kit.faults.set({ ...crm.kit.faults.order, rate: 1, kinds: ['reset'] });
      expect(await statusOf(`${crm.url}/me`, { ca: crm.ca, headers })).toBe('ECONNRESET');
      expect(crm.control).toMatch(/^http:/);
      expect((await fetch(`${crm.control}/counts`)).status).toBe(200);
    } finally {
      await crm.stop();
    }
  });
});
