import { describe, expect, it } from 'vitest';
import type { BoardAdapter, Change, Outcome } from '../../../adapters/contract.ts';
import { createAdapter, findAbilities } from '../../../adapters/registry.ts';
import { speakSteps } from '../../../adapters/relay/speaking.ts';
import type { Complaint, EventType, Status, Step } from '../../../schemas/index.ts';
import { readBoardAgency } from '../../support/test-hub.ts';

const signal = new AbortController().signal;
const done: Outcome = { kind: 'done', ref: { externalId: '7', partId: '3' } };

/** A board of a package: a class with members of its own. */
class Noting implements BoardAdapter {
  readonly #told: string[] = [];
  readonly carries: ReadonlySet<EventType>;
  constructor(...carries: EventType[]) {
    this.carries = new Set(carries);
  }
  get told() {
    return this.#told;
  }
  normalise = async () => ({ ok: true, post: {} }) as const;
  async push({ event }: Change, { key }: { key: string }): Promise<Outcome> {
    this.#told.push(`${key} ${event.type} ${JSON.stringify(event.data)}`);
    return done;
  }
  async find({ event }: Change, { key }: { key: string }) {
    this.#told.push(`${key} find ${event.type}`);
    return undefined;
  }
  async pushAttachment({ event }: Pick<Change, 'event'>): Promise<Outcome> {
    this.#told.push(`file of ${event.type}`);
    return done;
  }
  async check() {
    return { ok: true, notes: [] } as never;
  }
  async close() {}
}

const toChange = (step: Step, status: Status = 'in_progress'): Change => ({
  event: {
    complaintId: 'c',
    seq: 4,
    at: '2026-11-03T10:00:00+09:00',
    actor: { agency: 'road', via: 'rest' },
    type: 'step_taken',
    data: { step },
  },
  complaint: { id: 'c', receiptNumber: '26-1', status } as Complaint,
  role: 'copy',
  ref: { externalId: '7' },
});
const call = { key: '26-1/4', signal };
const extended: Step = { kind: 'extended', days: 5, reason: '현장 확인' };
const answer = JSON.stringify({
  answer: { text: '[처리기간 연장]\n5일 연장합니다.\n사유: 현장 확인', interim: true },
});

describe('a board that knows no steps', () => {
  it('is told of the assignee’s as interim answers and of the complainant’s as follow-ups', async () => {
    const own = new Noting('registered', 'interim_answered', 'followed_up');
    const board = speakSteps(own);
    expect([board.carries.has('step_taken'), board.saysSteps]).toEqual([true, true]);
    expect(await board.push?.(toChange(extended), call)).toEqual(done);
    await board.push?.(toChange({ kind: 'supplemented', text: '보냅니다.' }), call);
    await board.find?.(toChange(extended), call);
    expect(own.told).toEqual([
      `26-1/4 interim_answered ${answer}`,
      '26-1/4 followed_up {"followUp":{"text":"[보완]\\n보냅니다."}}',
      '26-1/4 find interim_answered',
    ]);
  });

  it('holds a step that it cannot show, without a call', async () => {
    const own = new Noting('interim_answered');
    const board = speakSteps(own);
    for (const step of [
      { kind: 'clock_resumed', ground: 'hearing' },
      { kind: 'clock_stopped', ground: 'hearing', reason: '청문' },
      { kind: 'supplemented', text: '보냅니다.' },
    ] as Step[]) {
      expect(await board.push?.(toChange(step), call)).toEqual({ kind: 'done', ref: { externalId: '7' } });
      expect(await board.find?.(toChange(step), call)).toEqual({ externalId: '7' });
    }
    expect(own.told).toEqual([]);
  });

  it.each([
    ['supplement_requested', extended, ['interim_answered', 'status_changed']],
    [
      'answered',
      { kind: 'planned', promise: '내년', reviewOn: ['2027-01-04'] },
      ['interim_answered', 'status_changed'],
    ],
    ['in_progress', extended, ['interim_answered']],
    ['assigned', extended, ['interim_answered']],
    // `status_changed` follows by itself.
    ['rejected', { kind: 'refused', reasons: '요건', remedies: '이의신청' }, ['interim_answered']],
  ] as [Status, Step, string[]][])('keeps the status %s', async (status, step, types) => {
    const own = new Noting('interim_answered', 'status_changed');
    expect(await speakSteps(own).push?.(toChange(step, status), call)).toEqual(done);
    expect(own.told.map((line) => line.split(' ')[1])).toEqual(types);
    if (types.length > 1)
      expect(own.told[1]).toBe(
        `26-1/4/status status_changed ${JSON.stringify({ from: 'in_progress', to: status })}`,
      );
  });

  it('gets the files of a step with its words, and without words with the post', async () => {
    const own = new Noting('followed_up');
    const give = (step: Step) => speakSteps(own).pushAttachment?.(toChange(step) as never, call);
    await give({ kind: 'objected', text: '이의 있습니다.' });
    await give(extended);
    expect(own.told).toEqual(['file of followed_up', 'file of step_taken']);
  });
});

describe('a board that knows steps, or shows no words', () => {
  it('is left as it is', () => {
    for (const own of [new Noting('interim_answered', 'step_taken'), new Noting('registered', 'answered')])
      expect(speakSteps(own)).toBe(own);
  });

  it('carries a step by an operation of its own mapping', async () => {
    const { board } = readBoardAgency('rest-board', 'sbiz', 'http://127.0.0.1:9/');
    if (!board) throw new Error('the sample has no board');
    const settings = board.settings as { push: object };
    const body = '{ "kind": event.data.step.kind, "until": event.data.step.until }';
    const push = {
      ...settings.push,
      step_taken: { method: 'POST', path: 'api/v2/minwon/{externalId}/steps', body },
    };
    const connection = { ...board, settings: { ...settings, push } };
    const adapter = createAdapter(connection, { agency: 'sbiz', timeZone: 'Asia/Seoul', secret: () => 'k' });
    expect([adapter.saysSteps, findAbilities(connection)?.carries.has('step_taken')]).toEqual([
      undefined,
      true,
    ]);
    const demand: Step = { kind: 'supplement_requested', text: '서류', until: '2026-11-13T18:00:00+09:00' };
    expect(await adapter.draft?.(toChange(demand), '26-1/4')).toMatchObject({
      json: { kind: 'supplement_requested', until: '2026-11-13T18:00:00+09:00' },
    });
    await adapter.close();
  });

  it('is a program that gets the hub’s own events', () => {
    const settings = { url: 'https://partner.example/', secret: 'env:X', events: ['interim_answered'] };
    expect([...(findAbilities({ adapter: 'webhook', settings })?.carries ?? [])]).toEqual([
      'interim_answered',
    ]);
  });
});
