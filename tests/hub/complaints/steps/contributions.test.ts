import { describe, expect, it } from 'vitest';
import { createClockRules } from '../../../../hub/clock/deadline.ts';
import { foldContributions } from '../../../../hub/complaints/contributions/fold-contributions.ts';
import { keepContributions } from '../../../../hub/complaints/contributions/keep-contributions.ts';
import { viewContributions } from '../../../../hub/complaints/contributions/view-contributions.ts';
import { decide } from '../../../../hub/complaints/decide.ts';
import type { Matter, Rules } from '../../../../hub/complaints/state.ts';
import { listDuties } from '../../../../hub/complaints/steps/duties.ts';
import { planNotices } from '../../../../hub/notify/plan.ts';
import type { Actor, EventType, Post, Step } from '../../../../schemas/index.ts';

/** Times of Korea. */
const iso = (text: string) => new Date(`${text.replace(' ', 'T')}:00+09:00`).toISOString();
const carried: ReadonlySet<EventType> = new Set(['registered', 'answered', 'transferred']);

const rulesAt = (now: string): Rules => {
  let ids = 0;
  return {
    now: new Date(iso(now)),
    newId: () => `${now} ${++ids}`,
    newReceiptNumber: () => '26-0000-0001-2',
    route: () => ({ to: 'lead', reason: { rule: '1', text: '도로' } }),
    clock: () => createClockRules(),
    startsAtIntake: () => true,
    arbiter: 'arbiter',
    isAgency: (code) => code !== 'nowhere',
    // All agencies have a board.
    carries: () => carried,
  };
};

const tell = (
  known: Matter | undefined,
  now: string,
  agency: string,
  post: Post,
  via: Actor['via'] = 'rest',
) => decide(known, { actor: { agency, via }, post, externalId: 'x' }, rulesAt(now));

function hear(...given: Parameters<typeof tell>) {
  const decided = tell(...given);
  if (!decided.ok) throw new Error(JSON.stringify(decided.problems));
  return decided.decision;
}

/** A query of the agency origin, for lead: filed on Monday 2 November 2026 at 10:00, due on Tuesday the 10th at 18:00. */
const file = (): Matter =>
  hear(undefined, '2026-11-02 10:00', 'origin', {
    content: {
      title: '도로와 가로수',
      body: '보도를 고치고 가지를 쳐 주십시오.',
      kind: 'query',
      complainant: { name: '김민원' },
      filedAt: iso('2026-11-02 10:00'),
    },
  }).matter;

const take = (matter: Matter, now: string, step: Step, agency = 'lead') =>
  hear(matter, now, agency, { steps: [step] }).matter;

function refuse(matter: Matter, now: string, step: Step, agency = 'lead'): string[] {
  const decided = tell(matter, now, agency, { steps: [step] });
  if (decided.ok) throw new Error('it was taken');
  return decided.problems.map(({ pointer, reason }) => `${pointer} ${'code' in reason ? reason.code : ''}`);
}

const ask = (
  to: string,
  until = '2026-11-06 18:00',
  kind: 'part_asked' | 'cooperation_asked' = 'part_asked',
) => ({ kind, to, text: `${to}의 몫`, until: iso(until) }) as Step;
const reply = (contribution: number): Step => ({
  kind: 'contribution_answered',
  contribution,
  text: `${contribution}번 회신`,
});

/** Parts of trees and of water, numbers 1 and 2. */
const asked = () => take(take(file(), '2026-11-03 09:00', ask('trees')), '2026-11-03 09:10', ask('water'));
const shownTo = (matter: Matter, agency: string) =>
  viewContributions(matter.told, matter.complaint.assignee, { agency });

