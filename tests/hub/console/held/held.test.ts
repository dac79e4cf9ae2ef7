import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClockRules } from '../../../../hub/clock/deadline.ts';
import { createBoards } from '../../../../hub/exchange/boards/boards.ts';
import { createHeldActs } from '../../../../hub/exchange/held/carry-out.ts';
import { createAccept } from '../../../../hub/exchange/intake/accept.ts';
import { pdf } from '../../../support/sample-files.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { toHidden } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { findAction, findToken, type HeldHub, startHeldHub } from './held-hub.ts';

let hub: HeldHub;
beforeAll(async () => {
  hub = await startHeldHub();
}, 120_000);
afterAll(() => hub?.stop());

const answer = { text: '고쳤습니다. 다시 발급해 보십시오.', officer: '이세무', contact: '051-123-4567' };
const answerAs = async (login: string, path: string, more: object = {}) =>
  (await hub.as(login)).fill(path, `${path}/answer`, { ...answer, confirmed: '1', ...more });
const press = async (login: string, page: string, last: string, to: string) => {
  const visitor = await hub.as(login);
  const { text } = await visitor.get(page);
  return visitor.post(findAction(text, last), { formToken: findToken(text), to });
};
const auditOf = async (path: string) => {
  const { rows } = await hub.store.pool.query<{ action: string; actor: string }>(
    "select action, actor from audit_entries where subject = $1 and action like 'act.%' order by id",
    [`complaint ${path.split('/').pop()}`],
  );
  return rows.map(({ action, actor }) => `${action} ${actor}`);
};
const countNotices = async (path: string) => {
  const { rows } = await hub.store.pool.query<{ n: number }>(
    `select count(*)::int as n from notices n join complaints c on c.id = n.complaint_id
     where c.receipt_number = $1 and n.template = 'answered'`,
    [path.split('/').pop()],
  );
  return rows[0]?.n;
};

