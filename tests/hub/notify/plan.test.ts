import { describe, expect, it } from 'vitest';
import type { Duty } from '../../../hub/complaints/steps/duties.ts';
import type { DueNotice } from '../../../hub/notify/due-notices.ts';
import { fromOccasion, planNotices, planReminder } from '../../../hub/notify/plan.ts';
import { toTemplateValues } from '../../../hub/notify/values.ts';
import type { Complainant, Step } from '../../../schemas/index.ts';
import { inWords } from '../../support/in-words.ts';
import { complaintOf, directoryOf, eventOf } from './sample.ts';

const now = new Date('2026-11-20T03:00:00Z');
const directory = directoryOf();
const hong: Complainant = { name: '홍길동', email: 'hong@example.kr', phone: '+821012345678' };
const plan = (events: Parameters<typeof eventOf>[], complainant: Complainant = hong) =>
  planNotices({
    complaint: complaintOf({ complainant }),
    events: events.map((parts) => eventOf(...parts)),
    directory,
    now,
  });
const brief = (plans: ReturnType<typeof plan>) =>
  plans.map((p) => `${p.template} > ${p.recipient} ${p.channel}:${p.address}`);

describe('who is told of what', () => {
  it('tells the complainant and every officer of the assignee of a registration, and not again of the assignment', () => {
    const plans = plan([
      [1, 'registered'],
      [2, 'assigned', { to: 'hanam', reason: { rule: '1', text: 'road' } }],
    ]);
    expect(brief(plans)).toEqual([
      'registered > 홍길동 email:hong@example.kr',
      'new-complaint > 김담당 email:kim@hanam.example.kr',
      'new-complaint > 이담당 sms:+821098765432',
    ]);
    expect(plans.every((p) => p.seq === 1 && p.agency === 'hanam')).toBe(true);
  });

  it('leaves officers out of what their agency has switched off, and complainants never', () => {
    const quiet = directoryOf(
      directory
        .listAgencies()
        .map((agency) => ({ ...agency, officerNoticesOff: ['new-complaint' as const, 'overdue' as const] })),
    );
    const complaint = complaintOf({ complainant: hong });
    const events = [eventOf(1, 'registered'), eventOf(2, 'withdrawn', { reason: 'solved' })];
    const told = planNotices({ complaint, events, directory: quiet, now }).map(({ template }) => template);
    expect(told).toEqual(['registered', 'withdrawn', 'withdrawn']);
    const reminded = planReminder({ complaint, directory: quiet, now, which: 'delayed' });
    expect(reminded.map(({ audience }) => audience)).toEqual(['complainant']);
  });

  it('leaves officers out whom their board tells already, and nobody else', () => {
    const plans = planNotices({
      complaint: complaintOf({ complainant: hong }),
      events: [
        eventOf(1, 'registered'),
        eventOf(3, 'transferred', { from: 'hanam', to: 'paju', reason: 'road' }),
      ],
      directory,
      now,
      isTold: (agency) => agency === 'hanam',
    });
    expect(brief(plans)).toEqual([
      'registered > 홍길동 email:hong@example.kr',
      'transferred > 홍길동 email:hong@example.kr',
      'new-complaint > 박담당 email:park@paju.example.kr',
    ]);
  });

  it('tells the new assignee of a transfer', () => {
    const plans = plan([[3, 'transferred', { from: 'hanam', to: 'paju', reason: 'Paju keeps this road' }]]);
    expect(brief(plans)).toEqual([
      'transferred > 홍길동 email:hong@example.kr',
      'new-complaint > 박담당 email:park@paju.example.kr',
    ]);
    expect(plans.map((p) => p.agency)).toEqual(['paju', 'paju']);
  });

  it.each([
    ['answered', 'answered > 홍길동 email:hong@example.kr'],
    ['interim_answered', 'interim-answered > 홍길동 email:hong@example.kr'],
  ] as const)('tells only the complainant of %s', (type, expected) => {
    expect(brief(plan([[4, type, { answer: { text: 'done' } }]]))).toEqual([expected]);
  });

  it('tells nobody of a changed status', () => {
    expect(plan([[4, 'status_changed', { from: 'assigned', to: 'in_progress' }]])).toEqual([]);
  });

  it('does not tell the officer who did it', () => {
    const event = eventOf(4, 'withdrawn', {});
    event.actor = { agency: 'hanam', via: 'console', user: 'kim@hanam.example.kr' };
    const plans = planNotices({
      complaint: complaintOf({ complainant: hong }),
      events: [event],
      directory,
      now,
    });
    expect(brief(plans)).toEqual(['withdrawn > 이담당 sms:+821098765432']);
  });

  it('leaves a visible row where an agency has nobody to tell', () => {
    const plans = plan([[3, 'transferred', { from: 'hanam', to: 'gone', reason: '-' }]]);
    expect(inWords(plans[1])).toMatchObject({
      recipient: 'gone',
      state: 'unreachable',
      last_error: 'the agency has no officer to tell',
    });
  });
});

