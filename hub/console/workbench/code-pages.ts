import { channels, complaintKinds, statuses } from '../../../schemas/index.ts';
import { toSegment } from '../../../schemas/json-pointer.ts';
import { listSeenCodes } from '../../exchange/workbench/seen-codes.ts';
import { withUnseen } from '../../personal/with-personal.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { codeOf, putIntoDraft, readWorkingDraft, type WorkingDraft } from './working-draft.ts';

/** The code tables of a draft, with what the board gave for them. */
export const codePages: Pages = (app, deps) => {
  app.get('/agencies/:code/workbench/codes', async (request, reply) => {
    const user = request.demand('configure');
    const working = await readWorkingDraft(deps, user, codeOf(request));
    return reply.page('workbench-codes', await toPage(deps, working, noProblem));
  });

  app.post('/agencies/:code/workbench/codes', async (request, reply) => {
    const user = request.demand('configure');
    const working = await readWorkingDraft(deps, user, codeOf(request));
    const typed = request.typed();
    const { table = '', word = '' } = typed;
    // A code may begin or end with a space.
    const code = request.typedExactly('key').replaceAll('\0', '').toWellFormed();
    const problem = findProblem({ table, code, word });
    if (problem)
      return reply.page('workbench-codes', await toPage(deps, working, { ...problem, typed }), 422);
    const pointer = `/codes/${toSegment(table)}/${toSegment(code)}`;
    const isPut = await putIntoDraft(deps, user, working, { [pointer]: word });
    const done = isPut ? 'workbench_code_put' : 'workbench_not_put';
    return reply.redirect(`/agencies/${working.code}/workbench/codes?done=${done}`, 303);
  });
};

interface Shown {
  problem: string | null;
  typed: Record<string, string>;
}
const noProblem: Shown = { problem: null, typed: {} };

/** Tables whose words are the hub's own. */
const ownWords: Record<string, readonly string[]> = {
  status: statuses,
  kind: complaintKinds,
  channel: channels,
};

function findProblem({ table, code, word }: { table: string; code: string; word: string }) {
  const words = ownWords[table];
  if (table === '' || table.length > 60) return { problem: 'workbench.table_wanted' };
  if (code === '' || code.length > 100) return { problem: 'workbench.code_wanted' };
  if (word === '' || word.length > 200 || (words && !words.includes(word)))
    return { problem: 'workbench.word_wanted' };
  return undefined;
}

async function toPage({ store }: ConsoleDeps, working: WorkingDraft, { problem, typed }: Shown) {
  const { code, agency, isDraft } = working;
  const seen = agency
    ? await withUnseen(store, (opened) => listSeenCodes(opened, agency))
    : { tables: [], looked: 0, since: null, isPart: false };
  return {
    code,
    isDraft,
    hasBoard: agency !== undefined,
    problems: agency ? [] : working.problems.slice(0, 10),
    problem,
    typed: { table: typed.table ?? '', key: typed.key ?? '', word: typed.word ?? '' },
    looked: seen.looked,
    since: seen.since,
    isPart: seen.isPart,
    tables: seen.tables.map((table) => ({
      ...table,
      unmapped: table.rows.filter(({ word }) => word === undefined).length,
      area: table.name in ownWords ? table.name : '',
      words: ownWords[table.name] ?? null,
      rows: table.rows.map(({ word, ...row }) => ({ ...row, word: word ?? null })),
    })),
  };
}
