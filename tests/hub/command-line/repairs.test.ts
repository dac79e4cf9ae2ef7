import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { callHub } from './run-hub.ts';

let from: RestBoard;
let to: RestBoard;
let hub: TestHub;
let env: Record<string, string>;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  from = await startRestBoard({ agencyName: '보내는 기관', apiKey: 'rest-key' });
  to = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key' });
  hub = await startTestHub(
    [readBoardAgency('rest-board', 'sbiz', from.url), readBoardAgency('rest-board', 'other', to.url)],
    { rules: [], default: 'other' },
  );
  env = { DATABASE_URL: hub.store.url, SBIZ_API_KEY: 'rest-key' };
  for (const subject of ['하나', '둘', '셋']) from.file({ subject });
  await waitFor('all of them', () => to.posts().length === 3);
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([from.close(), to.close()]);
});

const run = async (...args: string[]) => {
  process.exitCode = undefined;
  const ended = await callHub(args, env);
  process.exitCode = undefined;
  return ended;
};

describe('hub reconcile', () => {
  it('ends with 0 when nothing differs', async () => {
    const { code, stdout } = await run('reconcile', 'other');
    expect(stdout).toBe('other: 3 posts compared, 0 drifts, 0 under way\n');
    expect(code).toBe(0);
  });

  it('reports, ends with 1, and sends nothing; then repairs one, then all', async () => {
    const port = Number(new URL(to.url).port);
    await to.close();
    to = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key', port });
    const dry = await run('reconcile', 'other', '--dry-run', '--json');
    expect(dry.code).toBe(1);
    const report = JSON.parse(dry.stdout);
    expect(report).toMatchObject({ agency: 'other', posts: 0, open: 3 });
    expect(report.drifts[0]).toMatchObject({
      kind: 'missing_there',
      parts: [{ remedy: 'bring', events: [1] }],
    });
    expect(to.posts()).toEqual([]);

    const one = await run('reconcile', 'other', '--repair', report.drifts[1].id);
    expect(one.code).toBe(1);
    await waitFor('the one', () => to.posts().length === 1);
    expect(to.posts()[0]?.hubNo).toBe(report.drifts[1].receiptNumber);
    const twice = await run('reconcile', 'other', '--repair', report.drifts[1].id);
    expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing open') });

    const all = await run('reconcile', 'other', '--repair', 'all');
    expect(all.code).toBe(0);
    await waitFor('all of them', () => to.posts().length === 3);
    expect((await run('reconcile', 'other')).code).toBe(0);
  });

  it.each([
    [['nobody'], 2, /no agency nobody with a board; with one: other, sbiz/],
    [['other', '--repair', 'x'], 2, /x is no id of a drift/],
    [['other', '--dry-run', '--repair', 'all'], 2, /exclude each other/],
    [['other', '--since', 'yesterday'], 2, /must be a time/],
  ])('refuses %j', async (args, code, words) => {
    expect(await run('reconcile', ...args)).toMatchObject({ code, stderr: expect.stringMatching(words) });
  });

  it('ends with 3 when the board is out of reach', async () => {
    to.faults.mode = 'error500';
    const { code, stderr } = await run('reconcile', 'other');
    to.faults.mode = 'none';
    expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('unreachable') });
  });
});

describe('hub replay', () => {
  it('previews, starts and lists', async () => {
    const preview = await run('replay', 'preview', '--agency', 'other');
    expect(preview.stdout).toMatch(/^3 complaints, 3 events would be sent\n/);
    expect(preview.stdout).toMatch(/1 registered/);
    const { stdout: id } = await run(
      'replay',
      'start',
      '--agency',
      'other',
      '--per-minute',
      '600',
      '--by',
      'kim',
    );
    await waitFor('the end', async () => {
      const [entry] = JSON.parse((await run('replay', 'list', '--json')).stdout);
      return entry.id === id.trim() && entry.state === 'done' && entry.level === 3 && entry.askedBy === 'kim';
    });
    expect(to.posts()).toHaveLength(3);
    expect(await run('replay', 'pause', id.trim())).toMatchObject({ code: 2 });
    expect(await run('replay', 'start', '--agency', 'sbiz')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('selects nothing'),
    });
  });
});

describe('hub remap', () => {
  it('shows the difference and applies it', async () => {
    expect((await run('remap', 'sbiz')).stdout).toBe('nothing differs\n');
    await hub.store.pool.query(
      `update complaints set content = jsonb_set(content, '{region}', '"서울"') where content->>'title' = '둘'`,
    );
    expect((await run('remap', 'sbiz')).stdout).toMatch(/ {2}\/content\/region: "서울" -> "부산"\n1 differ/);
    expect((await run('remap', 'sbiz', '--apply')).stdout).toMatch(/^3 looked at, 1 applied, 0 not/);
    expect((await run('remap', 'sbiz')).stdout).toBe('nothing differs\n');
    expect(await run('remap', 'nobody')).toMatchObject({ code: 2 });
  });
});
