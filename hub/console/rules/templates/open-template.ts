import type { FastifyRequest } from 'fastify';
import { PageError } from '../../../web/page-error.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { type DeskDocument, openDocument } from '../desk-document.ts';
import { type TemplateFile, toTemplateFile } from './template-file.ts';
import { readTemplates } from './template-sources.ts';

/** The file that the address names. Throws PageError `not_found`. */
export function getFile(request: FastifyRequest): TemplateFile {
  const { language, file } = request.params as { language: string; file: string };
  const found = toTemplateFile(language, file);
  if (!found) throw new PageError('not_found');
  return found;
}

/** The person's draft of a template, or what it says now. */
export async function openTemplate(
  deps: ConsoleDeps,
  login: string,
  { name }: TemplateFile,
): Promise<DeskDocument> {
  const { defaults } = await readTemplates(deps);
  return openDocument(deps.store, login, { kind: 'template', name, fallback: defaults.get(name) ?? '' });
}
