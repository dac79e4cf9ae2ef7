import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { compile, Instant, Post } from '../../schemas/index.ts';
import { toCanonicalInstant, toGivenInstant } from '../../schemas/instant.ts';
import { toReason } from '../../schemas/reason.ts';

describe('an instant', () => {
  it.each([
    ['2026-11-28T09:30:00+09:00', '2026-11-28T09:30:00+09:00'],
    ['2026-11-28T00:30:00.120Z', '2026-11-28T00:30:00.120Z'],
    ['2026-11-28 09:30:00Z', '2026-11-28T09:30:00Z'],
    ['2026-11-28t09:30:00.123456789z', '2026-11-28T09:30:00.123Z'],
    ['2026-11-28T09:30:00.5+0900', '2026-11-28T09:30:00.500+09:00'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
    ['2017-01-01T08:59:60.25+09:00', '2017-01-01T08:59:59.250+09:00'],
    ['2026-11-28T09:30:00-00:00', '2026-11-28T09:30:00Z'],
    ['2026-11-28T09:30:00+14:00', '2026-11-28T09:30:00+14:00'],
    ['2024-02-29T00:00:00-03:30', '2024-02-29T00:00:00-03:30'],
    ['9999-12-31T23:59:59+09:00', '9999-12-31T23:59:59+09:00'],
  ])('%s is %s', (text, canonical) => {
    expect(toCanonicalInstant(text)).toBe(canonical);
    expect(toCanonicalInstant(canonical)).toBe(canonical);
  });

  it.each([
    '2026-11-28T09:30:00+23:00',
    '2026-11-28T09:30:00+25:00',
    '2026-11-28T09:30:00+14:01',
    '2026-11-28T09:30:00-15:00',
    '2026-11-28T09:30:00+09:60',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '1899-12-31T23:59:59Z',
    '9999-12-31T23:59:59-09:00',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-31T00:00:00Z',
    '2026-11-28T24:00:00Z',
    '2026-11-28T09:60:00Z',
    '2026-11-28T09:30:61Z',
    '2026-11-28T09:30:00',
    '2026-11-28',
    '2026-11-28T09:30Z',
    '2026-11-28T09:30:00.Z',
    ' 2026-11-28T09:30:00Z',
    '2026-11-28T09:30:00Z\n',
    '+12026-11-28T09:30:00Z',
    '２０２６-11-28T09:30:00Z',
  ])('%j is none', (text) => {
    expect(toCanonicalInstant(text)).toBeUndefined();
  });

  it('that was stored in another form is given out as the same moment, or the nearest that can be told', () => {
    expect(toGivenInstant('2026-11-28 09:30:00+0900')).toBe('2026-11-28T09:30:00+09:00');
    expect(toGivenInstant('2026-11-28T09:30:00+23:00')).toBe('2026-11-27T10:30:00.000Z');
    expect(toGivenInstant('2026-11-28t09:30:00+15:00')).toBe('2026-11-27T18:30:00.000Z');
    expect(toGivenInstant('0000-01-01T00:00:00Z')).toBe('1900-01-01T00:00:00.000Z');
  });
});

describe('what passed its schema', () => {
  it('has its instants in the one form, at every depth, and what was given stays as it was', () => {
    const given = {
      content: {
        title: '제',
        body: '문',
        kind: 'query',
        complainant: { name: '김' },
        filedAt: '2026-11-28 09:30:00+0900',
      },
      answers: [{ text: '답', answeredAt: '2026-11-28t01:00:00z' }, { text: '시각 없음' }],
      followUps: [{ text: '질', writtenAt: '2026-11-28T01:00:00.1234Z' }],
    };
    const before = structuredClone(given);
    const checked = compile(Post)(given);
    expect(checked).toEqual({
      ok: true,
      value: {
        content: { ...given.content, filedAt: '2026-11-28T09:30:00+09:00' },
        answers: [{ text: '답', answeredAt: '2026-11-28T01:00:00Z' }, { text: '시각 없음' }],
        followUps: [{ text: '질', writtenAt: '2026-11-28T01:00:00.123Z' }],
      },
    });
    expect(given).toEqual(before);
  });

  it('is the very value where nothing had to be written anew', () => {
    const value = { at: '2026-11-28T01:00:00Z', list: [{ at: '2026-11-28T01:00:00Z' }], __proto__: {} };
    const schema = Type.Object({ at: Instant, list: Type.Array(Type.Object({ at: Instant })) });
    expect((compile(schema)(value) as { value: unknown }).value).toBe(value);
  });

  it('names the place and what would be right otherwise', () => {
    const checked = compile(Type.Object({ at: Instant }))({ at: '2026-11-28T09:30:00+23:00' });
    expect(checked).toEqual({
      ok: false,
      problems: [{ pointer: '/at', reason: toReason('date_time') }],
    });
  });
});
