import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Agency, EventType } from '../../schemas/index.ts';
import { findAt, type Path } from '../../schemas/json-pointer.ts';
import { newWebhookReference, toWebhookSecret } from '../access/keys/webhook-secret.ts';
import { changeConfiguration } from '../configuration/changes/proposals.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { findInForce } from '../configuration/versions.ts';
import { type Edit, editYaml } from '../configuration/yaml/edit-yaml.ts';
import type { Store } from '../store/database.ts';
import type { Actor } from './actor.ts';
import { EngineerError } from './engineer-error.ts';
import { type Expect, expectAnything } from './expect.ts';

/** What an engineer may say of an endpoint. Everything else of the agency stays with the administrators. */
interface WebhookWish {
  url: string;
  /** Absent: all kinds. */
  events?: readonly EventType[] | undefined;
}

/** `secret`: of a new endpoint, or a renewed one. It is shown this once. `isProposed`: a second person has to agree. */
interface WebhookChanged {
  secret?: string;
  isProposed: boolean;
}

/** What an engineer may change of an endpoint, as it is in force. */
export interface WebhookSettings {
  name: string;
  url: string;
  /** Null: all kinds. */
  events: EventType[] | null;
  /** What tells the secrets apart that sign now, newest first: no secret, and not where one is. */
  secrets: string[];
}

export interface EngineerWebhookSettings {
  /** Errors: EngineerError `not_found`. */
  find(agency: string, endpoint: string): Promise<WebhookSettings>;
  /** Makes an endpoint, or changes the address and the kinds of event of one. */
  put(actor: Actor, endpoint: string, wish: WebhookWish, expect?: Expect): Promise<WebhookChanged>;
  /** A new secret beside the newest one: both sign, so that the receiver can change over. */
  renewSecret(actor: Actor, endpoint: string, expect?: Expect): Promise<WebhookChanged>;
  remove(actor: Actor, endpoint: string, expect?: Expect): Promise<WebhookChanged>;
}

type Entry = NonNullable<Agency['webhooks']>[number];

/** `hubSecret`: secrets are derived from it, so that none is stored. */
export function createEngineerWebhookSettings(parts: {
  store: Store;
  hubSecret: string | undefined;
  fourEyes: boolean;
}): EngineerWebhookSettings {
  const { store, hubSecret, fourEyes } = parts;

  function makeSecret(agency: string, endpoint: string) {
    if (hubSecret === undefined)
      throw new EngineerError('conflict', 'this hub makes no secrets: its SIGNING_SECRET is not set');
    const reference = newWebhookReference();
    return { reference, secret: toWebhookSecret(hubSecret, { agency, endpoint, reference }) };
  }

  async function mustFindInForce(agency: string) {
    const inForce = await findInForce(store.db, { kind: 'agency', name: agency });
    if (!inForce) throw new EngineerError('not_found');
    return inForce;
  }

  /** Changes the text in force, so that comments of administrators stay. */
  async function change(
    { agency, name, way }: Actor,
    endpoint: string,
    edit: (at: number, entry: Entry | undefined, entries: readonly Entry[]) => Edit[],
  ): Promise<boolean> {
    const inForce = await mustFindInForce(agency);
    const { webhooks = [] } = inForce.body as Agency;
    const known = webhooks.findIndex((one) => one.name === endpoint);
    const at = known < 0 ? webhooks.length : known;
    const edits = edit(at, webhooks[at], webhooks);
    if (edits.length === 0) return false;
    const source = editYaml(inForce.source, edits);
    const changes = [{ kind: 'agency' as const, name: agency, source, base: inForce.version }];
    const by = { author: name, way, note: `webhook ${endpoint}` };
    const done = await changeConfiguration(store, { fourEyes }, changes, by).catch((error: unknown) => {
      throw toEngineerError(error, at);
    });
    return 'proposed' in done;
  }

  return {
    async find(agency, endpoint) {
      const { webhooks = [] } = (await mustFindInForce(agency)).body as Agency;
      const entry = webhooks.find(({ name }) => name === endpoint);
      if (!entry) throw new EngineerError('not_found');
      return toSettings(entry);
    },
    async put(actor, endpoint, { url, events }, expect = expectAnything) {
      let secret: string | undefined;
      const isProposed = await change(actor, endpoint, (at, entry) => {
        const now = entry && toSettings(entry);
        // What is so already is so, whatever the caller has read: its first reply may have been lost (RFC 9110, 13.1.1).
        if (now?.url === url && isDeepStrictEqual(now.events, events ?? null)) return [];
        expect(now);
        if (entry) return toEdits(at, entry, { url, events });
        const made = makeSecret(actor.agency, endpoint);
        secret = made.secret;
        const settings = { url, secrets: [made.reference], ...(events && { events }) };
        return [{ op: 'set', path: ['webhooks', at], value: { name: endpoint, settings } }];
      });
      return { ...(secret !== undefined && { secret }), isProposed };
    },
    async renewSecret(actor, endpoint, expect = expectAnything) {
      const { reference, secret } = makeSecret(actor.agency, endpoint);
      const isProposed = await change(actor, endpoint, (at, entry) => {
        if (!entry) throw new EngineerError('not_found');
        expect(toSettings(entry));
        const [newest] = entry.settings.secrets as string[];
        const both = [reference, ...(newest === undefined ? [] : [newest])];
        return [{ op: 'set', path: ['webhooks', at, 'settings', 'secrets'], value: both }];
      });
      return { secret, isProposed };
    },
    async remove(actor, endpoint, expect = expectAnything) {
      const isProposed = await change(actor, endpoint, (at, entry, entries) => {
        if (!entry) throw new EngineerError('not_found');
        expect(toSettings(entry));
        return [{ op: 'remove', path: entries.length === 1 ? ['webhooks'] : ['webhooks', at] }];
      });
      return { isProposed };
    },
  };
}

