import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkMailSettings } from '../../../adapters/mail/config.ts';
import { checkBoardSettings } from '../../../adapters/registry.ts';
import type { Agency } from '../../../schemas/index.ts';

const example = new URL('../../boards/mail-board/agency.yaml', import.meta.url);
const { board }: Agency = parse(await readFile(example, 'utf8'));

test('the worked example is right', () => {
  expect(board && checkBoardSettings(board)).toEqual([]);
});

test.each<[string, object, string]>([
  [
    'a reply address without a place for the signature',
    { replyAddress: 'village@hub.example' },
    '/replyAddress',
  ],
  [
    'one that leaves no room for it',
    { replyAddress: `${'v'.repeat(40)}+{token}@hub.example` },
    '/replyAddress',
  ],
  ['one that is no address', { replyAddress: 'village+{token}@hub' }, '/replyAddress'],
  ['a sender that is none', { from: '민원 허브' }, '/from'],
  ['an officer who is the hub', { officers: [{ address: 'Village@hub.example' }] }, '/officers/0/address'],
  ['a password in the open', { imap: { host: 'a', user: 'b', password: 'secret' } }, '/imap/password'],
  ['a user without a password', { smtp: { host: 'a', user: 'b' } }, '/smtp'],
  ['mails about a complaint that nobody was told of', { carries: ['followed_up'] }, '/carries'],
  ['no word about who proves senders', { trustedAuthservId: undefined }, '/trustedAuthservId'],
  ['a server name that is none', { trustedAuthservId: 'mx.hub.example; dmarc=pass' }, '/trustedAuthservId'],
  ['a setting that there is not', { subject: 'x' }, '/subject'],
])('%s is told', (_what, change, pointer) => {
  const problems = checkMailSettings({ ...board?.settings, ...change });
  expect(problems.map((problem) => problem.pointer)).toContain(pointer);
});

test('a mail server that reports nothing is said in so many words', () => {
  expect(checkMailSettings({ ...board?.settings, trustedAuthservId: 'none' })).toEqual([]);
  const { trustedAuthservId: _left, ...rest } = board?.settings ?? {};
  expect(checkMailSettings(rest)).toEqual([
    {
      pointer: '/trustedAuthservId',
      reason: { code: 'mail_authserv_id' },
    },
  ]);
});
