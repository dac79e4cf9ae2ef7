import type { FastifyRequest } from 'fastify';
import { type ComplaintKind, complaintKinds, type Status, statuses } from '../../../../schemas/index.ts';
import { may, toReadingAgency } from '../../../access/people/rights.ts';
import type { User } from '../../../access/people/users.ts';
import { findSending } from '../../../complaints/held/list-held.ts';
import { findLeftBehind } from '../../../complaints/reading/left-behind.ts';
import {
  listMissingContributions,
  listOwedContributions,
} from '../../../complaints/reading/list-contributions.ts';
import { countMyWork, readMyWork, workBands } from '../../../complaints/reading/my-work.ts';
import { countLimit, countWorklist } from '../../../complaints/reading/read-worklist.ts';
import {
  type ComplaintFilter,
  findContributed,
  listAndCount,
  type Sorting,
  sortings,
  toSorting,
} from '../../../complaints/reading/search.ts';
import {
  type Deadline,
  deadlines,
  owners,
  type Worker,
} from '../../../complaints/reading/work-conditions.ts';
import { readReviewWork } from '../../../complaints/reviews/reviews.ts';
import type { Directory } from '../../../configuration/directory.ts';
import { pageSizes, readDeskSettings } from '../../../desk/desk-settings.ts';
import { listMentions } from '../../../desk/notes.ts';
import { readStanding } from '../../../desk/people.ts';
import { listFilters, toFilterQuery } from '../../../desk/saved-filters.ts';
import { countHandingPassed, listUnhanded, listUnregistered } from '../../../insight/limits/read-limits.ts';
import { type TellLog, withPersonal } from '../../../personal/with-personal.ts';
import type { Store } from '../../../store/database.ts';
import type { Typed } from '../../../web/forms.ts';
import { toPager } from '../../../web/pager.ts';
import { maskName } from '../../../words/mask-name.ts';
import { toInternational } from '../../../words/to-international.ts';
import { isReviewer } from '../../complaints/answers/review-rules.ts';
import { toHeldWork } from '../../complaints/held/show-held.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { toReader } from '../../visit/to-reader.ts';
import { findIgnored } from './ignored-filters.ts';

/** The most agencies in a list of choices. If there are more, people type a code or name. */
const mostChoices = 300;

const oneOf = <W extends string>(words: readonly W[], text: string | undefined): W | undefined =>
  words.find((word) => word === text);

/** The integrated board: what waits today, and every complaint that the person may read. */
export const boardPages: Pages = (app, deps) => {
  const { store, directory } = deps;
  app.get('/', async (request, reply) => {
    const user = request.signedIn();
    // An engineer has a place of his own, and no complaint.
    if (may(user, 'manage_connection')) return reply.redirect('/engineer', 303);
    const reader = toReadingAgency(user);
    const asked = request.asked();
    const { pageSize: size, shortcuts } = await readDeskSettings(store, user.id);
    const [worker, heldWork, mentions] = await Promise.all([
      findWorker(store, user),
      readHeldWork(store, request),
      may(user, 'note') ? listMentions(store, user) : [],
    ]);
    if (worker && !Object.keys(asked).some((name) => name !== 'done'))
      return reply.page('work', {
        ...(await openWork(deps, request, worker)),
        ...{ mentions, countLimit, acts: toActs(user), back: '/', shortcuts },
        filters: await toFilters(store, user, {}),
        heldWork,
      });
    // Who sees no numbers must not find out by searching whose they are.
    const masked = !may(user, 'see_person');
    const filter = {
      ...toFilter(asked, user, directory, worker),
      ...(masked ? {} : toPerson(asked.text)),
    };
    const sorting = oneOf(sortings, asked.sort);
    const [work, worklist, page, filters] = await Promise.all([
      worker ? countMyWork(store, worker) : null,
      worker ? null : countWorklist(store, reader),
      readPage(store, request, filter, { ...toPlace(asked), size, sorting }),
      toFilters(store, user, asked),
    ]);
    const agencies = directory.listAgencies();
    const ignored = findIgnored(
      asked,
      (typed) => directory.findAgency(toCode(directory, typed) ?? '') !== undefined,
    );
    const data = {
      worklist,
      work: work && { ...work, ...toStanding(worker) },
      heldWork,
      mentions,
      acts: toActs(user),
      shortcuts,
      back: request.url,
      countLimit,
      rows: page.rows,
      pager: toPager('/', asked, page),
      total: page.total,
      size,
      sizes: pageSizes,
      sorting: toSorting(filter, sorting),
      sorts: toSortHeads(filter, asked, sorting),
      filters,
      ignored,
      asked: { text: '', status: '', kind: '', origin: '', assignee: '', deadline: '', owner: '', ...asked },
      filtered: Object.keys(asked).some(
        (name) => !['after', 'before', 'done', 'all', 'sort', 'problem', 'name'].includes(name),
      ),
      choices: { statuses, kinds: complaintKinds, deadlines, owners: work?.owners ?? owners },
      agencies: agencies.length > mostChoices ? null : agencies.map(({ code }) => code),
    };
    // What is asked for is not what is shown: as on every page that is asked for by an address.
    return reply.page('board', data, ignored.length > 0 || filters.problem ? 422 : 200);
  });
};

