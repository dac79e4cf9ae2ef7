import { describe, expect, it } from 'vitest';
import { createClockRules } from '../../../../hub/clock/deadline.ts';
import { decide } from '../../../../hub/complaints/decide.ts';
import type { Matter, Rules, Statement } from '../../../../hub/complaints/state.ts';
import { findOwedAt, listDuties } from '../../../../hub/complaints/steps/duties.ts';
import type { ComplaintContent, Post, Step } from '../../../../schemas/index.ts';

/** Times of Korea. */
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+09:00`);
const iso = (text: string) => at(text).toISOString();

const contentOf = (kind: ComplaintContent['kind'], filedAt: string): ComplaintContent => ({
  title: '점용 허가 문의',
  body: '도로 점용 허가를 신청합니다.',
  kind,
  complainant: { name: '김민원' },
  filedAt: iso(filedAt),
});

function rulesAt(now: string): Rules {
  let ids = 0;
  return {
    now: at(now),
    newId: () => `${now} ${++ids}`,
    newReceiptNumber: () => '26-0000-0001-2',
    route: () => ({ to: 'b', reason: { rule: '1', text: '도로' } }),
    clock: () => createClockRules(),
    startsAtIntake: (agency) => agency !== 'late',
    arbiter: 'arbiter',
    isAgency: () => true,
    carries: () => undefined,
  };
}

const tell = (
  known: Matter | undefined,
  now: string,
  agency: string,
  post: Post,
  via: Statement['actor']['via'] = 'rest',
) =>
  decide(
    known,
    { actor: { agency, via }, post, ...(via === 'board' && { externalId: `${agency}-1` }) },
    rulesAt(now),
  );

function hear(...given: Parameters<typeof tell>): Matter {
  const decided = tell(...given);
  if (!decided.ok) throw new Error(JSON.stringify(decided.problems));
  return decided.decision.matter;
}

/** A complaint of agency a, to be answered by b: filed and taken in on Monday 2 November 2026 at 10:00. */
const file = (
  kind: ComplaintContent['kind'] = 'query',
  filedAt = '2026-11-02 10:00',
  now = filedAt,
  origin = 'a',
) => hear(undefined, now, origin, { content: contentOf(kind, filedAt) }, 'board');

const take = (matter: Matter, now: string, step: Step, agency = 'b') =>
  hear(matter, now, agency, { steps: [step] });

/** The codes and pointers of what is wrong. */
function refuse(matter: Matter, now: string, step: Step, agency = 'b'): string[] {
  const decided = tell(matter, now, agency, { steps: [step] });
  if (decided.ok) throw new Error('it was taken');
  return decided.problems.map(({ pointer, reason }) => `${pointer} ${'code' in reason ? reason.code : ''}`);
}

describe('the clock starts', () => {
  it('when the complaint was filed, however late the hub hears of it', () => {
    const { complaint } = file('query', '2026-11-02 10:00', '2026-11-05 15:00');
    expect([complaint.takenInAt, complaint.registeredAt, complaint.dueAt]).toEqual(
      ['2026-11-02 10:00', '2026-11-05 15:00', '2026-11-10 18:00'].map(iso),
    );
  });

  it('when its own board took it in, where that is told', () => {
    const post = { content: contentOf('query', '2026-10-30 22:00'), takenInAt: iso('2026-11-02 10:00') };
    const { complaint } = hear(undefined, '2026-11-05 15:00', 'a', post, 'board');
    expect(complaint.dueAt).toBe(iso('2026-11-10 18:00'));
  });

  it('when the hub heard of it, where the agency chose so, and never later', () => {
    expect(file('query', '2026-11-02 10:00', '2026-11-03 10:00', 'late').complaint.dueAt).toBe(
      iso('2026-11-11 18:00'),
    );
    expect(file('query', '2026-11-02 10:30', '2026-11-02 10:00').complaint.takenInAt).toBe(
      iso('2026-11-02 10:00'),
    );
  });
});

describe('a supplement', () => {
  const demand: Step = {
    kind: 'supplement_requested',
    text: '사업자등록증을 보내 주십시오.',
    until: iso('2026-11-13 18:00'),
  };

  it('stops the clock until it has come, both days inside', () => {
    const waiting = take(file(), '2026-11-03 11:00', demand);
    expect(waiting.complaint).toMatchObject({
      status: 'supplement_requested',
      clock: { phase: 'stopped', grounds: ['supplement'] },
    });
    expect(waiting.complaint.dueAt).toBeUndefined();
    const going = take(waiting, '2026-11-05 09:30', { kind: 'supplemented', text: '보냅니다.' }, 'a');
    // Mon 2, then 6, 9, 10, 11, 12, 13: seven days without Tue 3 to Thu 5.
    expect(going.complaint).toMatchObject({ status: 'in_progress', dueAt: iso('2026-11-13 18:00') });
  });

  it('also comes as a further word of the complainant', () => {
    const waiting = take(file(), '2026-11-03 11:00', demand);
    const going = hear(waiting, '2026-11-05 09:30', 'a', { followUps: [{ text: '사진을 보냅니다.' }] });
    expect(going.complaint).toMatchObject({ status: 'in_progress', dueAt: iso('2026-11-13 18:00') });
  });

  it('is demanded twice at most, the second time for ten days, and given back only afterwards', () => {
    let matter = take(file(), '2026-11-03 11:00', demand);
    expect(refuse(matter, '2026-11-04 11:00', { kind: 'returned', reason: '보완되지 않음' })).toEqual([
      '/steps/0 returned_early',
    ]);
    matter = take(matter, '2026-11-05 09:30', { kind: 'supplemented', text: '보냅니다.' }, 'a');
    const again = { ...demand, text: '아직 빠진 것이 있습니다.' };
    // 5, 6, 9 to 13, 16, 17, 18 November: the tenth day is Wednesday 18.
    expect(refuse(matter, '2026-11-05 10:00', { ...again, until: iso('2026-11-19 00:01') })).toEqual([
      '/steps/0/until supplement_too_long',
    ]);
    matter = take(matter, '2026-11-05 10:00', { ...again, until: iso('2026-11-18 18:00') });
    matter = take(matter, '2026-11-17 10:00', {
      kind: 'supplement_extended',
      until: iso('2026-11-20 18:00'),
    });
    matter = take(matter, '2026-11-19 10:00', {
      kind: 'supplement_extended',
      until: iso('2026-11-23 18:00'),
    });
    expect(
      refuse(matter, '2026-11-20 10:00', { kind: 'supplement_extended', until: iso('2026-11-27 18:00') }),
    ).toEqual(['/steps/0 supplement_time_third']);
    const returned = take(matter, '2026-11-24 10:00', { kind: 'returned', reason: '보완되지 않음' });
    expect(returned.complaint).toMatchObject({ status: 'rejected', clock: { phase: 'ended', late: false } });
    matter = take(matter, '2026-11-23 10:00', { kind: 'supplemented', text: '보냅니다.' }, 'a');
    expect(refuse(matter, '2026-11-24 10:00', demand)).toEqual(['/steps/0 supplement_third']);
  });
});

describe('an extension', () => {
  const week: Step = { kind: 'extended', days: 7, reason: '현장 확인이 필요합니다.' };

  it('goes up to the original period, once, and once more with consent', () => {
    expect(refuse(file(), '2026-11-04 10:00', { ...week, days: 8 })).toEqual([
      '/steps/0/days extension_too_long',
    ]);
    let matter = take(file(), '2026-11-04 10:00', week);
    // Mon 2 to Fri 6, 9 to 13, 16 to 19: fourteen days.
    expect(matter.complaint.dueAt).toBe(iso('2026-11-19 18:00'));
    expect(refuse(matter, '2026-11-05 10:00', week)).toEqual(['/steps/0/consent extension_consent']);
    matter = take(matter, '2026-11-05 10:00', { ...week, days: 1, consent: '2026-11-05 전화로 동의' });
    expect(matter.complaint.dueAt).toBe(iso('2026-11-20 18:00'));
    expect(refuse(matter, '2026-11-05 10:00', { ...week, days: 1, consent: '동의' })).toEqual([
      '/steps/0 extension_third',
    ]);
  });

  it('comes before the deadline, in the unit of the period', () => {
    expect(refuse(file(), '2026-11-10 18:01', week)).toEqual(['/steps/0 extension_late']);
    const other = file('other');
    expect(refuse(other, '2026-11-02 10:30', { kind: 'extended', hours: 4, reason: '확인' })).toEqual([
      '/steps/0/hours extension_too_long',
    ]);
    // 10:00 and six hours: lunch is out.
    expect(
      take(other, '2026-11-02 10:30', { kind: 'extended', hours: 3, reason: '확인' }).complaint.dueAt,
    ).toBe(iso('2026-11-02 17:00'));
    expect(refuse(file(), '2026-11-04 10:00', { kind: 'extended', hours: 4, reason: '확인' })).toEqual([
      '/steps/0/days extension_unit',
    ]);
    expect(refuse(file('statutory'), '2026-11-04 10:00', week)).toEqual(['/steps/0 extension_none']);
  });
});

describe('other steps', () => {
  it('a hearing stops the clock; it cannot stop twice, nor go on without a stop', () => {
    const stop: Step = { kind: 'clock_stopped', ground: 'hearing', reason: '청문' };
    const matter = take(file(), '2026-11-03 11:00', stop);
    expect(refuse(matter, '2026-11-04 11:00', stop)).toEqual(['/steps/0/ground stop_open']);
    expect(refuse(matter, '2026-11-04 11:00', { kind: 'clock_resumed', ground: 'review' })).toEqual([
      '/steps/0/ground stop_none',
    ]);
    // 2, 3, then 6, 9, 10, 11, 12: Wed 4 and Thu 5 are out.
    expect(
      take(matter, '2026-11-05 11:00', { kind: 'clock_resumed', ground: 'hearing' }).complaint.dueAt,
    ).toBe(iso('2026-11-12 18:00'));
  });

  it('only a grievance is surveyed, and longer once', () => {
    const survey: Step = { kind: 'clock_stopped', ground: 'survey', reason: '현장' };
    expect(refuse(file(), '2026-11-03 11:00', survey)).toEqual(['/steps/0/ground survey_kind']);
    let matter = take(file('grievance'), '2026-11-03 11:00', survey);
    // 2 and 3 count, then fourteen days from 4 to 23 November do not, then 24 to 27 and 30.
    expect(matter.complaint).toMatchObject({ clock: { phase: 'stopped' }, dueAt: iso('2026-11-30 18:00') });
    matter = take(matter, '2026-11-10 11:00', { kind: 'survey_extended', reason: '자료가 많음' });
    expect(matter.complaint.dueAt).toBe(iso('2026-12-09 18:00'));
    expect(refuse(matter, '2026-11-11 11:00', { kind: 'survey_extended', reason: '또' })).toEqual([
      '/steps/0 survey_extended_twice',
    ]);
  });

  it('another kind has another period, from the same start', () => {
    const matter = take(file(), '2026-11-04 10:00', {
      kind: 'classified',
      as: 'law_query',
      reason: '법령 해석',
    });
    expect(matter.complaint.dueAt).toBe(iso('2026-11-19 18:00'));
  });

  it('a transfer is refused by two agencies, then the arbiter decides', () => {
    const send = (matter: Matter, from: string, to: string) =>
      hear(matter, '2026-11-03 10:00', from, { transfer: { to, reason: '소관' } });
    const no: Step = { kind: 'transfer_refused', reason: '소관이 아닙니다.' };
    expect(refuse(file(), '2026-11-02 11:00', no)).toEqual(['/steps/0 transfer_none']);
    let matter = take(send(file(), 'b', 'c'), '2026-11-03 11:00', no, 'c');
    expect(matter.complaint).toMatchObject({ assignee: 'b', status: 'assigned' });
    matter = take(send(matter, 'b', 'd'), '2026-11-03 12:00', no, 'd');
    expect(matter.complaint.assignee).toBe('arbiter');
    expect(refuse(send(matter, 'arbiter', 'c'), '2026-11-04 11:00', no, 'c')).toEqual([
      '/steps/0 transfer_decided',
    ]);
  });

  it('a refused statutory complaint can be objected to within 60 days, and the objection has ten', () => {
    const refusal: Step = {
      kind: 'refused',
      reasons: '요건이 맞지 않습니다.',
      remedies: '60일 안에 이의신청',
    };
    const objection: Step = { kind: 'objected', text: '다시 보아 주십시오.' };
    const refused = take(file('statutory'), '2026-11-03 11:00', refusal);
    expect(refused.complaint.status).toBe('rejected');
    // 60 days after Tue 3 November is Sat 2 January 2027, so Monday 4.
    expect(refuse(refused, '2027-01-05 00:01', objection, 'a')).toEqual(['/steps/0 objection_late']);
    let matter = take(refused, '2027-01-04 23:00', objection, 'a');
    // Filed at night: ten days from Tue 5 to Mon 18 January.
    expect(matter.complaint).toMatchObject({ status: 'in_progress', dueAt: iso('2027-01-18 18:00') });
    matter = take(matter, '2027-01-18 10:00', { kind: 'extended', days: 10, reason: '검토' });
    expect(matter.complaint.dueAt).toBe(iso('2027-02-01 18:00'));
    matter = take(matter, '2027-01-29 10:00', {
      kind: 'objection_decided',
      outcome: 'dismissed',
      text: '이유 없음',
    });
    expect(matter.complaint).toMatchObject({ status: 'rejected', clock: { phase: 'ended', late: false } });
    expect(refuse(take(file(), '2026-11-03 11:00', refusal), '2026-11-04 11:00', objection, 'a')).toEqual([
      '/steps/0 objection_kind',
    ]);
  });

  it('nothing is closed without a result, and an ended complaint begins anew when it is taken up again', () => {
    expect(refuse(file(), '2026-11-03 11:00', { kind: 'closed' })).toEqual(['/steps/0 step_order']);
    let matter = hear(file(), '2026-11-03 11:00', 'b', { answers: [{ text: '답변' }] });
    matter = take(matter, '2026-11-04 11:00', { kind: 'closed' });
    matter = take(matter, '2026-11-09 11:00', { kind: 'reopened', reason: '새 자료' });
    expect(matter.complaint).toMatchObject({
      status: 'in_progress',
      dueAt: iso('2026-11-17 18:00'),
      clock: { phase: 'running' },
    });
  });

  it('a promise is looked at on days to come, until it is kept', () => {
    const plan = (date: string): Step => ({ kind: 'planned', promise: '내년 예산에 반영', reviewOn: [date] });
    const review: Step = { kind: 'plan_reviewed', text: '반영되었습니다.', kept: true };
    expect(refuse(file(), '2026-11-03 11:00', plan('2026-11-03'))).toEqual(['/steps/0/reviewOn/0 plan_past']);
    expect(refuse(file(), '2026-11-03 11:00', review)).toEqual(['/steps/0 plan_none']);
    const matter = take(take(file(), '2026-11-03 11:00', plan('2026-11-04')), '2026-11-04 11:00', review);
    expect(refuse(matter, '2026-11-05 11:00', review)).toEqual(['/steps/0 plan_none']);
  });
});

describe('a person who answers', () => {
  const step: Step = { kind: 'officer_assigned', officer: { name: '이담당' }, user: 'lee' };

  it('is named by everybody, but found by the login only where the hub itself knows logins', () => {
    const byProgram = take(file(), '2026-11-03 11:00', step);
    expect([byProgram.complaint.officer, byProgram.officerUser]).toEqual([{ name: '이담당' }, undefined]);
    const atConsole = hear(byProgram, '2026-11-03 12:00', 'b', { steps: [step] }, 'console');
    expect(atConsole.officerUser).toBe('lee');
    const moved = hear(atConsole, '2026-11-03 13:00', 'b', { transfer: { to: 'c', reason: '소관' } });
    expect([moved.complaint.officer, moved.officerUser]).toEqual([undefined, undefined]);
  });
});

describe('who may take a step', () => {
  it('is the assignee, or who speaks for the complainant', () => {
    expect(refuse(file(), '2026-11-03 11:00', { kind: 'extended', days: 1, reason: '확인' }, 'a')).toEqual([
      '/steps/0 not_yours',
    ]);
    expect(refuse(file(), '2026-11-03 11:00', { kind: 'supplemented', text: '.' }, 'b')).toEqual([
      '/steps/0 not_yours',
    ]);
  });

  it('what a kind of step requires, and does not know, is said', () => {
    expect(refuse(file(), '2026-11-03 11:00', { kind: 'refused', reasons: '.' } as Step)).toEqual([
      '/steps/0/remedies required',
    ]);
    expect(refuse(file(), '2026-11-03 11:00', { kind: 'closed', days: 3 } as unknown as Step)).toEqual([
      '/steps/0/days unknown_field',
    ]);
  });
});

describe('a board that shows its whole history', () => {
  const shown: Step[] = [
    { id: '1', kind: 'supplement_requested', text: '서류', at: iso('2026-11-03 11:00') },
    { id: '2', kind: 'extended', days: 3, reason: '검토', at: iso('2026-11-05 11:00') },
  ];
  const show = (matter: Matter, now: string, steps: Step[]) => tell(matter, now, 'b', { steps }, 'board');

  it('tells each step once, in the order and at the time in which it was taken', () => {
    const decided = show(file(), '2026-11-06 09:00', shown);
    if (!decided.ok) throw new Error(JSON.stringify(decided.problems));
    const { matter, events } = decided.decision;
    expect(events.map(({ type }) => type)).toEqual(['step_taken', 'status_changed', 'step_taken']);
    expect(matter.complaint.clock).toMatchObject({
      phase: 'stopped',
      stoppedSince: iso('2026-11-03 11:00'),
      total: 10,
    });
    const again = show(matter, '2026-11-06 10:00', shown.toReversed());
    expect(again.ok && again.decision.events).toEqual([]);
  });

  it('changes nothing with a step from before what is known, and is parked with what the law does not know', () => {
    const answered = hear(file(), '2026-11-06 09:00', 'b', { answers: [{ text: '답변' }] }, 'board');
    const old = show(answered, '2026-11-06 10:00', shown);
    expect(old.ok && old.decision.events).toEqual([]);
    const unlawful = show(file(), '2026-11-06 10:00', [{ kind: 'extended', days: 30, reason: '바쁨' }]);
    expect(unlawful.ok).toBe(false);
  });
});

describe('beside the answer is owed', () => {
  const owed = (matter: Matter, now: string) =>
    listDuties(matter, at(now)).owed.map(({ kind, day }) => `${kind} ${day}`);

  it('word of the progress, 30 days after the intake and after each word (Decree, article 23)', () => {
    const filed = file();
    expect(findOwedAt(filed, at('2026-11-02 10:00'))).toEqual(at('2026-12-02 10:00'));
    expect(owed(filed, '2026-12-02 09:59')).toEqual([]);
    expect(owed(filed, '2026-12-02 10:00')).toEqual(['progress 2026-12-02']);
    // Nobody told: the next 30 days are over, too.
    expect(owed(filed, '2027-01-05 10:00')).toEqual(['progress 2027-01-01']);
    const told = take(filed, '2026-11-05 11:00', { kind: 'extended', days: 5, reason: '현장 확인' });
    expect(owed(told, '2026-12-02 10:00')).toEqual([]);
    expect(owed(told, '2026-12-05 11:00')).toEqual(['progress 2026-12-05']);
    const ended = take(told, '2026-11-06 11:00', { kind: 'refused', reasons: '요건', remedies: '이의신청' });
    expect(listDuties(ended, at('2027-02-01 10:00'))).toEqual({ owed: [] });
  });

  it('a look at a supplement that did not come in its time (Decree, article 25)', () => {
    const until = iso('2026-11-10 18:00');
    const waiting = take(file(), '2026-11-03 11:00', { kind: 'supplement_requested', text: '사진', until });
    expect(findOwedAt(waiting, at('2026-11-03 11:00'))).toEqual(new Date(until));
    expect(owed(waiting, '2026-11-10 18:00')).toEqual(['return 2026-11-10']);
    const later = take(waiting, '2026-11-09 11:00', {
      kind: 'supplement_extended',
      until: iso('2026-11-17 18:00'),
    });
    expect(owed(later, '2026-11-11 18:00')).toEqual([]);
    const come = hear(later, '2026-11-12 09:00', 'a', { followUps: [{ text: '사진입니다.' }] });
    expect(owed(come, '2026-11-18 18:00')).toEqual([]);
  });

  it('the review of a plan on its day, until it is told or the promise is kept (Decree, article 23)', () => {
    const planned = take(file(), '2026-11-03 11:00', {
      kind: 'planned',
      promise: '내년 예산에 반영합니다.',
      reviewOn: ['2026-11-16', '2026-11-23'],
    });
    expect(owed(planned, '2026-11-16 08:59')).toEqual([]);
    expect(owed(planned, '2026-11-16 09:00')).toEqual(['review 2026-11-16']);
    const once = take(planned, '2026-11-16 10:00', { kind: 'plan_reviewed', text: '심의 중', kept: false });
    expect(owed(once, '2026-11-20 09:00')).toEqual([]);
    expect(owed(once, '2026-11-23 09:00')).toEqual(['review 2026-11-23']);
    const kept = take(once, '2026-11-20 10:00', { kind: 'plan_reviewed', text: '반영', kept: true });
    expect(owed(kept, '2026-11-24 09:00')).toEqual([]);
  });
});
