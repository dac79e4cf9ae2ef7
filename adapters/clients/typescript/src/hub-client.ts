import type { Credentials } from './credentials.ts';
import { createDoor, type Door } from './door.ts';
import type { components, operations } from './door-types.ts';
import { type Change, type FollowOptions, followFeed, type OpenDoor, type Taken } from './feed.ts';
import { type Download, type FileOptions, type FileSource, receiveFile, sendFile } from './files.ts';
import { type Retries, usualRetries } from './retries.ts';
import { type Connection, createSend, type Send } from './send.ts';

type Schemas = components['schemas'];
type Query = NonNullable<operations['searchComplaints']['parameters']['query']>;

export type HubOptions = Credentials & {
  /** The hub's address as the connection sheet shows it, without a path. */
  url: string;
  /** Milliseconds until a try is given up: 30 s by default. */
  timeout?: number;
  retries?: Partial<Retries>;
};

export interface WriteOptions {
  /** Your own key of this call. Without it the client makes one, which holds for the tries of this call alone. */
  idempotencyKey?: string;
  /** The `lastSeq` that you have read: the hub refuses (412) what others changed since. */
  lastSeq?: number;
  signal?: AbortSignal;
}

/** The hub, as a partner's program sees it. Methods are named after the operations of the OpenAPI document. */
export type HubClient = ReturnType<typeof createHubClient>;

/** Every method's errors: HubProblem, HubUnreachable. */
export function createHubClient(options: HubOptions) {
  const { url, timeout = 30_000, retries } = options;
  const connection: Connection = {
    url: new URL(url).origin,
    credentials: options,
    timeout,
    retries: { ...usualRetries, ...retries },
  };
  const send = createSend(connection);
  const openDoor = (held: number) => createDoor(connection.url, send, timeout + held);
  const door = openDoor(0);
  return {
    door,
    ...complaintCalls(door),
    ...writeCalls(door),
    ...feedCalls(openDoor),
    ...fileCalls(door, send),
  };
}

function complaintCalls(door: Door) {
  return {
    /** What is right and what is wrong with key, clock and charset; `checks` say it in Korean and English. */
    async selfTest(): Promise<Schemas['SelfTestReport']> {
      const body = { text: '민원 연계 시험 뷁 😀 ABC', time: new Date().toISOString() };
      return taken(await door.POST('/api/v1/self-test', { body }));
    },
    async getComplaint(receiptNumber: string): Promise<Schemas['Complaint']> {
      const params = { path: { receiptNumber } };
      return taken(await door.GET('/api/v1/complaints/{receiptNumber}', { params }));
    },
    /** 처리기간: where the statutory clock stands now, and by which steps it came there. */
    async getClock(receiptNumber: string): Promise<Schemas['StatutoryClock']> {
      const params = { path: { receiptNumber } };
      return taken(await door.GET('/api/v1/complaints/{receiptNumber}/clock', { params }));
    },
    /** 분담·협조: what was asked of other agencies, and their replies, as far as your agency may see them. */
    async listContributions(receiptNumber: string): Promise<Schemas['Contribution'][]> {
      const params = { path: { receiptNumber } };
      return taken(await door.GET('/api/v1/complaints/{receiptNumber}/contributions', { params }))
        .contributions;
    },
    /** What other agencies asked of yours and still wait for, the most urgent first. */
    async listOwedContributions(): Promise<Schemas['OwedContribution'][]> {
      return taken(await door.GET('/api/v1/contributions')).contributions;
    },
    /** Oldest first. */
    async listEvents(receiptNumber: string): Promise<Schemas['AgencyEvent'][]> {
      const params = { path: { receiptNumber } };
      return taken(await door.GET('/api/v1/complaints/{receiptNumber}/events', { params })).events;
    },
    /** All that fit, newest first, page by page as they are asked for. */
    async *searchComplaints(
      query: Omit<Query, 'after' | 'before'> = {},
    ): AsyncGenerator<Schemas['ComplaintSummary'], void> {
      for (let after: string | undefined; ; ) {
        const params = { query: { ...query, ...(after !== undefined && { after }) } };
        const page = taken(await door.GET('/api/v1/complaints', { params }));
        yield* page.complaints;
        if (page.next === undefined) return;
        after = page.next;
      }
    },
  };
}

