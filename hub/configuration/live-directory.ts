import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { Agency, Routing } from '../../schemas/index.ts';
import { type ClockRules, createClockRules } from '../clock/deadline.ts';
import type { ClockChanges } from '../clock/periods.ts';
import type { Store } from '../store/database.ts';
import { signalChannels } from '../store/signals/signal-channels.ts';
import type { TemplateSources } from '../templates/template-files.ts';
import type { Directory } from './directory.ts';
import { type DocumentKind, keyOf } from './document.ts';
import { type ChangedDocument, findNewestMark, listChanged } from './versions.ts';

/** The directory that follows the database. */
export interface LiveDirectory extends Directory {
  /** The calendar and periods in force. */
  clock(): ClockRules;
  /** The templates of notices that take the place of the hub's own, by name. The same object until one changes. */
  templates(): TemplateSources;
  /** Reads what is in force now. Errors: those of PostgreSQL; the directory then keeps what it has. */
  refresh(): Promise<void>;
  /** Call it before the store closes: a reading under way needs the store. */
  close(): Promise<void>;
}

interface Contents {
  agencies: Map<string, Agency>;
  routing: Routing;
  clock: ClockRules;
  /** The texts of templates that somebody wrote, by name. Another object at each change. */
  templates: TemplateSources;
  bodies: Map<string, unknown>;
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
  let contents = toContents(new Map(), undefined);
  let mark: string | undefined;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    const newest = await findNewestMark(store.db);
    if (newest === mark) return;
    // A lower mark: another database took the place of this one, such as a backup.
    const isAnother = mark === undefined || BigInt(newest) < BigInt(mark);
    const found = await listChanged(store.db, isAnother ? undefined : mark);
    contents = toContents(
      toBodies(isAnother ? new Map() : contents.bodies, contents.bodies, found),
      contents,
    );
    mark = newest;
    log.info({ agencies: contents.agencies.size, changed: found.length }, 'configuration read');
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
    templates: () => contents.templates,
    refresh,
    async close() {
      clearInterval(timer);
      stopListening();
      await reading?.catch(() => undefined);
    },
  };
}

/** The bodies of before with what changed. An unchanged body keeps its object: values derived from it stay valid. */
function toBodies(
  kept: ReadonlyMap<string, unknown>,
  known: ReadonlyMap<string, unknown>,
  changed: ChangedDocument[],
): Map<string, unknown> {
  const bodies = new Map(kept);
  for (const { body, ...key } of changed) {
    const name = keyOf(key);
    if (body === null) bodies.delete(name);
    else bodies.set(name, isDeepStrictEqual(known.get(name), body) ? known.get(name) : body);
  }
  return bodies;
}

function toContents(bodies: Map<string, unknown>, before: Contents | undefined): Contents {
  const of = (kind: DocumentKind) =>
    [...bodies]
      .filter(([key]) => key.startsWith(`${kind} `))
      .map(([key, body]) => [key.slice(kind.length + 1), body] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  const clock = bodies.get('clock clock');
  const isSameClock = before && before.bodies.get('clock clock') === clock;
  const templates = new Map(of('template') as [string, string][]);
  return {
    bodies,
    agencies: new Map(of('agency') as [string, Agency][]),
    routing: (bodies.get('routing routing') as Routing | undefined) ?? noRouting,
    clock: isSameClock ? before.clock : createClockRules(clock as ClockChanges | undefined),
    templates: before && isDeepStrictEqual(before.templates, templates) ? before.templates : templates,
  };
}

const thirtyDays = 30 * 86_400_000;

/** Deadlines of the coming weeks may fall into a year whose holidays nobody has entered. */
function warnOfUnknownYears({ calendar }: ClockRules, log: Logger): void {
  const year = new Date(Date.now() + thirtyDays).getUTCFullYear();
  if (!calendar.covers(year))
    log.warn({ year }, 'public holidays of the year are not known: add them to clock.yaml');
}
