import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import type { Change } from '../../../adapters/contract.ts';
import { checkBoardSettings } from '../../../adapters/registry.ts';
import { Agency, compile } from '../../../schemas/index.ts';
import { inWords } from '../../support/in-words.ts';
import { readSampleAgency, secret } from '../conformance/open311-fixture.ts';
import { call, connectTo, start, startService } from './wire-service.ts';

describe('settings', () => {
  test('the sample agency is a valid configuration', async () => {
    const agency = await readSampleAgency('http://127.0.0.1:1/');
    expect(compile(Agency)(agency)).toMatchObject({ ok: true });
    expect(checkBoardSettings(agency.board!)).toEqual([]);
  });

  test.each([
    ['/settings/codes/status/open', { codes: { status: { open: 'new', fixed: 'answered' }, category: {} } }],
    ['/settings/codes/status/OPEN', { codes: { status: { OPEN: 'received' }, category: {} } }],
    ['/settings/codes/status', { codes: { status: { open: 'received' }, category: {} }, writeStatus: {} }],
    ['/settings/codes/externalStatus/7', { codes: { status: {}, category: {}, externalStatus: { 7: 'x' } } }],
    ['/settings/writeStatus/assigned', { writeStatus: { assigned: 'nowhere' } }],
    ['/settings/writeStatus/asigned', { writeStatus: { asigned: 'open' } }],
    ['/settings/apiKey', { apiKey: 'in plain text' }],
    ['/settings/from', { from: '2026' }],
    ['/settings/requests/by', { requests: { by: 'id' } }],
    ['/settings/attributes/age', { attributes: { age: 'birthday' } }],
  ])('%s is told', async (pointer, changes) => {
    const { board } = await readSampleAgency('http://127.0.0.1:1/', changes);
    expect(checkBoardSettings(board!).map((problem) => problem.pointer)).toContain(pointer);
  });

  test('it carries what the board can hold', async () => {
    const url = 'http://127.0.0.1:1/';
    const carried = async (changes: object) => [...(await connectTo(url, changes)).carries];
    expect(await carried({})).toEqual([
      'registered',
      'status_changed',
      'interim_answered',
      'answered',
      'followed_up',
      'withdrawn',
      // In words, as an interim answer or a follow-up.
      'step_taken',
    ]);
    expect(await carried({ updates: undefined })).toEqual(['registered']);
    expect(await carried({ readOnly: true })).toEqual([]);
    const moved = { writeStatus: { assigned: 'open', transferred: 'internal_referral' } };
    expect(await carried(moved)).toContain('transferred');
  });
});