/** An officer's own work. */
const openWork = ({ store, directory }: ConsoleDeps, request: FastifyRequest, worker: Standing) =>
  withPersonal(store, toReader(request), async (opened, tell) => {
    const found = await readWork({ store: opened, directory }, request.signedIn(), worker);
    tellOfRows(tell, 'list', Object.values(found.work.rows).flat(), () => false);
    return found;
  });

/** What waits to go out or came back. The own words are no news; those of a colleague who has left are. */
const readHeldWork = (store: Store, request: FastifyRequest) =>
  withPersonal(store, toReader(request), async (opened, tell) => {
    const found = await toHeldWork({ store: opened }, request.signedIn());
    const others = found.returned.filter(({ isOwn }) => !isOwn);
    const subjects = others.map(({ complaintId }) => complaintId);
    tell({ act: 'list', purpose: 'overview', subjects, items: ['text'], masked: false });
    return found;
  });

/** A page of the list, with what waits to go out, and names masked where the person, or his agency, need not know them. */
const readPage = (
  store: Store,
  request: FastifyRequest,
  filter: ComplaintFilter,
  place: Parameters<typeof listAndCount>[2],
) =>
  withPersonal(store, toReader(request), async (opened, tell) => {
    const user = request.signedIn();
    const reader = toReadingAgency(user);
    const seesNobody = !may(user, 'see_person');
    const found = await listAndCount(opened, filter, place);
    const ids = found.rows.map(({ id }) => id);
    const contributed =
      seesNobody || reader === undefined ? undefined : await findContributed(opened.db, reader, ids);
    const isMasked = (id: string) => seesNobody || contributed?.has(id) === true;
    tellOfRows(tell, filter.text ? 'search' : 'list', found.rows, isMasked);
    const sending = await findSending(opened, ids);
    const rows = found.rows.map((row) => ({
      ...row,
      complainant: isMasked(row.id) ? maskName(row.complainant) : row.complainant,
      isSending: sending.includes(row.id),
    }));
    return { ...found, rows };
  });

/** Those whose names are shown, and those whose names are masked. */
function tellOfRows(
  tell: TellLog,
  act: 'list' | 'search',
  rows: readonly { id: string }[],
  isMasked: (id: string) => boolean,
): void {
  for (const masked of [false, true]) {
    const subjects = rows.map(({ id }) => id).filter((id) => isMasked(id) === masked);
    tell({ act, purpose: 'overview', subjects, items: ['name', 'text'], masked });
  }
}

const toPlace = ({ after, before }: Typed) => ({ ...(after && { after }), ...(before && { before }) });

/** The saved filters, and what is wrong with one that was not taken. */
async function toFilters(store: Store, user: User, asked: Typed) {
  return {
    list: await listFilters(store, user.id),
    query: toFilterQuery(asked),
    name: asked.name ?? '',
    problem: ['name', 'query', 'many'].includes(asked.problem ?? '')
      ? `filter_problem.${asked.problem}`
      : null,
  };
}

/** Where the heads of the columns lead that can be sorted by, and how the list is sorted now. */
function toSortHeads(filter: ComplaintFilter, asked: Typed, sorting: Sorting | undefined) {
  const now = toSorting(filter, sorting);
  const { after: _after, before: _before, done: _done, ...kept } = asked;
  const toHead = (label: string, up: Sorting, down: Sorting, first: Sorting) => {
    const next = now === up ? down : now === down ? up : first;
    const isServed = toSorting(filter, next) === next;
    return {
      label,
      to: isServed ? `/?${new URLSearchParams({ ...kept, sort: next })}` : null,
      sorted: now === up ? 'ascending' : now === down ? 'descending' : null,
    };
  };
  return [
    toHead('complaint.registered', 'oldest', 'newest', 'newest'),
    toHead('complaint.due', 'due', 'due_last', 'due'),
  ];
}

