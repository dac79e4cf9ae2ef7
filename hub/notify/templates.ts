import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import { type Channel, type Language, languages } from '../../schemas/index.ts';
import { toEucKr } from './sms-text.ts';
import { type TemplateName, templateNames } from './template-names.ts';
import { sampleValues, sparseValues, type TemplateValues, variablesOf } from './template-variables.ts';

interface Rendered {
  subject: string;
  text: string;
  html: string | null;
}

export interface Templates {
  render(template: TemplateName, language: Language, channel: Channel, values: TemplateValues): Rendered;
}

/** Raised if templates are unusable. It lists every problem with file and line. */
class TemplateError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`the templates are not usable:\n  ${problems.join('\n  ')}`);
    this.name = 'TemplateError';
    this.problems = problems;
  }
}

interface Parsed {
  subject: Template[];
  text: Template[];
  html?: Template[];
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** Everything that a template prints is escaped. There is no way to print it raw. */
function createEngine(root: string, html: boolean): Liquid {
  const engine = new Liquid({
    root,
    extname: '.liquid',
    cache: true,
    strictVariables: true,
    strictFilters: true,
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

/**
 * Reads and checks every template of `folder` (config/templates). All must exist, use only allowed variables, show the
 * required ones, and render. Throws TemplateError with all problems.
 */
export function loadTemplates(folder: string): Templates {
  const problems: string[] = [];
  const parsed = new Map<string, Parsed>();
  const engines = new Map<string, { text: Liquid; html: Liquid }>();
  for (const language of languages) {
    const root = join(folder, language);
    const engine = { text: createEngine(root, false), html: createEngine(root, true) };
    engines.set(language, engine);
    for (const name of templateNames) {
      for (const channel of ['email', 'sms'] as const) {
        const template = parseTemplate(engine, root, name, channel, problems);
        if (template) parsed.set(`${language}/${name}/${channel}`, template);
      }
    }
  }
  if (problems.length > 0) throw new TemplateError(problems);

  return {
    render(name, language, channel, values) {
      const template = parsed.get(`${language}/${name}/${channel}`);
      const engine = engines.get(language);
      if (!template || !engine)
        throw new TemplateError([`${language}/${name} for ${channel} does not exist`]);
      return renderParsed(engine, template, values);
    },
  };
}

function renderParsed(engine: { text: Liquid; html: Liquid }, parsed: Parsed, values: object): Rendered {
  const subject: string = engine.text.renderSync(parsed.subject, values);
  const text: string = engine.text.renderSync(parsed.text, values);
  return {
    // A line end in a subject would begin another header.
    subject: subject.replace(/[\s\p{Cc}]+/gu, ' ').trim(),
    text: `${text.trim()}\n`,
    html: parsed.html ? engine.html.renderSync(parsed.html, values) : null,
  };
}

function parseTemplate(
  engine: { text: Liquid; html: Liquid },
  root: string,
  name: TemplateName,
  channel: Channel,
  problems: string[],
): Parsed | undefined {
  const file = join(root, `${name}.${channel}.txt.liquid`);
  const htmlFile = join(root, `${name}.email.html.liquid`);
  const before = problems.length;
  try {
    const [head = '', ...lines] = read(file).split('\n');
    const subject = /^Subject: (.+)$/.exec(head.trimEnd())?.[1];
    if (!subject) throw new Error(`${file}:1: must begin with "Subject: …"`);
    const parsed: Parsed = {
      subject: engine.text.parse(subject, file),
      // The empty line keeps the line numbers right.
      text: engine.text.parse(['', ...lines].join('\n'), file),
    };
    if (channel === 'email') parsed.html = engine.html.parse(read(htmlFile), htmlFile);
    checkVariables(engine.text, parsed.subject, name, file, problems, false);
    checkVariables(engine.text, parsed.text, name, file, problems);
    if (parsed.html) checkVariables(engine.html, parsed.html, name, htmlFile, problems);
    if (problems.length === before) tryOut(engine, parsed, channel, file, problems);
    return parsed;
  } catch (error) {
    problems.push(String((error as Error).message));
    return undefined;
  }
}

function read(file: string): string {
  if (!existsSync(file)) throw new Error(`${file}: is missing`);
  return readFileSync(file, 'utf8');
}

function checkVariables(
  engine: Liquid,
  template: Template[],
  name: TemplateName,
  file: string,
  problems: string[],
  whole = true,
): void {
  const { may, must } = variablesOf(name);
  const used = new Set<string>();
  for (const variable of Object.values(engine.analyzeSync(template).globals).flat()) {
    const path = variable.segments.join('.');
    used.add(path);
    const where = `${variable.location.file ?? file}:${variable.location.row}`;
    if (!may.has(path))
      problems.push(`${where}: ${path} is not a variable of ${name}; known are ${[...may].join(', ')}`);
  }
  if (!whole) return;
  for (const path of must) if (!used.has(path)) problems.push(`${file}: must show ${path}`);
}

/** Renders with everything present and with everything absent, so that nothing can fail when a notice is due. */
function tryOut(
  engine: { text: Liquid; html: Liquid },
  parsed: Parsed,
  channel: Channel,
  file: string,
  problems: string[],
): void {
  for (const values of [sampleValues, sparseValues]) {
    const { subject, text } = renderParsed(engine, parsed, values);
    if (channel !== 'sms') continue;
    for (const [index, line] of [subject, ...text.split('\n')].entries())
      if (toEucKr(line) !== line)
        problems.push(`${file}: ${index === 0 ? 'subject' : 'text'} cannot be written in EUC-KR: ${line}`);
  }
}
