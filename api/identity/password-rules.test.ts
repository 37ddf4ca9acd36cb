import { describe, expect, test } from '@jest/globals';
import { checkPassword, isCommonPassword } from './password-rules.js';

describe('rules for passwords', () => {
  test.each([
    'password',
    'Password1',
    'P@ssw0rd!',
    'password2024!',
    '12345678',
    '1234567890',
    '87654321',
    'qwertyuiop',
    'Qwerty123',
    '1q2w3e4r',
    '1qaz2wsx',
    'zaq12wsx',
    'asdfghjkl',
    'aaaaaaaa',
    '12121212',
    '11111111',
    '123qwe123',
    'iloveyou',
    'iloveyou1',
    'sunshine',
    'princess1',
    'football',
    'trustno1',
    'letmein1',
    'welcome123',
    'admin123',
    'michelle',
    'charlie1',
    'starwars',
    'master123',
    'monkey12',
    'dragon123',
    '12051990',
    '1990-05-12',
    'abcd1234',
    'abcdefgh',
    'passpass',
    'lovelove',
    'changeme',
    'пароль123',
    'йцукенгш',
    'whatever',
    'mercedes',
    'computer',
  ])('`%s` is refused', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  test.each([
    'correct horse battery staple',
    'harbour-lamp-cello',
    'kX9#mPq2vL',
    'tractor orbit',
    'jmfkdlwq',
    'blue whale sings',
    'длинная фраза из слов',
    '𝔘𝔫𝔦𝔠𝔬𝔡𝔢✓✓',
    '4815162342lost',
  ])('`%s` is taken', (password) => {
    expect(() => checkPassword(password)).not.toThrow();
  });

  test('eight characters are enough, and 256 bytes are the most', () => {
    expect(() => checkPassword('hv7k-xb')).toThrow('shorter');
    expect(() => checkPassword('hv7k-xbq')).not.toThrow();
    expect(() => checkPassword(`hv7k${'ж'.repeat(126)}`)).not.toThrow();
    expect(() => checkPassword(`hv7k${'ж'.repeat(127)}`)).toThrow('longer');
  });
});