describe('what an officer sends', () => {
  test('waits, and taken back its text and its files are in the form again, and nobody was told', async () => {
    const path = await hub.register();
    const tax = await hub.as('tax');
    const question = await tax.fill(path, `${path}/answer`, answer);
    expect(question.text).toContain('보낸 뒤 600초 동안 되돌릴 수 있고');
    const form = new FormData();
    const hidden = toHidden((await tax.get(path)).text, `${path}/answer`);
    for (const [name, value] of Object.entries({ ...hidden, ...answer, confirmed: '1' }))
      form.append(name, value);
    form.append('file', new Blob([new Uint8Array(pdf())]), '발급안내.pdf');
    const sent = await tax.call(`${path}/answer`, { method: 'POST', body: form });
    expect(sent.headers.get('location')).toBe(`${path}?done=held`);

    expect((await hub.eventsOf(path)).map(({ type }) => type)).toEqual(['registered', 'assigned']);
    const page = (await tax.get(path)).text;
    expect(page).toMatch(/보내는 중[\s\S]*data-held="(600|59\d)"[^>]*>(600|59\d)초 뒤 발송/);
    expect((await tax.get('/')).text).toMatch(new RegExp(`held-sending[\\s\\S]*${path}`));
    expect((await tax.get('/?all=1')).text).toMatch(
      new RegExp(`<tr>(?:(?!</tr>)[\\s\\S])*${path}(?:(?!</tr>)[\\s\\S])*보내는 중`),
    );
    // A colleague sees that it is on its way, and cannot take it back.
    const seen = (await (await hub.as('tax2')).get(path)).text;
    expect(seen).toContain('보낸 사람 이세무');
    expect(findAction(seen, 'undo')).toBe('');
    const other = await hub.as('tax2');
    const stolen = await other.post(findAction(page, 'undo'), { formToken: findToken(seen), to: path });
    expect(stolen.headers.get('location')).toBe(`${path}?done=held_late`);

    const undone = await press('tax', path, 'undo', path);
    expect(undone.headers.get('location')).toBe(`${path}?draft=answer&done=taken_back#form-answer`);
    const again = (await tax.get(`${path}?draft=answer&done=taken_back`)).text;
    expect(again).toContain(`${answer.text}</textarea>`);
    expect(again).toMatch(/name="uploaded" value="[^"]+" checked> 발급안내\.pdf/);
    expect(again).not.toContain('data-held=');
    expect(await auditOf(path)).toEqual(['act.taken_back tax']);
    expect(await countNotices(path)).toBe(0);
    // Kept as long as the draft, not only the day after which nobody will name it.
    const { rows } = await hub.store.pool.query(
      "select kept_until > now() + interval '20 days' as kept from uploads where name = '발급안내.pdf'",
    );
    expect(rows).toEqual([{ kept: true }]);
  });

  test('goes out once, though the hub was stopped and then all begin at it together', async () => {
    const path = await hub.register();
    await answerAs('tax', path);
    const tax = await hub.as('tax');
    const page = (await tax.get(path)).text;
    // It was sent a day after the complaint came in, and its legal days were over before the hub began again.
    await hub.store.pool.query(
      "update complaints set registered_at = now() - interval '30 days', taken_in_at = now() - interval '30 days' where receipt_number = $1",
      [path.split('/').pop()],
    );
    const { rows } = await hub.store.pool.query<{ sent_at: Date }>(
      "update held_acts set sent_at = now() - interval '29 days', due_at = now() where state = 'held' returning sent_at",
    );
    const undo = findAction(page, 'undo');
    const token = findToken(page);
    // Two workers at their start, and the person at both consoles at the same moment.
    const send = undo.replace('undo', 'send');
    const atOnce = await hub.asAtOnce('tax');
    const otherToken = findToken((await atOnce.get(path)).text);
    await Promise.all([
      hub.startWorker(),
      hub.startWorker(),
      tax.post(send, { formToken: token, to: path }),
      atOnce.post(send, { formToken: otherToken, to: path }),
    ]);
    await hub.waitForEvent(path, 'answered');
    await waitFor('nothing is held', async () => {
      const held = await hub.store.pool.query('select from held_acts');
      return held.rowCount === 0;
    });
    const answered = (await hub.eventsOf(path)).filter(({ type }) => type === 'answered');
    expect(answered).toHaveLength(1);
    expect(await countNotices(path)).toBe(1);
    // The clock counts from when the officer sent it, and the event stays in its order.
    const sentAt = rows[0]?.sent_at.toISOString();
    expect(answered[0]?.data.answer?.answeredAt).toBe(sentAt);
    expect(Date.now() - answered[0]!.at.getTime()).toBeLessThan(60_000);
    const clock = await hub.store.pool.query('select clock from complaints where receipt_number = $1', [
      path.split('/').pop(),
    ]);
    expect(clock.rows[0]?.clock).toMatchObject({ phase: 'ended', endedAt: sentAt, late: false });

    const late = await tax.post(undo, { formToken: token, to: path });
    expect(late.headers.get('location')).toBe(`${path}?done=held_late`);
    expect((await tax.get(`${path}?done=held_late`)).text).toContain('이미 나갔거나 되돌린 것입니다');
    expect(await hub.eventsOf(path)).toHaveLength(3);
  }, 60_000);

  test('is refused while something else waits, and the text is kept', async () => {
    const path = await hub.register();
    await answerAs('tax', path, { text: '먼저 보낸 답변' });
    const second = await answerAs('tax2', path, { text: '나중에 쓴 답변' });
    expect(second.status).toBe(422);
    expect(second.text).toContain('먼저 보낸 것이 아직 나가지 않았습니다 (tax)');
    expect(second.text).toContain('나중에 쓴 답변</textarea>');
    // What stays in the house does not wait: an officer is named at once.
    const tax = await hub.as('tax');
    await tax.fill(path, `${path}/step-officer_assigned`, { person: '이세무 (tax)' });
    expect((await hub.eventsOf(path)).map(({ type }) => type)).toEqual([
      'registered',
      'assigned',
      'step_taken',
    ]);
    const sent = await press('tax', path, 'send', path);
    expect(sent.headers.get('location')).toBe(`${path}?done=held_sent`);
    expect(await auditOf(path)).toEqual(['act.sent_now tax']);
    const told = (await hub.eventsOf(path)).flatMap(({ data }) => data.answer?.text ?? []);
    expect(told).toEqual(['먼저 보낸 답변']);
  });
});

/** A process that carries out what is held, by an accept of its own. `before` happens when it has begun. */
function openProcess(before: () => Promise<unknown> = async () => undefined) {
  const directory = sampleDirectory;
  const accept = createAccept({
    ...{ store: hub.store, directory, log: pino({ level: 'silent' }), gather: 0 },
    boards: createBoards(directory, () => ''),
    clock: () => createClockRules(),
    committed: () => undefined,
  });
  return createHeldActs({
    store: hub.store,
    log: pino({ level: 'silent' }),
    accept: async (incoming) => {
      await before();
      return accept(incoming);
    },
  });
}
const findHeldId = async () => {
  const { rows } = await hub.store.pool.query<{ id: string }>(
    "select id from held_acts where state = 'held'",
  );
  return rows[0]?.id ?? '';
};

test('an act that is taken back at the last moment does not go out, and of two processes one sends it', async () => {
  const path = await hub.register();
  await answerAs('tax', path);
  const undo = () => press('tax', path, 'undo', path);
  expect(await openProcess(undo).carryOut(await findHeldId())).toBe('over');
  expect((await hub.eventsOf(path)).map(({ type }) => type)).toEqual(['registered', 'assigned']);
  expect((await (await hub.as('tax')).get(`${path}?draft=answer`)).text).toContain(
    `${answer.text}</textarea>`,
  );

  await answerAs('tax', path);
  const id = await findHeldId();
  const ends = await Promise.all([openProcess(), openProcess()].map((process) => process.carryOut(id)));
  expect(ends.toSorted()).toEqual(['over', 'sent']);
  expect((await hub.eventsOf(path)).filter(({ type }) => type === 'answered')).toHaveLength(1);
}, 60_000);

