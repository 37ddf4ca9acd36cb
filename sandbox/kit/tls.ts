import * as crypto from 'node:crypto';
import { bits, integer, marked, octets, oid, sequence, setOf, tagged, truth, utcTime, utf8 } from './der.js';

/** A server key with its certificate, and the authority that a client must trust; all PEM. */
export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
  readonly ca: string;
}

const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));
const DAY_MS = 86_400_000;

interface Subject {
  readonly name: string;
  readonly keys: crypto.KeyPairKeyObjectResult;
}

/**
 * A fresh authority and a certificate of it for 127.0.0.1, ::1, localhost and `names`, valid for 90 days. Written by
 * hand in DER because Node signs but does not issue certificates, and a sandbox should need nothing but Node.
 */
export function makeTestCertificate(names: readonly string[] = []): TestCertificate {
  const authority = { name: 'Sandbox test authority', keys: crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
  const server = { name: 'localhost', keys: crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
  return {
    key: server.keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: issue(authority, server, serverExtensions(names)),
    ca: issue(authority, authority, authorityExtensions()),
  };
}

function issue(issuer: Subject, subject: Subject, extensions: readonly Buffer[]): string {
  const now = Date.now();
  const keyId = (of: Subject) => crypto.createHash('sha1').update(publicKey(of)).digest();
  const body = sequence(
    tagged(0, integer(Buffer.from([2]))),
    // A first byte that is never zero: DER refuses numbers with padding.
    integer(Buffer.concat([Buffer.from([0x4d]), crypto.randomBytes(15)])),
    ECDSA_SHA256,
    distinguishedName(issuer.name),
    sequence(utcTime(new Date(now - DAY_MS)), utcTime(new Date(now + 90 * DAY_MS))),
    distinguishedName(subject.name),
    publicKey(subject),
    tagged(
      3,
      sequence(
        ...extensions,
        extension('2.5.29.14', octets(keyId(subject))),
        extension('2.5.29.35', sequence(marked(0, keyId(issuer)))),
      ),
    ),
  );
  const signature = crypto.sign('sha256', body, issuer.keys.privateKey);
  return pem(sequence(body, ECDSA_SHA256, bits(signature)));
}

function authorityExtensions(): Buffer[] {
  const keyCertSign = bits(Buffer.from([0x04]), 2);
  return [critical('2.5.29.19', sequence(truth())), critical('2.5.29.15', keyCertSign)];
}

function serverExtensions(hostNames: readonly string[]): Buffer[] {
  const digitalSignature = bits(Buffer.from([0x80]), 7);
  const names = sequence(
    ...['localhost', ...hostNames].map((name) => marked(2, Buffer.from(name))),
    marked(7, Buffer.from([127, 0, 0, 1])),
    marked(7, Buffer.concat([Buffer.alloc(15), Buffer.from([1])])),
  );
  return [
    critical('2.5.29.19', sequence()),
    critical('2.5.29.15', digitalSignature),
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', names),
  ];
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(oid(id), octets(value));
}

function critical(id: string, value: Buffer): Buffer {
  return sequence(oid(id), truth(), octets(value));
}

function distinguishedName(name: string): Buffer {
  return sequence(setOf(sequence(oid('2.5.4.3'), utf8(name))));
}

function publicKey({ keys }: Subject): Buffer {
  return keys.publicKey.export({ type: 'spki', format: 'der' });
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
