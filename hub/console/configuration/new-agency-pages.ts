import type { FastifyReply } from 'fastify';
import { stringify } from 'yaml';
import { compile } from '../../../schemas/validate.ts';
import { AgencyCode } from '../../../schemas/vocabulary.ts';
import { findDraft, saveDraft } from '../../configuration/drafts.ts';
import { toAgencySchema } from '../../configuration/form/agency-schema.ts';
import { findInForce } from '../../configuration/versions.ts';
import { editYaml } from '../../configuration/yaml/edit-yaml.ts';
import type { Typed } from '../../web/forms.ts';
import { toLocalPath } from '../../web/security.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';

const isCode = compile(AgencyCode);

/** A new agency begins as a draft: its code, its name, and how it is connected. All else is the form's. */
export const newAgencyPages: Pages = (app, deps) => {
  const { store, directory } = deps;

  app.get('/configuration/agencies/new', async (request, reply) => {
    request.demand('configure');
    return showForm(deps, reply, {}, {});
  });

  app.post('/configuration/agencies/new', async (request, reply) => {
    const user = request.demand('configure');
    const typed = request.typed();
    const { code = '', name = '', officer = '', like = '' } = typed;
    const fields: Record<string, string> = {};
    for (const field of ['code', 'name', 'officer']) if (!typed[field]) fields[field] = 'problem.required';
    if (code && !isCode(code).ok) fields.code = 'problem.code';
    if (directory.findAgency(code) || (await findInForce(store.db, { kind: 'agency', name: code })))
      fields.code = 'problem.agency_taken';
    if (Object.keys(fields).length > 0) return showForm(deps, reply, typed, fields);
    const path = `/agencies/${code}/configuration`;
    if (await findDraft(store, user.login, 'agency', code))
      return reply.redirect(toLocalPath(`${path}?done=draft_found`), 303);
    const model = like ? await findInForce(store.db, { kind: 'agency', name: like }) : undefined;
    const source = model
      ? editYaml(model.source, [
          { op: 'set', path: ['code'], value: code },
          { op: 'set', path: ['name'], value: { ko: name } },
          { op: 'set', path: ['officers'], value: [{ name: officer }] },
          ...notCopied.filter((field) => field in (model.body as object)).map(toRemoval),
        ])
      : toSource(typed);
    await saveDraft(store, { person: user.login, kind: 'agency', name: code, base: 0, source });
    return reply.redirect(toLocalPath(path), 303);
  });
};

/** What is of the model alone: its programs, and how far it is connected. */
const notCopied = ['webhooks', 'stage', 'readFrom', 'rehearsal'];
const toRemoval = (field: string) => ({ op: 'remove' as const, path: [field] });

/** The text with which an agency begins. */
function toSource({ code, name, nameEn, officer, adapter }: Typed): string {
  const names = { ko: name, ...(nameEn && { en: nameEn }) };
  const isBoard = adapter && adapter !== 'none' && adapter !== 'feed';
  return stringify(
    {
      code,
      name: names,
      officers: [{ name: officer }],
      ...(adapter === 'feed' && { feed: true }),
      ...(isBoard && { board: { adapter, settings: {} } }),
    },
    { lineWidth: 110 },
  );
}

const blank = { code: '', name: '', nameEn: '', officer: '', adapter: 'none', like: '' };

function showForm(
  { directory }: ConsoleDeps,
  reply: FastifyReply,
  typed: Typed,
  fields: Record<string, string>,
) {
  const kinds = toAgencySchema(undefined).properties?.board?.properties?.adapter?.enum ?? [];
  const data = {
    values: { ...blank, ...typed },
    problems: { ...Object.fromEntries(Object.keys(blank).map((field) => [field, null])), ...fields },
    adapters: ['none', 'feed', ...kinds],
    agencies: directory
      .listAgencies()
      .map(({ code }) => code)
      .sort(),
  };
  return reply.page('configuration-new', data, Object.keys(fields).length > 0 ? 422 : 200);
}
