import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAsks } from '../../../../hub/exchange/boards/asks.ts';
import { type Board, createBoards } from '../../../../hub/exchange/boards/boards.ts';
import { checkBoard, sampleBoard } from '../../../../hub/exchange/boards/try-board.ts';
import { insertRun } from '../../../../hub/exchange/reconcile/decide-repairs.ts';
import { createFeedSignal, type FeedSignal } from '../../../../hub/store/signals/feed-signal.ts';
import type { Agency, AgentAsk } from '../../../../schemas/index.ts';
import { inWords } from '../../../support/in-words.ts';
import { hwp, program, sha256 } from '../../../support/sample-files.ts';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { enrol, now, type TestAgent } from '../../doors/agent/agent-client.ts';

/** Nothing listens there: whoever calls the board itself fails. */
const nowhere = 'http://127.0.0.1:9';
const behind = (code: string): Agency => {
  const agency = readBoardAgency('rest-board', code, nowhere);
  return { ...agency, board: { ...agency.board!, via: 'agent' } };
};
const agencies = [behind('near'), behind('far'), senderAgency];

let folder: string;
let hub: TestHub;
let sender: Sender;
let near: TestAgent;
let far: TestAgent;
let feedSignal: FeedSignal;
let board: Board;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-asks-'));
  const routing = { rules: [{ when: { category: ['기술'] }, to: 'far' }], default: 'near' };
  hub = await startTestHub(agencies, routing, { ATTACHMENTS_DIR: folder });
  sender = await openSender(hub);
  near = await enrol(hub, 'near');
  far = await enrol(hub, 'far');
  feedSignal = createFeedSignal(hub.store, pino({ level: 'silent' }));
  const directory = {
    findAgency: (code: string) => agencies.find((agency) => agency.code === code),
    listAgencies: () => agencies,
    routing: () => routing,
  };
  // As in another process, the one of a command line.
  const asks = createAsks({ store: hub.store, feedSignal });
  board = createBoards(directory, () => '', asks).find('near')!;
});
afterAll(async () => {
  await feedSignal.stop();
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await near.beat();
  await far.beat();
});

/** The next ask of this kind, as the agent's long poll hears it. */
const hearAsk = (agent: TestAgent, what: AgentAsk['what']): Promise<AgentAsk> =>
  waitFor(`the ask ${what}`, async () => {
    // Then behind all changes, so that only an ask ends the waiting.
    const { cursor, asks } = await agent.fetch('?limit=500');
    const isMeant = (ask: AgentAsk) => ask.what === what;
    return asks.find(isMeant) ?? (await agent.fetch(`?wait=5&after=${cursor}`)).asks.find(isMeant);
  });
const raw = (mwNo: number, subject: string, files: object[] = []) => ({
  mwNo,
  subject,
  contents: subject,
  ctgry: 'FUND',
  rgn: '서울',
  state: 'RCPT',
  hubNo: null,
  regDt: '2026-11-20 09:30:00',
  wrtr: { nm: '홍길동', mail: 'hong@example.kr' },
  replies: [],
  addQs: [],
  atchFiles: files,
});
const any = new AbortController().signal;

