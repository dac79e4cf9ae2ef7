import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentToken } from '../../../../hub/access/keys/agent-keys.ts';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { inWords } from '../../../support/in-words.ts';
import { type AgentProcess, createAgentProcess } from '../../../support/processes/agent-process.ts';
import { pdf } from '../../../support/sample-files.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { call } from '../../doors/call.ts';

const names = ['near', 'bare', 'full', 'far'] as const;
let boards: Record<(typeof names)[number], RestBoard>;
let agent: AgentProcess;
let hub: TestHub;
let folder: string;

/** `bare` and `far`, which is behind an agent, get no files of complainants; `full` does. */
beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  folder = await mkdtemp(join(tmpdir(), 'withheld-files-'));
  const open = async (name: string) =>
    [name, await startRestBoard({ agencyName: name, apiKey: 'rest-key' })] as const;
  boards = Object.fromEntries(await Promise.all(names.map(open))) as typeof boards;
  const agency = (name: (typeof names)[number], more: Partial<Agency> = {}): Agency => ({
    ...readBoardAgency('rest-board', name, boards[name].url),
    ...more,
  });
  const bare = { disclosure: { assignee: ['name' as const] } };
  const far = agency('far', bare);
  if (far.board) far.board = { ...far.board, via: 'agent' };
  hub = await startTestHub(
    [agency('near'), agency('bare', bare), agency('full'), far],
    {
      rules: [
        { when: { category: ['기술'] }, to: 'bare' },
        { when: { category: ['수출'] }, to: 'full' },
        { when: { category: ['노무'] }, to: 'far' },
      ],
      default: 'near',
    },
    { ATTACHMENTS_DIR: folder },
  );
  const { token } = await createAgentToken(hub.store, 'far', 'test');
  agent = await createAgentProcess({ hub: hub.url, token, environment: { SBIZ_API_KEY: 'rest-key' } });
  agent.start();
}, 120_000);
afterAll(async () => {
  await agent?.remove();
  await hub.stop();
  await Promise.all(names.map((name) => boards[name].close()));
  await rm(folder, { recursive: true, force: true });
});

const deliveries = async (agency: string) => {
  const { rows } = await hub.store.pool.query(
    'select state, last_error from attachment_deliveries where agency = $1 order by seq',
    [agency],
  );
  return inWords(rows) as { state: string; last_error: string | null }[];
};
const why = expect.stringContaining("does not get the complainant's files");

it.each([
  ['bare', 'TECH', 60_000],
  ['far', 'LABOR', 60_000],
] as const)(
  '%s gets no file of the complainant, and its own still reach the origin',
  async (name, ctgry, within) => {
    const subject = `파일 없이 ${name}`;
    const no = boards.near.file({ subject, ctgry }, [{ name: '홍길동 신분증.pdf', content: pdf() }]);
    const post = await waitFor(
      'the post',
      () => boards[name].posts().find((one) => one.subject === subject),
      within,
    );
    boards.near.followUp(no, '더 보냅니다.', [{ name: '홍길동 통장.pdf', content: pdf() }]);
    await waitFor(
      'both decided',
      async () => (await deliveries(name)).filter(({ state }) => state === 'skipped').length === 2,
      within,
    );
    expect(await deliveries(name)).toEqual([
      { state: 'skipped', last_error: why },
      { state: 'skipped', last_error: why },
    ]);
    await waitFor(
      'the follow-up',
      () => boards[name].posts().find((one) => one.subject === subject)?.addQs.length === 1,
      within,
    );
    boards[name].answer(post.mwNo, '붙임과 같습니다.', [{ name: '붙임.pdf', content: pdf(5000) }]);
    await waitFor(
      'the file of the answer',
      () => boards.near.files(no).some((file) => file.name === '붙임.pdf'),
      within,
    );
    expect(boards[name].files(post.mwNo).map((file) => file.name)).toEqual(['붙임.pdf']);
    expect(JSON.stringify(boards[name].posts())).not.toMatch(/신분증|통장/);

    const { rows } = await hub.store.pool.query(
      `select receipt_number as number from complaints where content ->> 'title' = $1`,
      [subject],
    );
    const { key } = await createApiKey(hub.store, name);
    interface Files {
      attachments: { name: string }[];
    }
    const listed = await call<Files>(hub, key, 'GET', `/complaints/${rows[0].number}/attachments`);
    expect(listed.body.attachments.map((file) => file.name)).toEqual(['붙임.pdf']);
    const ids = await hub.store.pool.query<{ id: string }>(
      `select a.id from attachments a join complaints c on c.id = a.complaint_id where c.receipt_number = $1 and a.seq = 1`,
      [rows[0].number],
    );
    const opened = await call(
      hub,
      key,
      'GET',
      `/complaints/${rows[0].number}/attachments/${ids.rows[0]?.id}`,
    );
    expect(opened.status).toBe(404);
  },
);

it('an agency that gets files gets them', async () => {
  boards.near.file({ subject: '파일과 함께', ctgry: 'EXPORT' }, [{ name: '계획.pdf', content: pdf() }]);
  const post = await waitFor('the post', () =>
    boards.full.posts().find(({ subject }) => subject === '파일과 함께'),
  );
  await waitFor('the file', () => boards.full.files(post.mwNo).length === 1);
});
