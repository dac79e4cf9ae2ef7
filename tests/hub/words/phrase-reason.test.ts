import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NotAllowed } from '../../../adapters/agent/allowed.ts';
import { toAllowed } from '../../../adapters/agent/settings.ts';
import { PathRefused } from '../../../adapters/kit/http/allowed-path.ts';
import { createAddressGuard } from '../../../adapters/kit/http/guarded-connect.ts';
import { HttpError, toBoardError, toOutcome } from '../../../adapters/kit/http/http-errors.ts';
import { compileMapping } from '../../../adapters/kit/mapping/mapping.ts';
import { normalise } from '../../../adapters/kit/mapping/normalise.ts';
import { collapseProblems, phraseReason, readReason } from '../../../hub/words/phrase-reason.ts';
import { phrases } from '../../../hub/words/phrases.ts';

it('every phrase is found again by its English, with what stands in it', () => {
  for (const [code, [, english]] of Object.entries(phrases)) {
    const text = english.replace(/\{(\w+)\}/g, 'x1');
    expect(readReason(text)?.code, english).toBe(code);
  }
});

/** Where reasons arise that people see on parked things. A reason that is reworded there is missed here. */
const sources = [
  ...[
    'hub/complaints/find-problems.ts',
    'hub/exchange/intake/judge.ts',
    'hub/exchange/intake/find-unstorable.ts',
  ],
  ...['adapters/relay/bring-event.ts', 'adapters/relay/bring-file.ts'],
  ...['adapters/kit/mapped/mapped-board.ts', 'adapters/kit/mapped/mapped-files.ts', 'adapters/sql/index.ts'],
  ...[
    'adapters/mail/index.ts',
    'adapters/mail/mapping.ts',
    'adapters/mail/recognise.ts',
    'adapters/mail/attachments.ts',
    'adapters/mail/mime/first-line.ts',
  ],
  ...[
    'adapters/mail/post.ts',
    'adapters/webhook/index.ts',
    'adapters/open311/write.ts',
    'adapters/open311/form-fields.ts',
  ],
];
describe.each(sources)('%s', (file) => {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  const literal = /\b(?:message|reason|only)(?::| =)(?: \(code: string\) =>)?\s*(['`])([^'`\n]{12,})\1/g;
  const reasons = [...text.matchAll(literal)]
    .map(([, , words = '']) => words.replace(/\$\{known\}/, "the hub knows the board's post x1 as x1"))
    .map((words) => words.replace(/\$\{[^}]*\}/g, 'x1'))
    .filter((words) => words !== 'push.x1: x1');
  it('gives reasons that have Korean words', () => {
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.filter((words) => phraseReason(words) === undefined)).toEqual([]);
  });
});

it('what a mapping finds wrong has Korean words', async () => {
  const mapping = compileMapping('$', { codes: { status: { A: 'received' } } });
  const coded = compileMapping('{ "status": $code("status", state) }', {
    codes: { status: { A: 'received' } },
  });
  const wrong = await normalise(mapping, {
    content: {
      title: 'x'.repeat(301),
      body: 'a\u0001b',
      kind: 'joke',
      filedAt: 'yesterday',
      complainant: {},
    },
    extra: 1,
  });
  const short = await normalise(mapping, {
    content: { title: 'x', kind: 'joke', filedAt: 'yesterday' },
    extra: 1,
  });
  const unknown = await normalise(coded, { state: 'B' });
  const long = await normalise(compileMapping('$uppercase("x" & t)'), { t: 'x'.repeat(500_000) });
  const endless = '($f := function($x) {$f($x)}; $f(1))';
  const slow = await normalise(compileMapping(endless, { timeLimit: 50 }), {});
  for (const result of [wrong, short, unknown, long, slow]) {
    if (result.ok) throw new Error('nothing was found wrong');
    for (const { message } of result.problems) expect(phraseReason(message), message).toMatch(/[가-힣]/);
  }
});

it('what an agent’s machine does not allow has Korean words', () => {
  const said = [
    new NotAllowed({ ...toAllowed({}), hosts: ['db'], secrets: ['env:A'] }),
    new PathRefused('/etc/hostname'),
  ].map(({ message }) => message);
  const guard = createAddressGuard({ reach: { hosts: [], paths: [] } });
  expect(() => guard.mustBeOpen('10.0.0.7')).toThrow(
    expect.objectContaining({
      message: expect.toSatisfy((text: string) => (phraseReason(text) ?? '').includes('10.0.0.7에 접속')),
    }),
  );
  expect(said.map(phraseReason)).toEqual([
    expect.stringContaining('허용하지 않습니다: hosts: db, secrets: env:A.'),
    expect.stringContaining('/etc/hostname을(를) 열지 않았습니다'),
  ]);
});

it('the hub’s part of a reason is told in Korean, the board’s own words as they came', () => {
  const refused = toOutcome(
    new HttpError('unauthorised', 'credentials refused: HTTP 401: 인증키가 올바르지 않습니다'),
  );
  if (refused.kind === 'done') throw new Error('it was refused');
  expect(phraseReason(refused.reason)).toBe(
    '게시판이 인증을 거절했습니다: HTTP 401: 인증키가 올바르지 않습니다',
  );
  const { kind, message } = toBoardError(
    new HttpError('no_reply', 'sent, but no whole reply came: given up while waiting'),
  );
  expect(phraseReason(`${kind}: ${message}`)).toBe(
    '연결되지 않음: 보냈으나 응답을 다 받지 못했습니다: 기다리다 중단했습니다',
  );
  expect(phraseReason('HTTP 422: E_SUBJECT; 제목은 필수입니다')).toBeUndefined();
  expect(phraseReason('/minwon/writer is no column of this table; HTTP 500')).toBe(
    '/minwon/writer 이 테이블에 없는 열입니다; HTTP 500',
  );
  expect(phraseReason('push.answered: the board does not hold this complaint yet')).toBe(
    'push.answered: 게시판에 아직 이 민원이 없습니다',
  );
});

it('the same reason for the same place is one', () => {
  const required = { pointer: '/content', message: 'is required' };
  const other = { pointer: '/content', message: 'must be object' };
  expect(collapseProblems([required, other, { ...required }])).toEqual([required, other]);
});
