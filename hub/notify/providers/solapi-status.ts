import { toReason } from '../../../schemas/reason.ts';
import type { Asked } from '../message.ts';
import { type Reply, toSaid } from './http-call.ts';

/** Status codes of a message (Solapi, messages/v4/list): taken by the gateway, taken by the operator, arrived. */
const codesUnderWay = new Set(['2000', '3000']);
const arrived = '4000';
/** The same in words. A message in these states has no result yet, whatever its code. */
const statesUnderWay = new Set(['PENDING', 'SENDING']);

/**
 * Reads the reply of `/messages/v4/list`: `{messageList: {<id>: {status, statusCode, …}}}`. Every other code of a
 * message says why it did not arrive.
 */
export function readSolapiStatus({ status, body }: Reply, id: string, secrets: string[]): Asked {
  if (status !== 200) {
    const answer = `${status} ${toSaid(body, secrets)}`.trim();
    return { kind: 'away', reason: toReason('gateway_answered', { answer }) };
  }
  const { code, state } = readMessage(body, id);
  if (code === undefined) return { kind: 'nothing' };
  if (code === arrived) return { kind: 'delivered' };
  if (codesUnderWay.has(code) || statesUnderWay.has(state)) return { kind: 'under-way' };
  return { kind: 'undelivered', reason: toReason('text_undelivered', { answer: `Solapi ${code}` }) };
}

interface Known {
  statusCode?: unknown;
  status?: unknown;
}

/** No code: the reply says nothing of this message. Codes have four digits. */
function readMessage(body: string, id: string): { code?: string; state: string } {
  try {
    const { messageList } = JSON.parse(body) as { messageList?: Record<string, Known> };
    const known = messageList && Object.hasOwn(messageList, id) ? messageList[id] : undefined;
    const code = known?.statusCode;
    const state = String(known?.status);
    return typeof code === 'string' && /^\d{4}$/.test(code) ? { code, state } : { state };
  } catch {
    return { state: '' };
  }
}
