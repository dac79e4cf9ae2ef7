import { describe, expect, test } from 'vitest';
import {
  decode,
  encode,
  findUnencodable,
  UnencodableError,
  wireName,
} from '../../../../adapters/kit/text/charset.ts';

// Bytes by the code charts: 가 B0A1, 한 C7D1 and 글 B1DB in KS X 1001; 뷁 94EE and 똠 8C63 only in CP949.
const korean = Buffer.from('c7d1b1db', 'hex');
const extended = Buffer.from('94ee8c63', 'hex');
const xml = (encoding: string, content: Uint8Array) =>
  Buffer.concat([
    Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><a>`),
    content,
    Buffer.from('</a>'),
  ]);

describe('decode', () => {
  test('reads what is labelled EUC-KR as CP949', () => {
    const decoded = decode(extended, { contentType: 'text/xml; charset="euc-kr"' });
    expect(decoded).toEqual({ text: '뷁똠', charset: 'EUC-KR', damaged: false });
  });

  test('believes the BOM before the Content-Type', () => {
    const bytes = Buffer.concat([Buffer.from('efbbbf', 'hex'), Buffer.from('한글')]);
    expect(decode(bytes, { contentType: 'text/xml; charset=euc-kr' }).text).toBe('한글');
  });

  test('believes the Content-Type before the declaration, and the declaration before the configuration', () => {
    expect(decode(xml('UTF-8', korean), { contentType: 'text/xml;charset=EUC-KR' }).text).toContain('한글');
    expect(decode(xml('euc-kr', korean), { configured: 'utf-8' }).text).toContain('한글');
    expect(decode(korean, { configured: 'euc-kr' }).text).toBe('한글');
  });

  test('passes over a label under which the bytes make no sense, or which nobody knows', () => {
    expect(decode(korean, { contentType: 'text/xml; charset=utf-8', configured: 'euc-kr' }).text).toBe(
      '한글',
    );
    expect(decode(Buffer.from('한글'), { contentType: 'text/xml; charset=x-nonsense' }).text).toBe('한글');
  });

  test('keeps everything but a syllable that was cut in the middle', () => {
    const cut = Buffer.concat([korean, Buffer.from('c7', 'hex'), Buffer.from('</a>')]);
    expect(decode(cut, { contentType: 'text/xml; charset=euc-kr' })).toEqual({
      text: '한글\uFFFD</a>',
      charset: 'EUC-KR',
      damaged: true,
    });
  });
});

describe('encode', () => {
  test('writes KS X 1001 and, for EUC-KR and CP949, what CP949 added', () => {
    expect(encode('한글', 'euc-kr')).toEqual(korean);
    expect(encode('뷁똠', 'euc-kr')).toEqual(extended);
    expect(encode('뷁똠', 'cp949')).toEqual(extended);
    expect(wireName('cp949')).toBe('EUC-KR');
  });

  test('names each character that does not fit, and where it stands', () => {
    expect(findUnencodable('가😀나–?', 'euc-kr')).toEqual([
      { character: '😀', position: 2 },
      { character: '–', position: 4 },
    ]);
    expect(() => encode('가😀', 'euc-kr')).toThrow(UnencodableError);
    expect(() => encode('가😀', 'euc-kr')).toThrow('cannot be written in euc-kr: 😀 (U+1F600) at position 2');
  });

  test('keeps to KS X 1001 where the board does', () => {
    expect(findUnencodable('한글 abc', 'ks_x_1001')).toEqual([]);
    expect(findUnencodable('한뷁글똠', 'ks_x_1001').map(({ character }) => character)).toEqual(['뷁', '똠']);
  });

  test('takes everything but half characters in UTF-8', () => {
    expect(findUnencodable('가😀–', 'utf-8')).toEqual([]);
    expect(findUnencodable('\uFEFF가', 'utf-8')).toEqual([]);
    expect(findUnencodable('a\uD83D', 'utf-8')).toEqual([{ character: '\uD83D', position: 2 }]);
  });
});
