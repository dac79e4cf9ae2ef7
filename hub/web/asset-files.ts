import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Codings that a file is kept in, the better first. */
export const codings = ['br', 'gzip'] as const;
type Coding = (typeof codings)[number];

const mediaTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
const isCompressible = (mediaType: string) => mediaType.startsWith('text/') || mediaType.includes('+xml');
/** Bytes below which compressing saves nothing: the file fits into one packet. */
const leastBytes = 1_024;
/** Brotli's best takes two seconds for the largest file, and saves a tenth more than this. */
const brotliQuality = 9;

/** A static file of the pages, as it is kept in memory: the container's disk is read-only. */
interface AssetFile {
  mediaType: string;
  tag: string;
  content: Buffer;
  isCompressible: boolean;
  /** The content in this coding. Made when it is first asked for, and kept. */
  toCoded(coding: Coding): Promise<Buffer>;
}

/** A folder of static files. Its digest changes with any of them, so that an address has one content for ever. */
interface AssetFolder {
  digest: string;
  files: ReadonlyMap<string, AssetFile>;
}

export interface Assets {
  folders: ReadonlyMap<string, AssetFolder>;
  /** The address of a file: `console.css`, or `krds/css/…` of the design system. Throws if there is none. */
  toUrl(path: string): string;
}

/** The pages' own files and the design system's. Read once per process. */
export function loadAssets(): Assets {
  loaded ??= readAssets();
  return loaded;
}
let loaded: Assets | undefined;

function readAssets(): Assets {
  const require = createRequire(import.meta.url);
  const resources = join(dirname(require.resolve('krds-uiux/package.json')), 'resources');
  const krds = toFolder(
    ['css', 'fonts', 'img'].flatMap((part) =>
      readFolder(join(resources, part)).map(([name, content]) => [`${part}/${name}`, content] as const),
    ),
  );
  const krdsAddress = `/assets/krds.${krds.digest}/`;
  // The browser's part of passkeys comes from a library, and is served from here as everything is.
  const passkeys = join(dirname(require.resolve('@simplewebauthn/browser')), '../dist/bundle');
  const own = toFolder([
    ['simplewebauthn.js', readFileSync(join(passkeys, 'index.umd.min.js'))] as const,
    ...readFolder(fileURLToPath(new URL('./assets/', import.meta.url))).map(
      ([name, content]) =>
        [
          name,
          // Our style names the fonts of the design system by a short address.
          name.endsWith('.css')
            ? Buffer.from(content.toString().replaceAll('/assets/krds/', krdsAddress))
            : content,
        ] as const,
    ),
  ]);
  const folders = new Map([
    ['krds', krds],
    ['own', own],
  ]);
  return {
    folders,
    toUrl(path) {
      const [name, inside] = path.startsWith('krds/') ? ['krds', path.slice('krds/'.length)] : ['own', path];
      const folder = folders.get(name);
      if (!folder?.files.has(inside)) throw new Error(`no asset ${path}`);
      return `/assets/${name}.${folder.digest}/${inside}`;
    },
  };
}

const readFolder = (folder: string): [name: string, content: Buffer][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && mediaTypes[extname(entry.name)])
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => [
      path
        .slice(folder.length)
        .replace(/^[\\/]/, '')
        .replaceAll('\\', '/'),
      readFileSync(path),
    ]);

function toFolder(contents: (readonly [name: string, content: Buffer])[]): AssetFolder {
  const digest = createHash('sha256');
  const files = contents.map(([name, content]) => {
    const file = toFile(content, mediaTypes[extname(name)] ?? 'application/octet-stream');
    digest.update(`${name}\0${file.tag}\n`);
    return [name, file] as const;
  });
  return { digest: digest.digest('hex').slice(0, 16), files: new Map(files) };
}

function toFile(content: Buffer, mediaType: string): AssetFile {
  const kept = new Map<Coding, Promise<Buffer>>();
  const encode = { br: () => toBrotli(content, brotliOptions), gzip: () => toGzip(content, { level: 9 }) };
  return {
    mediaType,
    content,
    tag: createHash('sha256').update(content).digest('hex').slice(0, 24),
    isCompressible: isCompressible(mediaType) && content.length >= leastBytes,
    toCoded(coding) {
      const coded = kept.get(coding) ?? encode[coding]();
      kept.set(coding, coded);
      return coded;
    },
  };
}
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } };
