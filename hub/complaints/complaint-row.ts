import type {
  ClockFace,
  Complaint,
  ComplaintContent,
  Officer,
  RoutingReason,
  Status,
} from '../../schemas/index.ts';
import { mendContent } from './given-instants.ts';

/** The columns of table `complaints` that the canonical record needs. */
export interface ComplaintRow {
  id: string;
  receipt_number: string;
  origin: string;
  origin_number: string | null;
  assignee: string;
  status: Status;
  content: ComplaintContent;
  routing: RoutingReason;
  registered_at: Date;
  taken_in_at: Date | null;
  due_at: Date | null;
  clock: ClockFace | null;
  officer: Officer | null;
  officer_user: string | null;
  last_seq: number;
}

/** The canonical record of a row. */
export function toComplaint(row: ComplaintRow): Complaint {
  return {
    id: row.id,
    receiptNumber: row.receipt_number,
    origin: row.origin,
    ...(row.origin_number && { originNumber: row.origin_number }),
    assignee: row.assignee,
    status: row.status,
    content: mendContent(row.content),
    registeredAt: row.registered_at.toISOString(),
    ...(row.taken_in_at && { takenInAt: row.taken_in_at.toISOString() }),
    ...(row.due_at && { dueAt: row.due_at.toISOString() }),
    ...(row.officer && { officer: row.officer }),
    ...(row.clock && { clock: row.clock }),
    lastSeq: row.last_seq,
  };
}
