import { describe, expect, test } from '@jest/globals';
import { AllowedPlaces, isPublicAddress, normalPlace, resolveGuarded } from './addresses.js';

const nothing = new AllowedPlaces([]);

describe('addresses of the inside', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::FFFF:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700::1%lo',
    'fec0::1',
    'ff02::1',
    '4000::1',
    'not an address',
    '',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['8.8.8.8', '100.63.255.255', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  // The system's resolver reads all of these as 127.0.0.1.
  test.each(['2130706433', '0x7f000001', '0x7f.1', '017700000001', '0177.0.0.1', '127.1', 'LOCALHOST', 'localhost.'])(
    'the host %s is refused however it is spelled',
    async (host) => {
      await expect(resolveGuarded(host, 443, nothing)).rejects.toMatchObject({ kind: expect.any(String) });
    },
  );

  test('a name with one address inside is refused as a whole', async () => {
    const look = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    await expect(resolveGuarded('two.test', 443, nothing, look)).rejects.toMatchObject({
      code: 'egress/address_refused',
      details: { wasSent: false },
    });
  });

  test('refusals are alike, so that they tell nothing about the inside', async () => {
    const refusal = async (host: string) => resolveGuarded(host, 443, nothing).catch((error: Error) => error.message);
    expect(await refusal('127.0.0.1')).toBe(await refusal('10.255.255.1'));
    expect(await refusal('[::1]')).toBe(await refusal('169.254.169.254'));
  });

  test('what the operator allows is allowed for its ports alone', async () => {
    const allowed = new AllowedPlaces(['127.0.0.1:8000-8010', '[::1]:9000', 'Inside.Example.:443']);
    expect(await resolveGuarded('127.0.0.1', 8_005, allowed)).toEqual({ address: '127.0.0.1', family: 4 });
    expect(await resolveGuarded('::1', 9_000, allowed)).toEqual({ address: '::1', family: 6 });
    await expect(resolveGuarded('127.0.0.1', 8_011, allowed)).rejects.toMatchObject({ code: 'egress/address_refused' });
    expect(allowed.has('inside.example', 443)).toBe(true);
    expect(() => new AllowedPlaces(['nonsense'])).toThrow(/host:port/);
  });

  test('a place has one spelling', () => {
    expect(normalPlace('API.Example.com.:443')).toBe('api.example.com:443');
    expect(normalPlace('[::1]:80')).toBe('::1:80');
  });
});