describe('a step of the procedure', () => {
  const tell = (step: Step) => brief(plan([[4, 'step_taken', { step }]]));
  const complainant = ['step > 홍길동 email:hong@example.kr'];
  const officers = ['step-came > 김담당 email:kim@hanam.example.kr', 'step-came > 이담당 sms:+821098765432'];
  it.each([
    // Decree, article 21, 23, 24, 25 and 20; Act, articles 27 and 35.
    [{ kind: 'extended', days: 5, reason: '현장 확인' }, complainant],
    [{ kind: 'supplement_requested', text: '사진' }, complainant],
    [{ kind: 'supplement_extended', until: '2026-11-30T09:00:00Z' }, complainant],
    [{ kind: 'clock_stopped', ground: 'hearing', reason: '청문' }, complainant],
    [{ kind: 'clock_resumed', ground: 'hearing' }, complainant],
    [{ kind: 'survey_extended', reason: '현장' }, complainant],
    [{ kind: 'refused', reasons: '요건', remedies: '이의신청' }, complainant],
    [{ kind: 'returned', reason: '미보완' }, complainant],
    [{ kind: 'closed' }, complainant],
    [{ kind: 'reopened', reason: '재검토' }, complainant],
    [{ kind: 'objection_decided', outcome: 'upheld', text: '허가' }, complainant],
    [{ kind: 'planned', promise: '내년', reviewOn: ['2027-01-04'] }, complainant],
    [{ kind: 'plan_reviewed', text: '진행', kept: false }, complainant],
    [{ kind: 'supplemented', text: '사진' }, officers],
    [{ kind: 'objected', text: '이의' }, officers],
    // The transfer that follows is told.
    [{ kind: 'transfer_refused', reason: '소관 아님' }, []],
    [{ kind: 'officer_assigned', officer: { name: '김담당' } }, []],
    [{ kind: 'classified', as: 'query', reason: '질의' }, []],
  ] as [Step, string[]][])('$kind', (step, told) => {
    expect(tell(step)).toEqual(told);
  });

  const told = (step: Step, parts: Partial<DueNotice> = {}) =>
    toTemplateValues(
      {
        agency: 'hanam',
        assignee: 'hanam',
        about: '',
        language: 'en',
        kind: 'query',
        registered_at: now,
        due_at: new Date('2026-12-04T09:00:00Z'),
        data: { step },
        officer: null,
        ...parts,
      } as DueNotice,
      directory,
      null,
    );

  it('is told with the new date, its words, and the officer who took it or is in charge (Decree, article 31)', () => {
    const step: Step = { kind: 'refused', reasons: 'No permit', remedies: 'Object within 60 days' };
    const by = { department: '허가과', name: '최담당', contact: '02-123-4567' };
    expect(told({ ...step, by })).toMatchObject({
      step: 'Refused',
      step_text: 'Reason: No permit\nHow to object: Object within 60 days',
      due_at: '4 December 2026 at 18:00',
      officer: by,
    });
    expect(told(step, { officer: by }).officer).toEqual(by);
    // Another agency has it by now.
    expect(told(step, { officer: by, assignee: 'paju' }).officer.name).toBe('김담당');
    expect(told({ kind: 'clock_resumed', ground: 'hearing' }, { language: 'ko' })).toMatchObject({
      step: '처리기간 재개',
      step_text: null,
    });
  });
});

