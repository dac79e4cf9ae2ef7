import { toReason } from '../../schemas/reason.ts';
import type {
  AdapterContext,
  AdapterKind,
  BoardAdapter,
  BoardRef,
  Change,
  Outcome,
  Pulled,
} from '../contract.ts';
import { hostOf } from '../kit/http/guarded-connect.ts';
import { normalise } from '../kit/mapping/normalise.ts';
import { toBoardError, toOutcome } from '../kit/outcome/call-error.ts';
import { refusedBefore } from '../kit/outcome/refused-before.ts';
import { checkReading } from '../kit/reading/check-reading.ts';
import { pullPosts } from '../kit/reading/cursor.ts';
import { listPulled } from '../kit/reading/fingerprints.ts';
import { placeRecords } from '../kit/reading/page-rows.ts';
import { createTemplateClient, type TemplateClient } from './client.ts';
import { checkTemplateSettings, TemplateSettings } from './config.ts';
import { carried, createTemplateMapping, type Operation, type TemplateMapping } from './mapping.ts';

/** (What kind of board this is.) */
export const templateAdapter: AdapterKind = {
  name: 'template',
  settings: TemplateSettings,
  checkSettings: checkTemplateSettings,
  needs: (settings) => ({ hosts: [hostOf((settings as TemplateSettings).endpoint)], paths: [] }),
  create: (settings, context) => createTemplateAdapter(settings as TemplateSettings, context),
};

interface Parts {
  settings: TemplateSettings;
  mapping: TemplateMapping;
  client: TemplateClient;
}

interface Call {
  key: string;
  signal: AbortSignal;
}

function createTemplateAdapter(settings: TemplateSettings, context: AdapterContext): BoardAdapter {
  const mapping = createTemplateMapping(settings, context.timeZone);
  const client = createTemplateClient(settings, context);
  const parts = { settings, mapping, client };
  const evaluate = async (raw: unknown) => {
    mapping.toRow(raw);
    return mapping.toPost(raw);
  };
  const toPost = (raw: unknown) => normalise({ evaluate }, raw);
  return {
    pull: (cursor, signal) => pull(parts, cursor, signal),
    normalise: toPost,
    carries: new Set(carried),
    push: (change, call) => push(parts, change, call),
    find: (change, call) => find(parts, change, call),
    fingerprints: (since, signal) => {
      const { overlapSeconds = 60 } = settings;
      const toMarks = async (raw: unknown) => {
        const result = await toPost(raw);
        return result.ok ? result.post : undefined;
      };
      return listPulled((cursor) => pull(parts, cursor, signal, 1), toMarks, { since, overlapSeconds });
    },
    check: (signal) => checkReading(async () => (await pull(parts, undefined, signal, 1)).posts, toPost),
    close: client.close,
  };
}

async function pull(
  { settings, mapping, client }: Parts,
  cursor: string | undefined,
  signal: AbortSignal,
  maxPages = 10,
): Promise<Pulled> {
  const { pageSize = 100, overlapSeconds = 60 } = settings;
  const fetchPage = async (since: string | undefined, page: number) =>
    placeRecords(await client.listChanged(since, page, signal), since, mapping.toRow);
  try {
    return await pullPosts({ cursor, overlapSeconds, pageSize, maxPages, fetchPage });
  } catch (error) {
    throw toBoardError(error);
  }
}

async function push({ mapping, client }: Parts, change: Change, { key, signal }: Call): Promise<Outcome> {
  const { type } = change.event;
  if (!carried.includes(type)) return { kind: 'refused', reason: toReason('carries_not', { event: type }) };
  if (type !== 'registered' && !change.ref)
    return { kind: 'refused', reason: toReason('at', { place: type, detail: toReason('not_held') }) };
  let operation: Operation;
  try {
    operation = mapping.toOperation(change);
  } catch (error) {
    return refusedBefore(error, type);
  }
  try {
    const ref = await client.bring(operation, key, signal);
    return ref ? { kind: 'done', ref } : { kind: 'unknown', reason: toReason('no_post_named'), isOver: true };
  } catch (error) {
    return toOutcome(error);
  }
}

async function find(
  { client }: Parts,
  _change: Change,
  { key, signal }: Call,
): Promise<BoardRef | undefined> {
  try {
    return await client.find(key, signal);
  } catch (error) {
    throw toBoardError(error);
  }
}
