import type { FastifyReply, FastifyRequest } from 'fastify';
import { compile, StatutoryItem } from '../../../schemas/index.ts';
import { may } from '../../access/people/rights.ts';
import { ConfigurationError } from '../../configuration/configuration-error.ts';
import { findWorkingText, saveDraft } from '../../configuration/drafts.ts';
import { readDocument } from '../../configuration/read-document.ts';
import { type ItemTable, readItemTable } from '../../configuration/statutory/read-item-table.ts';
import { toItemRows } from '../../configuration/statutory/write-item-table.ts';
import { editYaml } from '../../configuration/yaml/edit-yaml.ts';
import { toPageOfList } from '../../store/read-page.ts';
import { toCsv } from '../../web/csv.ts';
import { readFileBytes } from '../../web/form-files.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';

/** An agency's table of statutory complaints: read, exported, and imported into the person's draft of the agency. */
export const statutoryPages: Pages = (app, deps) => {
  app.get('/agencies/:code/statutory', async (request, reply) => {
    request.demand('see_configuration');
    return show(deps, request, reply);
  });

  app.get('/agencies/:code/statutory.csv', async (request, reply) => {
    request.demand('see_configuration');
    const { code, items } = await read(deps, request);
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="statutory-${code}.csv"`)
      .send(toCsv(toItemRows(items)));
  });

  app.post('/agencies/:code/statutory', { config: { carriesFiles: true } }, async (request, reply) => {
    const user = request.demand('configure');
    const working = await read(deps, request);
    const sent = await readSent(request);
    if ('problem' in sent) return show(deps, request, reply, { ...sent, status: 422 });
    const table = readItemTable(sent.bytes, today());
    if (table.problems.length > 0) return show(deps, request, reply, { ...sent, table, status: 422 });
    const items = sent.typed.how === 'replace' ? table.items : merge(working.items, table.items);
    const { code, base } = working;
    try {
      const source = editYaml(working.source, [{ op: 'set', path: ['statutory'], value: items }]);
      await saveDraft(deps.store, { person: user.login, kind: 'agency', name: code, base, source });
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof ConfigurationError)) throw error;
      return show(deps, request, reply, { ...sent, problem: 'statutory.unwritable', status: 422 });
    }
    return reply.redirect(`/agencies/${code}/configuration/review`, 303);
  });
};

const isItem = compile(StatutoryItem);

/** The person's draft of the agency, otherwise what is in force. What is no item in it is left to the configuration page. */
async function read({ store }: ConsoleDeps, request: FastifyRequest) {
  const user = request.signedIn();
  const { code } = request.params as { code: string };
  const person = may(user, 'configure') ? user.login : '';
  const found = await findWorkingText(store, person, 'agency', code);
  if (!found) throw new PageError('not_found');
  const { body } = readDocument({ kind: 'agency', name: code }, found.source).document;
  const given = (body as { statutory?: unknown } | undefined)?.statutory;
  const items = (Array.isArray(given) ? given : []).flatMap((one) => {
    const checked = isItem(one);
    return checked.ok ? [checked.value] : [];
  });
  return { code, source: found.source, base: found.base, isDraft: found.draft !== undefined, items };
}

const today = () => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);

/** What was there, with the new ones: the same matter and day is replaced where it stands. */
function merge(before: readonly StatutoryItem[], added: readonly StatutoryItem[]): StatutoryItem[] {
  const keyOf = ({ name, from }: StatutoryItem) => JSON.stringify([name, from]);
  const all = new Map(before.map((item) => [keyOf(item), item]));
  for (const item of added) all.set(keyOf(item), item);
  return [...all.values()];
}

const mostBytes = 2 * 1024 * 1024;

type Sent = { typed: Typed } & ({ bytes: Uint8Array } | { problem: string });

/** The file, or else what was pasted. */
async function readSent(request: FastifyRequest): Promise<Sent> {
  const file = await readFileBytes(request, mostBytes);
  const typed = request.typed();
  const pasted = request.typedExactly('pasted');
  if (file === 'too large') return { typed, problem: 'statutory.too_large' };
  if (file) return { typed, bytes: file };
  return pasted.trim() === ''
    ? { typed, problem: 'statutory.wanted' }
    : { typed, bytes: Buffer.from(pasted) };
}

interface Returned {
  typed: Typed;
  table?: ItemTable;
  problem?: string;
  status: number;
}

async function show(deps: ConsoleDeps, request: FastifyRequest, reply: FastifyReply, returned?: Returned) {
  const { code, isDraft, items } = await read(deps, request);
  const asked = request.asked();
  const { text = '', after, before } = asked;
  const found = items
    .filter(({ name, department = '' }) => name.includes(text) || department.includes(text))
    .map((item, index) => ({ ...item, place: `${item.name} ${item.from} ${index}` }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const page = toPageOfList(
    found,
    { ...(after && { after }), ...(before && { before }), size: 100 },
    ({ place }) => place,
  );
  const address = `/agencies/${code}/statutory`;
  const { typed = {}, table, problem = null, status = 200 } = returned ?? {};
  const data = {
    code,
    isDraft,
    items: page.rows.map((item) => ({
      ...{ documents: [], fee: '', department: '' },
      ...item,
      unit: 'days' in item ? 'days' : 'hours',
      amount: 'days' in item ? item.days : item.hours,
    })),
    count: items.length,
    found: found.length,
    asked: { text },
    pager: toPager(address, asked, page),
    typed: { pasted: '', how: 'merge', ...typed },
    problem,
    problems: table?.problems.slice(0, 100) ?? [],
    ignored: table?.ignored.join(', ') ?? '',
    address,
  };
  return reply.page('agency-statutory', data, status);
}