describe('a part of a matter', () => {
  it('is asked of another agency, which replies, and the lead gives the one answer', () => {
    const matter = asked();
    expect(matter.links.find(({ agency }) => agency === 'trees')).toMatchObject({
      role: 'part',
      state: 'screen',
    });
    const replied = take(matter, '2026-11-05 15:00', reply(1), 'trees');
    expect(foldContributions(replied.told)).toMatchObject([
      { number: 1, kind: 'part', by: 'lead', to: 'trees', state: 'answered', reply: '1번 회신' },
      { number: 2, to: 'water', state: 'asked', dueAt: iso('2026-11-06 18:00') },
    ]);
    expect(keepContributions(replied).asked).toEqual(['water']);
    // Neither the clock nor the status moves: both are the complaint's own.
    expect(replied.complaint).toMatchObject({ status: 'assigned', dueAt: file().complaint.dueAt });
    const answered = hear(replied, '2026-11-06 10:00', 'lead', { answers: [{ text: '모은 답변' }] });
    expect(answered.events.map(({ type }) => type)).toEqual(['answered']);
    expect(keepContributions(answered.matter).asked).toBeNull();
  });

  it('is for no board to hold, and moves no board', () => {
    const matter = asked();
    const origin = matter.links.find(({ agency }) => agency === 'origin');
    expect(matter.told.map(({ type }) => type)).toEqual(['contributed', 'contributed']);
    expect(origin?.held).toBe(matter.complaint.lastSeq);
  });

  it('is seen by its agency alone until the lead shares the reply', () => {
    const replied = take(asked(), '2026-11-05 15:00', reply(1), 'trees');
    const numbers = (agency: string, of = replied) => shownTo(of, agency).asked.map(({ number }) => number);
    expect([numbers('lead'), numbers('trees'), numbers('water'), numbers('origin')]).toEqual([
      [1, 2],
      [1],
      [2],
      [],
    ]);
    const own = replied.told.filter((event) => shownTo(replied, 'water').sees(event));
    expect(own.map(({ data }) => ('step' in data ? data.step : {}))).toMatchObject([{ to: 'water' }]);
    const shared = take(replied, '2026-11-05 16:00', { kind: 'contribution_shared', contribution: 1 });
    expect([numbers('water', shared), numbers('origin', shared)]).toEqual([[1, 2], []]);
  });

  it('goes to another agency after a refusal, which tells nothing of the refusal', () => {
    const no: Step = { kind: 'contribution_refused', contribution: 1, reason: '가로수는 구청 소관입니다.' };
    const refused = take(asked(), '2026-11-04 10:00', no, 'trees');
    expect(keepContributions(refused).asked).toEqual(['water']);
    const move: Step = { kind: 'contribution_moved', contribution: 1, to: 'district', reason: '구청 소관' };
    const moved = hear(refused, '2026-11-04 11:00', 'lead', { steps: [move] });
    expect(foldContributions(moved.matter.told)[0]).toMatchObject({ to: 'district', state: 'asked' });
    expect(shownTo(moved.matter, 'district').asked[0]?.reason).toBeUndefined();
    expect(refuse(moved.matter, '2026-11-04 12:00', reply(1), 'trees')).toEqual([
      '/steps/0 contribution_not_yours',
    ]);
    const plans = planNotices({
      complaint: moved.matter.complaint,
      events: moved.events,
      asked: foldContributions(moved.matter.told),
      directory: {
        findAgency: () => undefined,
        listAgencies: () => [],
        routing: () => ({ rules: [], default: 'a' }),
      },
      now: new Date(),
    });
    expect(plans.map(({ template, audience, agency }) => [template, audience, agency])).toEqual([
      ['contribution', 'officer', 'district'],
      ['contribution', 'officer', 'trees'],
    ]);
  });

  it('is refused with what would be allowed', () => {
    const matter = asked();
    const now = '2026-11-04 10:00';
    // Due on Tuesday 10 November: the whole of that day is in time.
    expect(refuse(matter, now, ask('fire', '2026-11-11 00:01'))).toEqual([
      '/steps/0/until contribution_after_deadline',
    ]);
    expect(take(matter, now, ask('fire', '2026-11-10 23:59')).links).toHaveLength(5);
    expect(refuse(matter, now, ask('fire', '2026-11-04 09:59'))).toEqual([
      '/steps/0/until contribution_past',
    ]);
    expect(refuse(matter, now, ask('lead'))).toEqual(['/steps/0/to contribution_own']);
    expect(refuse(matter, now, ask('nowhere'))).toEqual(['/steps/0/to unknown_agency']);
    expect(refuse(matter, now, ask('fire'), 'trees')).toEqual(['/steps/0 not_yours']);
    expect(refuse(matter, now, reply(2), 'trees')).toEqual(['/steps/0 contribution_not_yours']);
    expect(refuse(matter, now, reply(1), 'origin')).toEqual(['/steps/0 contribution_not_yours']);
    expect(refuse(matter, now, reply(3), 'trees')).toEqual(['/steps/0/contribution contribution_none']);
    const back: Step = { kind: 'contribution_taken_back', contribution: 1, reason: '직접 답변합니다.' };
    expect(refuse(take(matter, now, back), '2026-11-04 11:00', reply(1), 'trees')).toEqual([
      '/steps/0/contribution contribution_state',
    ]);
    const answered = hear(matter, now, 'lead', { answers: [{ text: '답변' }] }).matter;
    expect(refuse(answered, '2026-11-04 11:00', reply(1), 'trees')).toEqual(['/steps/0 step_order']);
  });

  it('becomes the whole complaint by a transfer: then its board is told from the beginning', () => {
    const { matter } = hear(asked(), '2026-11-04 10:00', 'lead', {
      transfer: { to: 'trees', reason: '전부 가로수' },
    });
    expect(matter.links.find(({ agency }) => agency === 'trees')).toMatchObject({
      role: 'assignee',
      state: 'open',
      held: 0,
      joined: matter.complaint.lastSeq,
    });
    // The one that leads now is asked for nothing by itself, and sees all.
    expect(shownTo(matter, 'trees').asked).toHaveLength(2);
  });
});

