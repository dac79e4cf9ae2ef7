import { resolve } from 'node:path';
import { listInForce } from '../../../configuration/versions.ts';
import { readDefaultTemplates, type TemplateSources } from '../../../templates/template-files.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';

/** The templates in force, and which of them are the hub's own text. */
export interface CurrentTemplates {
  sources: TemplateSources;
  defaults: TemplateSources;
  /** Names of those that somebody wrote. */
  own: ReadonlySet<string>;
}

export async function readTemplates({
  store,
  settings,
}: Pick<ConsoleDeps, 'store' | 'settings'>): Promise<CurrentTemplates> {
  const defaults = readDefaultTemplates(resolve(settings.CONFIG_DIR, 'templates'));
  const written = await listInForce(store.db, 'template');
  return {
    defaults,
    sources: new Map([...defaults, ...written.map(({ name, source }) => [name, source] as const)]),
    own: new Set(written.map(({ name }) => name)),
  };
}
