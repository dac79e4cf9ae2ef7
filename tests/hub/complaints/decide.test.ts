import { describe, expect, it } from 'vitest';
import { createClockRules } from '../../../hub/clock/deadline.ts';
import { decide } from '../../../hub/complaints/decide.ts';
import { passOver } from '../../../hub/complaints/links.ts';
import type { Matter, Rules, Statement } from '../../../hub/complaints/state.ts';
import type { ComplaintContent, EventType, Post, Status } from '../../../schemas/index.ts';

const content: ComplaintContent = {
  title: '창업자금 신청 문의',
  body: '신청 서류를 알려 주십시오.',
  kind: 'query',
  complainant: { name: '김민원', email: 'kim@example.kr' },
  filedAt: '2026-11-20T09:30:00+09:00',
};

const boards: Record<string, EventType[]> = {
  a: [
    'registered',
    'answered',
    'interim_answered',
    'followed_up',
    'status_changed',
    'transferred',
    'withdrawn',
  ],
  b: [
    'registered',
    'answered',
    'interim_answered',
    'followed_up',
    'status_changed',
    'transferred',
    'withdrawn',
  ],
  c: ['registered', 'answered', 'followed_up'],
};

function rules(to = 'b'): Rules {
  let ids = 0;
  return {
    now: new Date('2026-11-21T00:00:00Z'),
    newId: () => `id-${++ids}-${Math.random()}`,
    newReceiptNumber: () => '26-0000-0001-2',
    route: () => ({ to, reason: { rule: '1', text: '규칙' } }),
    clock: () => createClockRules(),
    startsAtIntake: () => true,
    arbiter: 'c',
    isAgency: (code) => code in boards || code === 'screen',
    carries: (agency) => (boards[agency] ? new Set(boards[agency]) : undefined),
  };
}

const says = (agency: string, post: Post, via: Statement['actor']['via'] = 'board'): Statement => ({
  actor: { agency, via },
  post,
  ...(via === 'board' && { externalId: `${agency}-1` }),
});

function hear(known: Matter | undefined, statement: Statement, to?: string) {
  const decided = decide(known, statement, rules(to));
  if (!decided.ok) throw new Error(JSON.stringify(decided.problems));
  return { matter: decided.decision.matter, types: decided.decision.events.map(({ type }) => type) };
}

const registered = (to?: string) => hear(undefined, says('a', { content, status: 'received' }), to).matter;
const linkOf = (matter: Matter, agency: string) => matter.links.find((link) => link.agency === agency);

describe('a new complaint', () => {
  it('is registered and assigned, and its own board is level at once', () => {
    const { matter, types } = hear(undefined, says('a', { content, status: 'received' }));
    expect(types).toEqual(['registered', 'assigned']);
    expect(matter.complaint).toMatchObject({ status: 'assigned', origin: 'a', assignee: 'b', lastSeq: 2 });
    expect(linkOf(matter, 'a')).toMatchObject({ role: 'origin', externalId: 'a-1', held: 2 });
    expect(linkOf(matter, 'b')).toMatchObject({ role: 'assignee', externalId: null, held: 0 });
  });

  it('that its own agency has answered already stays there', () => {
    const { matter } = hear(
      undefined,
      says('a', { content, answers: [{ id: '9', text: '답' }], status: 'answered' }),
    );
    expect(matter.complaint).toMatchObject({ assignee: 'a', status: 'answered', lastSeq: 3 });
    expect(matter.links).toHaveLength(1);
  });

  it('without content is refused with the place', () => {
    const decided = decide(undefined, says('a', { status: 'answered' }), rules());
    expect(decided).toMatchObject({ ok: false, problems: [{ pointer: '/content' }] });
  });
});

describe('the same post again', () => {
  it('says nothing new', () => {
    const once = hear(
      registered(),
      says('b', { answers: [{ id: '5', text: '답변입니다.' }], status: 'answered' }),
    ).matter;
    expect(
      hear(once, says('b', { answers: [{ id: '5', text: '답변입니다.' }], status: 'answered' })).types,
    ).toEqual([]);
  });
});

