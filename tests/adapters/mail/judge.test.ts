import { describe, expect, test } from 'vitest';
import type { GivenProblem } from '../../../adapters/contract.ts';
import { amendMail, isOwnMail, normaliseMail, toPulledPost } from '../../../adapters/mail/mapping.ts';
import type { RawMail } from '../../../adapters/mail/mime/raw-mail.ts';
import { createSigner } from '../../../adapters/mail/reply-address.ts';
import type { Rules } from '../../../adapters/mail/sender.ts';
import { fromGivenProblem, toPlainProblem } from '../../../schemas/index.ts';

const template = 'minwon+{token}@hub.example';
const signerOf = (agency: string, ...secrets: string[]) =>
  createSigner(template, { agency, secrets: () => secrets });
const signer = signerOf('village', 'new-secret', 'old-secret');
const number = '26-0000-0017-4';
const rules = {
  signer,
  settings: {
    officers: [{ address: 'park@village.example', name: '박담당' }],
    alsoFrom: ['@team.village.example'],
    trustedAuthservId: 'mx.hub.example',
  },
};

interface Given {
  from?: string;
  to?: string;
  text?: string;
  report?: string;
  /** Further headers. */
  [header: string]: string | undefined;
}

function mailOf({
  from = 'park@village.example',
  to = signer.toReplyAddress(number),
  text = '답변입니다.',
  report,
  ...more
}: Given = {}): RawMail {
  const headers = {
    from,
    to,
    date: 'Sun, 22 Nov 2026 15:04:05 +0900',
    'message-id': '<1@village.example>',
    // What the mailbox's server finds where a sender is whom he or she says.
    'authentication-results': `mx.hub.example; dmarc=pass header.from=${from.split('@').at(-1)?.replace('>', '')}`,
    ...more,
  };
  return {
    validity: '1',
    uid: 7,
    receivedAt: '2026-11-22T06:05:00.000Z',
    texts: [{ plain: text }],
    files: [],
    ...(report !== undefined && { report }),
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value]]])),
    ),
  };
}

const judge = (given: Given, settings: object = {}) =>
  normaliseMail({ ...rules, settings: { ...rules.settings, ...settings } }, mailOf(given));
const wordProblem = (problem: GivenProblem) => toPlainProblem(fromGivenProblem(problem)).message;
const reasonOf = (given: Given, settings: object = {}) => {
  const result = judge(given, settings);
  return result.ok ? JSON.stringify(result.post) : result.problems.map(wordProblem).join();
};
const noted = {
  ok: true,
  post: { receiptNumber: number },
  aside: { note: { code: expect.stringMatching(/^mail_noted_/) } },
};

test('a reply is an answer of its officer, at the time that he wrote it', () => {
  expect(judge({})).toEqual({
    ok: true,
    post: {
      receiptNumber: number,
      answers: [
        {
          id: expect.stringMatching(/^[0-9a-f]{32}$/),
          text: '답변입니다.',
          answeredAt: '2026-11-22T06:04:05.000Z',
          officer: { name: '박담당', contact: 'park@village.example' },
        },
      ],
    },
  });
});

test('the same Message-ID is the same news, whatever else changed and wherever it lies', () => {
  const [one, other] = [
    toPulledPost(rules, mailOf()),
    toPulledPost(rules, { ...mailOf({ text: '다른 말' }), uid: 9, validity: '2' }),
  ];
  expect([one.externalId, one.version]).toEqual([other.externalId, other.version]);
  expect(one.externalId).toBe(number);
  expect(toPulledPost(rules, mailOf({ 'message-id': '<2@village.example>' })).version).not.toBe(one.version);
});

test('mails without a Message-ID, or with one that is empty, are told from each other by what they say', () => {
  for (const id of [undefined, '<>']) {
    const [one, other] = ['하나', '둘'].map((text) =>
      toPulledPost(rules, mailOf({ 'message-id': id, text })),
    );
    expect(one?.version).not.toBe(other?.version);
  }
});

