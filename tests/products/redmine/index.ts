import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { Agency } from '../../../schemas/index.ts';
import { deskPromises, tryDesk } from '../issue-desk.ts';
import type { Context, Product } from '../product.ts';
import { installRedmine } from './install.ts';
import { openDesk, prepareSite } from './site.ts';

const part = 'redmine.yaml';
const file = new URL('../../../adapters/rest/products/redmine.yaml', import.meta.url);

/** Redmine: issues of one project, by REST. Officers answer by notes. */
export const redmine: Product = {
  name: 'redmine',
  title: 'Redmine',
  packages: ['redmine', 'redmine-mysql', 'puma', 'bundler', 'mariadb-server'],
  debconf: ['redmine redmine/instances/default/dbconfig-install boolean false'],
  parts: [part],
  promises: deskPromises,
  async run(context: Context) {
    const { url, version, connection } = await installRedmine(context);
    context.found(`Redmine ${version} (Debian)`);
    const key = await prepareSite(url, connection);
    const agency = parse(await readFile(file, 'utf8')) as Agency;
    const { rate: _rate, ...board } = agency.board ?? { adapter: 'rest', settings: {} };
    const settings = { ...board.settings, endpoint: `${url}/` };
    const near = { ...board, networks: ['127.0.0.0/8'], pollEvery: 1, settings };
    context.tell(await context.hub.connect({ ...agency, board: near }, { PARKS_REDMINE_KEY: key }));
    await tryDesk(context, {
      part,
      agency: agency.code,
      ...(await openDesk(context.browser, url, connection)),
    });
  },
};
