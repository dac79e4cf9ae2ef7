import { access, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { validateFolder } from '../hub/configuration/folder.ts';

const root = new URL('../', import.meta.url);
const read = (file: string) => readFile(new URL(file, root), 'utf8');

it('every path that the Dockerfile copies exists and passes .dockerignore', async () => {
  const copied = [...(await read('Dockerfile')).matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    ([, paths]) => paths!.split(' '),
  );
  expect(copied).toContain('hub');
  const letIn = (await read('.dockerignore')).split('\n').filter((line) => line.startsWith('!'));
  for (const path of copied) {
    await access(new URL(path, root));
    expect(letIn).toContain(`!${path}`);
  }
});

it('compose starts every role with secrets that it declares', async () => {
  const compose = parse(await read('compose.yaml'), { merge: true });
  for (const role of ['api', 'worker'])
    expect(compose.services[role].command).toEqual(['serve', '--roles', role]);
  for (const [name, service] of Object.entries<Record<string, unknown>>(compose.services)) {
    expect(service, name).toMatchObject({ restart: 'unless-stopped', deploy: { resources: { limits: {} } } });
    expect(service, name).toHaveProperty(name === 'worker' || name === 'api' ? 'build' : 'healthcheck');
    for (const secret of (service.secrets as string[] | undefined) ?? [])
      expect(compose.secrets).toHaveProperty(secret);
  }
  expect(await read('compose.yaml')).not.toMatch(/PASSWORD: /);
});

it('the configuration that is shipped is good', async () => {
  expect((await validateFolder(new URL('config', root).pathname)).problems).toEqual([]);
});
