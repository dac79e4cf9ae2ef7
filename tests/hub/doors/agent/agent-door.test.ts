import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAgentToken, createKeySettling } from '../../../../hub/access/keys/agent-keys.ts';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import type { Caller } from '../../../../hub/access/keys/scopes.ts';
import { disclosureOf } from '../../../../hub/complaints/disclosure/disclosure.ts';
import { findBehindLinks } from '../../../../hub/exchange/delivery/behind-links.ts';
import { setBack } from '../../../../hub/exchange/delivery/set-back.ts';
import { readSecret } from '../../../../hub/settings.ts';
import { inTransaction } from '../../../../hub/store/database.ts';
import { takeBack } from '../../../../hub/store/states/link-state.ts';
import type { AgentChange } from '../../../../schemas/index.ts';
import { inWords } from '../../../support/in-words.ts';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { type OfficeActions, openOffice } from '../../../support/test-office.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';
import { enrol, now, say, type TestAgent } from './agent-client.ts';

let boards: WireBoards;
let hub: TestHub;
let sender: Sender;
let agent: TestAgent;
let otherAgent: TestAgent;
let office: OfficeActions;
beforeAll(async () => {
  boards = await startWireBoards();
  const behind = ['near', 'far', 'mute'].map((code) => {
    const connection = { via: 'agent', read: true, settling: 0, askable: code !== 'mute' } as const;
    const agency = toWireAgency(boards, code, connection);
    const auth = { kind: 'apiKey', header: 'x-api-key', secret: 'env:NOT_SET_IN_THE_HUB' };
    const settings = { ...agency.board!.settings, auth };
    return { ...agency, board: { ...agency.board!, settings } };
  });
  hub = await startTestHub([...behind, senderAgency], {
    rules: ['far', 'mute'].map((code) => ({ when: { category: [code] }, to: code })),
    default: 'near',
  });
  sender = await openSender(hub);
  office = openOffice(hub, behind);
  agent = await enrol(hub, 'near');
  otherAgent = await enrol(hub, 'far');
});
afterAll(async () => {
  await office.close();
  await hub.stop();
  await boards.close();
});

const linkOf = async (receiptNumber: string) => {
  const { rows } = await hub.store.pool.query(
    `select l.id, l.held, l.due, l.state, l.external_id, l.parts, l.given, l.attempting, l.attempting_since, l.owner, l.last_error
     from links l join complaints c on c.id = l.complaint_id where l.agency <> 'src' and c.receipt_number = $1`,
    [receiptNumber],
  );
  return inWords(rows[0]) as (typeof rows)[0];
};
/** The hub has nothing under way at this board. */
const forget = (agency: string) =>
  hub.store.pool.query('update links set attempting = null, attempting_since = null where agency = $1', [
    agency,
  ]);
const attemptsOf = async (receiptNumber: string) => {
  const { rows } = await hub.store.pool.query(
    'select seq, outcome from attempts where link_id = $1 order by started_at, seq',
    [(await linkOf(receiptNumber)).id],
  );
  return rows;
};
const of = (changes: AgentChange[], receiptNumber: string) =>
  changes.filter(({ complaint }) => complaint.receiptNumber === receiptNumber);