describe('one writer per field', () => {
  it('takes the answer from the assignee only', () => {
    expect(hear(registered(), says('a', { answers: [{ id: '1', text: '남의 답' }] })).types).toEqual([]);
    const { matter, types } = hear(registered(), says('b', { answers: [{ id: '1', text: '답' }] }));
    expect(types).toEqual(['answered']);
    expect(linkOf(matter, 'b')?.parts).toEqual({ '3': '1' });
  });

  it('takes text and follow-ups from the origin only', () => {
    const other = { ...content, body: '다른 글' };
    expect(
      hear(registered(), says('b', { content: other, followUps: [{ id: '1', text: '?' }] })).types,
    ).toEqual([]);
    expect(
      hear(registered(), says('a', { content: other, followUps: [{ id: '1', text: '?' }] })).types,
    ).toEqual(['revised', 'followed_up']);
  });

  it('lets the contact centre speak for the complainant', () => {
    expect(hear(registered(), says('hub', { withdrawal: { reason: '해결됨' } }, 'console')).types).toEqual([
      'withdrawn',
    ]);
  });
});

describe('echoes', () => {
  it('knows an answer that was written in the console when it comes back from the board', () => {
    const answered = hear(registered(), says('b', { answers: [{ text: '콘솔  답변' }] }, 'console')).matter;
    expect(linkOf(answered, 'b')?.held).toBe(0);
    const back = hear(
      answered,
      says('b', { answers: [{ id: '77', text: '콘솔 답변' }], status: 'answered' }),
    );
    expect(back.types).toEqual([]);
    expect(linkOf(back.matter, 'b')?.parts).toEqual({ '3': '77' });
  });

  it('hears a corrected answer as a new one', () => {
    const first = hear(registered(), says('b', { answers: [{ id: '5', text: '답' }] })).matter;
    expect(hear(first, says('b', { answers: [{ id: '5', text: '고친 답' }] })).types).toEqual(['answered']);
  });

  it('does not take a board back to a status that it has shown before', () => {
    const answered = hear(
      registered(),
      says('b', { answers: [{ id: '5', text: '답' }], status: 'answered' }),
    ).matter;
    const again = hear(answered, says('a', { followUps: [{ id: '1', text: '더 묻습니다' }] })).matter;
    expect(again.complaint.status).toBe('assigned');
    expect(hear(again, says('b', { answers: [{ id: '5', text: '답' }], status: 'answered' })).types).toEqual(
      [],
    );
  });
});

describe('a board that keeps one answer, without an id', () => {
  const shows = (matter: Matter, text: string) => hear(matter, says('b', { answers: [{ text }] }));
  const first = () => shows(registered(), '신고하십시오.').matter;

  it('and goes back to what it said before (A, B, A) says it anew, once', () => {
    const second = shows(first(), '신고하지 않아도 됩니다.');
    expect(second.types).toEqual(['answered']);
    const third = shows(second.matter, '신고하십시오.');
    expect(third.types).toEqual(['answered']);
    expect(shows(third.matter, '신고하십시오.').types).toEqual([]);
    expect(shows(third.matter, '신고하지 않아도 됩니다.').types).toEqual(['answered']);
  });

  it('says nothing new when it hides its answer for a while, or shows an old one beside it', () => {
    const hidden = hear(first(), says('b', { status: 'answered' }));
    expect(shows(hidden.matter, '신고하십시오.').types).toEqual([]);
    const second = shows(first(), '신고하지 않아도 됩니다.').matter;
    const both = { answers: [{ text: '신고하십시오.' }, { text: '신고하지 않아도 됩니다.' }] };
    expect(hear(second, says('b', both)).types).toEqual([]);
  });

  it('says nothing new with what the hub has brought there', () => {
    const { matter } = hear(first(), says('b', { answers: [{ text: '창구에서 드린 답' }] }, 'console'));
    const link = linkOf(matter, 'b');
    if (link) link.held = matter.complaint.lastSeq;
    const echoed = shows(matter, '창구에서 드린 답');
    expect(echoed.types).toEqual([]);
    expect(shows(echoed.matter, '신고하십시오.').types).toEqual(['answered']);
  });
});

