import { expect, it } from 'vitest';
import { forgetContent, forgetEvent, forgotten } from '../../../hub/retention/forget.ts';
import { findStepShapeProblems, type Step, stepKinds, stepSchemas } from '../../../schemas/steps/index.ts';
import { validateContent } from './validate-content.ts';

const secret = '홍길동이 쓴 글 secret words 010-1234-5678';

/** A step of each kind whose every free text, required or not, is the secret. */
function fill(schema: object): unknown {
  const node = schema as {
    const?: unknown;
    enum?: unknown[];
    format?: string;
    pattern?: string;
    type?: string;
    minimum?: number;
    items?: object;
    properties?: Record<string, object>;
  };
  if (node.const !== undefined) return node.const;
  if (node.enum) return node.enum[0];
  if (node.format === 'date-time') return '2026-11-30T09:00:00+09:00';
  if (node.format === 'date') return '2026-11-30';
  if (node.format === 'uri') return 'https://example.kr/a';
  if (node.pattern?.startsWith('^[a-z]')) return 'kotra';
  if (node.pattern?.startsWith('^[0-9a-f]')) return '0'.repeat(64);
  if (node.type === 'integer') return node.minimum ?? 1;
  if (node.type === 'boolean') return true;
  if (node.type === 'array') return [fill(node.items ?? {})];
  if (node.type === 'object')
    return Object.fromEntries(Object.entries(node.properties ?? {}).map(([name, of]) => [name, fill(of)]));
  return secret;
}

it.each(stepKinds)('a step %s keeps its kind, its dates and its numbers, and no word', (kind) => {
  const step = fill(stepSchemas[kind]) as Step & Record<string, unknown>;
  expect(JSON.stringify(step)).toContain(secret);
  const left = (forgetEvent('step_taken', { step }) as { step: Step & Record<string, unknown> }).step;
  // Numbers of complaints name nobody; here the secret stands in their place.
  const text = JSON.stringify({ ...left, complaints: null, earlier: null });
  expect(text).not.toContain('secret');
  expect(left).toMatchObject({ kind, at: '2026-11-30T09:00:00+09:00' });
  for (const name of ['days', 'until', 'to', 'ground', 'outcome', 'as', 'contribution', 'reviewOn', 'people'])
    expect(left[name]).toEqual(step[name]);
  expect(findStepShapeProblems(left)).toEqual([]);
});

it('a content keeps its kind and when it was filed, and stays readable', () => {
  const left = forgetContent({
    ...{ title: secret, body: secret, kind: 'query', category: '자금', region: secret },
    complainant: {
      ...{ name: secret, company: secret, email: 'a@example.kr', phone: '+821012345678' },
      ...{ notifyBy: 'sms', language: 'ko' },
    },
    filedAt: '2024-03-02T10:00:00+09:00',
    attachments: [{ name: secret, id: '7' }],
  });
  expect(left).toEqual({
    ...{ title: forgotten, body: forgotten, kind: 'query', category: '자금' },
    complainant: { name: forgotten, notifyBy: 'sms', language: 'ko' },
    filedAt: '2024-03-02T10:00:00+09:00',
  });
  expect(validateContent(left)).toBe(true);
});

it.each([
  [
    'answered',
    {
      answer: {
        text: secret,
        interim: true,
        answeredAt: '2024-03-04T10:00:00+09:00',
        officer: { name: secret, contact: secret },
      },
    },
    { answer: { text: forgotten, interim: true, answeredAt: '2024-03-04T10:00:00+09:00' } },
  ],
  [
    'transferred',
    { from: 'kotra', to: 'sbiz', reason: secret },
    { from: 'kotra', to: 'sbiz', reason: forgotten },
  ],
  [
    'assigned',
    { to: 'sbiz', reason: { rule: '3', text: secret } },
    { to: 'sbiz', reason: { rule: '3', text: forgotten } },
  ],
  ['withdrawn', { reason: secret }, {}],
  [
    'followed_up',
    { followUp: { id: secret, text: secret, attachments: [{ name: secret }] } },
    { followUp: { text: forgotten } },
  ],
  // A kind of a later version.
  ['sworn', { oath: secret }, {}],
])('an event %s', (type, data, left) => {
  expect(forgetEvent(type, data)).toEqual(left);
});
