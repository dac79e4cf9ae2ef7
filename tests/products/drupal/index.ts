import type { Context, Product } from '../product.ts';
import { openStage } from './stage.ts';
import { tryForm } from './try-form.ts';
import { tryReaders } from './try-readers.ts';

/** Drupal 7 with its module Webform: submissions of one form. */
export const drupal: Product = {
  name: 'drupal',
  title: 'Drupal 7 Webform',
  packages: ['php-cli', 'php-mysql', 'php-gd', 'php-mbstring', 'php-xml', 'mariadb-server'],
  source: 'drupal/ (github:pantheon-systems/drops-7) and modules/ (webform, ctools and views of 7.x)',
  parts: ['webform7'],
  run: async (context: Context) => {
    const stage = await openStage(context);
    await tryForm(context, stage);
    await tryReaders(context, stage);
  },
};