describe('the signed address', () => {
  const signed = signer.toReplyAddress(number);
  test('is read in any case and under a former secret', () => {
    expect(signer.readReplyAddress(signed.toUpperCase())).toEqual({ receiptNumber: number });
    expect(signer.readReplyAddress(signerOf('village', 'old-secret').toReplyAddress(number))).toEqual({
      receiptNumber: number,
    });
    expect(signed.split('@')[0]?.length).toBeLessThanOrEqual(64);
  });
  test.each([
    ['of another agency', signerOf('town', 'new-secret').toReplyAddress(number), 'forged'],
    ['of another complaint', signed.replace('0017-4', '0018-1'), 'forged'],
    ['under an unknown secret', signerOf('village', 'guess').toReplyAddress(number), 'forged'],
    ['without a signature', 'minwon@hub.example', undefined],
    ['of another domain', signed.replace('hub.example', 'hub.invalid'), undefined],
  ])('%s is none', (_what, address, expected) => {
    expect(signer.readReplyAddress(address)).toBe(expected);
    expect(judge({ to: address }).ok).toBe(false);
  });
  test('is found in the envelope when the headers hide it, and two of them are no answer', () => {
    expect(judge({ to: 'list@village.example', 'delivered-to': signed }).ok).toBe(true);
    expect(reasonOf({ to: `${signed}, ${signer.toReplyAddress('26-0000-0025-5')}` })).toContain(
      '2 complaints at once',
    );
  });
});

describe('who may answer', () => {
  test.each(['PARK@village.example', '"박담당" <park@village.example>', 'kim@team.village.example'])(
    '%s',
    (from) => {
      expect(judge({ from }).ok).toBe(true);
    },
  );
  test.each([
    ['park@evil.example', 'none of the agency'],
    ['park@village.example.evil.example', 'none of the agency'],
    ['kim@sub.team.village.example', 'none of the agency'],
    ['"park@village.example" <x@evil.example>', 'x@evil.example is none'],
    ['park@village.example, x@evil.example', 'must name one sender'],
    [signer.toReplyAddress(number), 'a mail of ours that came back'],
  ])('not %s', (from, reason) => {
    expect(reasonOf({ from })).toContain(reason);
  });
  test.each([
    ['mx.hub.example; dmarc=pass header.from=village.example', true],
    ['mx.hub.example; dkim=pass (good) header.d=village.example; spf=fail smtp.mailfrom=evil.example', true],
    ['mx.hub.example; spf=pass smtp.mailfrom=park@village.example', true],
    ['mx.hub.example; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example', false],
    ['mx.hub.example; dmarc=fail header.from=village.example; dkim=none', false],
    ['mx.hub.example (dmarc=pass); none', false],
    ['mx.evil.example; dmarc=pass header.from=village.example', false],
    ['mx.hub.example; dkim=pass header.d=example', false],
  ])('with "%s" proved: %s', (header, isProved) => {
    const result = judge({ 'authentication-results': header });
    expect(result.ok, JSON.stringify(result)).toBe(isProved);
  });
  test.each(['none', undefined])('nobody is believed by From alone (trustedAuthservId: %s)', (given) => {
    const settings = { ...rules.settings, trustedAuthservId: given };
    expect(reasonOf({}, settings)).toContain('who is this? the mail server of this agency reports nothing');
    const mail = amendMail({ ...rules, settings: settings as Rules['settings'] }, mailOf(), 'vouched');
    expect(normaliseMail({ ...rules, settings: settings as Rules['settings'] }, mail)).toMatchObject({
      ok: true,
      post: { answers: [{ text: '답변입니다.', officer: { name: '박담당' } }] },
    });
  });
  test('nobody can answer for a bounce or for an address that nobody signed', () => {
    expect(amendMail(rules, mailOf({ to: 'minwon@hub.example' }), 'vouched')).toBeUndefined();
    expect(amendMail(rules, mailOf({ from: '<>', 'return-path': '<>' }), 'vouched')).toBeUndefined();
  });
  test('a mail that was kept with one text and one HTML is read as before', () => {
    const { texts: _texts, ...mail } = mailOf();
    expect(normaliseMail(rules, { ...mail, text: '답변입니다.', html: '<p>x</p>' })).toEqual(judge({}));
  });
  test('only the newest result of the own server counts', () => {
    const mail = mailOf();
    mail.headers['authentication-results'] = ['mx.hub.example; dmarc=fail', 'mx.hub.example; dmarc=pass'];
    expect(normaliseMail(rules, mail).ok).toBe(false);
  });
});