describe('a board behind an agent', () => {
  it('is tried through the agent, and says at once when there is none to ask', async () => {
    const checking = checkBoard(board);
    const { id } = await hearAsk(near, 'check');
    const report = { ok: false, lines: [{ what: 'reach', ok: false, detail: '연결 거부' }] };
    expect((await near.say('POST', `/asks/${id}`, { page: 1, last: true, report })).status).toBe(204);
    expect(await checking, 'of an earlier agent').toEqual(report);
    expect((await near.say('POST', `/asks/${id}`, { page: 1, last: true, report })).status).toBe(404);
    await hub.store.pool.query("update agents set heartbeat_at = now() - interval '200 seconds'");
    expect(inWords(await checkBoard(board))).toMatchObject({
      ok: false,
      lines: [{ detail: expect.stringContaining('its agent is silent since') }],
    });
  });

  it('is checked by an agent that says in data what it found, or that says nothing', async () => {
    const checking = checkBoard(board);
    const { id } = await hearAsk(near, 'check');
    const what = { code: 'checked_reading' };
    const report = {
      ok: false,
      lines: [{ what, ok: false, detail: { code: 'timed_out', params: { n: 15 } } }],
    };
    const say = (body: object) => near.say('POST', `/asks/${id}`, { page: 1, last: true, ...body });
    const formless = { ok: false, lines: [{ what, ok: false, detail: { said: 'no code' } }] };
    expect((await say({ report: formless })).status).toBe(422);
    expect((await say({ report })).status).toBe(204);
    expect(await checking).toEqual(report);

    const unheard = checkBoard(board);
    const { id: second } = await hearAsk(near, 'check');
    await near.say('POST', `/asks/${second}`, { page: 1, last: true });
    expect(await unheard).toEqual({
      ok: false,
      lines: [{ what: { code: 'checked_agent' }, ok: false, detail: { code: 'agent_gave_no_report' } }],
    });
  });

  it('gives samples, masked', async () => {
    const sampling = sampleBoard(board, 5);
    const ask = await hearAsk(near, 'sample');
    expect(ask).toMatchObject({ limit: 5 });
    const posts = [{ externalId: '7', version: '1', raw: raw(7, '견본') }];
    await near.say('POST', `/asks/${ask.id}`, { page: 1, last: true, posts });
    const [sample] = await sampling;
    expect(sample).toMatchObject({ externalId: '7', raw: { ctgry: 'FUND' } });
    expect(JSON.stringify(sample)).not.toContain('hong@example.kr');
  });

  it('tells what it holds in pages, each once and in order, and what went wrong', async () => {
    const told: string[] = [];
    const reading = (async () => {
      for await (const { externalId } of board.adapter.fingerprints!(new Date(0), any)) told.push(externalId);
    })();
    const { id, since } = await hearAsk(near, 'fingerprints');
    expect(since).toBe('1970-01-01T00:00:00.000Z');
    const page = (n: number, last: boolean, ...ids: string[]) =>
      near.say('POST', `/asks/${id}`, {
        page: n,
        last,
        fingerprints: ids.map((externalId) => ({ externalId, status: 'received' })),
      });
    await page(2, false, 'c');
    await page(1, false, 'a', 'b');
    await page(1, false, 'a', 'b');
    await page(3, true, 'd');
    await reading;
    expect(told).toEqual(['a', 'b', 'c', 'd']);

    const failing = board.adapter.read!('7', any);
    const { id: other } = await hearAsk(near, 'read');
    expect((await far.say('POST', `/asks/${other}`, { page: 1, last: true })).status).toBe(404);
    const error = { kind: 'busy', reason: '점검 중' };
    await near.say('POST', `/asks/${other}`, { page: 1, last: true, error });
    await expect(failing).rejects.toMatchObject({ name: 'BoardError', kind: 'busy', message: '점검 중' });
  });

  it('is compared, after its agent has read it to its end', async () => {
    const number = await sender.file('비교할 민원');
    const { changes } = await near.fetch('?wait=5');
    for (const change of changes) await near.done(change, `X-${change.complaint.receiptNumber}`);
    await insertRun(hub.store.pool, 'near', 'test');
    const ask = await hearAsk(near, 'fingerprints');
    const fingerprints = [{ externalId: `N-1`, receiptNumber: 'unknown', filedAt: now() }];
    await near.say('POST', `/asks/${ask.id}`, { page: 1, last: true, fingerprints });
    const poll = await hearAsk(near, 'poll');
    await near.say('POST', `/asks/${poll.id}`, { page: 1, last: true });
    const drifts = await waitFor('the report', async () => {
      const { rows } = await hub.store.pool.query(
        "select d.kind, d.external_id from drifts d join reconciliations r on r.id = d.reconciliation_id where r.agency = 'near' and r.state = 'done'",
      );
      return rows.length > 0 && rows;
    });
    expect(drifts).toContainEqual({ kind: 'missing_there', external_id: `X-${number}` });
  });
});

