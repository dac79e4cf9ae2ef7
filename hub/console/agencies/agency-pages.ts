import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Agency, PartRole } from '../../../schemas/index.ts';
import { listApiKeys, mostValidKeys, revokeApiKey, TooManyKeys } from '../../access/keys/api-keys.ts';
import { may } from '../../access/people/rights.ts';
import { disclosureOf } from '../../complaints/disclosure/disclosure.ts';
import {
  type BoardHealth,
  listBoardHealth,
  listNewestAttempts,
  toUuid,
  unknownHealth,
} from '../../complaints/reading/read-operations.ts';
import { byUrgency, sumUp } from '../../complaints/reading/sum-up-board.ts';
import { findUnserved } from '../../configuration/catalogue/adapter-catalogue.ts';
import { toShownSource } from '../../configuration/secrecy/shown-source.ts';
import { stageOf } from '../../configuration/stages/stage-of.ts';
import { findInForce } from '../../configuration/versions.ts';
import { readAgent } from '../../exchange/agents/read-agent.ts';
import { isBehindAgent } from '../../exchange/boards/boards.ts';
import { toPointer } from '../../exchange/shape/change-words.ts';
import { isConcerning } from '../../exchange/shape/compare-shapes.ts';
import { acceptShape, findShape, type ShapeState, toChangesMark } from '../../exchange/shape/shapes.ts';
import { toPageOfList } from '../../store/read-page.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { showSheet } from './agency-add-pages.ts';

/** Agencies with the health of their boards, and one agency with its configuration, calls and keys. */
export const agencyPages: Pages = (app, deps) => {
  const { store, directory, log } = deps;

  app.get('/agencies', async (request, reply) => {
    request.demand('see_operations');
    const asked = request.asked();
    const { text = '', after, before } = asked;
    const health = await listBoardHealth(store);
    const found = directory
      .listAgencies()
      .filter((agency) => isNamed(agency, text))
      .map((agency) => toRow(agency, health.get(agency.code)))
      .sort((a, b) => (toListPlace(a) < toListPlace(b) ? -1 : 1));
    const place = { ...(after && { after }), ...(before && { before }), size: agenciesOnPage };
    const page = toPageOfList(found, place, toListPlace);
    return reply.page('agencies', {
      agencies: page.rows,
      count: found.length,
      asked: { text },
      pager: toPager('/agencies', asked, page),
    });
  });

  app.get('/agencies/:code', async (request, reply) => {
    request.demand('see_operations');
    return showAgency(deps, request, reply);
  });

  app.post('/agencies/:code/keys', async (request, reply) => {
    const user = request.demand('manage_users');
    const agency = getAgency(deps, request);
    try {
      return await showSheet(deps, request, reply, agency, user);
    } catch (error) {
      if (!(error instanceof TooManyKeys)) throw error;
      return reply.redirect(`/agencies/${agency.code}?done=keys_full`, 303);
    }
  });

  app.post('/agencies/:code/shape', async (request, reply) => {
    const user = request.demand('repair');
    const { code } = getAgency(deps, request);
    const done = await acceptShape(store, code, user.login, request.typed().mark ?? '');
    if (done) log.info({ user: user.id, agency: code }, 'shape of a board taken as normal');
    return reply.redirect(`/agencies/${code}?done=${done ? 'shape_taken' : 'shape_moved'}#shape`, 303);
  });

  app.post('/agencies/:code/keys/:id/revoke', async (request, reply) => {
    const user = request.demand('manage_users');
    const { code } = getAgency(deps, request);
    const id = toUuid((request.params as { id: string }).id);
    if (!id) throw new PageError('not_found');
    await revokeApiKey(store, id, { actor: user.login, way: 'console' });
    log.info({ user: user.id, agency: code, apiKey: id }, 'API key revoked');
    return reply.redirect(`/agencies/${code}?done=key_revoked`, 303);
  });
};

const agenciesOnPage = 50;

