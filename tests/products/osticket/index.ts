import type { Context, Product } from '../product.ts';
import { openStage } from './stage.ts';
import { tryTickets } from './try-tickets.ts';

/** osTicket: tickets of one help topic, by its tables. */
export const osticket: Product = {
  name: 'osticket',
  title: 'osTicket',
  packages: ['php-cli', 'php-mysql', 'php-gd', 'php-mbstring', 'php-xml', 'php-intl', 'mariadb-server'],
  source: 'github:osTicket/osTicket',
  parts: ['osticket'],
  promises: [{ id: 'notes_stay', title: 'an officer’s internal note stays in the product' }],
  run: async (context: Context) => tryTickets(context, await openStage(context)),
};