describe('files', () => {
  it('travel through two agents, byte for byte, each after its event', async () => {
    const plan = hwp(300_000);
    const files = [{ fileNo: 31, fileNm: '사업 계획서.hwp', fileSz: plan.length }];
    const post = { externalId: '41', version: '1', readAt: now() };
    await near.say('POST', '/posts', {
      at: now(),
      posts: [{ ...post, raw: { ...raw(41, '파일이 있는 민원', files), ctgry: 'TECH' } }],
    });
    const ask = await hearAsk(near, 'file');
    expect(ask).toMatchObject({ externalId: '41', reference: { id: '31', name: '사업 계획서.hwp' } });
    const [event] = (await far.fetch('?wait=5')).changes;
    expect(event).toMatchObject({ event: { type: 'registered' } });
    expect(event).not.toHaveProperty('file');
    expect((await near.say('PUT', `/asks/${ask.id}/content`, plan)).status).toBe(204);
    await far.done(event!, '91');
    const file = await waitFor('the file', async () => {
      const { changes } = await far.fetch(`?after=${event!.cursor}&wait=5`);
      return changes.find((change) => change.file);
    });
    expect(file).toMatchObject({
      key: `${event!.complaint.receiptNumber}/1/${file.file!.id}`,
      again: false,
      ref: { externalId: '91' },
      event: { seq: 1 },
      file: { name: '사업 계획서.hwp', size: plan.length, sha256: sha256(plan) },
    });
    const download = await fetch(`${hub.url}/agent/v1/attachments/${file.file!.id}`, {
      headers: { authorization: `Bearer ${far.key}` },
    });
    expect(sha256(Buffer.from(await download.arrayBuffer()))).toBe(sha256(plan));
    expect((await near.say('GET', `/attachments/${file.file!.id}`)).status).toBe(404);
    const { seq } = file.event;
    const { receiptNumber } = file.complaint;
    await far.report({ receiptNumber, seq, file: file.file!.id, kind: 'unknown', reason: '응답 없음' });
    expect(await deliveryOf(file.file!.id)).toMatchObject({
      state: 'parked',
      attempting: true,
      owner: '김담당',
    });
    await hub.store.pool.query(
      "update attachment_deliveries set state = 'waiting', next_at = now() where attachment_id = $1",
      [file.file!.id],
    );
    const [again] = (await far.fetch(`?after=${file.cursor}&wait=5`)).changes;
    expect(again).toMatchObject({ again: true, key: file.key });
    await far.report({ receiptNumber, seq, file: file.file!.id, partId: 'F-1' });
    expect(await deliveryOf(file.file!.id)).toMatchObject({
      state: 'held',
      part_id: 'F-1',
      attempting: false,
    });
  });

  it('that the hub does not take are refused where they come in, and nowhere else', async () => {
    const files = [{ fileNo: 32, fileNm: '그림.pdf', fileSz: 1024 }];
    const posts = [{ externalId: '42', version: '1', readAt: now(), raw: raw(42, '위장 파일', files) }];
    await near.say('POST', '/posts', { at: now(), posts });
    const ask = await hearAsk(near, 'file');
    expect((await near.say('PUT', `/asks/${ask.id}/content`, program())).status).toBe(422);
    await waitFor('the refusal', async () => {
      const { rows } = await hub.store.pool.query(
        "select state from attachments where declared ->> 'name' = '그림.pdf'",
      );
      return rows[0]?.state === 'refused';
    });
    expect((await near.say('PUT', `/asks/${ask.id}/content`, hwp())).status).toBe(404);
  });
});

const deliveryOf = async (id: string) => {
  const { rows } = await hub.store.pool.query(
    "select state, part_id, attempting, owner from attachment_deliveries where attachment_id = $1 and agency = 'far'",
    [id],
  );
  return rows[0];
};
