import { Liquid } from 'liquidjs';
import type { TemplateSources } from './template-files.ts';

/** One engine for plain texts, one for HTML. */
export interface Engines {
  text: Liquid;
  html: Liquid;
}

/** Milliseconds, and characters or items, after which a template counts as endless. A notice needs a thousandth. */
const limits = { parseLimit: 2_000_000, renderLimit: 2000, memoryLimit: 20_000_000 };

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** The engines of one language. Its templates see each other by name, and no file of the machine. */
export function createEngines(sources: TemplateSources, language: string): Engines {
  const own = [...sources].filter(([name]) => name.startsWith(`${language}/`));
  const templates = Object.fromEntries(
    own.map(([name, source]) => [`${name.slice(language.length + 1)}.liquid`, source]),
  );
  return { text: createEngine(templates, false), html: createEngine(templates, true) };
}

/** Everything that a template prints is escaped. There is no way to print it raw. */
function createEngine(templates: Record<string, string>, html: boolean): Liquid {
  const engine = new Liquid({
    templates,
    cache: true,
    strictVariables: true,
    strictFilters: true,
    ...limits,
    ...(html ? { outputEscape: 'escape' as const } : {}),
  });
  delete engine.filters.raw;
  // Line ends become breaks, because not every mail program knows `white-space`.
  engine.registerFilter('lines', {
    raw: html,
    handler: (value: unknown) =>
      html
        ? String(value ?? '').replace(/[&<>"']|\r\n?|\n/g, (sign) => entities[sign] ?? '<br>')
        : String(value ?? ''),
  });
  return engine;
}
