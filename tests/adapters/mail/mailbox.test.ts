import { describe, expect, test } from 'vitest';
import { readMailbox } from '../../../adapters/mail/mailbox.ts';
import { findForgery } from '../../../adapters/mail/mime/authentication.ts';

describe('a field that must name one mailbox (RFC 5322, 3.4)', () => {
  test.each<[string, string, string]>([
    ['kim@village.example', '', 'kim@village.example'],
    ['Kim <KIM@village.example>', 'Kim', 'kim@village.example'],
    ['홍.길동 (주)회사 <hong@village.example>', '홍.길동 회사', 'hong@village.example'],
    ['"park@village.example" <x@evil.example>', 'park@village.example', 'x@evil.example'],
    [
      '"\\"park@village.example" <x@evil.example> (a (b@c.example) d)',
      '"park@village.example',
      'x@evil.example',
    ],
    ['kim@village.example (park@village.example)', '', 'kim@village.example'],
    ['(c <park@village.example>) x@evil.example', '', 'x@evil.example'],
    ['=?UTF-8?B?PHBhcms+?= <x@evil.example>', '=?UTF-8?B?PHBhcms+?=', 'x@evil.example'],
  ])('%s', (field, name, address) => {
    expect(readMailbox(field)).toEqual({ name, address });
  });
  test.each([
    '',
    '<>',
    'nobody',
    '"park@village.example" x',
    'park@village.example x@evil.example',
    'park@village.example <x@evil.example>',
    '<park@village.example> <x@evil.example>',
    '<park@village.example>x@evil.example',
    'park@village.example, x@evil.example',
    'list: park@village.example;',
    'park@village.example@evil.example',
    '<@evil.example:park@village.example>',
    '<park@village.example',
    'park@',
    'park@village.example (open',
    '"open <park@village.example>',
    'park@village.example\u0000',
    'park@localhost',
  ])('names none where it is %j', (field) => {
    expect(readMailbox(field)).toBeUndefined();
  });
});

describe('results of the mail server (RFC 8601)', () => {
  const prove = (field: string) => findForgery([field], 'mx.hub', 'kim@agency.go.kr');
  test.each([
    'mx.hub 1; dmarc=pass (p=none) header.from=agency.go.kr',
    'MX.hub; dmarc = pass header.from = "Agency.go.kr"',
    'mx.hub; dkim=fail header.d=agency.go.kr; dkim=pass header.d=mail.agency.go.kr header.b=ab/+c=; dmarc=none',
    'mx.hub; dmarc=bestguesspass action=none header.from=agency.go.kr; spf=pass smtp.mailfrom=bounce@agency.go.kr',
  ])('%s proves the sender', (field) => {
    expect(prove(field)).toBeUndefined();
  });
  test.each([
    ['two that do not agree', 'mx.hub; dmarc=fail; dmarc=pass header.from=agency.go.kr'],
    ['a pass of two domains', 'mx.hub; dmarc=pass header.from=agency.go.kr header.from=evil.example'],
    ['a pass of nobody', 'mx.hub; dmarc=pass'],
    [
      'DKIM where DMARC says no',
      'mx.hub; dmarc=fail header.from=agency.go.kr; dkim=pass header.d=agency.go.kr',
    ],
    ['a public suffix', 'mx.hub; dkim=pass header.d=go.kr'],
    ['another organisation below the same suffix', 'mx.hub; spf=pass smtp.mailfrom=a@other.go.kr'],
    ['a name of SPF that is not the sender’s', 'mx.hub; spf=pass smtp.helo=agency.go.kr'],
    [
      'a quoted string without an end',
      'mx.hub; spf=pass smtp.mailfrom="a; dmarc=pass header.from=agency.go.kr',
    ],
    ['a comment without an end', 'mx.hub; dmarc=pass header.from=agency.go.kr (a (b)'],
    ['an unknown version', 'mx.hub 2; dmarc=pass header.from=agency.go.kr'],
    ['no result', 'mx.hub; none'],
    ['nothing', ''],
  ])('%s proves nothing: %s', (_what, field) => {
    expect(prove(field)).toMatchObject({ code: expect.stringMatching(/^mail_(sender|results)_/) });
  });
});
