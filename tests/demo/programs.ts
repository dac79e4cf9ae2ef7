/** Agencies' programs at the doors for programs. What both doors can do has one form here. */
import { join } from 'node:path';
import { BearerSecurity, createClientAsync } from 'soap';
import { keep } from './keep.ts';

/** What one agency asked of another, as an agency reads it at a door. */
export interface Request {
  receiptNumber?: string;
  number: number;
  kind: string;
  by: string;
  to?: string;
  text?: string;
  state?: string;
  extended?: boolean;
  shared?: boolean;
  reply?: string;
  reason?: string;
}

export interface Program {
  step(key: string, receiptNumber: string, step: object): Promise<void>;
  /** The requests about a complaint that the agency sees. */
  listRequests(receiptNumber: string): Promise<Request[]>;
  /** What the agency owes. */
  listOwed(): Promise<Request[]>;
  /** The complaint as the agency sees it, as text. */
  read(receiptNumber: string): Promise<string>;
}

/** The fields of a step in the order of hub.xsd, which SOAP wants. */
const order = ['kind', 'by', 'reason', 'text', 'until', 'to', 'contribution'];

type Call = (fields: object) => Promise<[Record<string, unknown>]>;

/** An agency's program at the SOAP door, made from its WSDL as agencies do. `folder`: where it stores what it sends. */
export async function openSoapProgram(url: string, apiKey: string, folder: string): Promise<Program> {
  const client = await createClientAsync(new URL('/soap/v1?wsdl', url).href);
  client.setSecurity(new BearerSecurity(apiKey));
  const call = async (operation: string, fields: object) => {
    const [result] = await (client as unknown as Record<string, Call>)[`${operation}Async`]!(fields);
    return result ?? {};
  };
  const toRequests = ({ contributions }: Record<string, unknown>) =>
    ([contributions ?? []].flat() as Record<string, unknown>[]).map(toRequest);
  return {
    async step(key, receiptNumber, step) {
      const fields = await keepStep(folder, key, step);
      const sorted = order.flatMap((name) => (name in fields ? [[name, fields[name]]] : []));
      await call('TakeStep', { receiptNumber, step: Object.fromEntries(sorted), idempotencyKey: key });
    },
    listRequests: async (receiptNumber) => toRequests(await call('ListContributions', { receiptNumber })),
    listOwed: async () => toRequests(await call('ListOwedContributions', {})),
    read: async (receiptNumber) => JSON.stringify(await call('GetComplaint', { receiptNumber })),
  };
}

/** SOAP's numbers and truths may be texts. */
const toRequest = (row: Record<string, unknown>): Request => ({
  ...(row as unknown as Request),
  number: Number(row.number),
  extended: String(row.extended) === 'true',
  shared: String(row.shared) === 'true',
});

/** A step names a day that depends on today. A second run sends the same words under the same key. */
export async function keepStep(folder: string, key: string, step: object): Promise<Record<string, unknown>> {
  const file = join(folder, `${key.replaceAll('/', '-')}.json`);
  return JSON.parse(await keep(file, async () => JSON.stringify(step))) as Record<string, unknown>;
}
