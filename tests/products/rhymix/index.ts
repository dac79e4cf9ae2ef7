import type { Context, Product } from '../product.ts';
import { openStage } from './stage.ts';
import { tryBoard } from './try-board.ts';
import { tryReaders } from './try-readers.ts';

/** Rhymix 2: a board with a list for everybody, on which members and guests ask in secret. */
export const rhymix: Product = {
  name: 'rhymix',
  title: 'Rhymix 2',
  packages: ['php-cli', 'php-mysql', 'php-gd', 'php-mbstring', 'php-curl', 'php-xml', 'mariadb-server'],
  source: 'github:rhymix/rhymix',
  parts: ['rhymix2'],
  run: async (context: Context) => {
    const stage = await openStage(context);
    await tryBoard(context, stage);
    await tryReaders(context, stage);
  },
};
