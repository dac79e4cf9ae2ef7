import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The ports in the boards' own agency.yaml. */
export const usualPorts = { console: 8080, sbiz: 4101, techno: 4102, textile: 4103 };

/**
 * Writes the demo's configuration to its own folder. It consists of the boards' worked examples with the ports that
 * were free.
 */
export function writeConfiguration(
  folder: string,
  ports: { sbiz: number; techno: number; database: number },
  /** True: a program of `market` reads its feed. Otherwise nobody would, and the changes would pile up. */
  { feed }: { feed: boolean },
): string {
  const target = join(folder, 'config');
  mkdirSync(target, { recursive: true });
  cpSync(here('./config'), target, { recursive: true });
  const copy = (board: string, code: 'sbiz' | 'techno') => {
    const example = readFileSync(here(`../boards/${board}/agency.yaml`), 'utf8');
    const moved = example
      .replaceAll(`127.0.0.1:${usualPorts[code]}`, `127.0.0.1:${ports[code]}`)
      // These boards end with the demo, so none goes on with a call after it was killed.
      .replace(/^ {2}timeout: .*$/m, '$&\n  settling: 2');
    writeFileSync(join(target, 'agencies', `${code}.yaml`), moved);
  };
  copy('rest-board', 'sbiz');
  copy('soap-board', 'techno');
  if (feed) appendFileSync(join(target, 'agencies', 'market.yaml'), 'feed: true\n');
  const textile = join(target, 'agencies', 'textile.yaml');
  const moved = readFileSync(textile, 'utf8').replace('port: 5432', `port: ${ports.database}`);
  writeFileSync(textile, moved);
  return target;
}

/** The repository's own message templates. */
export const templatesBeside = here('../../config');
