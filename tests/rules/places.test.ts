import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../hub/', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const helper = 'http/request-lifetime.ts';

/** A request or its reply, under the names that fastify and node give them, is listened to for its end. */
const listening =
  /\b(?:raw|req|res|request|reply|response)\s*\.\s*(?:on|once|addListener|prependListener)\(\s*['"](?:close|aborted|finish)['"]/;
/** What takes something for a caller; each wants the lifetime of the request. */
const taking = /\b(?:gate|limits|strangers)\s*\.\s*(?:enter|takePlace)\(/g;

/** From the bracket that opens at `start` to the one that closes it. */
function readArguments(text: string, start: number): string {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')' && --depth === 0) return text.slice(start, at);
  }
  return text.slice(start);
}

function findBreaches(text: string): string[] {
  const listens = listening.exec(text)?.[0];
  const takes = [...text.matchAll(taking)].flatMap(({ 0: found, index }) =>
    /lifetime/i.test(readArguments(text, index + found.length - 1)) ? [] : [found],
  );
  return listens ? [listens, ...takes] : takes;
}

describe('what is taken for a caller is given back by hub/http/request-lifetime.ts', () => {
  it.each([
    "reply.raw.once('close', entry.leave);",
    "request.raw.on('close', () => listeners.delete(response));",
    "response.on('close', leave)",
    "raw\n  .once('aborted', leave)",
    'const entry = await gate.enter({ ...toKnock(request), door });',
    'strangers.takePlace(request.ip);',
  ])('the rule sees: %s', (text) => {
    expect(findBreaches(text)).not.toEqual([]);
  });

  it('nobody listens for the end of a request by itself, or takes a place without its lifetime', () => {
    const breaches = files
      .filter((file) => file !== helper)
      .flatMap((file) =>
        findBreaches(readFileSync(root + file, 'utf8')).map((found) => `hub/${file}: ${found}`),
      );
    expect(breaches, `use lifetimeOf(reply) of hub/${helper}`).toEqual([]);
  });
});
