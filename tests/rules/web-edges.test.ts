import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;

/** Lines of the hub's sources that match, outside the files that may: `file: line`. */
function find(pattern: RegExp, folder: string, except: string[] = []): string[] {
  return globSync(`${folder}/**/*.ts`, { cwd: root })
    .filter((file) => !except.includes(file))
    .flatMap((file) =>
      readFileSync(root + file, 'utf8')
        .split('\n')
        .filter((line) => pattern.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
}

it('the address of the hub is read from a request in one file', () => {
  const named = /(request|req)\.(host|hostname|headers\.host)\b|headers\.host\b|\bprotocol\}:\/\//;
  // A signature covers the Host as its signer sent it.
  const may = ['hub/http/base-url.ts', 'hub/access/keys/request-signature.ts'];
  expect(find(named, 'hub', may)).toEqual([]);
  expect(find(named, 'hub').length).toBeGreaterThan(2);
});

it('what a proxy says is read by fastify, which knows whom to believe, and nowhere else', () => {
  expect(find(/['"`]x-(forwarded|real)-/i, 'hub', ['hub/http/proxy-trust.ts'])).toEqual([]);
});

it('pages lead to paths of our own, or to what one function has judged', () => {
  const redirects = find(/\.redirect\(/, 'hub');
  expect(redirects.length).toBeGreaterThan(20);
  const ours = /\.redirect\((['`]\/[a-z]|toLocalPath\()/;
  // To an identity provider of the settings, by an address that its own discovery or metadata name.
  const toProvider = /sign-on-pages\.ts: .*reply\.redirect\(url, 303\)/;
  expect(redirects.filter((line) => !ours.test(line) && !toProvider.test(line))).toEqual([]);
});

it('fields of forms are read by the functions that expect anything in a body', () => {
  const may = [
    ...['forms', 'security', 'form-files'].map((name) => `hub/web/${name}.ts`),
    'hub/console/repairs/repair-pages.ts',
  ];
  expect(['hub/console', 'hub/web'].flatMap((room) => find(/\b(request|this)\.body\b/, room, may))).toEqual(
    [],
  );
});

it('forms are judged before every page, and no page judges by itself', () => {
  const judged = find(/refuseForeignForms\(/, 'hub/console');
  expect(judged).toEqual([
    'hub/console/console-pages.ts: refuseForeignForms(deps.settings.PUBLIC_URL, ({ session }) => session?.formToken),',
  ]);
});

it('passwords are hashed in the one file that bounds how many at once', () => {
  expect(find(/\b(scrypt|pbkdf2|argon2)/i, 'hub', ['hub/access/people/passwords.ts'])).toEqual([]);
});