describe('what is sent', () => {
  const registered = toChange(samples.registered);
  const withContent = (content: object): Change =>
    toChange({ type: 'registered', data: { content: { ...samples.registered.data.content, ...content } } });

  test('a request is a form with place, person, attributes and the mark of the hub', async () => {
    const service = await startService(() => [{ service_request_id: 'SR-7' }]);
    const adapter = await connectTo(service.url);
    expect(await adapter.push?.(registered, call())).toEqual({ kind: 'done', ref: { externalId: 'SR-7' } });
    const { content } = samples.registered.data;
    expect(service.calls).toEqual([
      {
        method: 'POST',
        path: '/dev/v2/requests.json',
        query: {},
        fields: {
          jurisdiction_id: 'busan.example',
          api_key: secret,
          service_code: 'TRADE-03',
          description: `${content.title}\n\n${content.body}\n\n[민원허브 접수 26-0000017-4, key-1]`,
          address_string: '부산',
          first_name: '이한빛',
          email: 'lee@company.example',
          phone: '010-9876-5432',
          'attribute[fixmystreet_id]': 'key-1',
          'attribute[receipt_number]': '26-0000017-4',
          'attribute[company]': '한빛무역',
          'attribute[notify_by]': 'email',
          non_public: '1',
        },
      },
    ]);
  });

  test('a draft is the form that goes, with a mark for the key', async () => {
    const service = await startService(() => [{ service_request_id: 'SR-7', update_id: 'U-1' }]);
    const adapter = await connectTo(service.url);
    const answered = toChange(samples.answered, { externalId: 'SR-7' });
    const drafts = [await adapter.draft?.(registered, 'key-1'), await adapter.draft?.(answered, 'key-1')];
    expect(service.calls).toEqual([]);
    for (const change of [registered, answered]) await adapter.push?.(change, call());
    const sent = service.calls.map(({ method, path, fields }) => ({
      method,
      url: new URL(path, service.url).href,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      fields: { ...fields, api_key: expect.stringMatching(/^\$secret\(env:\w+\)$/) },
    }));
    expect(drafts).toEqual(sent);
    await expect(adapter.draft?.(toChange(samples.answered), 'key-1')).rejects.toThrow();
  });

  test('it says no more of a person than the agency may know', async () => {
    const service = await startService(() => [{ service_request_id: 1 }]);
    const adapter = await connectTo(service.url, { discloses: ['email'], publishes: true });
    await adapter.push?.(registered, call());
    const { first_name, phone, email, non_public } = service.calls[0]?.fields ?? {};
    expect([first_name, phone, email, non_public]).toEqual([
      undefined,
      undefined,
      'lee@company.example',
      undefined,
    ]);
  });

  test('a category that the city does not have goes to the service that was chosen for it, or is refused', async () => {
    const service = await startService(() => [{ service_request_id: 1 }]);
    const labour = withContent({ category: '노무' });
    await (await connectTo(service.url)).push?.(labour, call());
    expect(service.calls[0]?.fields.service_code).toBe('ETC-99');
    const strict = await connectTo(service.url, { otherService: undefined });
    expect(inWords(await strict.push?.(labour, call()))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('노무'),
    });
    const nowhere = await connectTo(service.url, { place: undefined });
    expect(await nowhere.push?.(withContent({ region: undefined }), call())).toMatchObject({
      kind: 'refused',
      fields: [{ pointer: '/content/region' }],
    });
    expect(service.calls).toHaveLength(1);
  });

  test('a text that is too long is refused with both numbers, and never cut', async () => {
    const service = await startService(() => [{ service_request_id: 1 }]);
    const adapter = await connectTo(service.url, { descriptionLimit: 100 });
    const outcome = await adapter.push?.(withContent({ title: '제목', body: '가'.repeat(90) }), call());
    // Title, two blank lines, body and the mark.
    const length = 2 + 2 + 90 + 2 + '[민원허브 접수 26-0000017-4, key-1]'.length;
    expect(inWords(outcome)).toMatchObject({
      kind: 'refused',
      fields: [{ pointer: '/content/body', message: expect.stringContaining(`${length} characters`) }],
    });
    expect(service.calls).toEqual([]);
  });

  test('a name in Latin letters is parted as the forms ask, a Korean one is not', async () => {
    const service = await startService(() => [{ service_request_id: 1 }]);
    const adapter = await connectTo(service.url);
    const complainant = { name: 'Mary Jane Watson' };
    await adapter.push?.(withContent({ complainant }), call());
    expect(service.calls[0]?.fields).toMatchObject({ first_name: 'Mary Jane', last_name: 'Watson' });
  });

  test('an update carries our key, its time with the offset of the agency, and the status that it sets', async () => {
    const service = await startService(() => [{ update_id: 'U-3' }]);
    const adapter = await connectTo(service.url);
    const outcome = await adapter.push?.(toChange(samples.answered, { externalId: 'SR-7' }), call('key-2'));
    expect(outcome).toEqual({ kind: 'done', ref: { externalId: 'SR-7', partId: 'U-3' } });
    expect(service.calls).toMatchObject([
      {
        path: '/dev/v2/servicerequestupdates.json',
        fields: {
          service_request_id: 'SR-7',
          update_id: 'key-2',
          updated_datetime: '2026-11-20T10:00:00+09:00',
          status: 'fixed',
          description:
            '12월 31일까지 신청할 수 있습니다.\n\n담당: 수출지원부 · 박담당 · 02-123-4567\n\n[민원허브 답변 26-0000017-4, key-2]',
        },
      },
    ]);
  });

  test('a status that no code means is refused and named, one that only stands there is left out', async () => {
    const service = await startService(() => [{ update_id: 1 }]);
    const codes = { status: { in_progress: 'in_progress', fixed: 'answered' }, category: {} };
    const adapter = await connectTo(service.url, { codes, writeStatus: { assigned: 'in_progress' } });
    const ref = { externalId: 'SR-7' };
    const closed = toChange({ type: 'status_changed', data: { from: 'answered', to: 'closed' } }, ref);
    expect(inWords(await adapter.push?.(closed, call()))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('no entry for "closed"'),
    });
    const asked = toChange({ type: 'followed_up', data: { followUp: { text: '언제까지인가요?' } } }, ref);
    const change = { ...asked, complaint: { ...asked.complaint, status: 'closed' as const } };
    expect((await adapter.push?.(change, call()))?.kind).toBe('done');
    expect(service.calls[0]?.fields.status).toBeUndefined();
  });

  test('an update that a server took without naming it is done', async () => {
    const service = await startService(() => [{ service_request_id: 'SR-7' }]);
    const adapter = await connectTo(service.url);
    const outcome = await adapter.push?.(toChange(samples.answered, { externalId: 'SR-7' }), call());
    expect(outcome).toEqual({ kind: 'done', ref: { externalId: 'SR-7' } });
  });
});

describe('tokens', () => {
  const tokens = { tries: 3, pauseSeconds: 0.1 };
  const registered = toChange(samples.registered);

  test('a token is asked for until it has a request', async () => {
    const { board, adapter } = await start({ tokens }, { patience: 2 });
    expect(await adapter.push?.(registered, call())).toEqual({ kind: 'done', ref: { externalId: '1' } });
    expect(board.faults.requests).toBe(4);
  });

  test('one that has none yet is unknown, and found later by its text: nothing is sent twice', async () => {
    const { board, adapter } = await start({ tokens, attributes: {} }, { patience: 100 });
    expect(inWords(await adapter.push?.(registered, call()))).toMatchObject({
      kind: 'unknown',
      reason: expect.stringContaining('T-1'),
    });
    expect(await adapter.find?.(registered, call())).toEqual({ externalId: '1' });
    expect(board.requests()).toHaveLength(1);
  });

  test('a board that lists it without a number is asked again: nothing is sent meanwhile', async () => {
    const description = '제목\n\n내용\n\n[민원허브 접수 26-0000017-4, key-1]';
    const service = await startService(() => [{ token: 'T-9', description }]);
    const adapter = await connectTo(service.url);
    await expect(adapter.find?.(registered, call())).rejects.toMatchObject({ kind: 'unreachable' });
  });

  test('a board that fails while it is asked for a token has taken the request all the same', async () => {
    const service = await startService(({ method }) =>
      method === 'POST' ? [{ token: 'T-9' }] : [{ code: 503, description: 'busy' }],
    );
    const adapter = await connectTo(service.url, { tokens });
    expect((await adapter.push?.(registered, call()))?.kind).toBe('unknown');
  });
});
