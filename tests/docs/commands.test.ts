import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elsewhere } from './elsewhere.ts';
import { type Command, guides, listCommands } from './guides.ts';
import { openScratchCheckout } from './scratch-checkout.ts';

const isElsewhere = ({ text }: Command) => elsewhere.some(({ command }) => command.test(text));
const all = guides.flatMap((file) => listCommands(file));

describe('how commands are read', () => {
  it('line by line, without comments, with the state that their block asks for', () => {
    const text =
      'a\n```sh running\n# all of it\nnpm start    # for ever\necho "#1"\n```\n```json\n{}\n```\n```sh\nls\n```\n';
    expect(listCommands('x.md', text)).toEqual([
      { at: 'x.md:4', text: 'npm start', state: 'running' },
      { at: 'x.md:5', text: 'echo "#1"', state: 'running' },
      { at: 'x.md:11', text: 'ls', state: '' },
    ]);
  });

  it('in every guide', () => {
    expect(guides).toEqual([
      'README.md',
      'CONTRIBUTING.md',
      'docs/access-log.md',
      'docs/accounts.md',
      'docs/architecture.md',
      'docs/breaches.md',
      'docs/consents.md',
      'docs/dependencies.md',
      'docs/disclosure.md',
      'docs/encryption.md',
      'docs/evidence.md',
      'docs/joining.md',
      'docs/masked-numbers.md',
      'docs/operate.md',
      'docs/owed-notices.md',
      'docs/process-view.md',
      'docs/products.md',
      'docs/provisions.md',
      'docs/rest-changes.md',
      'docs/retention.md',
      'docs/several-agencies.md',
      'docs/statutory-clock.md',
      'docs/subject-requests.md',
      'docs/undo.md',
    ]);
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['', 'running', 'stopped']));
    expect(all.length).toBeGreaterThan(40);
  });
});

describe('commands that are not run here', () => {
  it.each(elsewhere)('$command is run by CI or says why not', ({ command, runBy, because }) => {
    if (runBy)
      expect(readFileSync(new URL(`../../${runBy.file}`, import.meta.url), 'utf8')).toContain(runBy.says);
    else expect(because).toMatch(/\w+/);
    expect(
      all.filter(({ text }) => command.test(text)).length,
      'no guide has such a command any more',
    ).toBeGreaterThan(0);
  });
});

describe('commands of the guides do what they say', () => {
  let checkout: Awaited<ReturnType<typeof openScratchCheckout>>;
  beforeAll(async () => {
    checkout = await openScratchCheckout();
  });
  afterAll(() => checkout?.close());

  // The guide of operation begins with the start of a hub, and the others find one.
  const played = ['docs/operate.md', ...guides.filter((file) => file !== 'docs/operate.md')].flatMap((file) =>
    all.filter(({ at }) => at.startsWith(`${file}:`)).filter((command) => !isElsewhere(command)),
  );
  it.each(played)('$at $text', async ({ text, state }) => {
    await checkout.bring(state);
    const { code, said } = await checkout.run(text);
    expect(code, said).toBe(0);
  });

  it('what was restored from the backup is what was backed up', async () => {
    expect(await checkout.run('npm run --silent hub -- user list')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^admin +관리자/m),
    });
  });
});
