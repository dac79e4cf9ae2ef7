import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readSecret, readSettings, SettingsError, settingsSchema } from '../../hub/settings.ts';

interface Described {
  description: string;
  default?: unknown;
  enum?: string[];
}

describe('config/hub.env.example', () => {
  it('tells every variable with its description and default, and no other', async () => {
    const text = await readFile(new URL('../../config/hub.env.example', import.meta.url), 'utf8');
    const told = [...text.matchAll(/^# (.+)\n#([A-Z0-9_]+)=(.*)$/gm)].map(([, description, name, value]) => ({
      name,
      description,
      value,
    }));
    const properties = Object.entries(settingsSchema.properties) as unknown as [string, Described][];
    expect(told).toEqual(
      properties.map(([name, schema]) => ({
        name,
        description: schema.enum ? `${schema.description} (${schema.enum.join(', ')})` : schema.description,
        value: String(schema.default ?? ''),
      })),
    );
    expect(text.match(/^#?[A-Z0-9_]+=/gm)).toHaveLength(told.length);
  });
});

describe('readSettings', () => {
  it('takes defaults for what is unset or empty, and numbers as numbers', () => {
    expect(readSettings({ PORT: '0', HOST: '', PATH: '/bin' })).toMatchObject({
      PORT: 0,
      HOST: '127.0.0.1',
      ROLES: 'api,worker',
    });
    expect(readSettings({})).not.toHaveProperty('DATABASE_URL');
  });

  it('tells all problems together, by the name of the variable', () => {
    const read = () => readSettings({ PORT: 'high', ROLES: 'boss', DATABASE_URL: 'mysql://db' });
    expect(read).toThrow(SettingsError);
    for (const name of ['PORT', 'ROLES', 'DATABASE_URL'])
      expect(read).toThrow(new RegExp(`^  ${name}: `, 'm'));
  });

  it.each(['yes', '1', 'true', '0.0.0.0/0', '::/0', 'proxy.example', '10.0.0.0/8,', '10.0.0.0/33'])(
    'takes no TRUST_PROXY=%s: it names no proxy',
    (text) => {
      expect(() => readSettings({ TRUST_PROXY: text })).toThrow(/^ {2}TRUST_PROXY: .*such as 127\.0\.0\.1/m);
    },
  );

  it('takes networks of administrators, and nothing else', () => {
    expect(readSettings({ ADMIN_NETWORKS: '10.1.2.3, 2001:db8::/64' }).ADMIN_NETWORKS).toContain('10.1.2.3');
    expect(() => readSettings({ ADMIN_NETWORKS: '10.1.2.3,office' })).toThrow(/ADMIN_NETWORKS: "office"/);
  });

  it.each(['no', '127.0.0.1', '10.1.2.0/28, 2001:db8::/64'])('takes TRUST_PROXY=%s', (text) => {
    expect(readSettings({ TRUST_PROXY: text }).TRUST_PROXY).toBe(text);
  });

  it('wants both files of TLS, or none', () => {
    expect(() => readSettings({ TLS_CERT_FILE: 'a' })).toThrow('TLS_KEY_FILE: is required');
    expect(() => readSettings({ TLS_CLIENT_CA_FILE: 'a' })).toThrow(/TLS_CERT_FILE: .*TLS_KEY_FILE: /s);
    expect(readSettings({ TLS_CERT_FILE: 'a', TLS_KEY_FILE: 'b' })).toMatchObject({ TLS_KEY_FILE: 'b' });
  });
});

describe('readSecret', () => {
  const read = (reference: string) =>
    readSecret(reference, { KEY: 'from-env', EMPTY: '' }, (path) => `of ${path}\n`);

  it('finds it in the environment or in a file', () => {
    expect(read('env:KEY')).toBe('from-env');
    expect(read('file:/run/key')).toBe('of /run/key');
  });

  it.each(['env:EMPTY', 'env:OTHER', 'plain-secret'])(
    'refuses %s without repeating a secret',
    (reference) => {
      expect(() => read(reference)).toThrow(SettingsError);
      expect(() => read(reference)).not.toThrow(/plain-secret/);
    },
  );
});
