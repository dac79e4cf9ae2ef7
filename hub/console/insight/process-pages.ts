import { create as toDisposition } from 'content-disposition';
import type { FastifyRequest } from 'fastify';
import { complaintKinds } from '../../../schemas/index.ts';
import { may, toReadingAgency } from '../../access/people/rights.ts';
import { recountAll } from '../../insight/process/keep-process.ts';
import { isCaseChoice, listCases } from '../../insight/process/list-cases.ts';
import {
  groupings,
  listAgencyRows,
  listRows,
  type ProcessFilter,
  type ProcessRow,
  readLines,
  readTotal,
} from '../../insight/process/read-process.ts';
import { toPager } from '../../web/pager.ts';
import { createWording } from '../../web/texts.ts';
import { listWords } from '../../words/vocabulary.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { type ProcessAsked, toProcessAsked, toProcessQuery } from './process-asked.ts';
import { toCsv } from './process-csv.ts';
import { findLongest, toLength, toPlot, toShownRow } from './process-row.ts';
import { processTexts } from './process-texts.ts';

/** The most agencies in a list of choices. If there are more, people type a code. */
const mostChoices = 300;

/** 처리 현황: how complaints were dealt with, and the complaints behind each number. */
export const processPages: Pages = (app, deps) => {
  const { store, log } = deps;

  app.get('/process', async (request, reply) => {
    const user = request.demand('see_process');
    const asked = toProcessAsked(request.asked(), user, new Date());
    const wrong = Object.keys(asked.problems).length > 0;
    const page = wrong ? { rows: [], total: null, pager: null } : await readView(deps, request, asked);
    const data = {
      ...page,
      ...toChoices(deps, request, asked),
      csv: wrong ? null : `/process.csv?${toProcessQuery(asked.filter)}`,
      mayRecount: may(user, 'configure'),
    };
    return reply.page('process', data, wrong ? 422 : 200);
  });

  app.get('/process.csv', async (request, reply) => {
    const user = request.demand('see_process');
    const { filter, problems } = toProcessAsked(request.asked(), user, new Date());
    if (Object.keys(problems).length > 0) return reply.redirect(`/process?${toProcessQuery(filter)}`, 303);
    const name = `process-${filter.agency ?? 'all'}-${filter.from}-${filter.to}.csv`;
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', toDisposition(name, { type: 'attachment' }))
      .header('cache-control', 'private, no-store')
      .send(toCsv(readLines(store, filter), toCsvWords(deps, request)));
  });

  app.get('/process/cases', async (request, reply) => {
    const user = request.demand('see_process');
    const given = request.asked();
    const asked = toProcessAsked(given, user, new Date());
    const what = isCaseChoice(given.what) ? given.what : 'cases';
    const wrong = Object.keys(asked.problems).length > 0;
    if (wrong) return reply.redirect(`/process?${toProcessQuery(asked.filter)}`, 303);
    const page = await listCases(store, asked.filter, what, given);
    return reply.page('process-cases', {
      rows: page.rows.map((row) => ({
        ...row,
        legal: row.legal === null ? null : toLength(row.legal),
        real: row.real === null ? null : toLength(row.real),
      })),
      what,
      back: `/process?${toProcessQuery(asked.filter)}`,
      pager: toPager('/process/cases', given, page),
      asked: toShownAsked(asked),
    });
  });

  app.post('/process/recount', async (request, reply) => {
    const user = request.demand('configure');
    await recountAll(store, user.login);
    log.info({ user: user.id }, 'the process view is counted again');
    return reply.redirect('/process?done=process_recounted', 303);
  });
};

async function readView({ store }: ConsoleDeps, request: FastifyRequest, { filter, by }: ProcessAsked) {
  const given = request.asked();
  const [total, page] = await Promise.all([
    readTotal(store, filter),
    by === 'agency' ? listAgencyRows(store, filter, given) : listRows(store, filter, by).then(toOnePage),
  ]);
  const rows = page.rows;
  const longest = findLongest(rows.map(({ figures }) => figures));
  return {
    total: toShownRow(total, filter),
    rows: rows.map(({ name, figures }) => ({
      name,
      ...toShownRow(figures, narrow(filter, by, name)),
      plot: toPlot(figures, longest),
    })),
    pager: by === 'agency' ? toPager('/process', given, page) : null,
  };
}

const toOnePage = (rows: ProcessRow[]) => ({ rows });

/** What the complaints of a row have in common. */
function narrow(filter: ProcessFilter, by: ProcessAsked['by'], name: string): ProcessFilter {
  if (by === 'month') return { ...filter, from: name, to: name };
  const kind = complaintKinds.find((one) => one === name);
  return by === 'kind' ? { ...filter, ...(kind && { kind }) } : { ...filter, agency: name };
}

const toShownAsked = ({ filter, by }: ProcessAsked) => ({ agency: '', kind: '', ...filter, by });

function toChoices({ directory }: ConsoleDeps, request: FastifyRequest, asked: ProcessAsked) {
  const agencies = directory.listAgencies();
  const isLimited = toReadingAgency(request.signedIn()) !== undefined;
  return {
    asked: toShownAsked(asked),
    problems: { from: null, to: null, ...asked.problems },
    isLimited,
    agencies: agencies.length > mostChoices ? null : agencies.map(({ code }) => code),
    kinds: complaintKinds,
    groupings: isLimited || asked.filter.agency ? groupings.filter((one) => one !== 'agency') : groupings,
  };
}

const wording = createWording({ ...listWords(), ...processTexts });

function toCsvWords({ directory }: ConsoleDeps, request: FastifyRequest) {
  const language = request.language();
  return {
    language,
    nameAgency: (code: string) => {
      const name = directory.findAgency(code)?.name;
      return name?.[language] ?? name?.ko ?? wording.findText(`agency.${code}`, language) ?? code;
    },
    toText: (key: string) => wording.toText(key, language),
  };
}
