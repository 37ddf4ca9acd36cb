import { describe, expect, test } from '@jest/globals';
import { tellIn } from './language.js';

const failure = {
  code: 'read/unknown_stream',
  kind: 'definition',
  message: 'Stream `x` cannot be read.',
  hint: 'Choose a stream that can be read.',
  details: { stream: 'x' },
};

describe('an answer in another language', () => {
  test('tells the failures of runs and of lists, and leaves codes and values', () => {
    const body = { items: [{ id: '1', state: 'failed', failure }], next: null };
    expect(tellIn('ru', body)).toEqual({
      items: [
        {
          id: '1',
          state: 'failed',
          failure: {
            ...failure,
            message: 'Поток `x` нельзя читать.',
            hint: 'Выберите поток, который можно читать.',
          },
        },
      ],
      next: null,
    });
  });

  test("leaves what is the customer's own", () => {
    const body = { items: [{ id: '1', record: { message: failure.message, hint: failure.hint } }] };
    expect(tellIn('pl', body)).toEqual(body);
  });

  test('is the very same in English', () => {
    const body = { failure };
    expect(tellIn('en', body)).toBe(body);
  });
});
