import type { Context, Product } from '../product.ts';
import { packages } from './install.ts';
import { openStage } from './stage.ts';
import { tryBoard } from './try-board.ts';
import { tryReaders } from './try-readers.ts';

/** WordPress alone: posts of one category, and their comments. */
export const wordpress: Product = {
  name: 'wordpress',
  title: 'WordPress',
  packages,
  parts: ['wordpress'],
  run: async (context: Context) => {
    const stage = await openStage(context);
    await tryBoard(context, stage);
    await tryReaders(context, stage);
  },
};