describe('what is refused when it is due', () => {
  const carryOut = async () => {
    await hub.letPass();
    await hub.startWorker();
    await waitFor('nothing is held', async () => {
      const held = await hub.store.pool.query("select from held_acts where state = 'held'");
      return held.rowCount === 0;
    });
  };

  test('returns to its sender, who is told why and has the text', async () => {
    const [answered, withdrawn] = [await hub.register(), await hub.register()];
    for (const path of [answered, withdrawn]) await answerAs('tax', path, { text: `${path}의 답변` });
    const colleague = await hub.asAtOnce('tax2');
    await colleague.fill(answered, `${answered}/answer`, { ...answer, text: '동료의 답변', confirmed: '1' });
    const counsellor = await hub.asAtOnce('counsellor');
    await counsellor.fill(withdrawn, `${withdrawn}/withdraw`, { reason: '해결됨', confirmed: '1' });
    const writer = await hub.as('tax');
    const formToken = findToken((await writer.get(answered)).text);
    await writer.post(`${answered}/answer/draft`, { formToken, text: '그 뒤에 쓰던 글' });
    await carryOut();

    expect((await hub.eventsOf(answered)).flatMap(({ data }) => data.answer?.text ?? [])).toEqual([
      '동료의 답변',
    ]);
    expect((await hub.eventsOf(withdrawn)).map(({ type }) => type)).not.toContain('answered');
    const tax = await hub.as('tax');
    const work = (await tax.get('/')).text;
    expect(work).toMatch(
      new RegExp(`보내지 못함[\\s\\S]*${answered}[\\s\\S]*다른 회신이나 이송이 있었습니다`),
    );
    expect(work).toContain(`${withdrawn}의 답변`);
    const page = (await tax.get(`${answered}?draft=answer`)).text;
    expect(page).toContain(`${answered}의 답변\n\n그 뒤에 쓰던 글</textarea>`);
    expect(page).toContain('보내지 못함');
    expect(await auditOf(answered)).toEqual(['act.not_sent hub']);
    // It is told until it was seen.
    await press('tax', answered, 'dismiss', answered);
    expect((await tax.get(answered)).text).not.toContain('보내지 못함');
  }, 60_000);

  test('is shown to colleagues where its sender has left', async () => {
    const path = await hub.register();
    await answerAs('tax2', path, { text: '떠난 사람의 답변' });
    await hub.store.pool.query("update users set disabled_at = now() where login = 'tax2'");
    await carryOut();
    expect((await hub.eventsOf(path)).map(({ type }) => type)).not.toContain('answered');
    const work = (await (await hub.as('tax')).get('/')).text;
    expect(work).toMatch(/권한이 없었습니다[\s\S]*떠난 사람의 답변/);
    expect((await (await hub.as('road')).get('/')).text).not.toContain('떠난 사람의 답변');
  }, 60_000);
});

test('a release waits as well: taken back, the answer waits for its release; sent, it is released', async () => {
  const parts = { asked: '요지', result: 'accepted', decided: '고칩니다.', why: '파였습니다.', remedies: '' };
  const path = await hub.register({ kind: 'grievance', category: '교통' });
  await answerAs('road', path, { ...parts, text: '' });
  const leader = await hub.as('road2');
  const review = /\/complaints\/[^"]+\/reviews\/[0-9a-f-]+/.exec((await leader.get(path)).text)?.[0] ?? '';
  const decide = async (login: string, decision: string) => {
    const visitor = await hub.as(login);
    const formToken = findToken((await visitor.get(path)).text);
    return visitor.post(`${review}/${decision}`, { formToken, comment: '' });
  };
  expect((await decide('road2', 'release')).headers.get('location')).toBe(`${path}?done=held`);
  expect((await decide('road', 'withdraw')).status).toBe(422);
  const undone = await press('road2', path, 'undo', path);
  expect(undone.headers.get('location')).toBe(`${path}?done=taken_back`);
  expect((await leader.get(path)).text).toContain(`${review}/release`);
  expect((await hub.eventsOf(path)).map(({ type }) => type)).not.toContain('answered');

  await decide('road2', 'release');
  await press('road2', path, 'send', path);
  expect((await hub.eventsOf(path)).map(({ type }) => type)).toContain('answered');
  const { rows } = await hub.store.pool.query(
    'select state, decided_by from answer_reviews r join complaints c on c.id = r.complaint_id where c.receipt_number = $1',
    [path.split('/').pop()],
  );
  expect(rows).toEqual([{ state: 'released', decided_by: 'road2' }]);
});
