import type { Context, Product } from '../product.ts';
import { packages } from '../wordpress/install.ts';
import { openStage } from './stage.ts';
import { tryBoard } from './try-board.ts';
import { tryReaders } from './try-readers.ts';

/** KBoard, a plugin of WordPress: a board for everybody. */
export const kboard: Product = {
  name: 'kboard',
  title: 'KBoard on WordPress',
  packages,
  source: 'github:cosmosfarm/KBoard-wordpress-plugin',
  parts: ['kboard'],
  run: async (context: Context) => {
    const stage = await openStage(context);
    await tryBoard(context, stage);
    await tryReaders(context, stage);
  },
};
