import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { createAgentToken } from '../../../hub/access/keys/agent-keys.ts';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { createUser } from '../../../hub/access/people/users.ts';
import { applyConfiguration } from '../../../hub/configuration/changes/apply.ts';
import { openStore } from '../../../hub/store/database.ts';
import type { Agency, Routing } from '../../../schemas/index.ts';
import type { Stretch } from '../machine.ts';
import { officerOf } from '../model/expected.ts';
import { desk, home, type Lane } from '../model/matter.ts';

/** The login of the suite's administrator. The hub listens only on this machine. */
export const administrator = { login: 'admin', password: 'minwon-hub-faults' };

/** Seconds. A short interval keeps the suite short. */
const pollEvery = 0.5;
const boardTimeout = 2;
const longestTimeout = 20;
/** Seconds. The sample boards work on nothing longer than this after a call was given up. */
const settling = 5;

/**
 * Writes and applies the configuration of the lanes with these addresses. Returns each agency's API key, and the token
 * of each agency behind an agent.
 */
export async function configureHub(
  databaseUrl: string,
  folder: string,
  lanes: readonly Lane[],
  addresses: { of: Record<string, string>; wsdlOf: Record<string, string>; stretch: Stretch },
): Promise<{ apiKeys: Record<string, string>; tokens: Record<string, string> }> {
  const write = (file: string, document: Agency | Routing) =>
    writeFileSync(join(folder, file), stringify(document));
  mkdirSync(join(folder, 'agencies'), { recursive: true });
  for (const lane of lanes)
    write(
      `agencies/${lane.code}.yaml`,
      toAgency(lane, addresses.of[lane.code] ?? '', addresses.wsdlOf[lane.code] ?? '', addresses.stretch),
    );
  write(`agencies/${desk}.yaml`, { code: desk, name: { ko: '민원 접수처' }, officers: officersOf(desk) });
  const rules = lanes.map(({ code }) => ({ when: { region: [code] }, to: code }));
  write('routing.yaml', { rules, default: home });
  const store = openStore(databaseUrl, 2);
  try {
    await applyConfiguration(store, folder, 'faults');
    await createUser(store, { ...administrator, name: '관리자', role: 'administrator' });
    const keys: Record<string, string> = {};
    for (const code of [desk, ...lanes.map((lane) => lane.code)])
      keys[code] = (await createApiKey(store, code)).key;
    const tokens: Record<string, string> = {};
    for (const { code } of lanes.filter(({ behindAgent }) => behindAgent))
      tokens[code] = (await createAgentToken(store, code, 'faults')).token;
    return { apiKeys: keys, tokens };
  } finally {
    await store.close();
  }
}

const officersOf = (code: string): Agency['officers'] => [
  { name: `${code} 담당`, email: officerOf(code), notifyBy: 'email', language: 'ko' },
];

/** The worked example of the sample board, with another address. */
function toAgency(
  { code, board, asked, behindAgent, commitsLate, onUnknown = 'park' }: Lane,
  endpoint: string,
  wsdl: string,
  stretch: Stretch,
): Agency {
  const file = new URL(`../../boards/${board}-board/agency.yaml`, import.meta.url);
  const example = parse(readFileSync(file, 'utf8')) as Agency;
  if (!example.board) throw new Error(`${file.pathname} has no board`);
  const settings: Record<string, unknown> = { ...example.board.settings, endpoint };
  if (board === 'soap') settings.wsdl = wsdl;
  // A board on a busy machine is slow, not broken.
  const timeout = Math.min(longestTimeout, stretch(boardTimeout));
  const connection = { ...example.board, pollEvery, timeout, onUnknown, concurrency: 4 };
  return {
    code,
    name: { ko: code },
    timeZone: 'Asia/Seoul',
    phone: '02-123-4567',
    officers: officersOf(code),
    board: {
      ...connection,
      ...(!commitsLate && { settling: stretch(settling) }),
      ...(behindAgent && { via: 'agent' }),
      settings: !asked ? withoutAsking(settings) : board === 'rest' ? askedByReading(settings) : settings,
    },
  };
}

/**
 * A board that does not store keys. What is sent twice is there twice, unless the hub reads first. (The SOAP board
 * stores keys and refuses repetitions itself.)
 */
function askedByReading({ keyHeader: _key, ...settings }: Record<string, unknown>): Record<string, unknown> {
  const ref = `(
    $words := function($value) { $trim($replace($text($value), /\\s+/, " ")) };
    $event := change.event;
    $externalId := change.ref.externalId;
    $receiptNumber := change.complaint.receiptNumber;
    $post := reply.list[hubNo = $receiptNumber or $string(mwNo) = $externalId][0];
    $is := function($kept, $sent) { $words($kept) = $words($sent) };
    $question := $event.type = "followed_up" ? $post.addQs[$is(cn, $event.data.followUp.text)][0];
    $answer := $event.type in ["answered", "interim_answered"] ? $post.replies[$is(cn, $event.data.answer.text)][0];
    $event.type = "registered" and $exists($post) ? { "externalId": $post.mwNo }
      : $exists($question) ? { "externalId": $post.mwNo, "partId": $question.seq }
      : $exists($answer) ? { "externalId": $post.mwNo, "partId": $answer.replyNo }
  )`;
  return { ...settings, find: { path: 'api/v2/minwon', query: '{ "size": 1000 }', ref } };
}

/**
 * A board that stores neither key nor receipt number and cannot be read or asked. What is sent twice is there twice.
 */
function withoutAsking(settings: Record<string, unknown>): Record<string, unknown> {
  const { find: _find, keyHeader: _key, pull: _pull, push, ...kept } = settings;
  const operations = push as Record<string, { body?: string }>;
  const body = operations.registered?.body?.replace(/^\s*"hubNo":.*\n/m, '');
  return { ...kept, push: { ...operations, registered: { ...operations.registered, body } } };
}
