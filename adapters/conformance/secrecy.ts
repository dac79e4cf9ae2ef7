import { ok } from 'node:assert';
import { inspect } from 'node:util';
import type { BoardFixture } from './board-fixture.ts';
import { type Law, second, within } from './law.ts';
import { listenIn } from './listen-in.ts';
import { toUnfitChange } from './refusals.ts';
import { samples, title, toChange } from './samples.ts';

const { complainant, body } = samples.registered.data.content;
const { answer } = samples.answered.data;
/** `complainant.phone` as people in Korea write it. */
const mobile = '010-9876-5432';

/** Personal data and words that a person wrote, in every spelling that a board may use. */
const personal = [
  complainant.name,
  complainant.email,
  complainant.company,
  complainant.phone,
  mobile,
  mobile.replaceAll('-', ''),
  title,
  body.slice(0, 15),
  answer.text,
  answer.officer.name,
].filter((word) => word !== undefined);

/** The laws about messages to administrators and logs. Many people can read them, and they may be stored. */
export const secrecyLaws: Law[] = [
  {
    name: 'no reason, report or error holds a secret or personal data, whatever goes wrong',
    run: async (fixture) => {
      for (const said of await provoke(fixture)) {
        for (const word of [fixture.secret, ...personal]) {
          ok(
            !said.includes(word),
            `"${word.slice(0, 3)}…" is in: ${said.replaceAll(word, '(here)').slice(0, 300)}`,
          );
        }
      }
    },
  },
  {
    name: 'nothing is printed: what there is to say goes to the hub',
    run: async (fixture) => {
      const heard = await listenIn(() => provoke(fixture));
      ok(heard.length === 0, `printed: ${heard.join('').slice(0, 300)}`);
    },
  },
];

/** Causes every failure that it can, and returns all that the adapter said about them. */
async function provoke({ adapter, board, unfitTitle }: BoardFixture): Promise<string[]> {
  const limit = () => AbortSignal.timeout(second);
  const said: unknown[] = [];
  const hear = async (work: () => Promise<unknown> | undefined) => {
    try {
      const result = await within(3 * second, async () => work());
      if (isMessage(result)) said.push(result);
    } catch (error) {
      said.push(error);
    }
  };
  const registered = toChange(samples.registered);
  const external = toChange(samples.answered, { externalId: board.file(title) });
  const bring = (change = registered) =>
    hear(() => adapter.push?.(change, { key: `key-${said.length}`, signal: limit() }));
  if (unfitTitle) await bring(toUnfitChange(`${title} ${unfitTitle}`.slice(0, 300)));
  await bring();
  await bring(toChange(samples.answered, { externalId: '99999999' }));
  for (const fault of [
    'error-500',
    'busy',
    'malformed',
    'html',
    'unauthorised',
    'reset-after-write',
  ] as const) {
    board.fault(fault);
    await hear(() => adapter.pull?.(undefined, limit()));
    await bring();
    await bring(external);
    await hear(() => adapter.find?.(registered, { key: 'key-1', signal: limit() }));
    await hear(() => adapter.check(limit()));
  }
  board.fault('none');
  return said.map((one) => (one instanceof Error ? inspect(one, { depth: 6 }) : JSON.stringify(one)));
}

/** Outcomes and reports are messages. What a board holds is none. */
const isMessage = (result: unknown) =>
  typeof result === 'object' && result !== null && ('kind' in result || 'lines' in result);
