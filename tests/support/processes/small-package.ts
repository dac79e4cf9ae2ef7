import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Creates a folder below the system's temporary folder. */
export const makeFolder = () => mkdtemp(join(tmpdir(), 'minwon-hub-package-'));
export const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true });

/** Writes a package into a new folder and returns the folder. */
export async function writePackage(
  files: Record<string, string>,
  packageJson: object | string = {
    name: 'minwon-adapter-jsonl',
    version: '2.1.0',
    type: 'module',
    main: 'index.js',
  },
): Promise<string> {
  const folder = await makeFolder();
  const manifest = typeof packageJson === 'string' ? packageJson : JSON.stringify(packageJson);
  for (const [name, text] of Object.entries({ 'package.json': manifest, ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Creates a project in which npm has installed a copy of the package from its folder. This needs no registry. */
export async function installInProject(packageFolder: string): Promise<string> {
  const project = await writePackage({}, { name: 'project', version: '1.0.0', private: true });
  const quiet = ['--install-links', '--offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', ['install', ...quiet, packageFolder], { cwd: project, timeout: 60_000 });
  return project;
}

/** An adapter as an outsider would write it. Its board is a file with one post per line. */
export const jsonlAdapter = `
import { readFile } from 'node:fs/promises';

export const adapter = (kit) => {
  const settings = {
    type: 'object', additionalProperties: false, required: ['file'],
    properties: { file: { type: 'string', minLength: 1 } },
  };
  const check = kit.compile(settings);
  return {
    name: 'jsonl',
    contractVersion: 1,
    settings,
    checkSettings: (given) => { const checked = check(given); return checked.ok ? [] : checked.problems; },
    create: ({ file }, { timeZone }) => {
      const mapping = kit.compileMapping(
        '{ "content": { "title": title, "body": title, "kind": "query", "complainant": { "name": name }, "filedAt": $instant(at) } }',
        { timeZone },
      );
      const read = async () => {
        try {
          const lines = (await readFile(file, 'utf8')).split('\\n').filter(Boolean);
          return lines.map((line) => JSON.parse(line));
        } catch (cause) {
          throw new kit.BoardError('unreachable', 'the file cannot be read', { cause });
        }
      };
      const pull = async (cursor = '0') => {
        const posts = (await read()).slice(Number(cursor));
        return {
          posts: posts.map((raw) => ({ externalId: String(raw.no), version: '1', raw })),
          cursor: String(Number(cursor) + posts.length),
          more: false,
        };
      };
      const normalise = (raw) => kit.normalise(mapping, raw);
      return {
        carries: new Set(),
        pull,
        normalise,
        check: () => kit.checkReading(async () => (await pull()).posts, normalise),
        close: async () => {},
      };
    },
  };
};
`;

/** The adapter's sample board, in the package's conformance.js. A file has no connection that could fail. */
export const jsonlFixture = `
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function startFixture({ kind }) {
  const folder = mkdtempSync(join(tmpdir(), 'minwon-hub-jsonl-'));
  const file = join(folder, 'board.jsonl');
  appendFileSync(file, '');
  const read = () => readFileSync(file, 'utf8').split('\\n').filter(Boolean).map((line) => JSON.parse(line));
  const adapter = kind.create({ file }, { agency: 'village', timeZone: 'Asia/Seoul', secret: () => '' });
  const absent = () => {};
  return {
    adapter, pageSize: 3, overlapSeconds: 10, secret: 'none-at-all-5e1f', unknownCode: 'HOLD',
    board: {
      file(title) {
        const no = read().length + 1;
        appendFileSync(file, JSON.stringify({ no, title, name: '홍길동', at: '2026-11-20 09:30:00' }) + '\\n');
        return String(no);
      },
      edit: absent, setCode: absent, setClock: absent, fault: absent, requests: () => 0,
      posts: () => read().map(({ no, title }) => ({ externalId: String(no), title, answers: [] })),
    },
    close: async () => rmSync(folder, { recursive: true }),
  };
}
`;
