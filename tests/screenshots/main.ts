/** `npm run screenshots`: takes the pictures of the console that the guides show. */
import { resolve } from 'node:path';
import { takeScreenshots } from './take-screenshots.ts';

const folder = resolve(process.argv[2] ?? 'docs/screenshots');
for (const file of await takeScreenshots(folder)) console.log(file);
