import { inspect } from 'node:util';
import { expect } from '@jest/globals';
import type { TObject, TSchema } from 'typebox';
import { isFailure } from '../../../core/failures.js';
import type { StreamDeclaration } from '../streams-contract.js';
import { noSignal, readRequest, writeRequest } from './requests.js';
import type { Behaviours } from './suite.js';

export const connectionTests: Behaviours = {
  'the declaration is complete and consistent': async ({ setup, open }) => {
    const { connector } = setup;
    expect(connector.id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(connector.title).not.toBe('');
    expect(connector.settleMs).toBeGreaterThanOrEqual(0);
    expect(connector.facts.length).toBeGreaterThan(0);
    for (const host of connector.hosts(setup.settings)) expect(host).toMatch(/^[^\s/]+:\d+$/);
    for (const limit of connector.limits(setup.settings)) {
      expect(limit.requests).toBeGreaterThan(0);
      expect(limit.perMs).toBeGreaterThan(0);
    }
    const streams = await open().streams(noSignal);
    expect(new Set(streams.map((stream) => stream.name)).size).toBe(streams.length);
    for (const stream of streams) checkStream(stream);
    for (const wanted of [setup.source?.stream, setup.target?.stream]) {
      if (wanted !== undefined) expect(streams.map((stream) => stream.name)).toContain(wanted);
    }
    const declared = connector.declaredStreams(setup.settings);
    if (declared !== null)
      expect(declared.map((stream) => stream.name).sort()).toEqual(streams.map((stream) => stream.name).sort());
  },

  'every setting has a title and a description': async ({ setup }) => {
    for (const schema of [setup.connector.settings, setup.connector.secret]) {
      if (schema !== null) checkTitles(schema, '');
    }
  },

  'a check names the account and its rights': async ({ open }) => {
    const report = await open().check(noSignal);
    expect(report.account).not.toBe('');
    expect(report.rightsFound.length).toBeGreaterThan(0);
    expect(report.rightsMissing).toEqual([]);
  },

  'secrets are in no failure': async ({ setup }) => {
    const broken = setup.openBroken();
    try {
      const stream = setup.source?.stream ?? setup.target?.stream ?? 'none';
      const failures: unknown[] = [];
      const attempts = [
        async () => broken.check(noSignal),
        async () => broken.streams(noSignal),
        async () => broken.reader(readRequest(stream)).readPage(null, null, noSignal),
        async () => broken.writer(writeRequest(stream, 'insert')).findByMatch?.(['id'], [['1']], noSignal),
      ];
      for (const attempt of attempts) await attempt().catch((error: unknown) => failures.push(error));
      expect(failures.length).toBeGreaterThan(0);
      for (const failure of failures) {
        expect(isFailure(failure)).toBe(true);
        const text = `${inspect(failure, { depth: 6, showHidden: false })}${JSON.stringify(failure)}`;
        for (const secret of setup.secrets) for (const form of formsOf(secret)) expect(text).not.toContain(form);
      }
    } finally {
      await broken.close();
    }
  },
};

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString('base64'), bytes.toString('hex'), encodeURIComponent(secret)];
}

function checkStream(stream: StreamDeclaration): void {
  const names = new Set(stream.fields.map((field) => field.name));
  expect(stream.title).not.toBe('');
  expect(names.size).toBe(stream.fields.length);
  if (!stream.isOpen) expect(stream.fields.length).toBeGreaterThan(0);
  const mentioned = [
    ...(stream.key ?? []),
    ...(stream.read?.cursor ?? []),
    ...(stream.write?.naturalKey ?? []),
    ...(stream.write?.ownIdField == null ? [] : [stream.write.ownIdField]),
    ...(Array.isArray(stream.read?.findBy) ? stream.read.findBy : []),
    ...(Array.isArray(stream.write?.matchFields) ? stream.write.matchFields : []),
  ];
  if (!stream.isOpen) for (const name of mentioned) expect([...names]).toContain(name);
  expect(stream.read !== null || stream.write !== null).toBe(true);
  if (stream.read !== null) {
    expect(stream.read.modes.length).toBeGreaterThan(0);
    expect(stream.read.pageSize).toBeGreaterThan(0);
  }
  if (stream.write !== null) {
    const { write } = stream;
    expect(write.modes.length).toBeGreaterThan(0);
    expect(write.batchSize).toBeGreaterThan(0);
    expect(write.parallelBatches).toBeGreaterThan(0);
    if (write.idempotency === 'positional') expect(write.parallelBatches).toBe(1);
    if (write.idempotency === 'find_then_create') expect(write.ownIdField).not.toBeNull();
    if (write.idempotency === 'upsert') expect(write.ownIdField ?? write.naturalKey).not.toBeNull();
  }
}

function checkTitles(schema: TObject, place: string): void {
  expect({ place, additionalProperties: (schema as { additionalProperties?: unknown }).additionalProperties }).toEqual({
    place,
    additionalProperties: false,
  });
  for (const [name, property] of Object.entries<TSchema>(schema.properties)) {
    const { title, description, properties } = property as {
      title?: string;
      description?: string;
      properties?: object;
    };
    const where = `${place}${name}`;
    expect({ where, hasTitle: title !== undefined }).toEqual({ where, hasTitle: true });
    if (properties !== undefined) checkTitles(property as TObject, `${where}.`);
    else expect({ where, hasDescription: description !== undefined }).toEqual({ where, hasDescription: true });
  }
}
