import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';
import { collapseProblems, type Language, type Problem, type Reason } from '../../schemas/index.ts';
import { toSizeText } from '../attachments/limits.ts';
import type { Directory } from '../configuration/directory.ts';
import { toNational } from '../words/to-national.ts';
import { loadAssets } from './asset-files.ts';
import { createFaultNotes, type FaultNotes, showFaults } from './fault-summary.ts';
import { listMarked } from './form-problems.ts';
import { toClockText, toDayText, toRelativeText, toTimeText } from './formats.ts';
import { createReasonWords } from './reason-words.ts';
import type { Wording } from './texts.ts';

/** The context in which a filter is called. */
interface Filter {
  context: { globals: object };
}

/** Values that every view gets beside its own data. */
interface Surroundings {
  language: Language;
  rights: Record<string, boolean>;
  [name: string]: unknown;
}

/** The views and words that a set of pages brings. Views that all pages share are found beside them. */
export interface ViewSources {
  /** Folders of its own views, by absolute path. */
  folders: string[];
  wording: Wording;
}

export type RenderView = (name: string, data: object, surroundings: Surroundings) => Promise<string>;

/**
 * The pages' templates. Everything that they print is escaped. An unknown name is an error, so that a test finds a
 * typing mistake, and not a reader.
 */
export function createViews(directory: Directory, { folders, wording }: ViewSources): RenderView {
  const { findText, toText } = wording;
  const engine = new Liquid({
    root: [...folders, fileURLToPath(new URL('./views/', import.meta.url))],
    extname: '.liquid',
    cache: true,
    outputEscape: 'escape',
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
  });
  const nameAgency = (code: string, language: Language): string => {
    const name = directory.findAgency(code)?.name;
    return name?.[language] ?? name?.ko ?? findText(`agency.${code}`, language) ?? code;
  };
  const toWords = createReasonWords(nameAgency, wording);
  const languageOf = (filter: Filter): Language => (filter.context.globals as Surroundings).language;
  engine.registerFilter('t', function (this: Filter, key: string, ...values: unknown[]) {
    return toText(key, languageOf(this), values);
  });
  engine.registerFilter('worded', function (this: Filter, reason: Reason | null) {
    const { rights } = this.context.globals as Surroundings;
    return reason && toWords(reason, languageOf(this), rights.see_person === true);
  });
  engine.registerFilter('marked', listMarked);
  // What is wrong with a field, for the summary. It prints nothing itself.
  engine.registerFilter('fault', function (this: Filter, told: string, at: string, label: string) {
    (this.context.globals as { notes: FaultNotes }).notes.note({ at, label, told });
    return '';
  });
  engine.registerFilter('collapsed', (problems: Problem[] | null) => collapseProblems(problems ?? []));
  engine.registerFilter('word', function (this: Filter, value: string, area: string) {
    return findText(`${area}.${value}`, languageOf(this)) ?? value;
  });
  engine.registerFilter('time', function (this: Filter, at: Date) {
    return toTimeText(at, languageOf(this));
  });
  engine.registerFilter('relative', function (this: Filter, at: Date) {
    return toRelativeText(at, languageOf(this));
  });
  engine.registerFilter('day', function (this: Filter, day: string) {
    return toDayText(day, languageOf(this));
  });
  engine.registerFilter('clock', function (this: Filter, at: Date) {
    return toClockText(at, languageOf(this));
  });
  engine.registerFilter('iso', (at: Date) => at.toISOString());
  engine.registerFilter('agency', function (this: Filter, code: string) {
    return nameAgency(code, languageOf(this));
  });
  // The sentence after a form was done. A value that somebody made up in the URL says nothing.
  engine.registerFilter('done_text', function (this: Filter, done: string | null) {
    return done === null ? undefined : findText(`done.${done}`, languageOf(this));
  });
  engine.registerFilter('within', (path: string, place: string) =>
    place === '/' ? path === '/' : path === place || path.startsWith(`${place}/`),
  );
  engine.registerFilter('asset', loadAssets().toUrl);
  engine.registerFilter('phone', toNational);
  engine.registerFilter('size', toSizeText);
  return async (name, data, surroundings) => {
    const notes = createFaultNotes();
    const globals = { ...surroundings, notes };
    const html = withoutStacks(() => engine.renderFileSync(name, data, { globals }) as string);
    if (!surroundings.isError) return html;
    const renderSummary = (faults: object[]) => engine.renderFile('fault-summary', { faults }, { globals });
    return showFaults(html, notes, renderSummary);
  };
}

/**
 * Does `work`, which is synchronous, without noting at each error where it was thrown. The engine throws and catches one
 * for every condition that looks for a name which is not there, and the notes of all these places took a third of its
 * time. If the work fails, it is done once more, so that its error says where.
 */
function withoutStacks<T>(work: () => T): T {
  const usual = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = 0;
    return work();
  } catch {
    Error.stackTraceLimit = usual;
    return work();
  } finally {
    Error.stackTraceLimit = usual;
  }
}