describe('transfer', () => {
  const transfer = { to: 'c', reason: '소관 아님' };
  it('moves the complaint, keeps a copy, and gives the new agency all from the beginning', () => {
    const { matter, types } = hear(registered(), says('b', { transfer, status: 'transferred' }));
    expect(types).toEqual(['transferred']);
    expect(matter.complaint).toMatchObject({ assignee: 'c', status: 'assigned' });
    expect(linkOf(matter, 'b')).toMatchObject({ role: 'copy' });
    expect(linkOf(matter, 'c')).toMatchObject({ role: 'assignee', held: 0 });
  });

  it('gives the new agency no progress from before it came in', () => {
    const begun = hear(registered(), says('b', { status: 'in_progress' })).matter;
    const { matter } = hear(
      begun,
      says('b', { transfer: { ...transfer, to: 'a' }, status: 'transferred' }),
      'b',
    );
    const away = hear(begun, says('b', { transfer, status: 'transferred' })).matter;
    const fresh = linkOf(away, 'c');
    expect(fresh).toMatchObject({ joined: 4 });
    const all = new Set<EventType>(['registered', 'status_changed', 'transferred', 'answered']);
    const events = (['registered', 'assigned', 'status_changed', 'transferred', 'answered'] as const).map(
      (type, index) => ({ seq: index + 1, type, linkId: null }),
    );
    expect(passOver({ id: 'x', held: 1, joined: 4 }, events.slice(1), all)).toBe(4);
    expect(linkOf(matter, 'a')).toMatchObject({ joined: 1 });
  });

  it('back to the first agency is not undone by the transfer that its board still shows', () => {
    const away = hear(registered(), says('b', { transfer, status: 'transferred' })).matter;
    const back = hear(
      away,
      says('c', { transfer: { to: 'b', reason: '반송' }, status: 'transferred' }),
    ).matter;
    expect(back.complaint.assignee).toBe('b');
    expect(hear(back, says('b', { transfer, status: 'transferred' })).types).toEqual([]);
  });

  it('to nobody known is refused with the place', () => {
    const decided = decide(registered(), says('b', { transfer: { to: 'nowhere', reason: 'x' } }), rules());
    expect(decided).toMatchObject({ ok: false, problems: [{ pointer: '/transfer/to' }] });
  });
});

describe('links', () => {
  it('of a board that cannot hold an event pass over it', () => {
    const matter = hear(undefined, says('a', { content }), 'c').matter;
    const link = linkOf(matter, 'c');
    expect(link?.held).toBe(0);
    if (link) link.held = 2;
    const after = hear(matter, says('c', { status: 'in_progress' })).matter;
    expect(linkOf(after, 'c')?.held).toBe(3);
    expect(linkOf(after, 'a')?.held).toBe(2);
  });

  it('of an agency without a board are read on the screen', () => {
    expect(linkOf(registered('screen'), 'screen')).toMatchObject({ state: 'screen' });
  });

  it('with a call under way are left to the delivery', () => {
    const matter = registered();
    const link = linkOf(matter, 'a');
    if (link) link.busy = true;
    expect(
      linkOf(hear(matter, says('a', { followUps: [{ id: '1', text: '추가' }] })).matter, 'a')?.held,
    ).toBe(2);
  });
});

