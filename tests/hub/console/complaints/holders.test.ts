import { expect, test } from 'vitest';
import type { User } from '../../../../hub/access/people/users.ts';
import type { ComplaintFile } from '../../../../hub/complaints/reading/read-complaint.ts';
import { toShownHolders } from '../../../../hub/console/complaints/contributions/show-contributions.ts';

const until = '2026-12-10T14:59:00.000Z';
const steps: [agency: string, step: object][] = [
  ['lead', { kind: 'part_asked', to: 'asked', text: '점용료', until }],
  ['lead', { kind: 'part_asked', to: 'refusing', text: '공사', until }],
  ['lead', { kind: 'cooperation_asked', to: 'before', text: '의견', until }],
  ['refusing', { kind: 'contribution_refused', contribution: 2, reason: '소관이 아님' }],
  ['lead', { kind: 'contribution_moved', contribution: 3, to: 'posted', reason: '소관' }],
];
const links = [
  { agency: 'lead', role: 'assignee' },
  ...['asked', 'before', 'posted', 'refusing'].map((agency) => ({ agency, role: 'part' })),
];
const file = {
  receiptNumber: '26-0000-0001-5',
  origin: 'lead',
  assignee: 'lead',
  status: 'assigned',
  links,
  registeredAt: new Date('2026-12-01T00:00:00Z'),
  takenInAt: new Date('2026-12-01T00:00:00Z'),
  partLinks: [{ agency: 'posted', role: 'part', contribution: 3 }],
  events: steps.map(([agency, step], at) => ({
    seq: at + 3,
    type: 'contributed',
    at: new Date('2026-12-01T01:00:00Z'),
    actor: { agency, via: 'console' },
    data: { step },
  })),
  notices: [],
} as unknown as ComplaintFile;

test('an agency that refused, or is asked no more, holds the complaint no more; others do where they work', () => {
  const user = { role: 'administrator', agency: null, login: 'admin' } as User;
  const shown = toShownHolders(user, file, file).map(({ agency, part }) => [agency, part]);
  expect(shown).toEqual([
    ['lead', null],
    ['asked', 'hub'],
    ['posted', 'board'],
  ]);
});
