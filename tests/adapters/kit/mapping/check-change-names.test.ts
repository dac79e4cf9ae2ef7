import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkChangeNames, type OverChange } from '../../../../adapters/kit/mapping/check-change-names.ts';
import { checkBoardSettings } from '../../../../adapters/registry.ts';
import { type Agency, wordReason } from '../../../../schemas/index.ts';

const wordsOf = (source: string, about: Omit<OverChange, 'located'> = {}) =>
  checkChangeNames([{ located: ['/at', source], ...about }]).map(({ reason }) => wordReason(reason, 'en'));

test.each<[string, OverChange['type'], string]>([
  ['complaint.title', 'registered', 'complaint.title; is complaint.content.title meant'],
  ['complaint.content.tilte', 'registered', 'complaint.content.tilte; is complaint.content.title meant'],
  [
    'complaint.content.complainant.{ "p": phon }',
    'registered',
    'is complaint.content.complainant.phone meant',
  ],
  ['{ "n": recieptNumber }', 'answered', 'is receiptNumber meant'],
  ['$.externalID', 'answered', 'is externalId meant'],
  [
    'complaint.content.attachments[nme = "x"].url',
    'registered',
    'is complaint.content.attachments.name meant',
  ],
  ['event.data.answer.text', 'registered', 'has no event.data.answer; there are: content'],
  ['$uppercase(event.anser)', 'answered', 'has no event.anser'],
])('%s of %s is told with what is meant', (source, type, words) => {
  expect(wordsOf(source, type && { type })).toEqual([expect.stringContaining(words)]);
});

test('what is right, or cannot be known, is left alone', () => {
  const source = `( $all := event.data.answer.attachments; $map($all, function($one) { $one.anything });
    complaint.content.complainant.(name & company); $lookup(complaint, "x"); complaint.content.*.odd;
    complaint.content.attachments@$file.{ "n": $file.name }; ref.partId; key; $$.role )`;
  expect(wordsOf(source, { type: 'answered' })).toEqual([]);
  expect(wordsOf('event.data.answer.text & event.data.content.title')).toEqual([]);
  expect(wordsOf('attachment.name & partId', { isFile: true })).toEqual([]);
  expect(wordsOf('attachment.name')).toHaveLength(1);
});

test.each(['rest-board', 'soap-board'])(
  'the configuration of the %s names nothing unknown',
  async (board) => {
    const file = new URL(`../../../boards/${board}/agency.yaml`, import.meta.url);
    const agency = parse(await readFile(file, 'utf8')) as Agency;
    expect(checkBoardSettings(agency.board!)).toEqual([]);
    const text = JSON.stringify(agency.board!.settings).replaceAll('data.content', 'data.contents');
    const problems = checkBoardSettings({ ...agency.board!, settings: JSON.parse(text) });
    expect(problems.map(({ reason }) => reason.code)).toContain('change_lacks_but_has');
  },
);

test('a board that is only written to needs no mapping of posts', async () => {
  const settings = {
    endpoint: 'http://board.example/',
    auth: { kind: 'none' },
    push: {
      registered: { method: 'POST', path: 'x', body: '{ "t": complaint.content.title }', externalId: 'id' },
    },
  };
  expect(checkBoardSettings({ adapter: 'rest', settings })).toEqual([]);
  const pull = { path: 'x', query: '{}', items: 'x', externalId: 'id', updatedAt: 'at' };
  expect(checkBoardSettings({ adapter: 'rest', settings: { ...settings, pull } })).toMatchObject([
    { pointer: '/settings/normalise', reason: { code: 'required' } },
  ]);
});