function writeCalls(door: Door) {
  return {
    /** 접수. The same `externalId` again changes what was registered. */
    async registerComplaint(
      body: Schemas['Registration'],
      options: Omit<WriteOptions, 'lastSeq'> = {},
    ): Promise<Schemas['Receipt']> {
      return taken(await door.POST('/api/v1/complaints', { body, ...toInit(options) }));
    },
    async updateComplaint(number: string, body: Schemas['ComplaintContent'], options: WriteOptions = {}) {
      const init = toInit(options, number);
      return taken(await door.PUT('/api/v1/complaints/{receiptNumber}/content', { body, ...init }));
    },
    /** 답변 */
    async addAnswer(number: string, body: Schemas['Answer'], options: WriteOptions = {}) {
      const init = toInit(options, number);
      return taken(await door.POST('/api/v1/complaints/{receiptNumber}/answers', { body, ...init }));
    },
    /** 중간 회신 */
    async addInterimAnswer(number: string, body: Schemas['InterimAnswer'], options: WriteOptions = {}) {
      const init = toInit(options, number);
      return taken(await door.POST('/api/v1/complaints/{receiptNumber}/interim-answers', { body, ...init }));
    },
    /** 추가 질의 */
    async addFollowUp(number: string, body: Schemas['FollowUp'], options: WriteOptions = {}) {
      const init = toInit(options, number);
      return taken(await door.POST('/api/v1/complaints/{receiptNumber}/follow-ups', { body, ...init }));
    },
    /** 처리상태 */
    async changeStatus(
      number: string,
      status: Schemas['StatusChange']['status'],
      options: WriteOptions = {},
    ) {
      const init = { body: { status }, ...toInit(options, number) };
      return taken(await door.PUT('/api/v1/complaints/{receiptNumber}/status', init));
    },
    /** 이송 */
    async transferComplaint(number: string, body: Schemas['Transfer'], options: WriteOptions = {}) {
      const init = toInit(options, number);
      return taken(await door.POST('/api/v1/complaints/{receiptNumber}/transfer', { body, ...init }));
    },
    /** 취하 */
    async withdrawComplaint(number: string, body: Schemas['Withdrawal'] = {}, options: WriteOptions = {}) {
      const init = toInit(options, number);
      return taken(await door.POST('/api/v1/complaints/{receiptNumber}/withdrawal', { body, ...init }));
    },
    /** 처리 절차: extension, supplement, refusal … `kind` says which fields there are. 422: the law does not allow it now. */
    async takeStep(number: string, body: Schemas['Step'], options: WriteOptions = {}) {
      const init = toInit(options, number);
      return taken(await door.POST('/api/v1/complaints/{receiptNumber}/steps', { body, ...init }));
    },
  };
}

function feedCalls(openDoor: OpenDoor) {
  return {
    /**
     * The changes that the agency's copies lack, for ever or until there are none. Each is acknowledged after the loop has
     * asked for the next one: what a `break` or an error leaves comes again.
     */
    async *changes(options: FollowOptions = {}): AsyncGenerator<Change, void> {
      for await (const { change } of followFeed(openDoor, options)) yield change;
    },
    /** The same with a handler, whose result can name the agency's own id or refuse the change. Throws what it throws. */
    async follow(
      handler: (change: Change) => Promise<Taken | undefined> | Taken | undefined,
      options: FollowOptions = {},
    ): Promise<void> {
      for await (const step of followFeed(openDoor, options)) step.taken = (await handler(step.change)) ?? {};
    },
  };
}

function fileCalls(door: Door, send: Send) {
  const toTarget = (number: string, id: string) =>
    `/api/v1/complaints/${encodeURIComponent(number)}/attachments/${encodeURIComponent(id)}`;
  return {
    /** Sends a file before what names it: its `id` goes into `attachments` within a day. */
    async putAttachment(
      name: string,
      source: FileSource,
      options: FileOptions = {},
    ): Promise<Schemas['Upload']> {
      const target = `/api/v1/attachments?name=${encodeURIComponent(name)}`;
      const reply = await sendFile(send, { method: 'POST', target, source }, options);
      return (await reply.json()) as Schemas['Upload'];
    },
    async listAttachments(receiptNumber: string): Promise<Schemas['AttachmentSummary'][]> {
      const params = { path: { receiptNumber } };
      return taken(await door.GET('/api/v1/complaints/{receiptNumber}/attachments', { params })).attachments;
    },
    async getAttachment(number: string, id: string, options: FileOptions = {}): Promise<Download> {
      return receiveFile(send, toTarget(number, id), options);
    },
    /** Sends a file that your agency named without it. */
    async supplyAttachment(number: string, id: string, source: FileSource, options: FileOptions = {}) {
      await sendFile(send, { method: 'PUT', target: toTarget(number, id), source }, options);
    },
  };
}

/** The door throws whatever is no result. */
const taken = <Data>({ data }: { data?: Data }): Data => data as Data;

type NoNumber = { params: { header: Record<string, string> }; signal?: AbortSignal };
type WithNumber = NoNumber & { params: { path: { receiptNumber: string } } };

function toInit(options: WriteOptions): NoNumber;
function toInit(options: WriteOptions, receiptNumber: string): WithNumber;
function toInit({ idempotencyKey, lastSeq, signal }: WriteOptions, receiptNumber?: string) {
  const header = {
    // Quoted, as draft-ietf-httpapi-idempotency-key-header writes it: a key may have blanks.
    ...(idempotencyKey !== undefined && {
      'idempotency-key': `"${idempotencyKey.replace(/["\\]/g, '\\$&')}"`,
    }),
    ...(lastSeq !== undefined && { 'if-match': `"${lastSeq}"` }),
  };
  const path = receiptNumber === undefined ? {} : { path: { receiptNumber } };
  return { params: { header, ...path }, ...(signal && { signal }) };
}
