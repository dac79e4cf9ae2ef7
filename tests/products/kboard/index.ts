import type { Context, Product } from '../product.ts';
import { openStage } from './stage.ts';
import { tryBoard } from './try-board.ts';
import { tryReaders } from './try-readers.ts';

/** KBoard, a plugin of WordPress: a board for everybody. */
export const kboard: Product = {
  name: 'kboard',
  title: 'KBoard on WordPress',
  packages: [
    'wordpress',
    'php-cli',
    'php-mysql',
    'php-gd',
    'php-mbstring',
    'php-curl',
    'php-xml',
    'mariadb-server',
  ],
  source: 'github:cosmosfarm/KBoard-wordpress-plugin',
  parts: ['kboard'],
  run: async (context: Context) => {
    const stage = await openStage(context);
    await tryBoard(context, stage);
    await tryReaders(context, stage);
  },
};
