import type { ChangeWay } from '../../store/tables/column-types.ts';
import type { DocumentKind } from '../document.ts';

/** What somebody wants of one document. */
export interface Change {
  kind: DocumentKind;
  name: string;
  /** Null: it is removed. */
  source: string | null;
  /** The version in force when it was begun; 0: none. Absent: whatever is in force is replaced. */
  base?: number | undefined;
}

/** Who changes the configuration, which way, and why. */
export interface By {
  author: string;
  way: ChangeWay;
  /** The name of the key, where the author's program did it. It stands in the audit log. */
  key?: string | undefined;
  note: string;
}
