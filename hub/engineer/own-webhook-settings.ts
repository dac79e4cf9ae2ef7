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

export interface EngineerWebhookSettings {
  /** Makes an endpoint, or changes the address and the kinds of event of one. */
  put(actor: Actor, endpoint: string, wish: WebhookWish): Promise<WebhookChanged>;
  /** A new secret beside the newest one: both sign, so that the receiver can change over. */
  renewSecret(actor: Actor, endpoint: string): Promise<WebhookChanged>;
  remove(actor: Actor, endpoint: string): Promise<WebhookChanged>;
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

  /** Changes the text in force, so that comments of administrators stay. */
  async function change(
    { agency, name, way }: Actor,
    endpoint: string,
    edit: (at: number, entry: Entry | undefined, entries: readonly Entry[]) => Edit[],
  ): Promise<boolean> {
    const inForce = await findInForce(store.db, { kind: 'agency', name: agency });
    if (!inForce) throw new EngineerError('not_found');
    const { webhooks = [] } = inForce.body as Agency;
    const known = webhooks.findIndex((one) => one.name === endpoint);
    const at = known < 0 ? webhooks.length : known;
    const source = editYaml(inForce.source, edit(at, webhooks[at], webhooks));
    const changes = [{ kind: 'agency' as const, name: agency, source, base: inForce.version }];
    const by = { author: name, way, note: `webhook ${endpoint}` };
    const done = await changeConfiguration(store, { fourEyes }, changes, by).catch((error: unknown) => {
      throw toEngineerError(error, at);
    });
    return 'proposed' in done;
  }

  return {
    async put(actor, endpoint, { url, events }) {
      let secret: string | undefined;
      const isProposed = await change(actor, endpoint, (at, entry) => {
        if (entry) return toEdits(at, entry, { url, events });
        const made = makeSecret(actor.agency, endpoint);
        secret = made.secret;
        const settings = { url, secrets: [made.reference], ...(events && { events }) };
        return [{ op: 'set', path: ['webhooks', at], value: { name: endpoint, settings } }];
      });
      return { ...(secret !== undefined && { secret }), isProposed };
    },
    async renewSecret(actor, endpoint) {
      const { reference, secret } = makeSecret(actor.agency, endpoint);
      const isProposed = await change(actor, endpoint, (at, entry) => {
        if (!entry) throw new EngineerError('not_found');
        const [newest] = entry.settings.secrets as string[];
        const both = [reference, ...(newest === undefined ? [] : [newest])];
        return [{ op: 'set', path: ['webhooks', at, 'settings', 'secrets'], value: both }];
      });
      return { secret, isProposed };
    },
    async remove(actor, endpoint) {
      const isProposed = await change(actor, endpoint, (at, entry, entries) => {
        if (!entry) throw new EngineerError('not_found');
        return [{ op: 'remove', path: entries.length === 1 ? ['webhooks'] : ['webhooks', at] }];
      });
      return { isProposed };
    },
  };
}

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
