import { describe, expect, test } from 'vitest';
import { checkBoardSettings } from '../../../adapters/registry.ts';
import { listPresets } from '../../../adapters/sql/preset.ts';
import { Agency, compile } from '../../../schemas/index.ts';
import { readSqlAgency } from '../conformance/sql-fixture.ts';

const agency = await readSqlAgency();
const board = agency.board!;
const push = board.settings.push as Record<string, object[]>;
const problemsOf = (settings: object) =>
  checkBoardSettings({ ...board, settings: { ...board.settings, ...settings } }).map(
    ({ pointer }) => pointer,
  );

test('the sample agency is a valid configuration', () => {
  expect(compile(Agency)(agency)).toMatchObject({ ok: true });
  expect(checkBoardSettings(board)).toEqual([]);
});

test('children may belong to earlier children, and a check of a preset can be switched off', () => {
  const pull = board.settings.pull as object;
  const replies = { table: 'reply', parent: 'minwon_no', columns: ['no', 'writer'], order: ['no'] };
  const authors = { table: 'member', parent: 'id', of: 'replies.writer', columns: ['level'], order: ['id'] };
  const settings = {
    pull: { ...pull, children: { replies, authors } },
    normalise: '{}',
    checks: { open: false },
  };
  expect(problemsOf(settings)).toEqual([]);
});

describe('mistakes are told with their place', () => {
  const pull = board.settings.pull as object;
  const insert = push.registered![0]!;
  const files = board.settings.files as object;
  const silent = { table: 'reply', parent: 'minwon_no', columns: ['no'], order: ['no'] };
  const asking = { ...silent, columns: ['no', 'writer'] };
  const authors = { table: 'member', parent: 'id', of: 'replies.writer', columns: ['level'], order: ['id'] };
  const check = {
    reason: 'xe_list_open',
    read: { all: { table: 'minwon', columns: ['no'] } },
    fault: 'true',
  };
  const unmarked = { ...insert, mark: undefined, unless: ['subject'] };
  test.each([
    ['/settings/dialect', { dialect: 'mssql' }],
    ['/settings/password', { password: 'plain' }],
    ['/settings/pull/table', { pull: { ...pull, table: 'minwon; drop table minwon' } }],
    ['/settings/pull/columns/0', { pull: { ...pull, columns: ['subject`, password'] } }],
    ['/settings/pull/where/state"', { pull: { ...pull, where: { 'state"': '"RCPT"' } } }],
    ['/settings/pull/children/replies/limit', { pull: { ...pull, children: { replies: { limit: 1 } } } }],
    ['/settings/pull/children/authors/of', { pull: { ...pull, children: { authors, replies: asking } } }],
    ['/settings/pull/children/authors/of', { pull: { ...pull, children: { replies: silent, authors } } }],
    ['/settings/checks/open/reason', { checks: { open: { ...check, reason: 'board_answers' } } }],
    ['/settings/checks/open/fault', { checks: { open: { ...check, fault: 'a +' } } }],
    ['/settings/normalise', { normalise: '{"title": ' }],
    ['/settings/normalise', { normalise: undefined }],
    [
      '/settings/codes/status/RCPT',
      { codes: { ...(board.settings.codes as object), status: { RCPT: 'open' } } },
    ],
    [
      '/settings/push/registered/0/set/subject',
      { push: { registered: [{ ...insert, set: { subject: '$code("stat", 1)' } }] } },
    ],
    ['/settings/push/registered/0/mark', { push: { registered: [{ ...insert, mark: undefined }] } }],
    [
      '/settings/push/registered',
      { push: { registered: [{ update: 'minwon', where: { no: '1' }, set: { state: '"x"' } }] } },
    ],
    [
      '/settings/push/registered/1',
      {
        push: {
          registered: [insert, { update: 'minwon', where: { no: { id: 'nobody' } }, set: { state: '"x"' } }],
        },
      },
    ],
    ['/settings/push/registered', { push: { registered: [unmarked] } }],
    ['/settings/filesIn', { filesIn: 'srv/files' }],
    ['/settings/fileMode', { fileMode: '999' }],
    ['/settings/files/folder', { files: { ...files, folder: '..' } }],
    ['/settings/files/folder', { files: { ...files, folder: 'a/../b' } }],
    ['/settings/files/where/minwon_no', { files: { ...files, where: { minwon_no: 'a +' } } }],
    ['/settings/files/push/0/mark', { files: { ...files, push: [insert] } }],
    ['/settings/files/push', { files: { ...files, push: push.status_changed } }],
    ['/settings/preset', { preset: 'phpbb' }],
    ['/settings/parameters/board', { preset: 'gnuboard5-board' }],
    ['/settings/parameters/board', { preset: 'gnuboard5-board', parameters: { board: 'x`; drop' } }],
    ['/settings/parameters/bord', { preset: 'gnuboard5-board', parameters: { board: 'x', bord: 'x' } }],
  ])('%s of %j', (pointer, change) => {
    const told = problemsOf(change);
    expect(
      told.some((place) => place === pointer || place.startsWith(pointer)),
      told.join(', '),
    ).toBe(true);
  });
});

test('a preset is a configuration as soon as its parameters are there, and what the agency says goes before it', async () => {
  const { codes, pull, files, normalise, push: _, ...place } = board.settings;
  for (const preset of listPresets()) {
    const parameters = {
      'gnuboard5-board': { board: 'minwon' },
      'gnuboard5-qa': {},
      rhymix2: { prefix: 'rx_', module: '1' },
      xe1: { prefix: 'xe_', module: '1' },
      'egov-bbs': { board: 'B', reader: 'R' },
      'egov-qna': {},
      kboard: { board: '1' },
      osticket: { topic: '1', user: '1' },
      wordpress: { category: '1' },
      webform7: { form: '1', title: '1', body: '2', name: '3', state: '5', answer: '6' },
    }[preset];
    expect(checkBoardSettings({ ...board, settings: { ...place, preset, parameters } }), preset).toEqual([]);
  }
  const own = { ...place, preset: 'gnuboard5-qa', codes: { status: { '0': 'unheard' } } };
  expect(checkBoardSettings({ ...board, settings: own })).toMatchObject([
    { pointer: '/settings/codes/status/0' },
  ]);
});
