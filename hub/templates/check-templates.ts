import type { Template, TokenizationError } from 'liquidjs';
import { type Channel, channels, type Language, languages } from '../../schemas/index.ts';
import { type Reason, said, toReason } from '../../schemas/reason.ts';
import { createEngines, type Engines } from './liquid-engines.ts';
import { type Parsed, renderParsed } from './render-parsed.ts';
import { toEucKr } from './sms-text.ts';
import type { TemplateSources } from './template-files.ts';
import { isTemplateSource, type TemplateName, templateNames } from './template-names.ts';
import { lawOf, sampleValues, sparseValues, variablesOf } from './template-variables.ts';

/** What is wrong with one template. */
export interface TemplateProblem {
  /** `ko/answered.sms.txt` */
  name: string;
  /** From 1. Undefined: the template as a whole. */
  line?: number;
  column?: number;
  reason: Reason;
}

/** The templates of a set, ready to be rendered. */
export interface ParsedTemplates {
  engines: Map<string, Engines>;
  /** By `language/name/channel`. */
  parsed: Map<string, Parsed>;
  problems: TemplateProblem[];
}

/**
 * Parses and checks a whole set: every template must exist, use only allowed variables, show the required ones, and
 * render. Pure.
 */
export function parseTemplates(sources: TemplateSources): ParsedTemplates {
  const problems: TemplateProblem[] = [];
  const parsed = new Map<string, Parsed>();
  const engines = new Map<string, Engines>();
  for (const language of languages) {
    const engine = createEngines(sources, language);
    engines.set(language, engine);
    for (const name of templateNames)
      for (const channel of channels) {
        const template = parseNotice(engine, sources, { language, name, channel }, problems);
        if (template) parsed.set(`${language}/${name}/${channel}`, template);
      }
    parseParts(engine, sources, language, problems);
  }
  return { engines, parsed, problems };
}

interface Notice {
  language: Language;
  name: TemplateName;
  channel: Channel;
}

function parseNotice(
  engine: Engines,
  sources: TemplateSources,
  { language, name, channel }: Notice,
  problems: TemplateProblem[],
): Parsed | undefined {
  const file = `${language}/${name}.${channel}.txt`;
  const htmlFile = channel === 'email' ? `${language}/${name}.email.html` : undefined;
  const missing = [file, htmlFile].filter((one) => one !== undefined && !sources.has(one));
  for (const one of missing) problems.push({ name: one as string, reason: toReason('template_missing') });
  const [head = '', ...lines] = (sources.get(file) ?? '').split('\n');
  const subject = /^Subject: (.+)$/.exec(head.trimEnd())?.[1];
  if (!subject && !missing.includes(file))
    problems.push({ name: file, line: 1, reason: toReason('template_subject') });
  if (missing.length > 0 || !subject) return undefined;
  const before = problems.length;
  const check = (of: 'text' | 'html', source: string, at: string, whole: boolean) =>
    parseChecked(engine[of], source, { language, template: name, file: at, whole }, problems);
  const subjectPart = check('text', subject, file, false);
  // The empty line keeps the line numbers right.
  const text = check('text', ['', ...lines].join('\n'), file, true);
  const html = htmlFile && check('html', sources.get(htmlFile) ?? '', htmlFile, true);
  if (!subjectPart || !text || (htmlFile && !html)) return undefined;
  const parsed: Parsed = { subject: subjectPart, text, ...(html && { html }) };
  if (problems.length === before) {
    const unshowable = channel === 'sms' ? [head, ...lines].findIndex((line) => toEucKr(line) !== line) : -1;
    tryOut(engine, parsed, { channel, file, line: unshowable + 1 || undefined }, problems);
  }
  return parsed;
}

interface Part {
  language: Language;
  template: TemplateName;
  file: string;
  /** Whether it must show what the law wants; a subject need not. */
  whole: boolean;
}

function parseChecked(
  engine: Engines['text'],
  source: string,
  { language, template, file, whole }: Part,
  problems: TemplateProblem[],
): Template[] | undefined {
  try {
    const own = `${file.slice(language.length + 1)}.liquid`;
    const parsed = engine.parse(source, own);
    const { may, must } = variablesOf(template);
    const used = new Set<string>();
    for (const variable of Object.values(engine.analyzeSync(parsed).globals).flat()) {
      const path = variable.segments.join('.');
      used.add(path);
      if (may.has(path)) continue;
      const reason = toReason('template_variable', { variable: path, template, known: [...may].join(', ') });
      const { file: at = own, row: line, col: column } = variable.location;
      problems.push({ name: toName(language, at), line, column, reason });
    }
    for (const variable of must)
      if (whole && !used.has(variable)) problems.push({ name: file, reason: toMissing(template, variable) });
    return parsed;
  } catch (error) {
    problems.push(toProblem(error, language, file));
    return undefined;
  }
}

function toMissing(template: TemplateName, variable: string): Reason {
  const law = lawOf(template, variable);
  return law
    ? toReason('template_must_show_by_law', { variable, law: toReason(law) })
    : toReason('template_must_show', { variable });
}

/** Shared parts that no template includes are parsed as well, so that a mistake shows when it is made. */
function parseParts(
  engine: Engines,
  sources: TemplateSources,
  language: Language,
  problems: TemplateProblem[],
): void {
  for (const [name, source] of sources) {
    if (!name.startsWith(`${language}/`)) continue;
    if (!isTemplateSource(name))
      problems.push({ name, reason: toReason('template_unknown', { known: templateNames.join(', ') }) });
    if (problems.some((problem) => problem.name === name)) continue;
    try {
      engine[name.endsWith('.html') ? 'html' : 'text'].parse(source, `${name.slice(3)}.liquid`);
    } catch (error) {
      problems.push(toProblem(error, language, name));
    }
  }
}

const toName = (language: Language, file: string) => `${language}/${file.replace(/\.liquid$/, '')}`;

/** An error of the engine, with its place. */
function toProblem(error: unknown, language: Language, file: string): TemplateProblem {
  const { token, message } = error as Partial<TokenizationError> & Error;
  if (!token) return { name: file, reason: said(message) };
  const [line = 1, column = 1] = token.getPosition();
  const words = message.replace(/, (file|line):.*$/s, '');
  return { name: token.file ? toName(language, token.file) : file, line, column, reason: said(words) };
}

/** Renders with everything present and with everything absent, so that nothing can fail when a notice is due. */
function tryOut(
  engines: Engines,
  parsed: Parsed,
  { channel, file, line }: { channel: Channel; file: string; line: number | undefined },
  problems: TemplateProblem[],
): void {
  const unshowable = new Set<string>();
  try {
    for (const values of [sampleValues, sparseValues]) {
      const { subject, text } = renderParsed(engines, parsed, values);
      if (channel !== 'sms') continue;
      for (const shown of [subject, ...text.split('\n')]) if (toEucKr(shown) !== shown) unshowable.add(shown);
    }
  } catch (error) {
    problems.push(toProblem(error, file.slice(0, 2) as Language, file));
  }
  for (const shown of unshowable) {
    const reason = toReason('template_not_euckr', { line: shown });
    problems.push({ name: file, ...(line !== undefined && { line }), reason });
  }
}