describe('what programs write', () => {
  const report = (action: string) =>
    `Reporting-MTA: dns; mx.hub.example\r\n\r\nFinal-Recipient: rfc822; park@village.example\r\nAction: ${action}\r\nStatus: 5.1.1\r\n`;
  const dsn = {
    'content-type': 'multipart/report; report-type=delivery-status; boundary=x',
    from: 'MAILER-DAEMON@hub.example',
  };
  test.each<[string, Given]>([
    ['out of office (RFC 3834)', { 'auto-submitted': 'auto-replied' }],
    [
      'out of office of Exchange in Korean',
      { subject: '부재중 자동 회신: [민원] 문의', 'return-path': '<>' },
    ],
    ['out of office without a header', { subject: '[자동응답] 휴가 중입니다' }],
    ['out of office in English', { subject: 'Automatic reply: [26-0000-0017-4]' }],
    ['a delay', { ...dsn, report: report('delayed') }],
  ])('%s is noted and no answer', (_what, given) => {
    expect(judge(given)).toEqual(noted);
  });
  test.each<[string, Given, string]>([
    ['RFC 3464', { ...dsn, report: report('failed') }, 'park@village.example (5.1.1)'],
    [
      'a Korean postmaster',
      { from: 'postmaster@village.example', subject: '[발송실패 안내] 메일이 반송되었습니다' },
      'did not arrive',
    ],
    [
      'Exim',
      {
        from: 'Mail Delivery System <Mailer-Daemon@village.example>',
        'x-failed-recipients': 'park@village.example',
      },
      'at park@village.example',
    ],
  ])('a bounce of %s is for a person', (_what, given, reason) => {
    expect(reasonOf({ ...given, text: '전송되지 못했습니다.' })).toContain(reason);
  });
  test('an officer who marks a reply as not automatic, or speaks of a return, is a person', () => {
    expect(judge({ 'auto-submitted': 'no', subject: 'RE: 서류 반송 문의' })).not.toEqual(noted);
    expect(judge({ 'auto-submitted': 'no', subject: 'RE: 서류 반송 문의' }).ok).toBe(true);
  });
  test('a mail of ours is known by its mark, and a mark that somebody made up is none', () => {
    expect(isOwnMail(rules, mailOf({ 'x-minwon-hub': signer.toMark(`${number}/1`) }))).toBe(true);
    expect(isOwnMail(rules, mailOf({ 'x-minwon-hub': `${number}/1 aaaaaaaaaaaaaaaa` }))).toBe(false);
  });
});

describe('the first line', () => {
  const postOf = (text: string) => {
    const result = judge({ text });
    return result.ok ? result.post : result.problems;
  };
  test.each([
    ['[중간회신] 검토 중입니다.', '검토 중입니다.'],
    ['[ 중간 회신 ]\n검토 중입니다.', '검토 중입니다.'],
    ['［Interim］ we are looking into it', 'we are looking into it'],
  ])('%j is an interim answer', (text, words) => {
    expect(postOf(text)).toMatchObject({ answers: [{ interim: true, text: words }] });
  });
  test('[이송] moves it, [상태] sets the status, and neither is an answer', () => {
    expect(postOf('[이송] busan: 부산시 소관입니다.\n끝.')).toEqual({
      receiptNumber: number,
      transfer: { to: 'busan', reason: '부산시 소관입니다.\n끝.' },
    });
    expect(postOf('[상태] 보완 요구')).toEqual({ receiptNumber: number, status: 'supplement_requested' });
    expect(postOf('[Status] in_progress')).toEqual({ receiptNumber: number, status: 'in_progress' });
  });
  test.each([
    ['[이송] 부산시로 보내 주십시오', '/transfer'],
    ['[이송] busan:', '/transfer'],
    ['[상태] 완료', '/status'],
  ])('%s says what is missing', (text, pointer) => {
    expect(postOf(text)).toMatchObject([{ pointer }]);
  });
  test('another word in brackets belongs to the answer', () => {
    expect(postOf('[마을기업지원단] 답변드립니다.')).toMatchObject({
      answers: [{ text: '[마을기업지원단] 답변드립니다.' }],
    });
  });
  test.each(['', '> 인용만 있습니다', '[중간회신]'])('%j leaves no answer', (text) => {
    const quoted = text.startsWith('>')
      ? `2026년 11월 22일, 민원 허브 <a@b.example>님이 작성:\n${text}`
      : text;
    expect(reasonOf({ text: quoted })).toContain('no word of an answer is left');
  });
});
