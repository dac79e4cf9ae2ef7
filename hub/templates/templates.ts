import { type Channel, type Language, wordReason } from '../../schemas/index.ts';
import { parseTemplates, type TemplateProblem } from './check-templates.ts';
import { type Rendered, renderParsed } from './render-parsed.ts';
import { readTemplateFiles, type TemplateSources } from './template-files.ts';
import type { TemplateName } from './template-names.ts';
import type { TemplateValues } from './template-variables.ts';

export interface Templates {
  render(template: TemplateName, language: Language, channel: Channel, values: TemplateValues): Rendered;
}

/** Raised if templates are unusable. It lists every problem with file and line. */
export class TemplateError extends Error {
  readonly problems: TemplateProblem[];
  constructor(problems: TemplateProblem[]) {
    super(`the templates are not usable:\n  ${problems.map(toLine).join('\n  ')}`);
    this.name = 'TemplateError';
    this.problems = problems;
  }
}

const toLine = ({ name, line, reason }: TemplateProblem): string =>
  `${name}.liquid:${line === undefined ? '' : `${line}:`} ${wordReason(reason, 'en')}`;

/** Makes templates out of a whole set. Throws TemplateError with all problems. */
export function createTemplates(sources: TemplateSources): Templates {
  const { engines, parsed, problems } = parseTemplates(sources);
  if (problems.length > 0) throw new TemplateError(problems);
  return {
    render(name, language, channel, values) {
      const template = parsed.get(`${language}/${name}/${channel}`);
      const engine = engines.get(language);
      if (!template || !engine) throw new Error(`${language}/${name} for ${channel} does not exist`);
      return renderParsed(engine, template, values);
    },
  };
}

/** Reads every template of `folder` (config/templates) by itself. Throws TemplateError with all problems. */
export const loadTemplates = (folder: string): Templates => createTemplates(readTemplateFiles(folder));
