import { type ComplaintKind, complaintKinds, type Status, statuses } from '../../../schemas/index.ts';
import { maskName } from '../../access/people/masking.ts';
import { may, toReadingAgency } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import {
  listMissingContributions,
  listOwedContributions,
} from '../../complaints/reading/list-contributions.ts';
import { readMyWork, workBands } from '../../complaints/reading/my-work.ts';
import { countLimit, countWorklist } from '../../complaints/reading/read-worklist.ts';
import { type ComplaintFilter, findContributed, listComplaints } from '../../complaints/reading/search.ts';
import { type Deadline, deadlines, owners } from '../../complaints/reading/work-conditions.ts';
import { readReviewWork } from '../../complaints/reviews/reviews.ts';
import type { Directory } from '../../configuration/directory.ts';
import { countHandingPassed, listUnhanded, listUnregistered } from '../../insight/limits/read-limits.ts';
import type { Store } from '../../store/database.ts';
import type { Typed } from '../../web/forms.ts';
import { toPager } from '../../web/pager.ts';
import { toInternational } from '../../words/to-international.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { isReviewer } from './answers/review-rules.ts';

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
    const work = await readWork(store, directory, user);
    if (work && !Object.keys(asked).some((name) => name !== 'done'))
      return reply.page('work', { ...(await withLimits(deps, work, user.agency ?? '')), countLimit });
    // Who sees no numbers must not find out by searching whose they are.
    const masked = !may(user, 'see_person');
    const [worklist, page] = await Promise.all([
      work ? null : countWorklist(store, reader),
      listComplaints(
        store,
        { ...toFilter(asked, user, directory), ...(masked ? {} : toPerson(asked.text)) },
        asked,
      ),
    ]);
    const contributed =
      masked || reader === undefined
        ? undefined
        : await findContributed(
            store.db,
            reader,
            page.rows.map(({ id }) => id),
          );
    const isMasked = (id: string) => masked || contributed?.has(id) === true;
    const agencies = directory.listAgencies();
    return reply.page('board', {
      worklist,
      work,
      countLimit,
      rows: page.rows.map((row) =>
        isMasked(row.id) ? { ...row, complainant: maskName(row.complainant) } : row,
      ),
      pager: toPager('/', asked, page),
      asked: { text: '', status: '', kind: '', origin: '', assignee: '', deadline: '', owner: '', ...asked },
      filtered: Object.keys(asked).some((name) => !['after', 'before', 'done', 'all'].includes(name)),
      choices: { statuses, kinds: complaintKinds, deadlines, owners },
      agencies: agencies.length > mostChoices ? null : agencies.map(({ code }) => code),
    });
  });
};

/** What waits for an officer himself. Null: the person is no officer. */
async function readWork(store: Store, directory: Pick<Directory, 'findAgency'>, user: User) {
  if (user.role !== 'officer' || user.agency === null) return null;
  const { agency, login, id: userId } = user;
  const now = new Date();
  const [work, owed, missing, { toRelease, returned }] = await Promise.all([
    readMyWork(store, agency, login),
    listOwedContributions(store, agency, now),
    listMissingContributions(store, { agency, login }, now),
    readReviewWork(store, { agency, login, userId }),
  ]);
  const mayRelease = isReviewer(user, directory.findAgency(agency));
  return {
    ...work,
    bands: workBands,
    owed: owed.map(toListed),
    missing: missing.map(toListed),
    toRelease: mayRelease ? toRelease : [],
    returned,
  };
}

/** An owed or missing contribution, as the list shows it. */
const toListed = <Row extends { dueAt: string }>(row: Row) => ({
  state: 'asked',
  ...row,
  dueAt: new Date(row.dueAt),
});
type Work = NonNullable<Awaited<ReturnType<typeof readWork>>>;

/** With what is to be registered or handed on within hours (Decree, articles 6 and 13). */
async function withLimits({ store, directory }: ConsoleDeps, work: Work, agency: string) {
  const [unhanded, passed, [unregistered]] = await Promise.all([
    listUnhanded(store, agency),
    countHandingPassed(store, agency),
    listUnregistered(store, directory, new Date(), agency),
  ]);
  const limits = new Map(unhanded.map((one) => [one.id, one]));
  const rows = Object.fromEntries(
    workBands.map((band) => [
      band,
      work.rows[band].map((row) => ({ ...row, limit: limits.get(row.id) ?? null })),
    ]),
  );
  return { work: { ...work, rows }, limits: { passed, unregistered: unregistered ?? null } };
}

/** What was typed, as a number or an address of a person. */
function toPerson(text = ''): Pick<ComplaintFilter, 'person'> {
  const phone = toInternational(text);
  if (phone) return { person: { phone } };
  return isEmail.test(text) ? { person: { email: text } } : {};
}
const isEmail = /^[^\s@]+@[^\s@]+$/;

function toFilter(asked: Typed, user: User, directory: Directory): ComplaintFilter {
  const owner = oneOf(owners, asked.owner);
  const isOwned = owner && user.role === 'officer' && user.agency !== null;
  const wanted: { [Name in keyof ComplaintFilter]: ComplaintFilter[Name] | undefined } = {
    text: asked.text,
    status: oneOf<Status>(statuses, asked.status),
    kind: oneOf<ComplaintKind>(complaintKinds, asked.kind),
    deadline: oneOf<Deadline>(deadlines, asked.deadline),
    origin: toCode(directory, asked.origin),
    assignee: toCode(directory, asked.assignee),
    owned: isOwned ? { owner, login: user.login, agency: user.agency ?? '' } : undefined,
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
