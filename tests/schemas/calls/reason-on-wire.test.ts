import { describe, expect, it } from 'vitest';
import { fitsOnWire, said, toReason, toWire, toWireWords } from '../../../schemas/index.ts';

describe('a reason for another program', () => {
  it('goes as it is where it fits', () => {
    const reason = toReason('at', { place: toReason('with_reading'), detail: said('HTTP 401') });
    expect(toWire(reason)).toBe(reason);
  });

  it('goes in as many words as are taken where it does not', () => {
    const reason = toReason('several', { reasons: Array(300).fill(said('연결 거부')) });
    expect(fitsOnWire(reason)).toBe(false);
    const { code, said: words } = toWire(reason);
    expect(code).toBe('said');
    expect(words).toHaveLength(2000);
    expect(words).toMatch(/^연결 거부; 연결 거부; /);
  });

  it('always fits once it was made to', () => {
    for (const sign of ['가', '"', '\n', '\u0000', '😀'])
      expect(fitsOnWire(toWire(said(sign.repeat(100_000)))), JSON.stringify(sign)).toBe(true);
  });

  it('never goes without any word to a hub that takes words alone', () => {
    expect(toWireWords(said(''))).toBe('no reason given');
  });
});
