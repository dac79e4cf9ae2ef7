import { gnuboard } from './gnuboard/index.ts';
import type { Product } from './product.ts';

/** Every product that is tried. */
export const products: Product[] = [gnuboard];
