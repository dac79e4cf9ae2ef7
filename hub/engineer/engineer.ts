import pLimit from 'p-limit';
import type { Logger } from 'pino';
import {
  type CallEntry,
  type CallFilter,
  listCalledOperations,
  listCalls,
} from '../access/calls/read-calls.ts';
import type { Directory } from '../configuration/directory.ts';
import type { Endpoints } from '../exchange/endpoints/endpoints.ts';
import type { ParkedActions } from '../exchange/parked/parked-actions.ts';
import type { Repairs } from '../exchange/repairs.ts';
import type { Topic } from '../queue/topics.ts';
import type { Queryable, Store } from '../store/database.ts';
import type { Page, Place } from '../store/read-page.ts';
import { toQueryable } from '../store/to-queryable.ts';
import type { Actor } from './actor.ts';
import { createEngineerAgentLogs, type EngineerAgentLogs } from './own-agent-logs.ts';
import { createEngineerEndpoints, type EngineerEndpoints } from './own-endpoints.ts';
import { createEngineerKeys, type EngineerKeys } from './own-keys.ts';
import { createEngineerParked, type EngineerParked } from './own-parked.ts';
import { createEngineerReplays, type EngineerReplays } from './own-replays.ts';
import { createEngineerWebhookSettings, type EngineerWebhookSettings } from './own-webhook-settings.ts';
import { type Recorded, recordChange } from './record.ts';
import { doOnce, type Remembered } from './repeats.ts';
import { readUsage, type Usage } from './usage.ts';

/** A caller's own name of a change, and what a repetition of it is told. */
interface Once<Result, Kept> {
  key: string | undefined;
  asked: unknown;
  toKept(result: Result): Kept;
}

/**
 * What an agency's engineer can see and do, at pages and at `/api/v1/self` alike. Everything is of the agency of the one who
 * asks; what is of another agency is answered as if there were none. Errors: EngineerError.
 */
export interface Engineer {
  keys: EngineerKeys;
  endpoints: EngineerEndpoints;
  webhookSettings: EngineerWebhookSettings;
  parked: EngineerParked;
  replays: EngineerReplays;
  agentLogs: EngineerAgentLogs;
  calls(agency: string, filter: CallFilter, place: Place): Promise<Page<CallEntry>>;
  operations(agency: string): Promise<string[]>;
  usage(agency: string): Promise<Usage>;
  /** Makes a change in one transaction, and notes it. With a key of its own, it is made once. */
  change<Result, Kept = Result>(
    actor: Actor,
    recorded: Recorded,
    work: (client: Queryable) => Promise<Result>,
    once?: Once<Result, Kept>,
  ): Promise<Remembered<Result | Kept>>;
}

export interface EngineerDependencies {
  store: Store;
  directory: Pick<Directory, 'findAgency'>;
  endpoints: Endpoints;
  parked: ParkedActions;
  repairs: Pick<Repairs, 'replays'>;
  /** Signing secrets are derived from it. */
  hubSecret: string | undefined;
  /** Whether a second person has to agree to a change of the configuration (CONFIG_FOUR_EYES). */
  fourEyes: boolean;
  look(topic: Topic): void;
  /** Tells the agent of an agency that there is something for it. */
  wakeAgent(agency: string): void;
  log: Logger;
}

export function createEngineer(dependencies: EngineerDependencies): Engineer {
  const { store, directory, repairs, hubSecret, log } = dependencies;
  // A retry and a replay need a connection beside that of the transaction around them. Many at once would hold all
  // connections of the pool, and each would wait for another's.
  const takeTurns = pLimit(1);
  return {
    keys: createEngineerKeys(store, hubSecret),
    endpoints: createEngineerEndpoints(dependencies),
    webhookSettings: createEngineerWebhookSettings(dependencies),
    parked: createEngineerParked(dependencies),
    replays: createEngineerReplays(store, repairs.replays),
    agentLogs: createEngineerAgentLogs(dependencies),
    calls: (agency, filter, place) => listCalls(store, agency, filter, place),
    operations: (agency) => listCalledOperations(store, agency),
    usage: (agency) => readUsage(store, directory, agency),
    async change(actor, recorded, work, once) {
      const done = await takeTurns(() =>
        store.db.transaction().execute(async (trx) => {
          const client = toQueryable(trx);
          const run = async () => {
            const result = await work(client);
            await recordChange(trx, actor, recorded);
            return result;
          };
          if (once?.key === undefined) return { result: await run(), isRepeated: false };
          const { key, asked, toKept } = once;
          return doOnce(client, { agency: actor.agency, key, asked }, run, toKept);
        }),
      );
      if (!done.isRepeated) {
        const { agency, way } = actor;
        log.info({ agency, way, ...recorded }, 'an engineer changed the connection');
      }
      return done;
    },
  };
}
