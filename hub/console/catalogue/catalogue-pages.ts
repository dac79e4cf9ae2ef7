import {
  type CatalogueEntry,
  findInCatalogue,
  listUsers,
  readCatalogue,
} from '../../configuration/catalogue/adapter-catalogue.ts';
import { toPageOfList } from '../../store/read-page.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import type { Pages } from '../visit/console-context.ts';
import { renderMarkdown } from './render-markdown.ts';
import { findSettingText } from './setting-texts.ts';

const usersOnPage = 50;

/** The kinds of board that this hub has, and one of them with its document, settings and certificate. */
export const cataloguePages: Pages = (app, { directory }) => {
  app.get('/adapters', async (request, reply) => {
    request.demand('see_adapters');
    const { entries, refused } = readCatalogue(directory);
    return reply.page('adapters', { entries: entries.map(toRow), refused: refused.map(toRefusal) });
  });

  app.get('/adapters/:name', async (request, reply) => {
    request.demand('see_adapters');
    const { name } = request.params as { name: string };
    const found = findInCatalogue(directory, name);
    if (!found) throw new PageError('not_found');
    const asked = request.asked();
    const { after, before } = asked;
    const place = { ...(after && { after }), ...(before && { before }), size: usersOnPage };
    const users = toPageOfList(listUsers(directory, name), place, (code) => code);
    const { documentation, settings, examples } = found;
    return reply.page('adapter', {
      entry: toRow(found),
      laws: toLaws(found),
      documentation: documentation === undefined ? null : renderMarkdown(documentation),
      // Of a package's kind the schema alone tells: the same name may mean something else there.
      settings: settings.map((setting) => ({
        ...unsaid,
        ...setting,
        text: (found.package ? undefined : findSettingText(setting.path)) ?? null,
      })),
      examples,
      users: users.rows,
      pager: toPager(`/adapters/${name}`, asked, users),
    });
  });
};

const unsaid = { default: null, description: null, only: null };

/** What the views ask of an entry, with null for what is not known. */
function toRow({ name, package: from, offers, agencies, certificate }: CatalogueEntry) {
  const held = 'certificate' in certificate ? certificate.certificate : undefined;
  const count = (result: string) => held?.laws.filter((law) => law.result === result).length ?? 0;
  return {
    name,
    package: from ?? null,
    offers: offers ?? null,
    agencies,
    certificate: {
      state: certificate.state,
      reason: certificate.state === 'void' ? certificate.reason : null,
      date: held ? toDate(held.date) : null,
      version: held?.version ?? null,
      contract: held?.contract ?? null,
      kept: count('kept'),
      broken: count('broken'),
      lacking: count('not supported'),
      total: held?.laws.length ?? 0,
    },
  };
}

/** A certificate from outside may say anything. */
function toDate(text: string): Date | null {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The laws of the certificate: broken ones first, those that do not apply last. */
function toLaws({ certificate }: CatalogueEntry) {
  const order = ['broken', 'kept', 'not supported'];
  const laws = 'certificate' in certificate ? (certificate.certificate?.laws ?? []) : [];
  return laws
    .map(({ law, result, why }) => ({ law, result: result.replace(' ', '_'), why: why ?? null }))
    .sort((a, b) => order.indexOf(a.result.replace('_', ' ')) - order.indexOf(b.result.replace('_', ' ')));
}

const toRefusal = ({ specifier, kind, reason }: ReturnType<typeof readCatalogue>['refused'][number]) => ({
  specifier,
  kind: kind ?? null,
  reason,
});
