import { reasonOf, toReason } from '../../schemas/reason.ts';
import type { AdapterContext, AdapterKind, BoardAdapter, CheckReport } from '../contract.ts';
import { toAuthorityPaths } from '../kit/http/certificate-authority.ts';
import { hostOf } from '../kit/http/guarded-connect.ts';
import type { HttpError } from '../kit/http/http-errors.ts';
import { toPlace } from '../kit/http/shown-address.ts';
import {
  checkPulling,
  createMappedBoard,
  type MappedBoard,
  toAbilities,
} from '../kit/mapped/mapped-board.ts';
import { createReceiving } from '../kit/mapped/mapped-delivery.ts';
import { listPlaces } from '../kit/mapped/mapped-settings.ts';
import type { Mapping } from '../kit/mapping/mapping.ts';
import { toReport } from '../kit/reading/check-reading.ts';
import { createSoapFiles, type SoapParts } from './attachments.ts';
import { createSoapShape } from './board-shape.ts';
import { createSoapClient } from './client.ts';
import { checkSoapSettings, SoapSettings } from './config.ts';
import { compileSoapMappings, type FurtherMapping } from './mapping.ts';
import { toQuestion, toRequest } from './questions.ts';
import { isUrl, isWritten } from './wsdl.ts';

/** Boards with a SOAP service that their WSDL and expressions describe. */
export const soapAdapter: AdapterKind = {
  name: 'soap',
  carriesParts: true,
  offers: ['pull', 'take', 'push', 'find', 'fingerprints', 'fetchAttachment', 'pushAttachment', 'shape'],
  settings: SoapSettings,
  checkSettings: checkSoapSettings,
  needs: (settings) => {
    const { wsdl, endpoint, ca } = settings as SoapSettings;
    const urls = [wsdl, endpoint ?? ''].filter(isUrl);
    return {
      hosts: urls.map(hostOf),
      paths: [...(isUrl(wsdl) || isWritten(wsdl) ? [] : [wsdl]), ...toAuthorityPaths(ca)],
    };
  },
  writesTo: (settings) => {
    const { endpoint } = settings as SoapSettings;
    // Without it the WSDL names the service, and only a call reads the WSDL.
    return endpoint === undefined ? undefined : { posts: [toPlace(endpoint)] };
  },
  expressions: (settings) => listPlaces(settings, ['request']),
  abilities: (settings) => toAbilities(settings as SoapSettings),
  create: (settings, context) => createSoapAdapter(settings as SoapSettings, context),
};

function createSoapAdapter(settings: SoapSettings, context: AdapterContext): BoardAdapter {
  const mappings = compileSoapMappings(settings, context);
  const client = createSoapClient(settings, context, mappings.errorWhen);
  const parts = { settings, mappings, client };
  const board = describeBoard(parts);
  return {
    ...createMappedBoard(board),
    ...createSoapFiles(parts),
    ...createSoapShape(parts),
    ...createReceiving(mappings.received, settings, context),
    check: (signal) => check(parts, board, signal),
    close: client.close,
  };
}

/** How this board is asked: by operations of its WSDL. */
function describeBoard({ settings, mappings, client }: SoapParts): MappedBoard {
  const { pull, push, find, fingerprints, read } = mappings;
  const isAbsent =
    (absentWhen: Mapping | undefined) =>
    async ({ kind, message }: HttpError) =>
      kind === 'refused' && (await absentWhen?.evaluate(message)) === true;
  const further = ({ operation, request, absentWhen, ...call }: FurtherMapping) => ({
    ...call,
    prepare: toQuestion(client, { operation, request }),
    isAbsent: isAbsent(absentWhen),
  });
  return {
    ...(mappings.normalise && { normalise: mappings.normalise }),
    ...(mappings.received && { received: mappings.received }),
    push: new Map(
      [...push].map(([type, operation]) => [
        type,
        {
          ...operation,
          async prepare(input: Record<string, unknown>) {
            const request = await toRequest(settings, operation, input);
            return (signal: AbortSignal) => client.call(operation.operation, request, signal);
          },
          draft: async (input: Record<string, unknown>) => ({
            operation: operation.operation,
            request: await toRequest(settings, operation, input),
          }),
        },
      ]),
    ),
    ...(pull && {
      pull: {
        ...pull,
        pageSize: settings.pull?.pageSize,
        overlapSeconds: settings.pull?.overlapSeconds,
        prepare: toQuestion(client, pull),
        pageDetail: pull.pageDetail?.map(further),
        detail: pull.detail?.map(further),
        question: { mapping: pull.request, source: `${pull.operation} ${settings.pull?.request}` },
      },
    }),
    ...(find && { find: { ...find, prepare: toQuestion(client, find) } }),
    ...(fingerprints && {
      fingerprints: {
        ...fingerprints,
        pageSize: settings.fingerprints?.pageSize,
        prepare: toQuestion(client, fingerprints),
      },
    }),
    ...(read && {
      read: {
        ...read,
        prepare: toQuestion(client, read),
        isAbsent: isAbsent(read.absentWhen),
      },
    }),
  };
}

/** Checks that the WSDL offers what the settings name. If the settings read the board, it also reads a page. */
async function check(
  { mappings, client }: SoapParts,
  board: MappedBoard,
  signal: AbortSignal,
): Promise<CheckReport> {
  const what = toReason('checked_wsdl');
  try {
    const offered = await client.operations(signal);
    const { pull: toRead, find: toAsk, fingerprints: toList, read: toReadOne, attachments: files } = mappings;
    const ofFiles = [files.fetch, files.push, files.find];
    const further = [...(toRead?.pageDetail ?? []), ...(toRead?.detail ?? [])];
    const operations = [toRead, ...further, toAsk, toList, toReadOne, ...ofFiles];
    const used = [...operations, ...mappings.push.values()];
    const named = used.flatMap((mapping) => mapping?.operation ?? []);
    const missing = [...new Set(named)].filter((name) => !offered.includes(name));
    const wsdl =
      missing.length === 0
        ? { what, ok: true, detail: toReason('wsdl_offers', { n: offered.length }) }
        : {
            what,
            ok: false,
            detail: toReason('wsdl_lacks', { missing: missing.join(', '), known: offered.join(', ') }),
          };
    if (!board.pull || missing.length > 0) return toReport([wsdl]);
    const reading = await checkPulling(board, board.pull, signal);
    return toReport([wsdl, ...reading.lines]);
  } catch (error) {
    return toReport([{ what, ok: false, detail: reasonOf(error) }]);
  }
}
