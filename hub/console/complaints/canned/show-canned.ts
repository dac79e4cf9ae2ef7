import type { FastifyRequest } from 'fastify';
import { may } from '../../../access/people/rights.ts';
import type { ComplaintFile } from '../../../complaints/reading/read-complaint.ts';
import { type CannedVariable, fillCanned, listCanned } from '../../../desk/canned-answers.ts';
import { readStanding } from '../../../desk/people.ts';
import { toDayText, toTimeText } from '../../../web/formats.ts';
import { maskName } from '../../../words/mask-name.ts';
import type { ConsoleDeps } from '../../visit/console-context.ts';
import { toSubject } from '../complaint-file.ts';

/** A text of the assignee, filled for this complaint. */
export interface ShownCanned {
  id: string;
  title: string;
  text: string;
}

/** What an officer can insert into an answer to this complaint. */
export async function toShownCanned(
  { store, directory }: Pick<ConsoleDeps, 'store' | 'directory'>,
  request: FastifyRequest,
  file: ComplaintFile,
): Promise<ShownCanned[]> {
  const user = request.signedIn();
  if (!may(user, 'answer', toSubject(file))) return [];
  const canned = await listCanned(store, file.assignee);
  if (canned.length === 0) return [];
  const language = request.language();
  const { department } = await readStanding(store, user);
  const agency = directory.findAgency(file.assignee);
  const { name } = file.content.complainant;
  const values: Record<CannedVariable, string> = {
    receiptNumber: file.receiptNumber,
    title: file.content.title,
    complainant: may(user, 'see_person', toSubject(file)) ? name : maskName(name),
    registered: toTimeText(file.takenInAt, language),
    due: file.dueAt ? toTimeText(file.dueAt, language) : '',
    agency: agency?.name[language] ?? agency?.name.ko ?? file.assignee,
    department: department ?? '',
    officer: user.name,
    contact: agency?.phone ?? '',
    today: toDayText(toKoreanDay(new Date()), language),
  };
  return canned.map(({ id, title, body }) => ({ id, title, text: fillCanned(body, values) }));
}

const toKoreanDay = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Seoul', dateStyle: 'short' }).format(at);

/** What stands in a form already, with the text after it. For browsers without a script, which can put it anywhere. */
export function addCanned(text: string, canned: readonly ShownCanned[], id: string | undefined): string {
  const chosen = canned.find((one) => one.id === id);
  return chosen ? [text, chosen.text].filter(Boolean).join('\n\n') : text;
}
