import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call } from './call.ts';
import { exportComplaint, type OpenDoors, openDoors } from './open-doors.ts';
import { element, envelope, fields, sendTo } from './soap/calls.ts';

let doors: OpenDoors;
let number = '';
let cases = 0;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});
beforeEach(async () => {
  cases += 1;
  const { body } = await call<{ receiptNumber: string }>(doors, doors.keys.alpha, 'POST', '/complaints', {
    externalId: `case-${cases}`,
    content: exportComplaint,
  });
  number = body.receiptNumber;
});

type Who = keyof OpenDoors['keys'];
/** How a call ended: `applied`, `duplicate`, or the code of what refused it, with the first place. */
interface Ended {
  as: string;
  at?: string | undefined;
}
/** The same calls, as each door says them. */
interface Voice {
  status(who: Who, status: string, key?: string): Promise<Ended>;
  followUp(who: Who, text: string, key?: string, writtenAt?: string): Promise<Ended>;
  answer(who: Who, text: string): Promise<Ended>;
  register(externalId: string, title: string, key?: string, filedAt?: string): Promise<Ended>;
}

type Problem = { type: string; errors?: { pointer: string }[] };
const toEnded = (receipt: { outcome: string } | undefined, problem: Problem | undefined): Ended =>
  receipt
    ? { as: receipt.outcome }
    : { as: problem?.type.split(':').at(-1) ?? '', at: problem?.errors?.[0]?.pointer };

function speakRest(): Voice {
  const send = async (who: Who, method: string, path: string, value: object, key?: string) => {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    const { status, body } = await call(doors, doors.keys[who], method, path, value, headers);
    return status < 300 ? toEnded(body as never, undefined) : toEnded(undefined, body as never);
  };
  const one = () => `/complaints/${number}`;
  return {
    status: (who, status, key) => send(who, 'PUT', `${one()}/status`, { status }, key),
    followUp: (who, text, key, writtenAt) =>
      send(who, 'POST', `${one()}/follow-ups`, { text, ...(writtenAt && { writtenAt }) }, key),
    answer: (who, text) => send(who, 'POST', `${one()}/answers`, { text }),
    register: (externalId, title, key, filedAt = exportComplaint.filedAt) =>
      send(
        'alpha',
        'POST',
        '/complaints',
        { externalId, content: { ...exportComplaint, title, filedAt } },
        key,
      ),
  };
}

function speakBatch(): Voice {
  const send = async (who: Who, operation: string, value: object, key?: string) => {
    const receiptNumber = operation === 'registerComplaint' ? undefined : number;
    const items = [{ operation, receiptNumber, value, ...(key && { idempotencyKey: key }) }];
    const { body } = await call(doors, doors.keys[who], 'POST', '/batches', { items });
    const [result] = (body as unknown as { results: { receipt?: { outcome: string }; problem?: Problem }[] })
      .results;
    return toEnded(result?.receipt, result?.problem);
  };
  return {
    status: (who, status, key) => send(who, 'changeStatus', { status }, key),
    followUp: (who, text, key, writtenAt) =>
      send(who, 'addFollowUp', { text, ...(writtenAt && { writtenAt }) }, key),
    answer: (who, text) => send(who, 'addAnswer', { text }),
    register: (externalId, title, key, filedAt = exportComplaint.filedAt) =>
      send(
        'alpha',
        'registerComplaint',
        { externalId, content: { ...exportComplaint, title, filedAt } },
        key,
      ),
  };
}

function speakSoap(): Voice {
  const send = async (who: Who, operation: string, inside: string, key?: string) => {
    const body = `<${operation} xmlns="urn:minwon-hub:v1">${inside}${key ? `<idempotencyKey>${key}</idempotencyKey>` : ''}</${operation}>`;
    const headers = { authorization: `Bearer ${doors.keys[who]}` };
    const reply = await sendTo({ ...doors, url: `${doors.url}/soap/v1` }, envelope(body), headers);
    const outcome = element('outcome', reply);
    return outcome ? { as: outcome } : { as: element('code', reply) ?? '', at: element('field', reply) };
  };
  const one = () => `<receiptNumber>${number}</receiptNumber>`;
  return {
    status: (who, status, key) => send(who, 'ChangeStatus', `${one()}<status>${status}</status>`, key),
    followUp: (who, text, key, writtenAt) =>
      send(
        who,
        'AddFollowUp',
        `${one()}<followUp><text>${text}</text>${writtenAt ? `<writtenAt>${writtenAt}</writtenAt>` : ''}</followUp>`,
        key,
      ),
    answer: (who, text) => send(who, 'AddAnswer', `${one()}<answer><text>${text}</text></answer>`),
    register: (externalId, title, key, filedAt = exportComplaint.filedAt) => {
      const content = {
        ...fields,
        title: `<title>${title}</title>`,
        filedAt: `<filedAt>${filedAt}</filedAt>`,
      };
      const inside = `<externalId>${externalId}</externalId><content>${Object.values(content).join('')}</content>`;
      return send('alpha', 'RegisterComplaint', inside, key);
    },
  };
}

const read = async () =>
  (await call(doors, doors.keys.alpha, 'GET', `/complaints/${number}`)).body as unknown;

