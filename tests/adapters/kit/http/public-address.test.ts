import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createNetworkMatch,
  findSpecialRange,
  toOwnNetwork,
} from '../../../../adapters/kit/http/public-address.ts';

/** First and last address as numbers: computed here, so that the library is not judged by itself. */
type Range = { first: bigint; size: bigint; bits: 32n | 128n };

function toV4(cidr: string): Range {
  const [address = '', length = ''] = cidr.split('/');
  const first = address.split('.').reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return { first, size: 2n ** (32n - BigInt(length)), bits: 32n };
}

function toV6(cidr: string): Range {
  const [address = '', length = ''] = cidr.split('/');
  const [head = '', tail = ''] = address.split('::');
  const words = (text: string) => (text ? text.split(':') : []);
  const zeros = Array.from({ length: 8 - words(head).length - words(tail).length }, () => '0');
  const all = [...words(head), ...zeros, ...words(tail)];
  const first = all.reduce((sum, word) => sum * 65_536n + BigInt(`0x${word}`), 0n);
  return { first, size: 2n ** (128n - BigInt(length)), bits: 128n };
}

const writeV4 = (value: bigint) => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
const writeV6 = (value: bigint) =>
  Array.from({ length: 8 }, (_, n) => ((value >> BigInt(112 - 16 * n)) & 0xffffn).toString(16)).join(':');
const write = ({ bits }: Range, value: bigint) => (bits === 32n ? writeV4(value) : writeV6(value));

// IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), and multicast (RFC 5771, RFC 4291).
const special = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '255.255.255.255/32',
  '192.88.99.0/24',
].map(toV4);
const specialV6 = [
  '::1/128',
  '::/128',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32',
  '2001:2::/48',
  '2001:db8::/32',
  '2001:10::/28',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
  // Not given out: outside 2000::/3.
  '4000::/3',
  '6000::/3',
  '8000::/3',
  '::/32',
  '200::/7',
].map(toV6);

const inRange = (range: Range) =>
  fc.bigInt({ min: range.first, max: range.first + range.size - 1n }).map((value) => write(range, value));

describe('special ranges', () => {
  test.each([...special, ...specialV6].map((range) => [write(range, range.first), range] as const))(
    'everything in the range of %s is refused',
    (_name, range) => {
      const edges = [range.first, range.first + range.size - 1n].map((value) => write(range, value));
      for (const address of edges) expect(findSpecialRange(address), address).toBeDefined();
      fc.assert(fc.property(inRange(range), (address) => findSpecialRange(address) !== undefined));
    },
  );

  test('an IPv4 address counts for itself, however IPv6 writes it', () => {
    const hex = (value: bigint) => `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
    const anyV4 = fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }),
      ...special.map(({ first, size }) => fc.bigInt({ min: first, max: first + size - 1n })),
    );
    fc.assert(
      fc.property(anyV4, (value) => {
        const plain = findSpecialRange(writeV4(value)) !== undefined;
        const forms = [
          `::ffff:${writeV4(value)}`,
          `::ffff:${hex(value)}`,
          `0:0:0:0:0:FFFF:${hex(value)}`,
          `64:ff9b::${writeV4(value)}`,
        ];
        for (const form of forms) expect(findSpecialRange(form) !== undefined, form).toBe(plain);
        // Hidden in what cannot be judged: refused, whatever it is.
        for (const form of [`2002:${hex(value)}::1`, `::${hex(value)}`, `2001:0:${hex(value)}::1`])
          expect(findSpecialRange(form), form).toBeDefined();
      }),
    );
  });

  test('the public internet is open', () => {
    const isSpecial = (value: bigint) =>
      [...special, ...['192.31.196.0/24', '192.52.193.0/24', '192.175.48.0/24'].map(toV4)].some(
        ({ first, size }) => value >= first && value < first + size,
      );
    const open = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).filter((value) => !isSpecial(value));
    fc.assert(fc.property(open, (value) => findSpecialRange(writeV4(value)) === undefined));
    for (const address of ['8.8.8.8', '2606:4700::1111', '2a00:1450:4001:80b::200e', '2001:200::1'])
      expect(findSpecialRange(address), address).toBeUndefined();
  });

  test('what is no address is not public', () => {
    for (const text of ['', 'localhost', '1.2.3', '::g', '999.1.1.1'])
      expect(findSpecialRange(text)).toBeDefined();
  });
});

test('networks are matched by themselves, also for addresses in IPv6 clothes', () => {
  const isIn = createNetworkMatch(['10.20.0.0/16', 'fd00:1::/32', '192.168.7.9']);
  for (const address of ['10.20.255.1', '::ffff:10.20.0.1', '::ffff:0a14:1', 'fd00:1::5', '192.168.7.9'])
    expect(isIn(address), address).toBe(true);
  for (const address of ['10.21.0.1', '::ffff:10.21.0.1', 'fd00:2::5', '192.168.7.8', 'x'])
    expect(isIn(address), address).toBe(false);
  expect(toOwnNetwork('::ffff:10.1.2.3')).toBe('10.1.2.3/32');
  expect(toOwnNetwork('fd00::1')).toBe('fd00::1/128');
});