describe('enrolment', () => {
  const tryIt = (token: string) =>
    say(hub, undefined, 'POST', '/enrolment', { token, agent: '1', at: now() });

  it('reads no more than a token needs of who is not known yet', async () => {
    expect((await tryIt('x'.repeat(20_000))).status).toBe(413);
  });

  it('takes a token until the key that it gave is used, and neither an old one nor a replaced one', async () => {
    const { token: replaced } = await createAgentToken(hub.store, 'mute', 'test');
    const { token } = await createAgentToken(hub.store, 'mute', 'test');
    expect((await tryIt(replaced)).status).toBe(401);
    const keys: string[] = [];
    // The first reply was lost on its way, or its agent was killed before it wrote the key down.
    for (let turn = 0; turn < 2; turn++) {
      const enrolled = await tryIt(token);
      expect(enrolled.status).toBe(200);
      keys.push(String(enrolled.body.key));
    }
    expect((await say(hub, keys[0], 'GET', '/changes')).status).toBe(401);
    expect((await say(hub, keys[1], 'GET', '/changes')).status).toBe(200);
    expect((await tryIt(token)).status).toBe(401);
    const { token: old } = await createAgentToken(hub.store, 'mute', 'test');
    await hub.store.pool.query(
      "update agents set token_expires_at = now() - interval '1 second' where agency = 'mute'",
    );
    expect((await tryIt(old)).status).toBe(401);
  });

  it('leaves the token for the next agent alone, whatever the agent before it calls', async () => {
    const { token } = await createAgentToken(hub.store, 'mute', 'test');
    const { rows } = await hub.store.pool.query(
      "select id from api_keys where agency = 'mute' and revoked_at is null",
    );
    // As a process that was started since and has not seen this key.
    await createKeySettling(hub.store)({ agency: 'mute', keyId: rows[0].id, scopes: ['agent'] } as Caller);
    expect((await tryIt(token)).status).toBe(200);
  });

  it('is not open to an agency whose board the hub reaches itself', async () => {
    const { token } = await createAgentToken(hub.store, 'src', 'test');
    const reply = await say(hub, undefined, 'POST', '/enrolment', { token, agent: '1', at: now() });
    expect(reply.status).toBe(409);
    expect((await createAgentToken(hub.store, 'src', 'test')).token).not.toBe(token);
  });

  it('gives a key that opens this door alone, and no other key opens it', async () => {
    const rest = await fetch(`${hub.url}/api/v1/complaints`, {
      headers: { authorization: `Bearer ${agent.key}` },
    });
    expect(rest.status).toBe(403);
    const ledger = await fetch(`${hub.url}/api/v1/ledger`, {
      headers: { authorization: `Bearer ${agent.key}` },
    });
    expect(ledger.status).toBe(403);
    const { key } = await createApiKey(hub.store, 'near');
    expect((await say(hub, key, 'GET', '/changes')).status).toBe(403);
    expect((await say(hub, undefined, 'GET', '/changes')).status).toBe(401);
    // Twenty keys of the agency's own programs, whatever its agent has.
    for (let n = 1; n < 20; n += 1) await createApiKey(hub.store, 'near');
    await expect(createApiKey(hub.store, 'near')).rejects.toThrow('20 valid keys');
  });

  it('lets two keys be valid while they change, and ends the old one when the new one is used', async () => {
    const first = await enrol(hub, 'mute');
    const { body: lost } = await first.say<{ key: string }>('POST', '/key', {});
    const { body: next } = await first.say<{ key: string; renewAt: string }>('POST', '/key', {});
    const days = (Date.parse(next.renewAt) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(15, 1);
    expect((await say(hub, lost.key, 'GET', '/configuration')).status).toBe(401);
    expect((await first.say('GET', '/configuration')).status).toBe(200);
    expect((await say(hub, next.key, 'GET', '/configuration')).status).toBe(200);
    const { rows } = await hub.store.pool.query(
      "select count(*)::int as valid from api_keys where agency = 'mute' and scopes = '{agent}' and revoked_at is null",
    );
    expect(rows[0].valid).toBe(1);
  });
});

describe('configuration', () => {
  it('is signed with the key that enrolment gave, and holds no secret', async () => {
    const { body } = await agent.say<{ document: string; signature: string }>('GET', '/configuration');
    const key = createPublicKey({ key: Buffer.from(agent.hubKey, 'base64'), format: 'der', type: 'spki' });
    const signature = Buffer.from(body.signature, 'base64');
    expect(verify(null, Buffer.from(body.document), key, signature)).toBe(true);
    expect(verify(null, Buffer.from(body.document.replace('near', 'fear')), key, signature)).toBe(false);
    expect(JSON.parse(body.document)).toMatchObject({
      agency: 'near',
      version: 1,
      timeZone: 'Asia/Seoul',
      heartbeatEvery: 30,
      board: { via: 'agent', adapter: 'rest', settings: { auth: { secret: 'env:NOT_SET_IN_THE_HUB' } } },
    });
    expect(() => readSecret('env:NOT_SET_IN_THE_HUB', process.env, () => '')).toThrow('missing');
  });

  it('is told back, the newest word counting', async () => {
    const reason = 'the board refused the password';
    await agent.say('POST', '/configuration/2', { outcome: 'rolled-back', reason });
    await agent.say('POST', '/configuration/1', { outcome: 'applied' });
    const { rows } = await hub.store.pool.query(
      "select configuration, configuration_outcome, configuration_reason from agents where agency = 'near'",
    );
    expect(inWords(rows[0])).toEqual({
      configuration: 2,
      configuration_outcome: 'rolled-back',
      configuration_reason: reason,
    });
  });
});

describe('changes for an agent', () => {
  it('come in order to its own agency alone, and the hub calls no board', async () => {
    const number = await sender.file('가까운 민원');
    const far = await sender.file('먼 민원', 'far');
    const { changes, configuration } = await agent.fetch('?wait=10');
    expect(configuration).toBe(1);
    expect(of(changes, far)).toEqual([]);
    expect(of((await otherAgent.fetch()).changes, number)).toEqual([]);
    const [change, ...more] = of(changes, number);
    expect(more).toEqual([]);
    expect(change).toMatchObject({
      key: `${number}/1`,
      again: false,
      role: 'assignee',
      event: { seq: 1, type: 'registered', data: { content: { title: '가까운 민원' } } },
      complaint: { receiptNumber: number, assignee: 'near' },
    });
    expect(change).not.toHaveProperty('ref');
    expect(await agent.done(change!)).toMatchObject({ status: 200 });
    expect(await linkOf(number)).toMatchObject({ held: 2, due: 2, external_id: `B-${number}`, given: null });
    await sender.ask(number, '언제 됩니까');
    const [next] = of((await agent.fetch('?wait=10')).changes, number);
    expect(next).toMatchObject({ key: `${number}/3`, ref: { externalId: `B-${number}` } });
    await agent.report({ receiptNumber: number, seq: 3, partId: 'part-3' });
    expect(await linkOf(number)).toMatchObject({ held: 3, due: 3, parts: { 3: 'part-3' } });
    expect(boards.calls).toEqual([]);
  });

  it('wake a long poll', async () => {
    await drain(agent);
    const { cursor } = await agent.fetch();
    const waiting = agent.fetch(`?after=${cursor}&wait=20`);
    const number = await sender.file('기다리던 민원');
    const began = Date.now();
    expect(of((await waiting).changes, number)).toHaveLength(1);
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('are moved once by outcomes that are reported twice', async () => {
    const number = await sender.file('두 번 보고된 민원');
    const [change] = of((await agent.fetch()).changes, number);
    await agent.done(change!);
    const after = await linkOf(number);
    expect((await agent.done(change!)).status).toBe(200);
    expect(
      await agent.report({ receiptNumber: number, seq: 1, kind: 'refused', reason: '늦은 보고' }),
    ).toMatchObject({ status: 200 });
    expect(await linkOf(number)).toEqual(after);
    expect(await attemptsOf(number)).toEqual([{ seq: 1, outcome: 'done' }]);
    expect((await agent.report({ receiptNumber: 'nonsense', seq: 1 })).status).toBe(200);
  });

  it('come again to an agent that lost what it knew, to be looked for on the board first', async () => {
    const number = await sender.file('잃어버린 민원');
    const first = await agent.fetch();
    expect(of(first.changes, number)[0]).toMatchObject({ again: false });
    expect(of((await agent.fetch(`?after=${first.cursor}`)).changes, number)).toEqual([]);
    expect(of((await agent.fetch()).changes, number)[0]).toMatchObject({ again: true });
  });

  it('park with owner and reason when they are refused, and come again when a person retries', async () => {
    const number = await sender.file('거절된 민원');
    await sender.ask(number, '덧붙입니다');
    const { changes } = await agent.fetch();
    expect(of(changes, number).map(({ event }) => event.seq)).toEqual([1, 3]);
    const { body } = await agent.report({
      receiptNumber: number,
      seq: 1,
      kind: 'refused',
      reason: '제목이 너무 깁니다',
    });
    expect(Number(body.cursor)).toBeGreaterThanOrEqual(Number(of(changes, number)[1]!.cursor));
    expect(await linkOf(number)).toMatchObject({
      state: 'parked',
      held: 0,
      owner: '담당자',
      last_error: '제목이 너무 깁니다',
      attempting: null,
    });
    expect(of((await agent.fetch()).changes, number)).toEqual([]);
    await office.parked.retryLink((await linkOf(number)).id, 'kim');
    expect(await linkOf(number)).toMatchObject({ state: 'open', owner: null });
    const given = of((await agent.fetch()).changes, number);
    expect(given.map(({ event, again }) => [event.seq, again])).toEqual([
      [1, false],
      [3, false],
    ]);
    expect(Number(given[0]!.cursor)).toBeGreaterThan(Number(body.cursor));
    expect(await attemptsOf(number)).toEqual([{ seq: 1, outcome: 'refused' }]);
  });

  it('park when nobody can know, and are then looked for where the board can be asked', async () => {
    const number = await sender.file('알 수 없는 민원');
    const [change] = of((await agent.fetch()).changes, number);
    await agent.report({
      receiptNumber: number,
      seq: change!.event.seq,
      kind: 'unknown',
      reason: '응답 없음',
    });
    expect(await linkOf(number)).toMatchObject({ state: 'parked', attempting: 1, last_error: '응답 없음' });
    await office.parked.retryLink((await linkOf(number)).id, 'kim');
    const [again] = of((await agent.fetch()).changes, number);
    expect(again).toMatchObject({ again: true, key: `${number}/1` });
    await agent.done(again!);
    expect(await linkOf(number)).toMatchObject({ state: 'open', attempting: null, held: 2 });
  });

  it('go on with the next one where a person passes over one that is there already', async () => {
    const number = await sender.file('건너뛴 민원');
    await sender.ask(number, '덧붙입니다');
    await agent.fetch();
    await agent.report({ receiptNumber: number, seq: 1, kind: 'refused', reason: '이미 있음' });
    await office.parked.skipEvent((await linkOf(number)).id, 'kim', '손으로 옮김', 'HAND-1');
    expect(await linkOf(number)).toMatchObject({ state: 'open', owner: null, last_error: null });
    const [next] = of((await agent.fetch()).changes, number);
    expect(next).toMatchObject({ event: { seq: 3 }, ref: { externalId: 'HAND-1' }, again: false });
  });

  it('are sent anew, when a person has looked, to a board that cannot be asked', async () => {
    const mute = await enrol(hub, 'mute');
    const number = await sender.file('물을 수 없는 민원', 'mute');
    const [change] = of((await mute.fetch()).changes, number);
    await mute.report({
      receiptNumber: number,
      seq: change!.event.seq,
      kind: 'unknown',
      reason: '응답 없음',
    });
    expect(await linkOf(number)).toMatchObject({ state: 'parked', attempting: 1 });
    await office.parked.retryLink((await linkOf(number)).id, 'kim');
    expect(of((await mute.fetch()).changes, number)[0]).toMatchObject({ again: false, key: `${number}/1` });
  });

  it('that a board has lost come once more, under a key of their own', async () => {
    const number = await sender.file('복구할 민원');
    const [change] = of((await agent.fetch()).changes, number);
    await agent.done(change!, 'LOST-1');
    const { id: linkId } = await linkOf(number);
    const order = { linkId, events: [1], lost: 'post' as const, by: 'kim' };
    expect(await inTransaction(hub.store.pool, (client) => setBack(client, order))).toBe('done');
    const [again, ...more] = of((await agent.fetch()).changes, number);
    expect(more).toEqual([]);
    expect(again).toMatchObject({ key: `${number}/1/1`, again: true });
    expect(again).not.toHaveProperty('ref');
    await agent.done(again!, 'FOUND-1');
    expect(await linkOf(number)).toMatchObject({ held: 2, external_id: 'FOUND-1', given: null });
  });

  it('that are out with an agent are not brought by the hub when it comes to reach the board itself', async () => {
    const number = await sender.file('되찾은 민원', 'far');
    expect(of((await otherAgent.fetch()).changes, number)).toHaveLength(1);
    expect(
      (await findBehindLinks(hub.store, { agency: 'far', disclosure: disclosureOf(undefined) }, [], 100)).map(
        ({ complaint }) => complaint.receiptNumber,
      ),
    ).not.toContain(number);
    await takeBack(hub.store, ['far']);
    expect(await linkOf(number)).toMatchObject({ given: null, attempting: 1 });
    await forget('far');
  });

  it('that were without a reply once may be under way anew when the hub takes them back', async () => {
    const number = await sender.file('다시 나간 민원', 'far');
    const [change] = of((await otherAgent.fetch()).changes, number);
    const seq = change!.event.seq;
    await otherAgent.report({ receiptNumber: number, seq, kind: 'unknown', reason: '응답 없음' });
    await office.parked.retryLink((await linkOf(number)).id, 'kim');
    await hub.store.pool.query(
      "update links set attempting_since = now() - interval '1 day' where agency = 'far' and attempting is not null",
    );
    expect(of((await otherAgent.fetch()).changes, number)).toMatchObject([{ again: true }]);
    await takeBack(hub.store, ['far']);
    const { attempting, attempting_since: since } = await linkOf(number);
    expect(attempting).toBe(seq);
    expect(Date.now() - since.getTime(), 'the agent may have sent it just now').toBeLessThan(60_000);
    await forget('far');
  });

  it('that went through have nothing under way any more', async () => {
    const number = await sender.file('결국 된 민원');
    const [change] = of((await agent.fetch()).changes, number);
    const seq = change!.event.seq;
    await agent.report({ receiptNumber: number, seq, kind: 'unknown', reason: '응답 없음' });
    expect(await linkOf(number)).toMatchObject({ attempting: seq, attempting_since: expect.any(Date) });
    await office.parked.retryLink((await linkOf(number)).id, 'kim');
    const [again] = of((await agent.fetch()).changes, number);
    await agent.done(again!, 'LATE-1');
    expect(await linkOf(number)).toMatchObject({ attempting: null, attempting_since: null });
  });

  it('that nobody reported come again to the agent that takes its place, whose keys alone are good', async () => {
    const number = await sender.file('물려받은 민원', 'far');
    const [before] = of((await otherAgent.fetch()).changes, number);
    expect(before).toMatchObject({ again: false });
    const successor = await enrol(hub, 'far');
    const { rows } = await hub.store.pool.query(
      "select count(*)::int as valid from api_keys where agency = 'far' and revoked_at is null",
    );
    expect(rows[0].valid).toBe(1);
    const [after] = of((await successor.fetch()).changes, number);
    expect(after).toMatchObject({ again: true, key: before!.key });
    otherAgent = successor;
  });
});

async function drain(one: TestAgent): Promise<void> {
  const { changes } = await one.fetch('?limit=500');
  for (const change of changes) await one.done(change);
}
