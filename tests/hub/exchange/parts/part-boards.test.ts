import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createAgentToken } from '../../../../hub/access/keys/agent-keys.ts';
import type { Agency, BoardConnection } from '../../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { type AgentProcess, createAgentProcess } from '../../../support/processes/agent-process.ts';
import { readBoardAgency } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { type AcceptanceBoard, openSqlBoard } from '../../console/acceptance/acceptance-boards.ts';
import { openPartStage, type PartStage } from './part-stage.ts';

let far: RestBoard;
let near: RestBoard;
let sql: AcceptanceBoard;
let stage: PartStage;
let agent: AgentProcess;

/** The worked example of a board of tables, with where this one is. */
function toSqlAgency({ text, fields }: AcceptanceBoard): Agency {
  const { board } = parse(text) as { board: BoardConnection };
  const settings = Object.fromEntries(
    Object.entries(fields).map(([pointer, value]) => [pointer.replace('/board/settings/', ''), value]),
  );
  return {
    ...{ code: 'tables', name: { ko: '표 게시판 기관' }, officers: [{ name: '담당' }], parts: true },
    board: {
      ...board,
      pollEvery: 0.2,
      settling: 0.5,
      settings: { ...board.settings, ...settings, port: Number(settings.port) },
    },
  };
}

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'near-key';
  near = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'near-key' });
  far = await startRestBoard({ agencyName: '기술혁신진흥원', apiKey: 'far-key' });
  sql = await openSqlBoard();
  const behind = readBoardAgency('rest-board', 'techno', far.url);
  stage = await openPartStage([
    { ...behind, parts: true, ...(behind.board && { board: { ...behind.board, via: 'agent' } }) },
    { ...readBoardAgency('rest-board', 'sbiz', near.url), parts: true },
    toSqlAgency(sql),
  ]);
  const { token } = await createAgentToken(stage.hub.store, 'techno', 'test');
  agent = await createAgentProcess({ hub: stage.hub.url, token, environment: { SBIZ_API_KEY: 'far-key' } });
  agent.start();
});
afterAll(async () => {
  await agent.remove();
  await stage.hub.stop();
  await Promise.all([far.close(), near.close(), sql.close()]);
});

const isAnswered = async (number: string, reply: string) => (await stage.list(number))[0]?.reply === reply;

it('a part goes to a board of tables, and its reply comes back', async () => {
  const number = await stage.file('표로 가는 몫');
  await stage.ask(number, 'tables', '표 게시판의 몫');
  const post = await waitFor('the part in the tables', () => sql.find('[분담 요청] 표로 가는 몫'));
  await sql.answer(post, '표에서 한 회신');
  await waitFor('the reply', () => isAnswered(number, '표에서 한 회신'));
});

it('a part goes through an agent and its reply comes back', async () => {
  const number = await stage.file('설치형 모듈로 가는 몫');
  await stage.ask(number, 'techno', '모듈의 몫');
  const post = await waitFor(
    'the part behind the agent',
    () => far.posts().find(({ hubNo }) => hubNo === `${number}-1`),
    20_000,
  );
  far.answer(post.mwNo, '모듈에서 한 회신');
  await waitFor('the reply', () => isAnswered(number, '모듈에서 한 회신'), 20_000);
  await stage.step('town', number, { kind: 'contribution_shared', contribution: 1 });
  const { rows } = await stage.hub.store.pool.query(
    `select l.externalid from (select external_id as externalid, held, due from links where contribution is not null and agency = 'techno') l`,
  );
  expect(rows).toEqual([{ externalid: String(post.mwNo) }]);
});

it('a part that is taken back while nobody knows whether the board has it stands there once, withdrawn', async () => {
  const number = await stage.file('알 수 없는 사이에 회수');
  near.faults.mode = 'resetAfterWrite';
  await stage.ask(number, 'sbiz', '회수될 몫');
  await waitFor('a call without a reply', async () => {
    const { rows } = await stage.hub.store.pool.query(
      `select from links where agency = 'sbiz' and contribution = 1 and attempting is not null`,
    );
    return rows.length === 1;
  });
  await stage.step('town', number, {
    kind: 'contribution_taken_back',
    contribution: 1,
    reason: '직접 처리합니다.',
  });
  near.faults.mode = 'none';
  const shown = () => near.posts().filter(({ hubNo }) => hubNo === `${number}-1`);
  await waitFor('the end of the part', () => shown()[0]?.state === 'CNCL', 20_000);
  expect(shown()).toHaveLength(1);
});
