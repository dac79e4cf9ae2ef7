import type { FastifyReply, FastifyRequest } from 'fastify';
import { maskAddress } from '../../access/people/masking.ts';
import { may, toReadingAgency } from '../../access/people/rights.ts';
import type { User } from '../../access/people/users.ts';
import { toDutyArticle, toNoticeArticle } from '../../insight/duties/notice-articles.ts';
import {
  countDuties,
  type DutyPart,
  dutyParts,
  findOwed,
  findUndelivered,
  listOwed,
  listUndelivered,
  mostCounted,
  type OwedDuty,
  type UndeliveredNotice,
} from '../../insight/duties/read-duties.ts';
import {
  handWays,
  longestNote,
  noteDutyTold,
  noteTold,
  type Told,
} from '../../insight/duties/tell-by-hand.ts';
import { type TellLog, withPersonal } from '../../personal/with-personal.ts';
import type { Store } from '../../store/database.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import { maskName } from '../../words/mask-name.ts';
import type { Pages } from '../visit/console-context.ts';
import { toReader } from '../visit/to-reader.ts';

type Owing = OwedDuty | UndeliveredNotice;
/** The most agencies in a list of choices. If there are more, people type a code. */
const mostChoices = 300;

/** 통지 의무: what complainants are still to be told, and noting that a person told them. */
export const dutyPages: Pages = (app, { store, directory, log }) => {
  app.get('/duties', async (request, reply) => {
    const user = request.demand('see_duties');
    const asked = request.asked();
    const own = toReadingAgency(user);
    const agency = own ?? asked.agency;
    const part = dutyParts.find((one) => one === asked.part) ?? 'undelivered';
    const [counts, page] = await Promise.all([
      countDuties(store, agency),
      withPersonal(store, toReader(request), async (opened, tell) => {
        const found = await listPart(opened, part, agency, asked);
        tellOfOwing(tell, 'list', found.rows, user);
        return found;
      }),
    ]);
    const agencies = directory.listAgencies();
    return reply.page('duties', {
      part,
      parts: dutyParts.map((name) => ({ name, count: counts[name], to: toPartAddress(name, asked.agency) })),
      mostCounted,
      rows: page.rows.map((row) => toRow(row, user)),
      pager: toPager('/duties', asked, page),
      agencies: own !== undefined || agencies.length > mostChoices ? null : agencies.map(({ code }) => code),
      asked: { agency: '', ...asked },
    });
  });

  app.get('/duties/notices/:id', async (request, reply) => {
    const notice = await getNotice(store, request);
    return showForm(request, reply, notice);
  });

  app.post('/duties/notices/:id', async (request, reply) => {
    const notice = await getNotice(store, request);
    const { told, problems } = toTold(request.typed());
    if (!told) return showForm(request, reply, notice, problems);
    const user = request.signedIn();
    const done = await noteTold(store, notice, told, user.login);
    log.info({ user: user.id, notice: notice.id }, 'a complainant was told by hand');
    return reply.redirect(`/duties?done=${done ? 'told_by_hand' : 'told_before'}`, 303);
  });

  app.get('/duties/:number/:kind/:day', async (request, reply) => {
    const duty = await getDuty(store, request);
    return showForm(request, reply, duty);
  });

  app.post('/duties/:number/:kind/:day', async (request, reply) => {
    const duty = await getDuty(store, request);
    const { told, problems } = toTold(request.typed());
    if (!told) return showForm(request, reply, duty, problems);
    const user = request.signedIn();
    const done = await noteDutyTold(store, duty, told, user.login);
    log.info({ user: user.id, complaint: duty.id, duty: duty.kind }, 'a complainant was told by hand');
    return reply.redirect(`/duties?part=owed&done=${done ? 'told_by_hand' : 'told_before'}`, 303);
  });
};

const toPartAddress = (part: DutyPart, agency = '') =>
  `/duties?${new URLSearchParams({ part, ...(agency && { agency }) })}`;

