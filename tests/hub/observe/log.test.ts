import { expect, it } from 'vitest';
import { createLog } from '../../../hub/observe/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog({ LOG_LEVEL: 'info' }, { write: (line: string) => void lines.push(line) }));
  for (const line of lines) JSON.parse(line);
  return lines.join('');
}

const secrets = {
  name: '홍길동',
  phone: '+821012345678',
  email: 'hong@example.kr',
  body: '공장 소음이 심합니다',
  password: 'correct horse',
  envelope: '<soapenv:Envelope/>',
};

it('hides fields by their name, wherever they stand', () => {
  const text = logged((log) => {
    log.info({ complaint: { content: { complainant: secrets } }, list: [secrets], ...secrets }, 'accepted');
    log
      .child({ part: 'notify' })
      .child({ recipient: secrets.email, user: { Name: secrets.name } })
      .info('sent');
    log.info({ headers: { Authorization: 'abc', 'x-api-key': 'def-key', Cookie: 'sid=1' } }, 'called');
  });
  for (const secret of [...Object.values(secrets), 'abc', 'def-key', 'sid=1'])
    expect(text).not.toContain(secret);
});

it('keeps what operators need', () => {
  const id = '01993a2b-0102-7345-8901-234567890123';
  const text = logged((log) =>
    log.info({ agency: 'kotra', complaint: id, receiptNumber: '26-0001-2345-6', attempt: 3 }, 'delivered'),
  );
  for (const kept of ['kotra', id, '26-0001-2345-6', '"attempt":3', 'delivered', '"time":'])
    expect(text).toContain(kept);
});

it.each([
  ['an e-mail address', 'no mailbox hong.gildong@example.co.kr here', 'hong.gildong'],
  ['a mobile number', 'rejected: 010-1234-5678', '1234-5678'],
  ['a number without dashes', 'rejected:\n01012345678', '12345678'],
  ['a number of a region', 'call (02)123-4567 or 051 123 4567', '123 4567'],
  ['an international number', 'to +82 10-1234-5678.', '1234-5678'],
  ['a resident registration number', 'is 900101-1234567', '1234567'],
  ['credentials in an address', 'cannot reach postgres://hub:hunter2@db/hub', 'hunter2'],
  ['a bearer token', 'sent Authorization: Bearer abcdef.ghi', 'abcdef'],
])('hides %s inside a sentence and inside an error', (_, sentence, secret) => {
  const text = logged((log) => {
    log.warn(sentence);
    log.error(new Error(sentence));
    log.error({ err: new Error('outer', { cause: new Error(sentence) }) }, 'failed');
  });
  expect(text).not.toContain(secret);
  expect(text.match(/\[redacted\]/g)?.length).toBeGreaterThanOrEqual(3);
});

it('hides the row that PostgreSQL quotes in its error', () => {
  const error = Object.assign(new Error('violates not-null'), {
    detail: 'Failing row contains (홍길동)',
    code: '23502',
  });
  const text = logged((log) => log.error({ err: error }, 'not stored'));
  expect(text).not.toContain('홍길동');
  expect(text).toContain('23502');
});

it('writes nothing below its level', () => {
  expect(logged((log) => log.debug('detail'))).toBe('');
});

it('a line of the log is one line, whatever is in it, and says when in milliseconds of UTC', () => {
  const forged = 'x"}\n{"level":30,"msg":"signed in","user":"admin"}\r\n\u2028\u001b[2J';
  const before = Date.now();
  const text = logged((log) => {
    log.warn({ from: forged, [forged]: 1 }, forged);
    log.error({ err: new Error(forged) }, 'failed');
  });
  const lines = text.trimEnd().split(/[\r\n\u2028\u2029]/);
  expect(lines.filter((line) => line.startsWith('{'))).toHaveLength(2);
  expect(text).not.toContain('\u001b');
  const [warned, failed] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect([warned?.msg, warned?.from]).toEqual([forged, forged]);
  expect(failed?.msg).toBe('failed');
  expect(Number(warned?.time)).toBeGreaterThanOrEqual(before);
  expect(Number(warned?.time)).toBeLessThanOrEqual(Date.now());
});