describe.each([
  ['REST', speakRest, ''],
  ['a batch', speakBatch, ''],
  ['SOAP', speakSoap, '/followUp'],
] as const)('at %s', (name, speak, place) => {
  it('a state that comes back is the state; said again, it changes nothing', async () => {
    const { status } = speak();
    const said: Ended[] = [];
    for (const word of ['in_progress', 'supplement_requested', 'in_progress', 'in_progress'])
      said.push(await status('beta', word));
    expect(said.map(({ as }) => as)).toEqual(['applied', 'applied', 'applied', 'duplicate']);
    expect(await read()).toMatchObject({ status: 'in_progress' });
  });

  it('a content that comes back is the content', async () => {
    const { register } = speak();
    for (const title of ['가', '나', '가']) expect((await register(`aba ${name}`, title)).as).toBe('applied');
    const found = await call(doors, doors.keys.alpha, 'GET', '/complaints?limit=1');
    expect(found.body).toMatchObject({ complaints: [{ title: '가' }] });
  });

  it('a key is one call: with another id, complaint or operation it is refused', async () => {
    const { register, followUp, status } = speak();
    const key = `key ${name}`;
    expect((await register(`keyed ${name}`, '가', key.replaceAll(' ', '-'))).as).toBe('applied');
    expect((await register(`keyed ${name}`, '가', key.replaceAll(' ', '-'))).as).toBe('duplicate');
    expect((await register(`other ${name}`, '가', key.replaceAll(' ', '-'))).as).toBe('key-reused');
    expect((await followUp('alpha', '가', key.replaceAll(' ', '-'))).as).toBe('key-reused');
    // Keys are an agency's own.
    expect((await status('beta', 'in_progress', key.replaceAll(' ', '-'))).as).toBe('applied');
  });

  it.each([
    ['2026-11-28 09:30:00Z', '2026-11-28T09:30:00Z'],
    ['2026-11-28t09:30:00.123456789z', '2026-11-28T09:30:00.123Z'],
    ['2026-11-28T09:30:00+0900', '2026-11-28T09:30:00+09:00'],
    ['2026-11-28T09:30:00+15:00', undefined],
    ['2026-11-28T09:30:00+23:00', undefined],
    ['0000-11-28T09:30:00Z', undefined],
  ])('the instant %s is given out as xs:dateTime, or refused', async (text, canonical) => {
    const { followUp, register } = speak();
    const said = await followUp('alpha', `${name} ${text}`, undefined, text);
    const made = await register(`instant ${name} ${text}`, '가', undefined, text);
    if (!canonical) {
      expect([said, made]).toEqual([
        { as: 'invalid', at: `${place}/writtenAt` },
        { as: 'invalid', at: '/content/filedAt' },
      ]);
      return;
    }
    expect([said.as, made.as]).toEqual(['applied', 'applied']);
    const { body } = await call(doors, doors.keys.alpha, 'GET', `/complaints/${number}/events`);
    expect(JSON.stringify(body)).toContain(`"writtenAt":"${canonical}"`);
  });

  it('who has no right to say it is told so, with the place as the message has it', async () => {
    const { answer, followUp, status } = speak();
    const own = place === '' ? '' : '/answer';
    expect(await answer('alpha', '제가 답합니다.')).toEqual({ as: 'forbidden', at: own });
    expect(await followUp('beta', '제가 묻습니다.')).toEqual({ as: 'forbidden', at: place });
    expect(await status('alpha', 'in_progress')).toEqual({ as: 'forbidden', at: '/status' });
  });
});

it('a key that one door was given is known at the others', async () => {
  const rest = await speakRest().followUp('alpha', '언제 됩니까?', 'one-key-for-all');
  const batch = await speakBatch().followUp('alpha', '언제 됩니까?', 'one-key-for-all');
  const soap = await speakSoap().followUp('alpha', '언제 됩니까?', 'one-key-for-all');
  expect([rest.as, batch.as, soap.as]).toEqual(['applied', 'duplicate', 'duplicate']);
  expect((await speakSoap().followUp('alpha', '다른 말', 'one-key-for-all')).as).toBe('key-reused');
});

describe('a cursor from elsewhere is refused', () => {
  const soap = (who: Who, operation: string, inside: string) =>
    sendTo(
      { ...doors, url: `${doors.url}/soap/v1` },
      envelope(`<${operation} xmlns="urn:minwon-hub:v1">${inside}</${operation}>`),
      { authorization: `Bearer ${doors.keys[who]}` },
    );

  it('of the feed, at REST and SOAP', async () => {
    const { gamma } = doors.keys;
    const far = '999999999999999999';
    const rest = [
      await call(doors, gamma, 'GET', `/changes?after=${far}`),
      await call(doors, gamma, 'POST', '/changes/acknowledgements', { upTo: far }),
    ];
    for (const { status, body } of rest)
      expect([status, body]).toMatchObject([409, { type: 'urn:minwon-hub:problem:unknown-cursor' }]);
    const fetched = await soap('gamma', 'FetchChanges', `<request><after>${far}</after></request>`);
    const noted = await soap(
      'gamma',
      'AcknowledgeChanges',
      `<acknowledgement><upTo>${far}</upTo></acknowledgement>`,
    );
    expect([element('code', fetched), element('code', noted)]).toEqual(['unknown-cursor', 'unknown-cursor']);
  });

  it('of a search, at REST and SOAP', async () => {
    for (const place of ['after', 'before']) {
      const rest = await call(doors, doors.keys.alpha, 'GET', `/complaints?${place}=zzz`);
      expect([rest.status, rest.body]).toMatchObject([422, { errors: [{ pointer: `/${place}` }] }]);
      const told = await soap('alpha', 'SearchComplaints', `<search><${place}>zzz</${place}></search>`);
      expect(element('code', told)).toBe('invalid');
    }
  });
});
