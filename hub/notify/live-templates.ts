import type { Logger } from 'pino';
import type { TemplateSources } from '../templates/template-files.ts';
import { createTemplates, TemplateError, type Templates } from '../templates/templates.ts';

/**
 * Templates that follow the configuration: where somebody wrote one, it takes the place of the default. A set that is
 * not usable was written for another version of the hub. It is logged, and the templates of before stay, so that people
 * are told. Throws TemplateError if the defaults are not usable.
 */
export function createLiveTemplates(
  defaults: TemplateSources,
  directory: { templates(): TemplateSources },
  log: Logger,
): Templates {
  let seen: TemplateSources | undefined;
  let templates = createTemplates(defaults);
  const follow = () => {
    const written = directory.templates();
    if (written === seen) return;
    seen = written;
    if (written.size === 0) templates = createTemplates(defaults);
    else
      try {
        templates = createTemplates(new Map([...defaults, ...written]));
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        log.error({ err: error }, 'templates of the configuration are not usable: those of before stay');
      }
  };
  follow();
  return {
    render(...asked) {
      follow();
      return templates.render(...asked);
    },
  };
}
