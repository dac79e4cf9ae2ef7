import { DatabaseSync } from 'node:sqlite';

/** An accepted event, with the data from the hub. */
export interface TakenEvent {
  webhookId: string;
  subject: string;
  sequence: number;
  type: string;
  data: TakenData;
}

/** The part of the data that this partner's program uses. */
export interface TakenData {
  receiptNumber: string;
  externalId?: string;
  event: {
    seq: number;
    type: string;
    content?: { title: string };
    answer?: { text: string };
    followUp?: { text: string };
  };
  complaint: { title?: string; content: { title: string } };
}

/** Why an event was not accepted. */
export class NotTaken extends Error {
  readonly status: number;
  /** JSON pointer to the faulty field of the event, if there is one. */
  readonly pointer: string | undefined;
  constructor(status: number, message: string, pointer?: string) {
    super(message);
    this.status = status;
    this.pointer = pointer;
  }
}

/** The limit of this partner's own tables. */
const longestTitle = 200;

export type ReceiverStore = ReturnType<typeof openStore>;

/** The partner's own database: accepted events, each once, in order of arrival. */
export function openStore(file: string) {
  const database = new DatabaseSync(file);
  database.exec(`
    create table if not exists cases (no integer primary key autoincrement, receipt_number text unique,
      title text not null, last_sequence integer not null);
    create table if not exists events (position integer primary key autoincrement, webhook_id text not null unique,
      subject text not null, sequence integer not null, type text not null, data text not null)`);
  const find = database.prepare('select no, last_sequence as last from cases where receipt_number = ?');

  /** Durable when it returns. Returns the partner's own case number. Errors: NotTaken. */
  function take(event: TakenEvent): string {
    database.exec('begin immediate');
    try {
      const no = judge(event);
      database.exec('commit');
      return no;
    } catch (error) {
      database.exec('rollback');
      throw error;
    }
  }

  function judge({ webhookId, subject, sequence, type, data }: TakenEvent): string {
    const known = find.get(subject) as { no: number; last: number } | undefined;
    if (database.prepare('select 1 from events where webhook_id = ?').get(webhookId))
      return `C-${known?.no ?? 0}`;
    if (!known && data.event.type !== 'registered')
      throw new NotTaken(422, `접수되지 않은 민원입니다: ${subject}`);
    if (known && data.externalId !== undefined && data.externalId !== `C-${known.no}`)
      throw new NotTaken(422, `우리 번호가 아닙니다: ${data.externalId}`);
    if (known && known.last >= sequence)
      throw new NotTaken(409, `순서가 어긋났습니다: ${known.last} 다음에 ${sequence}`);
    const { title } = data.complaint.content;
    if (title.length > longestTitle)
      throw new NotTaken(422, `제목은 ${longestTitle}자까지 받습니다`, '/data/complaint/content/title');
    database
      .prepare('insert into events (webhook_id, subject, sequence, type, data) values (?, ?, ?, ?, ?)')
      .run(webhookId, subject, sequence, type, JSON.stringify(data));
    database
      .prepare(
        `insert into cases (receipt_number, title, last_sequence) values (?, ?, ?)
         on conflict (receipt_number) do update set last_sequence = excluded.last_sequence`,
      )
      .run(subject, title, sequence);
    return `C-${(find.get(subject) as { no: number }).no}`;
  }

  return {
    take,
    /** Creates a case of the partner's own, which the hub does not know. Returns its number. */
    file(title: string): string {
      const { lastInsertRowid } = database
        .prepare('insert into cases (title, last_sequence) values (?, 0)')
        .run(title);
      return `C-${lastInsertRowid}`;
    },
    /** In order of arrival. */
    events: (): TakenEvent[] =>
      database
        .prepare('select webhook_id, subject, sequence, type, data from events order by position')
        .all()
        .map((row) => ({
          webhookId: String(row.webhook_id),
          subject: String(row.subject),
          sequence: Number(row.sequence),
          type: String(row.type),
          data: JSON.parse(String(row.data)) as TakenData,
        })),
    cases: () =>
      database
        .prepare('select no, receipt_number, title from cases order by no')
        .all()
        .map((row) => ({
          externalId: `C-${row.no}`,
          ...(row.receipt_number !== null && { receiptNumber: String(row.receipt_number) }),
          title: String(row.title),
        })),
    close: () => database.close(),
  };
}
