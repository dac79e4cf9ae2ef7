import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { readBoardAgency } from '../../support/test-hub.ts';
import { writeFolder } from '../configuration/example-folder.ts';
import { callHub } from './run-hub.ts';

let board: RestBoard;
let env: Record<string, string>;
beforeAll(async () => {
  board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'k-secret' });
  env = { DATABASE_URL: await createFreshDatabase(), SBIZ_API_KEY: 'k-secret' };
  return () => board.close();
});
const folderWith = (changes: object = {}) => {
  const agency = readBoardAgency('rest-board', 'sbiz', board.url);
  const settings = { ...agency.board?.settings, ...changes };
  return writeFolder({
    'agencies/sbiz.yaml': stringify({ ...agency, board: { ...agency.board, settings } }),
    'routing.yaml': 'rules: []\ndefault: sbiz\n',
  });
};
const hub = (args: string, more = {}) => callHub(args.split(' '), { ...env, ...more });

describe('adapter check', () => {
  it('tells of a good board and ends with 0, by the configuration in force as by a folder', async () => {
    const folder = await folderWith();
    expect(await hub(`adapter check sbiz --config ${folder}`)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/ok +read the board/),
    });
    await hub(`config apply ${folder}`);
    expect(await hub('adapter check sbiz')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/ok +read the board/),
    });
  });

  it('tells what is not good and ends with 1, without the credential', async () => {
    const { code, stdout, stderr } = await hub(`adapter check sbiz --config ${await folderWith()}`, {
      SBIZ_API_KEY: 'wrong-key',
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/NO +read the board .*401/);
    expect(stdout + stderr).not.toContain('wrong-key');
    process.exitCode = 0;
  });

  it('refuses an agency that is not there, and a folder with mistakes, with 2', async () => {
    expect(await hub(`adapter check nobody --config ${await folderWith()}`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('sbiz'),
    });
    expect(await hub(`adapter check sbiz --config ${await folderWith({ normalise: '((' })}`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('/board/settings/normalise'),
    });
  });
});

it('a sample is masked, and a mapping is tried on it', async () => {
  board.file({
    subject: '개인 사정으로 문의합니다',
    contents: '제 이름은 홍길동이고 010-9876-5432로 주세요',
  });
  const file = join(await writeFolder({}), 'sample.json');
  const folder = await folderWith();
  expect(await hub(`adapter sample sbiz --most 1 --out ${file} --config ${folder}`)).toMatchObject({
    code: 0,
  });
  const text = await readFile(file, 'utf8');
  for (const word of ['홍길동', '사정', '9876', 'hong@', '한빛상회']) expect(text).not.toContain(word);
  expect(
    (await hub(`adapter sample sbiz --out ${file} --config ${folder}`)).code,
    'no file is overwritten',
  ).toBe(1);

  const good = await hub(`mapping try sbiz --sample ${file} --config ${folder}`);
  expect(good).toMatchObject({ code: 0, stderr: '1 of 1 can be mapped\n' });
  expect(JSON.parse(good.stdout).post).toMatchObject({ status: 'received', content: { category: '자금' } });
  const narrow = await folderWith({
    codes: {
      status: { PROC: 'in_progress' },
      channel: { E: 'email' },
      category: { FUND: '자금' },
      step: { EXT: 'extended' },
      ground: { TEST: 'review' },
    },
  });
  const bad = await hub(`mapping try sbiz --sample ${file} --config ${narrow}`);
  expect(bad).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/: \/status .*"RCPT".*\n0 of 1 can be mapped\n/),
  });
  process.exitCode = 0;
  await writeFile(file, '{');
  expect(await hub(`mapping try sbiz --sample ${file} --config ${folder}`)).toMatchObject({ code: 2 });
});

it('what a board would be sent is shown without sending it, with secrets by their names', async () => {
  const secrets = { login: 'env:REST_BOARD_KEY' };
  const push = (body: string) => ({
    secrets,
    push: { registered: { method: 'POST', path: 'x', body, externalId: 'id' } },
  });
  const folder = await folderWith(
    push('{ "no": originNumber, "pw": "k=" & $secret("login"), "t": event.data.content.title }'),
  );
  const before = board.faults.requests;
  const shown = await hub(`mapping try sbiz --push --config ${folder}`);
  expect(shown).toMatchObject({ code: 0, stderr: '1 of 1 can be mapped\n' });
  expect(JSON.parse(shown.stdout)).toMatchObject({
    event: 'registered',
    request: { method: 'POST', path: 'x', json: { no: '2026-1187', pw: 'k=$secret("login")' } },
  });
  expect(board.faults.requests).toBe(before);
  const failing = await folderWith(push('{ "n": $number(event.data.content.title) }'));
  expect(await hub(`mapping try sbiz --push --config ${failing}`)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^registered: .*\n0 of 1 can be mapped\n$/),
  });
  process.exitCode = 0;
  expect(await hub(`mapping try sbiz --config ${folder}`)).toMatchObject({ code: 2 });
});

it('the shape of a board is told and taken as normal', async () => {
  await hub(`config apply ${await folderWith()}`);
  for (let n = 0; n < 3; n += 1) board.file({ subject: '정책자금 문의' });
  expect(await hub('adapter shape sbiz')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('0 changed, 0 of them used'),
  });
  board.faults.renamed = { subject: 'mwTitle' };
  expect(await hub('adapter shape sbiz')).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/NO +post\.subject +gone .* \/board\/settings\/normalise/),
  });
  expect(await hub('adapter shape sbiz --accept --by kim')).toMatchObject({
    stderr: expect.stringContaining('taken as normal by kim'),
  });
  process.exitCode = 0;
  expect(await hub('adapter shape sbiz')).toMatchObject({
    code: 0,
    stdout: expect.not.stringContaining('post.'),
  });
  delete board.faults.renamed;
  expect(await hub('adapter shape nobody')).toMatchObject({ code: 2 });
  process.exitCode = 0;
});
