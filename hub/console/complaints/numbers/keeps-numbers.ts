import type { User } from '../../../access/people/users.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { listKeptKinds } from '../../../personal/numbers/read-numbers.ts';
import type { Store } from '../../../store/database.ts';
import { seesComplainant } from '../complaint-file.ts';

/** Whether the person's agency keeps numbers of it, which he or she may see on a page of their own. */
export async function keepsNumbers(store: Store, user: User, file: ComplaintFile): Promise<boolean> {
  if (user.agency === null || !seesComplainant(user, file)) return false;
  return (await listKeptKinds(store, file.id, user.agency)).length > 0;
}
