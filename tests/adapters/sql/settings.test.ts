import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import { checkBoardSettings, createAdapter, findWrittenPlaces } from '../../../adapters/registry.ts';
import { listPresets } from '../../../adapters/sql/preset.ts';
import { Agency, compile } from '../../../schemas/index.ts';
import { readSqlAgency } from '../conformance/sql-fixture.ts';

const agency = await readSqlAgency();
const board = agency.board!;
const connection = { dialect: 'mysql', host: 'db', database: 'd', user: 'u', password: 'env:DB' };
const context = {
  agency: 'a',
  timeZone: 'Asia/Seoul',
  secret: () => {
    throw new Error('a draft reads no secret');
  },
};
const push = board.settings.push as Record<string, object[]>;
const problemsOf = (settings: object) =>
  checkBoardSettings({ ...board, settings: { ...board.settings, ...settings } }).map(
    ({ pointer }) => pointer,
  );

test('the sample agency is a valid configuration', () => {
  expect(compile(Agency)(agency)).toMatchObject({ ok: true });
  expect(checkBoardSettings(board)).toEqual([]);
});

test('the drafts of a preset mark what only the board knows, and need no database', async () => {
  const settings = { ...connection, preset: 'gnuboard5-qa', parameters: {} };
  const adapter = createAdapter({ adapter: 'sql', settings }, context);
  const answered = toChange(samples.answered, { externalId: '17' });
  const { reads, writes } = (await adapter.draft!(answered, '26-0000017-4/2')) as {
    reads: { as: string }[];
    writes: Record<string, Record<string, unknown>>[];
  };
  expect(reads.map(({ as }) => as)).toEqual(['post', 'open']);
  expect(writes[0]!.row).toMatchObject({
    qa_num: '$board(post.qa_num)',
    qa_related: '17',
    qa_content: expect.stringContaining(`${samples.answered.data.answer.text}`),
  });
  await expect(adapter.draft!(toChange(samples.answered), 'k')).rejects.toThrow();
  await adapter.close();
});

test.each([
  ['another database', { database: 'rehearsal' }, []],
  [
    'another spelling of the host and the port',
    { host: 'LOCALHOST', port: 3306 },
    ['minwon', 'minwon_reply'],
  ],
  ['one event less', { carries: ['registered'] }, ['minwon']],
])('%s names the places where posts are written', (_what, change, shared) => {
  const placesOf = (more: object) =>
    findWrittenPlaces({ ...board, settings: { ...board.settings, ...more } })?.posts ?? [];
  const own = placesOf({});
  expect(own).toEqual(['127.0.0.1:3306/textile/minwon', '127.0.0.1:3306/textile/minwon_reply']);
  expect(placesOf(change).filter((place) => own.includes(place))).toEqual(
    shared.map((table) => `127.0.0.1:3306/textile/${table}`),
  );
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