describe('a complaint that comes back to a board', () => {
  const interim: Post = { answers: [{ id: '1', text: '알아보는 중', interim: true }], status: 'in_progress' };
  const back: Post = { transfer: { to: 'a', reason: '소관 아님' }, status: 'transferred' };
  /** Registered by a, an interim answer of b that the board of a holds, then passed back to a. */
  function comeBack() {
    return hear(deliver(hear(registered(), says('b', interim)).matter, 3), says('b', back)).matter;
  }
  function deliver(matter: Matter, held: number): Matter {
    const links = matter.links.map((link) => (link.agency === 'a' ? { ...link, held } : link));
    return { ...matter, links };
  }

  it('and was never told that it had gone is not told that it is back', () => {
    const passedBack = hear(registered(), says('b', back)).matter;
    expect(linkOf(passedBack, 'a')).toMatchObject({ held: 3 });
    expect(linkOf(comeBack(), 'a'), 'it may show what our interim answer brought').toMatchObject({ held: 3 });
  });

  it('says nothing new with a status that our own words brought there', () => {
    const matter = comeBack();
    expect(matter.complaint).toMatchObject({ assignee: 'a', lastSeq: 4 });
    const echo = hear(matter, says('a', { status: 'in_progress' }));
    expect(echo.types).toEqual([]);
    const seen = hear(deliver(echo.matter, 4), says('a', { status: 'received' }));
    expect(seen.types).toEqual([]);
    expect(hear(seen.matter, says('a', { status: 'in_progress' })).types).toEqual(['status_changed']);
  });

  it('is told its status again when our older word covered the answer', () => {
    const answered: Post = { answers: [{ id: '9', text: '답변' }], status: 'received' };
    const { matter, types } = hear(deliver(comeBack(), 4), says('a', answered));
    expect(types).toEqual(['answered', 'status_changed']);
    expect(linkOf(matter, 'a')?.held, 'behind on it').toBe(5);
    expect(hear(matter, says('a', answered)).types, 'once').toEqual([]);
  });

  it('is not told its status again while it is brought up and passes through what was long ago', () => {
    const matter = deliver(comeBack(), 4);
    for (const link of matter.links) if (link.agency === 'a') link.returnedAt = 2000;
    const answered = says('a', { answers: [{ id: '9', text: '답변' }], status: 'received' });
    expect(hear(matter, { ...answered, readAt: 1000 }).types).toEqual(['answered']);
    expect(hear(matter, { ...answered, readAt: 3000 }).types).toEqual(['answered', 'status_changed']);
  });

  it('is told nothing when the board shows what it set itself, or our word has not reached it', () => {
    const answer = { answers: [{ id: '9', text: '답변' }] };
    expect(hear(deliver(comeBack(), 4), says('a', { ...answer, status: 'answered' })).types).toEqual([
      'answered',
    ]);
    expect(hear(comeBack(), says('a', { ...answer, status: 'received' })).types).toEqual(['answered']);
  });

  it('that has acted already is not brought the older word', () => {
    const { matter } = hear(
      comeBack(),
      says('a', { answers: [{ id: '9', text: '답변' }], status: 'answered' }),
    );
    const link = linkOf(matter, 'a');
    if (!link) throw new Error('no link');
    const events = [
      { seq: 4, type: 'transferred' as const, linkId: 'b' },
      { seq: 5, type: 'answered' as const, linkId: link.id },
    ];
    expect(passOver({ ...link, held: 3 }, events, new Set(boards.a))).toBe(5);
    expect(passOver({ ...link, held: 3 }, events.slice(0, 1), new Set(boards.a))).toBe(3);
    const setBack = { ...link, held: 3, reached: 5 };
    expect(passOver({ ...setBack, again: [4, 5] }, events, new Set(boards.a)), 'but when set back').toBe(3);
    expect(passOver({ ...setBack, again: [5] }, events, new Set(boards.a)), 'only what is named').toBe(4);
  });
});

describe('a status of ours that arrives while its board was read', () => {
  const answers = [{ id: '9', text: '답변' }];
  /** Our "in progress" after a supplement was written by a call that ended at 2000. */
  function written(): Matter {
    const demanded = hear(registered(), says('b', { status: 'supplement_requested' })).matter;
    const { matter, types } = hear(demanded, says('a', { followUps: [{ id: '1', text: '보완' }] }));
    expect(types).toEqual(['followed_up', 'status_changed']);
    const { lastSeq } = matter.complaint;
    for (const link of matter.links)
      if (link.agency === 'b')
        Object.assign(link, { held: lastSeq, writes: [{ seq: lastSeq, endedAt: 2000 }] });
    return matter;
  }
  const shows = (status: Status, readAt: number) => ({ ...says('b', { answers, status }), readAt });

  it('is known as ours, so the answer stands and the board is told it again', () => {
    const answered = hear(written(), shows('answered', 1000));
    expect(answered.types).toEqual(['answered']);
    const covered = hear(answered.matter, shows('in_progress', 3000));
    expect(covered.types).toEqual(['status_changed']);
    expect(covered.matter.complaint.status).toBe('answered');
    expect(linkOf(covered.matter, 'b')?.held, 'behind on it').toBeLessThan(covered.matter.complaint.lastSeq);
  });

  it('is not taken for ours where the board was read after it: an officer opened the complaint again', () => {
    const answered = hear(written(), shows('answered', 2500));
    const reopened = hear(answered.matter, shows('in_progress', 3000));
    expect(reopened.types).toEqual(['status_changed']);
    expect(reopened.matter.complaint.status).toBe('in_progress');
  });
});
