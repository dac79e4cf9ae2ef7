import type { FastifyReply } from 'fastify';
import { listTrials } from '../../../notify/trials/trial-messages.ts';
import { templateNames } from '../../../templates/template-names.ts';
import { variablesOf } from '../../../templates/template-variables.ts';
import { PageError } from '../../../web/page-error.ts';
import { messagePolicy } from '../../../web/security.ts';
import type { ConsoleDeps, Pages } from '../../visit/console-context.ts';
import { type DeskDocument, findProblems, keepDraft, listDraftNames } from '../desk-document.ts';
import { getFile, openTemplate } from './open-template.ts';
import { previewValues, toExample } from './preview-values.ts';
import { listNoticeFiles, type TemplateFile, toTemplateFile } from './template-file.ts';
import { type Preview, previewTemplate } from './template-preview.ts';
import { readTemplates } from './template-sources.ts';

/** The longest template: what the form may carry, without the blanks around it being lost. */
const largestTemplate = 200_000;

/** Notice templates: which there are, and one of them with what it will look like. */
export const templatePages: Pages = (app, deps) => {
  const { store } = deps;

  app.get('/rules/templates', async (request, reply) => {
    const { login } = request.demand('see_configuration');
    const { sources, own } = await readTemplates(deps);
    const drafts = new Set(await listDraftNames(store, login, 'template'));
    const toCell = (language: string, file: string) => {
      const name = `${language}/${file}`;
      return { language, file, isOwn: own.has(name), isDraft: drafts.has(name) };
    };
    const shared = [...sources.keys()].flatMap((name) => {
      const [language = '', file = ''] = name.split('/');
      return toTemplateFile(language, file)?.notice === null ? toCell(language, file) : [];
    });
    return reply.page('templates', {
      rows: templateNames.map((notice) => ({
        notice,
        groups: listNoticeFiles(notice).map(({ language, files }) => ({
          language,
          cells: files.map((file) => ({ ...toCell(language, file), part: toPart(language, file) })),
        })),
      })),
      shared,
      own: own.size,
    });
  });

  app.get('/rules/templates/:language/:file', async (request, reply) => {
    const { login } = request.demand('see_configuration');
    const file = getFile(request);
    const document = await openTemplate(deps, login, file);
    return showTemplate(deps, reply, { login, file, document, values: request.asked().values });
  });

  app.post('/rules/templates/:language/:file', async (request, reply) => {
    const { login } = request.demand('configure');
    const file = getFile(request);
    const source = request.typedExactly('source').replaceAll('\r\n', '\n').toWellFormed();
    if (source.length > largestTemplate) throw new PageError('not_understood');
    const document = await openTemplate(deps, login, file);
    if (request.typed().mark !== document.mark) {
      // Another window changed the draft: what was typed here is shown, and nothing is overwritten.
      return showTemplate(deps, reply, { login, file, document, typed: source });
    }
    await keepDraft(store, login, document, source);
    return reply.redirect(`/rules/templates/${file.name}?done=draft_kept`, 303);
  });

  app.post('/rules/templates/:language/:file/default', async (request, reply) => {
    const { login } = request.demand('configure');
    const file = getFile(request);
    const { defaults } = await readTemplates(deps);
    await keepDraft(store, login, await openTemplate(deps, login, file), defaults.get(file.name) ?? '');
    return reply.redirect(`/rules/templates/${file.name}?done=draft_kept`, 303);
  });

  app.get('/rules/templates/:language/:file/html', async (request, reply) => {
    const { login } = request.demand('see_configuration');
    const file = getFile(request);
    const document = await openTemplate(deps, login, file);
    const preview = await previewDraft(deps, document, file, request.asked().values);
    return reply
      .header('content-security-policy', messagePolicy)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(preview?.html ?? '');
  });
};

const toPart = (language: string, file: string) => toTemplateFile(language, file)?.part;

/** The notice of the file with the person's draft of it, and everything else as it is in force. */
export async function previewDraft(
  deps: ConsoleDeps,
  { name, source }: DeskDocument,
  file: TemplateFile,
  values?: string,
): Promise<Preview | undefined> {
  const { sources } = await readTemplates(deps);
  const completeness = values === 'sparse' ? 'sparse' : 'full';
  return previewTemplate(new Map([...sources, [name, source]]), file, completeness);
}

interface Shown {
  login: string;
  file: TemplateFile;
  document: DeskDocument;
  /** What was typed and not kept. */
  typed?: string;
  values?: string | undefined;
}

async function showTemplate(
  deps: ConsoleDeps,
  reply: FastifyReply,
  { login, file, document, typed, values = 'full' }: Shown,
) {
  const { defaults, own } = await readTemplates(deps);
  const [problems, preview, trials] = await Promise.all([
    findProblems(deps.store, document),
    previewDraft(deps, document, file, values),
    listTrials(deps.store, login, file.name),
  ]);
  const data = {
    file,
    document,
    source: typed ?? document.source,
    isTypedOver: typed !== undefined,
    problems,
    preview: preview ?? null,
    values,
    variables: toVariables(file),
    isOwn: own.has(file.name),
    defaultText: defaults.get(file.name) ?? '',
    trials,
  };
  return reply.page('template', data, typed === undefined ? 200 : 409);
}

/** The variables of a notice, those that it must show first. A part may use those of the notices that share it. */
function toVariables({ notice, language }: TemplateFile) {
  const values = previewValues(language, 'full');
  const { may, must } = variablesOf(notice ?? 'answered');
  return [...new Set([...must, ...may])].map((variable) => ({
    variable,
    isOwed: notice !== null && must.includes(variable),
    example: toExample(values, variable),
  }));
}
