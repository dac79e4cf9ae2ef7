import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
const sources = globSync('{hub,adapters,schemas}/**/*.{ts,js}', { cwd: root }).filter(
  (file) => !file.includes('node_modules') && !file.includes('/dist/'),
);
const read = (file: string) => readFileSync(root + file, 'utf8');
/** Without comments, which may name what is not done. */
const readCode = (file: string) => read(file).replace(/\/\*.*?\*\/|(?<=^|\s)\/\/[^\n]*/gs, '');
const filesWith = (pattern: RegExp) => sources.filter((file) => pattern.test(readCode(file))).sort();

/** Calls with which a weakness of the Korean guideline begins (docs/security/weaknesses.md), and where they may stand. */
const places: [weakness: string, pattern: RegExp, may: Record<string, string>][] = [
  [
    'code that is made of text',
    /\beval\s*\(|\bnew Function\b|\bFunction\s*\(|['"`](node:)?vm['"`]|\bsetTimeout\s*\(\s*['"`]/,
    {},
  ],
  [
    'another program',
    /['"`](node:)?child_process['"`]/,
    {
      'hub/command-line/demo.ts': 'the Node that runs the hub, with the script of the demo',
      'hub/store/embedded/embedded-server.ts': 'the PostgreSQL that comes as a package; arguments are a list',
      'hub/store/embedded/embedded-watch.ts': 'a fixed script; what it is given comes as arguments',
      'hub/evidence/verifier-page.ts':
        'the Node that runs the hub, with a script of our own; arguments are a list',
      'adapters/agent/packaging/package.ts': 'npm, with a list of arguments',
      'hub/attachments/reading/read-inside.ts':
        'a fixed script that sets limits and becomes the Node that runs the hub; what it is given comes as arguments',
    },
  ],
  ['a shell around a program', /\bshell:\s*true|\bexecSync?\s*\(\s*[`'"]/, {}],
  [
    'a hash that is broken',
    /create(Hash|Hmac)\(\s*['"`](md4|md5|sha1|ripemd)/i,
    {
      'hub/doors/soap/security/username-token.ts':
        'the UsernameToken profile knows no other digest (WS-Security, 3.1)',
    },
  ],
  [
    'a cipher that does not see changes',
    /\bcreate(Cipher|Decipher)\s*\(|['"`][\w-]+-(ecb|cbc|cfb\d*|ofb|ctr)['"`]/i,
    {},
  ],
  [
    'a number that can be guessed',
    /\bMath\.random\b/,
    {
      'hub/notify/policy.ts': 'spreads pauses',
      'adapters/relay/policy.ts': 'spreads pauses',
      'adapters/clients/typescript/src/retries.ts': 'spreads pauses',
    },
  ],
  [
    'a certificate that is not checked',
    /rejectUnauthorized:\s*false|checkServerIdentity|NODE_TLS_REJECT_UNAUTHORIZED/,
    {
      'hub/http/direct-tls.ts':
        'of callers: people have none; the gate asks agencies for theirs, and whether it was authorised',
      'adapters/relay/peer-certificate.ts': 'looks at the certificate to say what is wrong; sends nothing',
    },
  ],
  ['a name of an address that decides', /\bdns(Promises)?\.(reverse|lookupService)\b|\blookupService\b/, {}],
  [
    'objects that text becomes by itself',
    /\bv8\.deserialize\b|\bdeserialize\b.*['"`](node:)?v8|['"`](node-serialize|serialize-javascript)['"`]/,
    {},
  ],
  [
    'HTML that a script of a page makes of text',
    /\.(innerHTML|outerHTML)\s*=[^=]|insertAdjacentHTML|document\.write/,
    {},
  ],
];

describe('what may be dangerous stands in the places that are known, each with its reason', () => {
  it.each(places)('%s', (_weakness, pattern, may) => {
    expect(filesWith(pattern)).toEqual(Object.keys(may).sort());
  });

  it('of the sources, which are seen', () => {
    expect(sources.length).toBeGreaterThan(800);
    expect(filesWith(/\bcreateHash\(/).length).toBeGreaterThan(20);
  });
});

it('no source holds a password, a key or a token in the clear', () => {
  const secret =
    /\b\w*(password|passwd|secret|apikey|api_key|token)\w*['"]?\s*[:=]\s*['"`](?=[^'"`]*\d)[A-Za-z0-9+/=_-]{12,}['"`]/gi;
  const shapes =
    /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bmw[ka]_[A-Za-z0-9_-]{20,}|\bwhsec_[A-Za-z0-9+/]{20,}|\bAKIA[A-Z0-9]{16}/g;
  const found = sources.flatMap((file) =>
    [...readCode(file).matchAll(secret), ...readCode(file).matchAll(shapes)].map(
      ([text]) => `${file}: ${text}`,
    ),
  );
  expect(found).toEqual([]);
});

it('no comment of a view or a source reaches a browser, or names a secret', () => {
  const views = globSync('hub/**/views/**/*.liquid', { cwd: root });
  // The one that stands where the summary of faults is put.
  const comments = views.flatMap((file) => [...read(file).matchAll(/<!--.*?-->/gs)].map(([text]) => text));
  expect(new Set(comments)).toEqual(new Set(['<!--faults-->']));
  const told = /\b(password|secret|비밀번호|암호)\s*(is|=|:)\s*\S*\d\S*/i;
  const spoken = sources.flatMap((file) =>
    [...read(file).matchAll(/\/\*.*?\*\/|(?<=^|\s)\/\/[^\n]*/gs)].map(([text]) => `${file}: ${text}`),
  );
  expect(spoken.length).toBeGreaterThan(3_000);
  expect(spoken.filter((comment) => told.test(comment))).toEqual([]);
});

describe('fields for a password', () => {
  const views = globSync('hub/**/views/**/*.liquid', { cwd: root });
  const fields = views.flatMap((file) =>
    [...read(file).matchAll(/\{% render 'field'[^%]*%\}|<input[^>]*>/g)]
      .map(([field]) => ({ file, field }))
      .filter(({ field }) => /name[:=] ?['"](password|again|current|emailCurrent)['"]/.test(field)),
  );

  it('hide what is typed, and say to password managers what they are for', () => {
    expect(fields.length).toBeGreaterThan(6);
    for (const { file, field } of fields) {
      expect(field, file).toMatch(/kind: 'password'|type="password"/);
      expect(field, file).toMatch(/autocomplete[:=] ?['"](current|new)-password['"]/);
      expect(field, file).not.toMatch(/maxlength/);
    }
  });

  it('take what is pasted: no script of a page watches it', () => {
    const scripts = [...globSync('hub/**/*.js', { cwd: root }), ...views];
    expect(scripts.filter((file) => /onpaste|['"]paste['"]|clipboardData/.test(read(file)))).toEqual([]);
  });
});
