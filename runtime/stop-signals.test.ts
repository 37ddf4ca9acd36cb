import { describe, expect, test } from '@jest/globals';
import { listenToStopSignals } from './stop-signals.js';

describe('stop signals', () => {
  test('count as one wish when the terminal and npm both send Ctrl-C', () => {
    const heard: string[] = [];
    const signals = listenToStopSignals(
      (name) => heard.push(`stop ${name}`),
      (name) => heard.push(`hurry ${name}`),
    );
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGINT', 'SIGINT');
    signals.forget();
    expect(heard).toEqual(['stop SIGINT']);
    expect(process.listenerCount('SIGTERM')).toBe(0);
  });
});
