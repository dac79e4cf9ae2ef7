import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  discloseContent,
  discloseEvent,
  listProvided,
} from '../../../../hub/complaints/disclosure/disclose.ts';
import { disclosureOf } from '../../../../hub/complaints/disclosure/disclosure.ts';
import { keepWithheld } from '../../../../hub/complaints/disclosure/keep-withheld.ts';
import type { NumberedEvent } from '../../../../hub/complaints/state.ts';
import {
  type Complainant,
  type ComplaintContent,
  type DisclosedItem,
  disclosedItems,
  type NewEvent,
  type PartRole,
} from '../../../../schemas/index.ts';

const complainant: Complainant = {
  name: '홍길동',
  company: '한빛상회',
  email: 'hong@company.example',
  phone: '+821012345678',
  notifyBy: 'sms',
  language: 'ko',
};
const content: ComplaintContent = {
  title: '보도 파손',
  body: '보도가 파였습니다.',
  kind: 'query',
  complainant,
  filedAt: '2026-11-20T09:30:00+09:00',
  attachments: [{ id: '1', name: '보도.jpg' }],
};
const lean = disclosureOf(undefined);
const roles: PartRole[] = ['origin', 'assignee', 'part', 'copy'];

describe('by default a copy holds what the part of its agency needs', () => {
  it('where it was filed: all of it', () => {
    expect(discloseContent(content, 'origin', lean)).toEqual(content);
  });

  it('where it is answered: who it is, for whom, the files, and the one address that was chosen', () => {
    const shown = discloseContent(content, 'assignee', lean);
    const { email: _withheld, ...rest } = complainant;
    expect(shown).toEqual({ ...content, complainant: rest });
  });

  it('where it is only shown, or a part is asked: a masked name and the matter; a part has the files', () => {
    const masked = { name: '홍*동', language: 'ko' };
    const { attachments: _withheld, ...matter } = content;
    expect(discloseContent(content, 'copy', lean)).toEqual({ ...matter, complainant: masked });
    expect(discloseContent(content, 'part', lean)).toEqual({ ...content, complainant: masked });
  });

  it.each<[{ [name in keyof Complainant]?: Complainant[name] | undefined }, 'email' | 'phone' | undefined]>([
    [{ notifyBy: 'email' }, 'email'],
    [{ notifyBy: 'sms' }, 'phone'],
    // Nothing chosen: as the hub sends its notices, e-mail first.
    [{ notifyBy: undefined }, 'email'],
    [{ notifyBy: undefined, email: undefined }, 'phone'],
    [{ notifyBy: 'email', email: undefined }, 'phone'],
    [{ notifyBy: 'sms', phone: undefined }, 'email'],
    [{ notifyBy: 'sms', phone: undefined, email: undefined }, undefined],
  ])('the address for replies of %j is %s', (chosen, expected) => {
    const person = JSON.parse(JSON.stringify({ ...complainant, ...chosen })) as Complainant;
    const shown = discloseContent({ ...content, complainant: person }, 'assignee', lean).complainant;
    expect(['email', 'phone'].filter((name) => name in shown)).toEqual(expected ? [expected] : []);
  });
});

describe('as an agency is configured', () => {
  it('a role that it names has these items, and the others stay lean', () => {
    const own = disclosureOf({ disclosure: { assignee: ['name'], copy: ['name', 'company'] } });
    expect(discloseContent(content, 'assignee', own).complainant).toEqual({ name: '홍길동', language: 'ko' });
    expect(discloseContent(content, 'copy', own).complainant).toEqual({
      ...{ name: '홍길동', company: '한빛상회', language: 'ko' },
    });
    expect(discloseContent(content, 'origin', own)).toEqual(content);
  });

  it('a stand-in is written where there is a value that is withheld, and nowhere else', () => {
    const standIns = { company: '비공개', phone: '+82100000000', email: 'none@hub.invalid' };
    const own = disclosureOf({ disclosure: { assignee: ['name'], standIns } });
    expect(discloseContent(content, 'assignee', own).complainant).toEqual({
      ...{ name: '홍길동', ...standIns, language: 'ko' },
    });
    const bare = { ...content, complainant: { name: '김철' } };
    expect(discloseContent(bare, 'assignee', own).complainant).toEqual({ name: '김철' });
  });
});

