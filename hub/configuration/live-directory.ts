import type { Logger } from 'pino';
import type { Agency, Routing } from '../../schemas/index.ts';
import { type ClockRules, createClockRules } from '../clock/deadline.ts';
import type { ClockChanges } from '../clock/periods.ts';
import type { Store } from '../store/database.ts';
import { signalChannels } from '../store/signals/signal-channels.ts';
import type { Directory } from './directory.ts';
import { listInForce, type StoredDocument } from './versions.ts';

/** The directory that follows the database. */
export interface LiveDirectory extends Directory {
  /** The calendar and periods in force. */
  clock(): ClockRules;
  /** Reads what is in force now. Errors: those of PostgreSQL; the directory then keeps what it has. */
  refresh(): Promise<void>;
  /** Call it before the store closes: a reading under way needs the store. */
  close(): Promise<void>;
}

interface Contents {
  agencies: Map<string, Agency>;
  routing: Routing;
  clock: ClockRules;
  documents: Map<string, StoredDocument>;
}

const everyMilliseconds = 10_000;
/** Nothing is applied yet: every complaint stays with the contact centre. */
const noRouting: Routing = { rules: [], default: 'hub' };

/**
 * Keeps the configuration in force in memory. It is read again at the signal of an apply, and every `every`
 * milliseconds in case a signal was lost. Throws if the first reading fails.
 */
export async function createDirectory(
  store: Store,
  log: Logger,
  every = everyMilliseconds,
): Promise<LiveDirectory> {
  let contents = toContents([], undefined);
  let mark: string | undefined;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    const found = await readMark(store);
    if (found === mark) return;
    contents = toContents(await listInForce(store.db), contents);
    mark = found;
    log.info({ agencies: contents.agencies.size }, 'configuration read');
    warnOfUnknownYears(contents.clock, log);
  }
  /** Readings take turns, so that an older one never overwrites a newer one. */
  const refresh = () => {
    const turn = (reading ?? Promise.resolve()).catch(() => undefined).then(read);
    reading = turn;
    return turn;
  };
  const refreshQuietly = () =>
    refresh().catch((error: unknown) => log.warn({ err: error }, 'configuration cannot be read'));

  await refresh();
  const stopListening = store.listener.listen(signalChannels.configuration, () => void refreshQuietly(), log);
  // No duty of the worker: every process keeps a copy of its own, also one that only serves pages.
  const timer = setInterval(() => void refreshQuietly(), every);
  return {
    findAgency: (code) => contents.agencies.get(code),
    listAgencies: () => [...contents.agencies.values()],
    routing: () => contents.routing,
    clock: () => contents.clock,
    refresh,
    async close() {
      clearInterval(timer);
      stopListening();
      await reading?.catch(() => undefined);
    },
  };
}

/** Every apply adds rows and none are ever removed, so their number tells whether there is news. */
async function readMark({ db }: Store): Promise<string> {
  const { count } = await db
    .selectFrom('configurations')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** An unchanged document keeps its object, so that values derived from it stay valid. */
function toContents(inForce: StoredDocument[], before: Contents | undefined): Contents {
  const documents = new Map(
    inForce.map((document) => {
      const key = `${document.kind} ${document.name}`;
      const known = before?.documents.get(key);
      return [key, known?.version === document.version ? known : document];
    }),
  );
  const clock = documents.get('clock clock');
  const sameClock = before && before.documents.get('clock clock') === clock;
  return {
    documents,
    agencies: new Map(
      [...documents.values()]
        .filter(({ kind }) => kind === 'agency')
        .map(({ name, body }) => [name, body as Agency]),
    ),
    routing: (documents.get('routing routing')?.body as Routing | undefined) ?? noRouting,
    clock: sameClock ? before.clock : createClockRules(clock?.body as ClockChanges | undefined),
  };
}

const thirtyDays = 30 * 86_400_000;

/** Deadlines of the coming weeks may fall into a year whose holidays nobody has entered. */
function warnOfUnknownYears({ calendar }: ClockRules, log: Logger): void {
  const year = new Date(Date.now() + thirtyDays).getUTCFullYear();
  if (!calendar.covers(year))
    log.warn({ year }, 'public holidays of the year are not known: add them to clock.yaml');
}