/** What the person may do to several complaints at once (hub/console/desk/bulk). */
const toActs = (user: User): string[] => [
  ...(may(user, 'answer') ? ['assign'] : []),
  ...(may(user, 'transfer') ? ['transfer'] : []),
  ...(may(user, 'answer') ? ['extend'] : []),
  ...['print', 'csv'],
];

/** An officer, with the names of those whose work he or she does. */
type Standing = Worker & { names: string };

/** Null: the person is no officer. */
async function findWorker(store: Store, user: User): Promise<Standing | null> {
  if (user.role !== 'officer' || user.agency === null) return null;
  const [{ covered, department }, left] = await Promise.all([
    readStanding(store, user),
    findLeftBehind(store, user.agency),
  ]);
  return {
    ...{ agency: user.agency, login: user.login, department, ...left },
    covered: covered.map(({ login }) => login),
    names: covered.map(({ name }) => name).join(', '),
  };
}

/** What heads of parts of the work say. */
const toStanding = (worker: Standing | null) => ({
  bands: workBands,
  covered: worker?.names ?? '',
  department: worker?.department ?? null,
  unstaffed: worker?.unstaffed?.join(', ') ?? '',
});

/** What waits for an officer, with what is to be registered or handed on within hours (Decree, articles 6 and 13). */
async function readWork(
  { store, directory }: Pick<ConsoleDeps, 'store' | 'directory'>,
  user: User,
  worker: Standing,
) {
  const now = new Date();
  const { agency, login } = worker;
  const [work, owed, missing, { toRelease, returned }] = await Promise.all([
    readMyWork(store, worker),
    listOwedContributions(store, agency, now),
    listMissingContributions(store, worker, now),
    readReviewWork(store, { agency, login, userId: user.id }),
  ]);
  const ids = workBands.flatMap((band) => work.rows[band].map(({ id }) => id));
  const [sending, unhanded, passed, [unregistered]] = await Promise.all([
    findSending(store, ids),
    listUnhanded(store, agency),
    countHandingPassed(store, agency),
    listUnregistered(store, directory, now, agency),
  ]);
  const limits = new Map(unhanded.map((one) => [one.id, one]));
  const rows = Object.fromEntries(
    workBands.map((band) => [
      band,
      work.rows[band].map((row) => ({
        ...row,
        limit: limits.get(row.id) ?? null,
        isSending: sending.includes(row.id),
      })),
    ]),
  );
  return {
    work: {
      ...{ ...work, ...toStanding(worker), rows },
      owed: owed.map(toListed),
      missing: missing.map(toListed),
      toRelease: isReviewer(user, directory.findAgency(agency)) ? toRelease : [],
      returned,
    },
    limits: { passed, unregistered: unregistered ?? null },
  };
}

/** An owed or missing contribution, as the list shows it. */
const toListed = <Row extends { dueAt: string }>(row: Row) => ({
  state: 'asked',
  ...row,
  dueAt: new Date(row.dueAt),
});
/** What was typed, as a number or an address of a person. An end of a number is found by its words. */
function toPerson(text = ''): Pick<ComplaintFilter, 'person'> {
  const phone = toInternational(text);
  if (phone) return { person: { phone } };
  return { person: isEmail.test(text) ? { email: text } : {} };
}
const isEmail = /^[^\s@]+@[^\s@]+$/;

function toFilter(asked: Typed, user: User, directory: Directory, worker: Worker | null): ComplaintFilter {
  const owner = oneOf(owners, asked.owner);
  const wanted: { [Name in keyof ComplaintFilter]: ComplaintFilter[Name] | undefined } = {
    text: asked.text,
    status: oneOf<Status>(statuses, asked.status),
    kind: oneOf<ComplaintKind>(complaintKinds, asked.kind),
    deadline: oneOf<Deadline>(deadlines, asked.deadline),
    origin: toCode(directory, asked.origin),
    assignee: toCode(directory, asked.assignee),
    owned: owner && worker ? { owner, ...worker } : undefined,
    reader: toReadingAgency(user),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
}

/** The code that was typed or chosen: an agency's code, or its whole name. */
function toCode(directory: Directory, typed: string | undefined): string | undefined {
  if (!typed || directory.findAgency(typed)) return typed;
  const named = directory.listAgencies().find(({ name }) => Object.values(name).includes(typed.trim()));
  return named?.code ?? typed;
}