const events: NewEvent[] = [
  { type: 'registered', data: { content } },
  { type: 'revised', data: { content } },
  {
    type: 'followed_up',
    data: { followUp: { text: '더 있습니다.', attachments: [{ id: '2', name: '더.jpg' }] } },
  },
  {
    type: 'step_taken',
    data: { step: { kind: 'supplemented', text: '보냅니다.', attachments: [{ id: '3', name: '보완.pdf' }] } },
  },
  {
    type: 'step_taken',
    data: {
      step: { kind: 'objected', text: '이의 있습니다.', attachments: [{ id: '4', name: '이의.pdf' }] },
    },
  },
  { type: 'step_taken', data: { step: { kind: 'represented', representatives: ['홍길동', '성춘향'] } } },
];
const valuesOf: Record<DisclosedItem, string[]> = {
  name: ['홍길동', '성춘향'],
  company: ['한빛상회'],
  email: ['hong@company.example'],
  // By `sms` the number is the address for replies.
  phone: ['+821012345678'],
  reply: ['+821012345678'],
  files: ['보도.jpg', '더.jpg', '보완.pdf', '이의.pdf'],
};

it('no event holds a word of what is withheld, and each holds what is not', () => {
  const choose = fc.subarray([...disclosedItems]);
  fc.assert(
    fc.property(choose, fc.constantFrom(...roles), (items, role) => {
      const disclosure = disclosureOf({ disclosure: { [role]: items } });
      const said = JSON.stringify(
        events.map((event, index) =>
          discloseEvent({ ...event, seq: index + 1 } as NumberedEvent, role, disclosure),
        ),
      );
      const given = new Set(items.flatMap((item) => valuesOf[item]));
      for (const value of Object.values(valuesOf).flat())
        expect([value, said.includes(value)]).toEqual([value, given.has(value)]);
    }),
  );
});

it('what an agency says goes to all of them, with its files', () => {
  const answered = {
    type: 'answered',
    data: { answer: { text: '고치겠습니다.', attachments: [{ id: '9', name: '공문.pdf' }] } },
  } as unknown as NumberedEvent;
  expect(discloseEvent(answered, 'copy', lean)).toEqual(answered);
});

describe('the log of provisions', () => {
  it('says what a copy held and what it did not', () => {
    expect(listProvided(content, 'assignee', lean)).toEqual({
      items: ['name', 'company', 'phone', 'text'],
      withheld: ['email'],
    });
    expect(listProvided(content, 'copy', lean)).toEqual({
      items: ['masked_name', 'text'],
      withheld: ['name', 'company', 'phone', 'email', 'files'],
    });
    const bare = { ...content, complainant: { name: '김철' }, attachments: [] };
    expect(listProvided(bare, 'copy', lean)).toEqual({ items: ['masked_name', 'text'], withheld: ['name'] });
  });
});

describe('read back from a board', () => {
  const own = disclosureOf({
    disclosure: { origin: ['company'], standIns: { phone: '+82100000000' } },
  });
  const shown = discloseContent(content, 'origin', own);

  it('what the hub wrote in the place of a value leaves that value as it is', () => {
    expect(shown.complainant).toEqual({
      ...{ name: '홍*동', company: '한빛상회', phone: '+82100000000', language: 'ko' },
    });
    expect(keepWithheld(shown, content, 'origin', own)).toEqual(content);
  });

  it('another value is the agency’s word, also of an item that it does not get', () => {
    const edited = {
      ...shown,
      title: '보도와 가로등',
      complainant: { ...shown.complainant, name: '홍길순', phone: '+821099998888' },
    };
    const kept = keepWithheld(edited, content, 'origin', own);
    expect(kept.title).toBe('보도와 가로등');
    expect(kept.complainant).toEqual({ ...complainant, name: '홍길순', phone: '+821099998888' });
    const { company: _gone, ...without } = shown.complainant;
    expect(keepWithheld({ ...shown, complainant: without }, content, 'origin', own).complainant.company).toBe(
      undefined,
    );
  });
});
