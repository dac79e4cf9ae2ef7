import type { Context, Product } from '../product.ts';
import { openStage } from './stage.ts';
import { tryBoard } from './try-board.ts';

/** GNUBoard 5: a board for everybody, and its 1:1 questions. */
export const gnuboard: Product = {
  name: 'gnuboard',
  title: 'GNUBoard 5',
  packages: ['php-cli', 'php-mysql', 'php-gd', 'php-mbstring', 'php-curl', 'php-xml', 'mariadb-server'],
  source: 'github:gnuboard/gnuboard5',
  parts: ['gnuboard5-board', 'gnuboard5-qa'],
  run: async (context: Context) => {
    const stage = await openStage(context);
    await tryBoard(context, stage);
  },
};
