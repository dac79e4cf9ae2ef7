import { createUser } from '../../hub/access/people/users.ts';
import { deadlines } from '../../hub/complaints/reading/work-conditions.ts';
import { caseStates } from '../../hub/insight/process/case-figures.ts';
import type { Store } from '../../hub/store/database.ts';
import { complaintKinds, statuses } from '../../schemas/index.ts';
import {
  createRecordedAccept,
  createRecordedActions,
  createVisitor,
  startConsole,
} from '../hub/console/console-server.ts';
import { sampleDirectory } from '../hub/console/sample-agencies.ts';
import { samplePassword } from '../hub/console/sample-board.ts';
import type { BlockCounter } from './count-blocks.ts';
import { frequentWord, largeAgency, rareWord } from './fill-board.ts';
import { deskOfficer, sharedPhone } from './fill-desk.ts';

/** A page of the desk: who asks for what. The officer is one of the large agency. */
export interface DeskPage {
  name: string;
  login: 'officer' | 'admin' | 'counsellor';
  path: string;
}

const allMonths = 'from=2024-12&to=2027-11';
const cases = (what: string) => `/process/cases?what=${what}&${allMonths}`;

/** What people open first, and all day. The limits of issue 14 are theirs. */
export const firstPages: readonly DeskPage[] = [
  { name: 'my work', login: 'officer', path: '/' },
  { name: 'first page of an administrator', login: 'admin', path: '/' },
  { name: 'first page of a counsellor', login: 'counsellor', path: '/' },
  { name: 'process view', login: 'admin', path: '/process' },
  { name: 'process view by agency', login: 'admin', path: '/process?by=agency' },
  { name: 'process view by kind, of an officer', login: 'officer', path: `/process?by=kind&${allMonths}` },
  { name: 'process: late', login: 'admin', path: cases('late') },
  { name: 'process: reopened, of an officer', login: 'officer', path: cases('reopened') },
  { name: 'inspection', login: 'officer', path: '/process/inspections' },
  { name: 'notices that are owed', login: 'officer', path: '/duties?part=owed' },
];

type Query = [name: string, path: string];
const of = (login: DeskPage['login'], what: string, queries: Query[]): DeskPage[] =>
  queries.map(([name, path]) => ({ name: `${what}: ${name}, ${login}`, login, path }));
const each = (words: readonly string[], toQuery: (word: string) => Query): Query[] => words.map(toQuery);

/** All but the most frequent one, which is among {@link lookingPages}. */
const rare = (words: readonly string[], frequent: string) => words.filter((word) => word !== frequent);

const lists: Query[] = [
  ...each(deadlines, (one) => [`deadline ${one}`, `/?deadline=${one}`]),
  ...each(rare(statuses, 'closed'), (one) => [`status ${one}`, `/?status=${one}`]),
  ...each(rare(complaintKinds, 'query'), (one) => [`kind ${one}`, `/?kind=${one}`]),
  ...each(['newest', 'oldest', 'due', 'due_last'], (one) => [`sorted ${one}`, `/?all=1&sort=${one}`]),
  ['a rare kind that is overdue', '/?kind=statutory&deadline=overdue'],
  ['a telephone number', '/?text=010-0000-0010'],
  ['an e-mail address', '/?text=R10@example.kr'],
  ['a rare word', `/?text=${encodeURIComponent(rareWord.text)}`],
];
const owned = ['mine', 'nobody', 'department'].flatMap((owner) =>
  each(['overdue', 'fresh', 'waiting', 'later'], (one) => [
    `${owner}, ${one}`,
    `/?owner=${owner}&deadline=${one}`,
  ]),
);
const views: Query[] = [
  ...each(['month', 'kind', 'agency'], (by) => [`by ${by}`, `/process?by=${by}&${allMonths}`]),
  ...each(
    ['cases', 'answered', 'known', 'timed', 'stopped', 'extended', 'transferred', 'reopened'],
    (what) => [what, cases(what)],
  ),
  ...each(caseStates, (state) => [state, cases(state)]),
  ...each(['cases', 'late', 'reopened'], (what) => [
    `${what} of a rare kind`,
    `${cases(what)}&kind=statutory`,
  ]),
];
const duties: Query[] = [
  ['inspection', `/process/inspections?agency=${largeAgency}`],
  ...each(['undelivered', 'owed', 'kept'], (part) => [`duties ${part}`, `/duties?part=${part}`]),
];

/** Every list and every view of the desk. */
export const deskPages: readonly DeskPage[] = [
  ...firstPages,
  ...of('admin', 'list', [...lists, ['overdue at an agency', `/?assignee=${largeAgency}&deadline=overdue`]]),
  ...of('officer', 'list', [...lists, ...owned, ['mine', '/?owner=mine']]),
  ...of('admin', 'process', [...views, ['late at a small agency', `${cases('late')}&agency=a7`]]),
  ...of('officer', 'process', views),
  ...of('admin', 'page', [...duties, ['alerts', '/alerts'], ['outbox', '/outbox']]),
  ...of('officer', 'page', duties),
];

/**
 * They look at some thousand rows to decide how to read them (few-rows.ts), which only a large board has. So they say
 * nothing of small ones.
 */
export const lookingPages: readonly DeskPage[] = (['admin', 'officer'] as const).flatMap((login) =>
  of(login, 'list', [
    ['status closed', '/?status=closed'],
    ['kind query', '/?kind=query'],
    ['a telephone number that many have', `/?text=${sharedPhone}`],
    ['a frequent word', `/?text=${encodeURIComponent(frequentWord)}`],
  ]),
);

const people = [
  { login: 'admin', name: '관리자', role: 'administrator' },
  { login: 'counsellor', name: '상담원', role: 'counsellor' },
  { login: deskOfficer.login, name: '담당', role: 'officer', agency: largeAgency },
] as const;
const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;

const agencies = [
  ...sampleDirectory.listAgencies(),
  { code: largeAgency, name: { ko: '큰 기관', en: 'Large agency' }, officers: [{ name: '담당' }] },
];
/** With the agency of whose complaints pages ask. */
const directory = {
  ...sampleDirectory,
  listAgencies: () => agencies,
  findAgency: (code: string) => agencies.find((agency) => agency.code === code),
};

/** The console on a filled board, with those who open its pages. */
export async function openDesk(store: Store, blocks: BlockCounter) {
  const known = await store.db.selectFrom('users').select('login').execute();
  for (const person of people)
    if (!known.some(({ login }) => login === person.login))
      await createUser(store, { ...person, password: samplePassword });
  await store.pool.query('update users set department = $2 where login = $1', [
    deskOfficer.login,
    deskOfficer.department,
  ]);
  const { app, url } = await startConsole(store, {
    accept: createRecordedAccept(() => nothing).accept,
    parked: createRecordedActions(() => nothing),
    opened: ({ pool }) => blocks.watch(pool),
    directory,
  });
  const visitors = Object.fromEntries(people.map(({ login }) => [login, createVisitor(url)]));
  for (const { login } of people) await visitors[login]?.signIn(login);
  return {
    async get({ login, path }: DeskPage): Promise<string> {
      const { status, text } = (await visitors[login]?.get(path)) ?? {};
      if (status !== 200 || text === undefined) throw new Error(`${path} gave ${status}`);
      return text;
    },
    close: () => app.close(),
  };
}
