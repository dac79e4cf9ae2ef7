import { expect, it } from 'vitest';
import { restVersions } from '../../../hub/words/rest-changes.ts';

const head = `# Changes of the REST API

What changed in \`/api/v1\`, newest first; \`info.version\` of \`/api/v1/openapi.json\` is the newest heading. What holds for all
changes:

- **Added at any time**: operations, optional fields and headers of requests, fields, values, headers and statuses of replies.
  Clients ignore what they do not know.
- **Given up slowly**: an operation that is given up answers as before, with \`Deprecation\` (RFC 9745), \`Sunset\` (RFC 8594)
  and a link to what replaces it; OpenAPI says \`deprecated\`. At least a year lies between the two dates.
- **Anything else** comes as \`/api/v2\`, beside \`/api/v1\`.

In the code, a row \`deprecated: { since, sunset, see }\` in \`describe(…)\` does all of it (\`hub/doors/rest/deprecation.ts\`).

The versions stand in \`hub/words/rest-changes.ts\`, in Korean too; \`npx vitest run tests/hub/words -u\` writes this file. Engineers
see them at their place (API 변경), and get a mail for each new one.
`;

it('docs/rest-changes.md tells what the list says', async () => {
  const versions = restVersions.map(
    ({ version, lines }) => `\n## ${version}\n\n${lines.map(([, en]) => `- ${en}`).join('\n')}\n`,
  );
  await expect(`${head}${versions.join('')}`).toMatchFileSnapshot('../../../docs/rest-changes.md');
});

it('each version stands there once, newest first, in both languages', () => {
  const numbers = restVersions.map(({ version }) => version.split('.').map(Number));
  expect(numbers.every((parts) => parts.length === 3 && parts.every(Number.isInteger))).toBe(true);
  const sums = numbers.map(([major = 0, minor = 0, patch = 0]) => (major * 1000 + minor) * 1000 + patch);
  expect(sums).toEqual([...new Set(sums)].toSorted((a, b) => b - a));
  for (const [ko, en] of restVersions.flatMap(({ lines }) => lines)) {
    expect(ko).toMatch(/\p{Script=Hangul}/u);
    expect(en).not.toMatch(/\p{Script=Hangul}/u);
  }
});
