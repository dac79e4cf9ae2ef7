import { reasonOf, toOneReason, toReason } from '../../schemas/reason.ts';
import type { AdapterContext, AdapterKind, BoardAdapter, CheckReport } from '../contract.ts';
import { toAuthorityPaths } from '../kit/http/certificate-authority.ts';
import { hostOf } from '../kit/http/guarded-connect.ts';
import { toPlace } from '../kit/http/shown-address.ts';
import { normalise } from '../kit/mapping/normalise.ts';
import { checkReading, toReport } from '../kit/reading/check-reading.ts';
import { createOpen311Files } from './attachments.ts';
import { createOpen311Client } from './client.ts';
import { checkOpen311Settings, Open311Settings } from './config.ts';
import { textOf } from './document.ts';
import { fingerprints, read } from './holdings.ts';
import type { Open311Parts } from './lists.ts';
import { createPostMapping } from './mapping.ts';
import { pull } from './pull.ts';
import { listCarried } from './update-form.ts';
import { draft, find, push } from './write.ts';

/** Boards with Open311 GeoReport v2, with or without the update extension. */
export const open311Adapter: AdapterKind = {
  name: 'open311',
  offers: ['pull', 'push', 'find', 'fingerprints', 'fetchAttachment', 'pushAttachment'],
  settings: Open311Settings,
  checkSettings: checkOpen311Settings,
  needs: (settings) => {
    const { endpoint, mediaOrigins = [], ca } = settings as Open311Settings;
    return { hosts: [endpoint, ...mediaOrigins].map(hostOf), paths: toAuthorityPaths(ca) };
  },
  writesTo: (settings) => {
    const { endpoint, jurisdiction = '' } = settings as Open311Settings;
    return { posts: [`${toPlace(endpoint)} ${jurisdiction}`.trim()] };
  },
  abilities: (settings) => ({
    carries: new Set(listCarried(settings as Open311Settings)),
    pull: true,
    changes: false,
    fingerprints: true,
  }),
  create: (settings, context) => createOpen311Adapter(settings as Open311Settings, context),
};

function createOpen311Adapter(settings: Open311Settings, context: AdapterContext): BoardAdapter {
  const { timeZone, agency } = context;
  const client = createOpen311Client(settings, context);
  const parts: Open311Parts = {
    settings,
    client,
    post: createPostMapping(settings, timeZone),
    timeZone,
    agency,
  };
  return {
    pull: (cursor, signal) => pull(parts, cursor, signal),
    normalise: (raw) => normalise(parts.post, raw),
    carries: new Set(listCarried(settings)),
    ...(!settings.readOnly && {
      push: (change, call) => push(parts, change, call),
      draft: (change, key) => draft(parts, change, key),
      find: (change, call) => find(parts, change, call),
    }),
    fingerprints: (since, signal) => fingerprints(parts, since, signal),
    read: (externalId, signal) => read(parts, externalId, signal),
    ...createOpen311Files(parts),
    check: (signal) => check(parts, signal),
    close: client.close,
  };
}

/**
 * Besides reading, it checks the services. They change, and a code that the board has dropped no longer finds anything.
 */
async function check(parts: Open311Parts, signal: AbortSignal): Promise<CheckReport> {
  const readPage = async () => (await pull(parts, undefined, signal, 1)).posts;
  const { lines } = await checkReading(readPage, (raw) => normalise(parts.post, raw));
  return toReport([...(await checkServices(parts, signal)), ...lines]);
}

async function checkServices({ client, settings }: Open311Parts, signal: AbortSignal) {
  const what = toReason('checked_services');
  const { category } = settings.codes;
  try {
    const services = await client.list('services', {}, signal);
    const codes = services.flatMap(({ service_code }) => textOf(service_code) ?? []);
    const gone = Object.keys({
      ...category,
      ...(settings.otherService && { [settings.otherService]: '' }),
    }).filter((code) => !codes.includes(code));
    const unmapped = codes.filter((code) => !Object.hasOwn(category, code));
    const told = [
      ...(gone.length ? [toReason('services_gone', { codes: gone.join(', ') })] : []),
      ...(unmapped.length ? [toReason('services_unmapped', { codes: unmapped.join(', ') })] : []),
    ];
    if (told.length > 0) return [{ what, ok: false, detail: toOneReason(told) }];
    return [{ what, ok: true, detail: toReason('services_mapped', { n: codes.length }) }];
  } catch (error) {
    return [{ what, ok: false, detail: reasonOf(error) }];
  }
}