/** Matches the agency's code or one of its names, in upper or lower case. */
function isNamed({ code, name }: Agency, text: string): boolean {
  const wanted = toPlain(text.trim());
  return [code, ...Object.values(name)].some((word) => toPlain(word).includes(wanted));
}

const toPlain = (text: string): string => text.normalize('NFC').toLowerCase();

/** Sorts the most urgent first, then by code. */
const toListPlace = ({ urgency, code }: { urgency: number; code: string }): string =>
  `${byUrgency.length - urgency}_${code}`;

function getAgency({ directory }: ConsoleDeps, request: FastifyRequest): Agency {
  const agency = directory.findAgency((request.params as { code: string }).code);
  if (!agency) throw new PageError('not_found');
  return agency;
}

async function showAgency(deps: ConsoleDeps, request: FastifyRequest, reply: FastifyReply) {
  const agency = getAgency(deps, request);
  const mayManage = may(request.signedIn(), 'manage_users');
  // It has the addresses of boards and of officers, which who repairs or answers the phone need not know.
  const seesText = may(request.signedIn(), 'see_configuration');
  const [health, shape, attempts, keys, agent, inForce] = await Promise.all([
    listBoardHealth(deps.store, agency.code),
    agency.board && findShape(deps.store, agency.code),
    listNewestAttempts(deps.store, agency.code),
    mayManage ? listApiKeys(deps.store, agency.code) : [],
    isBehindAgent(agency) ? readAgent(deps.store, agency.code) : null,
    findInForce(deps.store.db, { kind: 'agency', name: agency.code }),
  ]);
  return reply.page('agency', {
    agency,
    ...toShownDisclosure(agency),
    unserved: findUnserved(agency) ?? null,
    row: toRow(agency, health.get(agency.code)),
    inForce: inForce ? { ...inForce, source: seesText ? toShownSource(inForce) : null } : null,
    agent,
    shape: shape ? toShownShape(shape) : null,
    attempts,
    keys,
    keysFull: keys.filter(({ valid, scopes }) => valid && !scopes.includes('agent')).length >= mostValidKeys,
  });
}

/** Which items of complainants the agency gets, by its role: as configured, or by default. */
function toShownDisclosure(agency: Agency) {
  const { items, standIns } = disclosureOf(agency);
  const roles = (Object.keys(items) as PartRole[]).map((role) => ({
    role,
    items: [...items[role]],
    isMasked: !items[role].has('name'),
    isChosen: agency.disclosure?.[role] !== undefined,
  }));
  return {
    disclosure: roles,
    standIns: Object.entries(standIns).map(([item, value]) => ({ item, value })),
  };
}

/** The most places of a board, and uses of one place, that are listed. Further ones are counted. */
const mostChanges = 50;
const mostUses = 4;

function toShownShape({ changes, ...state }: ShapeState) {
  const shown = changes
    .slice(0, mostChanges)
    .map(({ uses, since, before = null, now = null, ...change }) => ({
      ...change,
      before,
      now,
      since: new Date(since),
      isConcerning: isConcerning({ ...change, uses }),
      uses: uses.slice(0, mostUses).map(toPointer),
      moreUses: Math.max(0, uses.length - mostUses),
    }));
  return {
    ...state,
    changes: shown,
    count: changes.length,
    mark: toChangesMark(changes),
    more: Math.max(0, changes.length - mostChanges),
  };
}

/** An agency as the list shows it. */
function toRow(agency: Agency, known: BoardHealth | undefined) {
  const { code, board, feed } = agency;
  const health = { ...unknownHealth, ...known };
  const summedUp = sumUp(agency, health);
  const isTroubled = health.failures > 0 || health.pollError !== null;
  return {
    ...health,
    ...summedUp,
    trouble: isTroubled ? (health.pollError ?? health.lastError) : null,
    code,
    stage: stageOf(agency),
    adapter: board?.adapter ?? (feed ? 'feed' : null),
    rate: board?.rate ?? null,
    maintenance: board?.maintenance ?? [],
    parked: health.parkedLinks + health.parkedItems,
    urgency: byUrgency.indexOf(summedUp.state),
  };
}
