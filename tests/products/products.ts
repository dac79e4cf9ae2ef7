import { drupal } from './drupal/index.ts';
import { gnuboard } from './gnuboard/index.ts';
import { kboard } from './kboard/index.ts';
import { osticket } from './osticket/index.ts';
import type { Product } from './product.ts';
import { redmine } from './redmine/index.ts';
import { rhymix } from './rhymix/index.ts';
import { rt } from './rt/index.ts';
import { wordpress } from './wordpress/index.ts';

/** Every product that is tried. */
export const products: Product[] = [gnuboard, rhymix, kboard, wordpress, redmine, rt, osticket, drupal];
