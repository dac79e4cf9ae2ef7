import { access, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { validateFolder } from '../hub/configuration/folder.ts';
import { toProxyCheck } from '../hub/http/proxy-trust.ts';
import { readSettings, settingsSchema } from '../hub/settings.ts';
import { createNetworkCheck } from '../schemas/networks.ts';

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

it('compose believes the gateway of its own network about callers, and nobody else', async () => {
  const { networks, services } = parse(await read('compose.yaml'), { merge: true });
  const [{ subnet, gateway }] = networks.default.ipam.config;
  const isProxy = toProxyCheck(
    readSettings({ TRUST_PROXY: services.api.environment.TRUST_PROXY }).TRUST_PROXY,
  );
  expect(createNetworkCheck([subnet])(gateway)).toBe(true);
  expect(['172.30.77.1', '172.30.77.2', '10.0.0.1'].map(isProxy)).toEqual([true, false, false]);
});

it('the configuration that is shipped is good', async () => {
  expect((await validateFolder(new URL('config', root).pathname)).problems).toEqual([]);
});

it('the container reads every setting that is a secret from a file, if one is named', async () => {
  const [, listed = ''] = /^for name in (.+); do$/m.exec(await read('config/docker-entrypoint.sh')) ?? [];
  const secrets = Object.keys(settingsSchema.properties).filter(
    // SEALING_KEY says where its key is: `file:…` or `env:…`.
    (name) =>
      (/_(SECRET|KEY)$/.test(name) && name !== 'SEALING_KEY') ||
      ['DATABASE_URL', 'REDIS_URL', 'SMTP_URL'].includes(name),
  );
  expect(listed.split(' ').sort()).toEqual(secrets.sort());
});
