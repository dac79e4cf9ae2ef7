import type { WrittenPlaces } from '../contract.ts';
import { toHostName } from '../kit/http/shown-address.ts';
import type { SqlSettings } from './config.ts';
import { dialects } from './dialects/index.ts';

/** The tables that pushes write. Posts land in those whose rows are marked; counters and lists are beside them. */
export function listWrittenPlaces(settings: SqlSettings): WrittenPlaces {
  const { dialect, host, port = dialects[dialect].defaultPort, database, push = {}, carries } = settings;
  const steps = Object.entries(push).flatMap(([type, list]) =>
    !list || (carries && !carries.some((carried) => carried === type)) ? [] : list,
  );
  const toName = (table: string) => {
    const [name = '', qualifier] = table.split('.').reverse();
    // In MySQL a schema is a database.
    const of = dialect === 'mysql' ? (qualifier ?? database) : `${database}/${qualifier ?? usualSchema}`;
    return `${toHostName(host)}:${port}/${of}/${name}`.toLowerCase();
  };
  const posts = steps.flatMap((step) => ('insert' in step && step.mark ? [toName(step.insert)] : []));
  const all = steps.flatMap((step) => {
    if ('select' in step) return [];
    if ('update' in step) return [toName(step.update)];
    return [toName(step.insert), ...(step.id?.sequence ? [toName(step.id.sequence.table)] : [])];
  });
  return {
    posts: [...new Set(posts)],
    beside: [...new Set(all)].filter((place) => !posts.includes(place)),
  };
}

const usualSchema = 'public';
