import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { Agency } from '../../../schemas/index.ts';
import { deskPromises, tryDesk } from '../issue-desk.ts';
import type { Context, Product } from '../product.ts';
import { installRt } from './install.ts';
import { openDesk } from './site.ts';

const part = 'rt.yaml';
const file = new URL('../../../adapters/rest/products/rt.yaml', import.meta.url);

/** Request Tracker: tickets of one queue, by REST 2. Officers answer by replies. */
export const rt: Product = {
  name: 'rt',
  title: 'Request Tracker',
  packages: ['request-tracker5', 'rt5-db-sqlite', 'rt5-standalone'],
  debconf: ['request-tracker5 request-tracker5/dbconfig-install boolean false'],
  parts: [part],
  promises: deskPromises,
  async run(context: Context) {
    const installed = await installRt(context);
    context.found(`RT ${installed.version} (Debian)`);
    const agency = parse(await readFile(file, 'utf8')) as Agency;
    const { rate: _rate, ...board } = agency.board ?? { adapter: 'rest', settings: {} };
    const settings = { ...board.settings, endpoint: `${installed.url}/REST/2.0/` };
    const near = { ...board, networks: ['127.0.0.0/8'], pollEvery: 1, settings };
    const secrets = { TRAFFIC_RT_PASSWORD: 'password-hub' };
    context.tell(await context.hub.connect({ ...agency, board: near }, secrets));
    await tryDesk(context, { part, agency: agency.code, ...(await openDesk(context.browser, installed)) });
  },
};