describe('how a person is reached', () => {
  const cases: [Complainant, object][] = [
    [hong, { channel: 'email', fallbacks: [{ channel: 'sms', address: '+821012345678' }] }],
    [
      { ...hong, notifyBy: 'sms' },
      { channel: 'sms', fallbacks: [{ channel: 'email', address: 'hong@example.kr' }] },
    ],
    [
      { name: '홍', phone: '+821012345678', notifyBy: 'email' },
      { channel: 'sms', state: 'due', fallbacks: [] },
    ],
    [
      { name: '홍', email: 'h@example.kr', phone: '+82317901234', notifyBy: 'sms' },
      { channel: 'email', fallbacks: [] },
    ],
    [
      { name: '홍', phone: '+82317901234' },
      { state: 'unreachable', address: null, last_error: expect.stringContaining('land line') },
    ],
    [
      { name: '홍', phone: '+447700900123' },
      { channel: 'sms', state: 'due' },
    ],
    [
      { name: '홍', notifyBy: 'sms' },
      { channel: 'sms', state: 'unreachable', last_error: expect.stringContaining('neither') },
    ],
    [{ ...hong, language: 'en' }, { language: 'en' }],
    [hong, { language: 'ko', next_at: now }],
  ];
  it.each(cases)('%j', (complainant, expected) => {
    expect(inWords(plan([[4, 'answered', { answer: { text: 'done' } }]], complainant))).toMatchObject([
      expected,
    ]);
  });
});

describe('reminders', () => {
  const remind = (which: 'deadline-near' | 'delayed', at: string) =>
    planReminder({
      complaint: complaintOf({ complainant: { ...hong, notifyBy: 'sms' } }),
      directory,
      now: new Date(at),
      which,
    });

  it('tells officers of a nearing deadline, and everybody of a missed one', () => {
    expect(remind('deadline-near', '2026-11-20T03:00:00Z').map((p) => p.template)).toEqual([
      'deadline-near',
      'deadline-near',
    ]);
    expect(remind('delayed', '2026-11-20T03:00:00Z').map((p) => p.template)).toEqual([
      'delayed',
      'overdue',
      'overdue',
    ]);
  });

  it('are about one deadline, or one thing that is owed', () => {
    expect(remind('delayed', '2026-11-20T03:00:00Z').map(({ about }) => about)).toEqual(
      Array(3).fill('2026-11-27T09:00:00Z'),
    );
    const duty: Duty = { kind: 'progress', at: now, day: '2026-12-20' };
    const plans = planReminder({ complaint: complaintOf(), directory, now, which: 'owed', duty });
    expect(plans.map(({ template, about, seq }) => [template, about, seq])).toEqual(
      Array(2).fill(['owed', 'progress 2026-12-20', 0]),
    );
    expect(fromOccasion('progress 2026-12-20')).toEqual({ kind: 'progress', day: '2026-12-20' });
    expect(fromOccasion('2026-11-27T09:00:00Z')).toBeUndefined();
  });

  it.each([
    ['2026-11-20T07:59:00+09:00', '2026-11-20T08:00:00+09:00'],
    ['2026-11-20T08:00:00+09:00', '2026-11-20T08:00:00+09:00'],
    ['2026-11-20T20:59:00+09:00', '2026-11-20T20:59:00+09:00'],
    ['2026-11-20T21:00:00+09:00', '2026-11-21T08:00:00+09:00'],
  ])('a text planned at %s goes at %s', (at, goes) => {
    expect(remind('delayed', at)[0]).toMatchObject({ channel: 'sms', next_at: new Date(goes) });
  });
});
