import { ReasonError, reasonOf, toReason } from '../../schemas/reason.ts';
import type { AdapterContext, AdapterKind, BoardAdapter, CheckReport } from '../contract.ts';
import { toAuthorityPaths } from '../kit/http/certificate-authority.ts';
import { hostOf } from '../kit/http/guarded-connect.ts';
import { HttpError } from '../kit/http/http-errors.ts';
import { toPlace } from '../kit/http/shown-address.ts';
import {
  checkPulling,
  createMappedBoard,
  type MappedBoard,
  toAbilities,
} from '../kit/mapped/mapped-board.ts';
import { createReceiving } from '../kit/mapped/mapped-delivery.ts';
import { listPlaces } from '../kit/mapped/mapped-settings.ts';
import { toReport } from '../kit/reading/check-reading.ts';
import { createRestFiles, type RestParts } from './attachments.ts';
import { createRestShape } from './board-shape.ts';
import { createRestClient } from './client.ts';
import { checkRestSettings, RestSettings } from './config.ts';
import { compileRestMappings, type FurtherMapping, fillPath, type RestMappings } from './mapping.ts';
import { isMissing, toKeyHeader, toQuestion } from './questions.ts';

/** Boards with a JSON interface over HTTP that expressions describe. */
export const restAdapter: AdapterKind = {
  name: 'rest',
  carriesParts: true,
  offers: ['pull', 'take', 'push', 'find', 'fingerprints', 'fetchAttachment', 'pushAttachment', 'shape'],
  settings: RestSettings,
  checkSettings: checkRestSettings,
  needs: (settings) => {
    const { endpoint, ca } = settings as RestSettings;
    return { hosts: [hostOf(endpoint)], paths: toAuthorityPaths(ca) };
  },
  writesTo: (settings) => {
    const { endpoint, push = {} } = settings as RestSettings;
    return { posts: Object.values(push).flatMap((one) => (one ? toPlace(endpoint, one.path) : [])) };
  },
  expressions: (settings) => listPlaces(settings, ['body']),
  abilities: (settings) => toAbilities(settings as RestSettings),
  create: (settings, context) => createRestAdapter(settings as RestSettings, context),
};

function createRestAdapter(settings: RestSettings, context: AdapterContext): BoardAdapter {
  const mappings = compileRestMappings(settings, context);
  const client = createRestClient(settings, context, mappings);
  const parts = { settings, mappings, client };
  const board = describeBoard(parts);
  return {
    ...createMappedBoard(board),
    ...createRestFiles(parts),
    ...createRestShape(parts),
    ...createReceiving(mappings.received, settings, context),
    check: (signal) => check(parts, board, signal),
    close: client.close,
  };
}

/** How this board is asked: expressions give paths and queries, and the replies are JSON. */
function describeBoard(parts: RestParts): MappedBoard {
  const { settings, mappings, client } = parts;
  const { pull, find, fingerprints, read } = settings;
  const question = (path: string, query?: RestMappings['normalise']) => toQuestion(client, path, query);
  const further = ({ path, query, ...call }: FurtherMapping) => ({
    ...call,
    prepare: question(path, query),
    isAbsent: isMissing,
  });
  return {
    ...(mappings.normalise && { normalise: mappings.normalise }),
    ...(mappings.received && { received: mappings.received }),
    push: new Map([...mappings.push].map(([type, operation]) => [type, toOperation(parts, operation)])),
    ...(pull &&
      mappings.pull && {
        pull: {
          ...mappings.pull,
          pageSize: pull.pageSize,
          overlapSeconds: pull.overlapSeconds,
          prepare: question(pull.path, mappings.pull.query),
          pageDetail: mappings.pull.pageDetail?.map(further),
          detail: mappings.pull.detail?.map(further),
          question: { mapping: mappings.pull.query, source: `${pull.path} ${pull.query}` },
        },
      }),
    ...(find &&
      mappings.find && {
        find: { ...mappings.find, prepare: question(find.path, mappings.find.query), isAbsent: isMissing },
      }),
    ...(fingerprints &&
      mappings.fingerprints && {
        fingerprints: {
          ...mappings.fingerprints,
          pageSize: fingerprints.pageSize,
          prepare: question(fingerprints.path, mappings.fingerprints.query),
        },
      }),
    ...(read &&
      mappings.read && { read: { ...mappings.read, prepare: question(read.path), isAbsent: isMissing } }),
  };
}

type PushMapping = RestMappings['push'] extends ReadonlyMap<string, infer M> ? M : never;

function toOperation({ settings, client }: RestParts, operation: PushMapping) {
  const { method, path: pattern, body } = operation;
  async function build(input: Record<string, unknown>) {
    const path = fillPath(pattern, input);
    const json = await body?.evaluate(input);
    if (body && json === undefined) throw new ReasonError(toReason('nothing_to_send'));
    return { method, path, headers: toKeyHeader(settings, input), json };
  }
  return {
    ...operation,
    async prepare(input: Record<string, unknown>) {
      const request = await build(input);
      return (signal: AbortSignal) => client.call(request, signal);
    },
    draft: build,
  };
}

async function check({ client }: RestParts, board: MappedBoard, signal: AbortSignal): Promise<CheckReport> {
  if (board.pull) return checkPulling(board, board.pull, signal);
  const what = toReason('checked_board');
  try {
    await client.call({ method: 'GET', path: '' }, signal);
  } catch (error) {
    // The hub reads nothing from this board. So any reply shows that it is reachable.
    const ok = error instanceof HttpError && error.status !== undefined && error.kind !== 'unauthorised';
    return toReport([{ what, ok, detail: reasonOf(error) }]);
  }
  return toReport([{ what, ok: true, detail: toReason('board_answers') }]);
}
