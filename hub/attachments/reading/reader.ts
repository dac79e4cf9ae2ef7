/**
 * The program that reads one file, which somebody unknown made (read-inside.ts starts it). The file comes in at standard input, its
 * type is the argument, and what was found goes out: counts alone, and no word of the file.
 */
import { buffer } from 'node:stream/consumers';
import { countNumbers } from './count-numbers.ts';

// pdf.js and others write their complaints about a file to the console.
console.log = console.warn = console.info = () => undefined;
const inside = await countNumbers(new Uint8Array(await buffer(process.stdin)), process.argv[2] ?? '');
process.stdout.write(JSON.stringify(inside), () => process.exit(0));