describe('the time to reply', () => {
  it('is owed by the asked agency and missed by the lead once it is over, until the reply or the end', () => {
    const owed = (of: Matter, now: string) =>
      listDuties(of, new Date(iso(now))).owed.map(({ kind, day, agency }) => [kind, day, agency]);
    const matter = take(asked(), '2026-11-05 10:00', reply(2), 'water');
    expect(owed(matter, '2026-11-06 17:59')).toEqual([]);
    expect(owed(matter, '2026-11-06 18:00')).toEqual([
      ['reply', '2026-11-06', 'trees'],
      ['missing', '2026-11-06', undefined],
    ]);
    const answered = hear(matter, '2026-11-06 18:30', 'lead', { answers: [{ text: '답변' }] }).matter;
    expect(owed(answered, '2026-11-06 19:00')).toEqual([]);
  });

  const more = (until: string): Step => ({
    kind: 'contribution_extended',
    contribution: 1,
    until: iso(until),
    reason: '현장 확인',
  });
  // Asked on Tuesday at 09:00 until Thursday at 18:00: two days and nine hours.
  const matter = take(file(), '2026-11-03 09:00', ask('trees', '2026-11-05 18:00', 'cooperation_asked'));

  it('is extended once, by no more than was given first, and not beyond the complaint (Act, article 20)', () => {
    expect(refuse(matter, '2026-11-04 09:00', more('2026-11-09 09:00'), 'trees')).toEqual([
      '/steps/0/until contribution_too_long',
    ]);
    const longer = take(matter, '2026-11-04 09:00', more('2026-11-08 03:00'), 'trees');
    expect(foldContributions(longer.told)).toMatchObject([
      { kind: 'cooperation', extended: true, dueAt: iso('2026-11-08 03:00') },
    ]);
    expect(refuse(longer, '2026-11-04 10:00', more('2026-11-08 18:00'), 'trees')).toEqual([
      '/steps/0 contribution_extended_twice',
    ]);
  });

  it('is not extended after it has passed, nor to an earlier day', () => {
    expect(refuse(matter, '2026-11-05 18:01', more('2026-11-06 18:00'), 'trees')).toEqual([
      '/steps/0 contribution_extended_late',
    ]);
    expect(refuse(matter, '2026-11-04 09:00', more('2026-11-05 09:00'), 'trees')).toEqual([
      '/steps/0/until contribution_not_later',
    ]);
  });
});
