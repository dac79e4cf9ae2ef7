import { describe, expect, it } from 'vitest';
import { createFunctions } from '../../../../adapters/kit/expressions/functions.ts';
import {
  explainExpression,
  expressionFunctions,
  listKnown,
  replaceField,
  toKnownNames,
} from '../../../../adapters/kit/mapping/explain.ts';

const source = `(
  $p := $;
  {
    "title": subject, /* a comment, with } and , */
    "text": "a \\", b }" & $match(body, /[,a]"x/)[0],
    "writer": wrtr.{ "name": nm, 'tel': $phone(hp) },
    "answers": [replies.{ "text": cn, "by": { "name": chrg } }],
    "transfer": moved ? { "to": moved.to } : null,
    "share": total / 2, "rest": (a / b) / c
  }
)`;

describe('the fields of an expression', () => {
  const { fields } = explainExpression(source, {});
  const of = (pointer: string) => fields.find((one) => one.pointer === pointer);

  it.each([
    ['/title', 'subject'],
    ['/text', '"a \\", b }" & $match(body, /[,a]"x/)[0]'],
    ['/writer', 'wrtr.{ "name": nm, \'tel\': $phone(hp) }'],
    ['/writer/tel', '$phone(hp)'],
    ['/answers', '[replies.{ "text": cn, "by": { "name": chrg } }]'],
    ['/answers/*/by/name', 'chrg'],
    ['/transfer/to', 'moved.to'],
    ['/share', 'total / 2'],
    ['/rest', '(a / b) / c'],
  ])('%s is what stands there', (pointer, text) => {
    expect(of(pointer)?.source).toBe(text);
  });

  it.each([
    ['/text', ['body']],
    ['/writer', ['wrtr.nm', 'wrtr.hp']],
    ['/answers/*/by/name', ['replies.chrg']],
    ['/transfer', ['moved.to']],
    ['/rest', ['a', 'b', 'c']],
  ])('%s reads what the item calls by name', (pointer, reads) => {
    expect(of(pointer)?.reads).toEqual(reads);
  });

  it('one is replaced, and all else stays', () => {
    const changed = replaceField(source, '/writer/tel', ' $koreanPhone(hp) ');
    expect(changed).toBe(source.replace('$phone(hp)', '$koreanPhone(hp)'));
    expect(replaceField(source, '/unknown', 'x')).toBeUndefined();
  });
});

describe('what is wrong with an expression', () => {
  const known = toKnownNames([{ subject: 'a', replies: [{ cn: 'b' }, { chrg: 'c' }] }]) ?? {
    fields: new Map(),
  };
  const input = { kind: 'post' as const, known };

  it('stands at its character', () => {
    expect(explainExpression('{ "a": subject & }', {}).fault).toMatchObject({ position: 18 });
    expect(explainExpression('$code("sort", a)', { codes: { kind: {} } }).fault).toMatchObject({
      reason: { code: 'no_code_table' },
      position: 12,
    });
  });

  it('an unknown name is found with its place, and what may be meant', () => {
    const { unknown } = explainExpression('{ "t": sub, "x": replies.cm, "s": subjekt }', { input });
    expect(unknown).toMatchObject([
      { position: 10, reason: { code: 'post_lacks', params: { name: 'sub', known: 'subject, replies' } } },
      { position: 27, reason: { params: { name: 'replies.cm', suggestion: 'replies.cn' } } },
      { position: 41, reason: { params: { name: 'subjekt', suggestion: 'subject' } } },
    ]);
  });

  it('nothing is said where the input of a name is not known', () => {
    const open =
      '($r := replies; { "a": $r.zz, "b": $map(replies, function($x) { $x.yy }), "c": [{ "n": 1 }][n > 0] })';
    expect(explainExpression(open, { input }).unknown).toEqual([]);
  });

  it('names of lists are known through the list', () => {
    expect(listKnown(known)).toEqual(['subject', 'replies', 'replies.cn', 'replies.chrg']);
  });
});

it('every function is explained in both languages', () => {
  const functions = Object.keys(createFunctions({ codes: {}, timeZone: 'Asia/Seoul' }));
  expect(Object.keys(expressionFunctions).sort()).toEqual(functions.sort());
  for (const [name, { call, ko, en }] of Object.entries(expressionFunctions)) {
    expect(call).toMatch(new RegExp(`^\\$${name}\\(`));
    expect(ko).toMatch(/[가-힣]/);
    expect(en).toMatch(/^[A-Z].*\.$/);
  }
});
