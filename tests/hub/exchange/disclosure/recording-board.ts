import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Agency, eventTypes } from '../../../../schemas/index.ts';

/** A board whose mapping sends everything that an adapter is given, so that it shows what leaves towards its agency. */
export interface RecordingBoard {
  agency: Agency;
  /** The bodies of all calls that it took, oldest first. */
  taken(): Sent[];
  /** Whether it takes a call. Absent: all of them. */
  takes?: (sent: Sent) => boolean;
  close(): Promise<void>;
}

interface Sent {
  event: { type: string; seq: number; data: { content?: { complainant: Record<string, string> } } };
  complaint: { receiptNumber: string; content: { complainant: Record<string, string> } };
  role: string;
}

export async function startRecordingBoard(code: string): Promise<RecordingBoard> {
  const taken: Sent[] = [];
  let number = 0;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const sent = JSON.parse(text) as Sent;
    const isTaken = board.takes?.(sent) ?? true;
    if (isTaken) taken.push(sent);
    number += 1;
    response.writeHead(isTaken ? 200 : 422, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isTaken ? { no: number } : { message: '필수 항목이 없습니다' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const call = { method: 'POST', path: 'posts', body: '$', externalId: 'no' };
  const settings = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    auth: { kind: 'none' },
    push: Object.fromEntries(eventTypes.map((type) => [type, call])),
  };
  const board: RecordingBoard = {
    agency: {
      ...{ code, name: { ko: `${code} 기관` }, officers: [{ name: '담당' }] },
      board: { adapter: 'rest', networks: ['127.0.0.0/8'], pollEvery: 60, settings },
    },
    taken: () => taken,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return board;
}
