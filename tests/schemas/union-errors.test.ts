import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { compile } from '../../schemas/index.ts';

const closed = { additionalProperties: false };
const Auth = Type.Union([
  Type.Object({ kind: Type.Literal('none') }, closed),
  Type.Object({ kind: Type.Literal('basic'), user: Type.String(), password: Type.String() }, closed),
  Type.Object({ kind: Type.Literal('apiKey'), secret: Type.String({ pattern: '^env:' }) }, closed),
]);
const faultsOf = (schema: Parameters<typeof compile>[0], value: unknown) => {
  const checked = compile(schema)(value);
  return checked.ok ? [] : checked.problems.map(({ pointer, reason }) => `${pointer} ${reason.code}`);
};

test('one mistake in the branch that the discriminator names is one problem', () => {
  const check = compile(Type.Object({ auth: Auth }));
  expect(check({ auth: { kind: 'apiKey', secret: 'sk-plain' } })).toMatchObject({
    problems: [{ pointer: '/auth/secret', reason: { code: 'pattern' } }],
  });
  expect(faultsOf(Auth, { kind: 'basic', user: 'a' })).toEqual(['/password required']);
});

test('a discriminator that names no branch, or is missing, says which there are', () => {
  const check = compile(Auth);
  const words = { code: 'one_of', params: { words: 'none, basic, apiKey' } };
  expect(check({ kind: 'apikey', secret: 'env:X' })).toEqual({
    ok: false,
    problems: [{ pointer: '/kind', reason: words }],
  });
  expect(check({ secret: 'env:X' })).toMatchObject({ problems: [{ pointer: '/kind', reason: words }] });
});

test('words, and types, become one list of them', () => {
  const Word = Type.Union([Type.Literal('on'), Type.Literal('off')]);
  expect(compile(Word)('maybe')).toMatchObject({ problems: [{ reason: { params: { words: 'on, off' } } }] });
  const Either = Type.Union([Type.String(), Type.Integer()]);
  expect(compile(Either)([])).toMatchObject({
    problems: [{ reason: { params: { type: 'string,integer' } } }],
  });
});

test('without a discriminator the branch that fits best counts', () => {
  const Period = Type.Union([
    Type.Object({ days: Type.Integer({ maximum: 365 }), from: Type.String() }, closed),
    Type.Object({ hours: Type.Integer(), from: Type.String() }, closed),
    Type.String(),
  ]);
  expect(faultsOf(Period, { days: 999, from: 'x' })).toEqual(['/days too_great']);
});

test('a union within a branch of another, and two mistakes beside each other', () => {
  const Outer = Type.Object({
    list: Type.Array(
      Type.Union([
        Type.Object({ of: Type.Literal('a'), auth: Auth }),
        Type.Object({ of: Type.Literal('b') }),
      ]),
    ),
  });
  const value = {
    list: [
      { of: 'a', auth: { kind: 'basic', user: 'u' } },
      { of: 'c' },
      { of: 'b' },
      { of: 'a', auth: { kind: 'x' } },
    ],
  };
  expect(faultsOf(Outer, value)).toEqual([
    '/list/0/auth/password required',
    '/list/1/of one_of',
    '/list/3/auth/kind one_of',
  ]);
});

test('an example beside a type is told with it', () => {
  const Days = Type.Record(Type.String(), Type.String(), { examples: ['{ 2026-06-03: 임시공휴일 }'] });
  expect(compile(Days)('2026-01-01')).toMatchObject({
    problems: [
      { reason: { code: 'type_like', params: { type: 'object', example: '{ 2026-06-03: 임시공휴일 }' } } },
    ],
  });
});
