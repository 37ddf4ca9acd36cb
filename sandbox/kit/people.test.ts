import { describe, expect, test } from '@jest/globals';
import { makeOrganisation, makeTaxId } from './organisations.js';
import { makePerson } from './people.js';
import { Random } from './random.js';

describe('made-up people and companies', () => {
  test('are the same for the same seed and others for another', () => {
    const people = (seed: number) => Array.from({ length: 50 }, (_, n) => makePerson(new Random(`${seed}/${n}`), n));
    expect(people(1)).toEqual(people(1));
    expect(people(1)).not.toEqual(people(2));
  });

  test('come from five languages, with unique well-formed addresses and a few phones nobody can dial', () => {
    const random = new Random(3);
    const people = Array.from({ length: 3000 }, (_, n) => makePerson(random, n));
    expect(new Set(people.map(({ culture }) => culture.code)).size).toBe(5);
    expect(new Set(people.map(({ emails }) => emails[0])).size).toBe(3000);
    for (const { emails } of people) expect(emails[0]).toMatch(/^[a-z]+\.[a-z]+\d+@[a-z.]+$/);
    const broken = people.flatMap(({ phones }) => phones).filter((phone) => phone.replace(/\D/g, '').length < 9);
    expect(broken.length).toBeGreaterThan(30);
    expect(broken.length).toBeLessThan(250);
  });

  test('carry tax numbers with right check digits', () => {
    const random = new Random(4);
    for (let n = 0; n < 200; n += 1) {
      const nip = makeTaxId(random, 'pl');
      const sum = [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce((total, weight, place) => total + weight * Number(nip[place]), 0);
      expect(nip).toMatch(/^\d{10}$/);
      expect(sum % 11).toBe(Number(nip[9]));
    }
    expect(makeOrganisation(random, 1).taxId).toMatch(/^\d{8,10}$/);
  });
});