const listPart = (store: Store, part: DutyPart, agency: string | undefined, asked: Typed) =>
  part === 'owed'
    ? listOwed(store, agency, asked)
    : listUndelivered(store, { agency, kept: part === 'kept' }, asked);

const isNotice = (row: Owing): row is UndeliveredNotice => 'template' in row;
const mayTell = (user: User, { agency }: Owing) =>
  may(user, 'tell_by_hand', { assignee: agency, agencies: [] });

/** A row for this reader. Who sees no persons gets them masked. */
function toRow(row: Owing, user: User) {
  const sees = may(user, 'see_person');
  const phone = row.phone !== null && !sees ? maskAddress(row.phone) : row.phone;
  const address = isNotice(row) ? row.address : null;
  const shown = {
    ...row,
    complainant: sees ? row.complainant : maskName(row.complainant),
    phone,
    address: address !== null && !sees ? maskAddress(address) : address,
    form: mayTell(user, row) ? toFormAddress(row) : null,
  };
  if (!isNotice(row)) return { ...shown, isDuty: true, article: toDutyArticle(row.kind) };
  return { ...shown, isDuty: false, article: toNoticeArticle(row.template, row.step) ?? null };
}

const toFormAddress = (row: Owing): string =>
  isNotice(row) ? `/duties/notices/${row.id}` : `/duties/${row.receiptNumber}/${row.kind}/${row.day}`;

function showForm(request: FastifyRequest, reply: FastifyReply, row: Owing, problems: Typed = {}) {
  const typed = request.method === 'POST' ? request.typed() : {};
  const data = {
    row: toRow(row, request.signedIn()),
    action: toFormAddress(row),
    ways: handWays,
    typed: { way: '', note: '', ...typed },
    problems: { way: null, note: null, ...problems },
  };
  return reply.page('duty-tell', data, Object.keys(problems).length > 0 ? 422 : 200);
}

function toTold({ way: typedWay, note = '' }: Typed): { told?: Told; problems: Typed } {
  const way = handWays.find((one) => one === typedWay);
  const problems = {
    ...(!way && { way: 'duties.way_missing' }),
    ...(note === '' && { note: 'duties.note_missing' }),
    ...([...note].length > longestNote && { note: 'duties.note_long' }),
  };
  return way && Object.keys(problems).length === 0 ? { told: { way, note }, problems } : { problems };
}

/** Somebody who may not tell of it does not learn that it is there. */
function insistOn<Row extends Owing>(request: FastifyRequest, row: Row | undefined): Row {
  if (!row || !mayTell(request.demand('tell_by_hand'), row)) throw new PageError('not_found');
  return row;
}

function getNotice(store: Store, request: FastifyRequest) {
  const { id } = request.params as { id: string };
  return getOwing(store, request, (opened) => findUndelivered(opened, id));
}

function getDuty(store: Store, request: FastifyRequest) {
  const { number, kind, day } = request.params as { number: string; kind: string; day: string };
  return getOwing(store, request, (opened) => findOwed(opened, { receiptNumber: number, kind, day }));
}

const getOwing = <Row extends Owing>(
  store: Store,
  request: FastifyRequest,
  find: (opened: Store) => Promise<Row | undefined>,
): Promise<Row> =>
  withPersonal(store, toReader(request), async (opened, tell) => {
    const row = insistOn(request, await find(opened));
    tellOfOwing(tell, request.method === 'GET' ? 'read' : 'change', [row], request.signedIn());
    return row;
  });

function tellOfOwing(
  tell: TellLog,
  act: 'list' | 'read' | 'change',
  rows: readonly Owing[],
  user: User,
): void {
  const subjects = rows.map(({ complaintId }) => complaintId);
  tell({ act, purpose: 'telling', subjects, items: ['name', 'contact'], masked: !may(user, 'see_person') });
}
