import type { Context, Product } from '../product.ts';
import { tryPrivacy } from './board-privacy.ts';
import { tryBoard } from './board-talk.ts';
import { tryKilling } from './killed.ts';
import { tryQuestions } from './questions.ts';
import { boardPart, openStage, qaPart } from './stage.ts';

/** GNUBoard 5: a board for everybody, and its 1:1 questions. */
export const gnuboard: Product = {
  name: 'gnuboard',
  title: 'GNUBoard 5',
  packages: ['php-cli', 'php-mysql', 'php-gd', 'php-mbstring', 'php-curl', 'php-xml', 'mariadb-server'],
  source: 'github:gnuboard/gnuboard5',
  parts: [boardPart, qaPart],
  run: async (context: Context) => {
    const stage = await openStage(context);
    await tryBoard(context, stage);
    await tryPrivacy(context, stage);
    await tryQuestions(context, stage);
    await tryKilling(context, stage);
  },
};