function toSettings({ name, settings }: Entry): WebhookSettings {
  const {
    url,
    events = null,
    secrets = [],
  } = settings as {
    url: string;
    events?: EventType[];
    secrets?: string[];
  };
  return { name, url, events, secrets: secrets.map(toMark) };
}

const toMark = (reference: string): string =>
  createHash('sha256').update(reference).digest('hex').slice(0, 12);

/** What becomes of an endpoint that is there. What an administrator allowed or gave for one place is not for another. */
function toEdits(at: number, entry: Entry, { url, events }: WebhookWish): Edit[] {
  const isElsewhere = toOrigin(url) !== toOrigin(String(entry.settings.url));
  const gone: Path[] = [
    ...(events ? [] : [['settings', 'events']]),
    ...(isElsewhere ? [['networks'], ['settings', 'auth'], ['settings', 'ca']] : []),
  ];
  const within = (path: Path): Path => ['webhooks', at, ...path];
  return [
    { op: 'set', path: within(['settings', 'url']), value: url },
    ...(events ? [{ op: 'set' as const, path: within(['settings', 'events']), value: [...events] }] : []),
    ...gone
      .filter((path) => findAt(entry, path) !== undefined)
      .map((path) => ({ op: 'remove' as const, path: within(path) })),
  ];
}

const toOrigin = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');

/** Places of the configuration, as places of what the engineer said. */
function toEngineerError(error: unknown, at: number): unknown {
  if (!(error instanceof ConfigurationError)) return error;
  if (error.kind === 'moved') return new EngineerError('changed');
  if (error.kind !== 'invalid') return new EngineerError('conflict', error.message);
  const problems = error.problems.map(({ pointer, reason }) => ({
    pointer: withoutPrefix(withoutPrefix(pointer, `/webhooks/${at}`), '/settings'),
    reason,
  }));
  return new EngineerError('invalid', 'the endpoint is not acceptable', problems);
}

/** What follows the place, if the pointer leads into it. */
const withoutPrefix = (pointer: string, place: string): string =>
  pointer === place || pointer.startsWith(`${place}/`) ? pointer.slice(place.length) : pointer;
