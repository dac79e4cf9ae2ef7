import type { Complaint, Language } from '../../schemas/index.ts';
import { listEventsFor, type Reading } from '../complaints/reading/list-events-for.ts';
import type { Directory } from '../configuration/directory.ts';
import type { Store } from '../store/database.ts';
import { vocabulary } from '../words/vocabulary.ts';
import { printPaper } from './press.ts';
import { toPaper } from './to-paper.ts';

/** What is asked for: the complaint and its files as the reader may see them. */
interface Asked {
  complaint: Complaint;
  /** What of the person the reader gets. */
  reading: Reading;
  /** `seq`: the event to whose text the file belongs. */
  files: readonly { seq: number; name: string }[];
  language: Language;
}

/** The printable document of a complaint and its answers, as PDF. The caller checks the right to read. Errors: PaperError. */
export async function makeDocument(
  { store, directory }: { store: Store; directory: Pick<Directory, 'findAgency'> },
  { complaint, reading, files, language }: Asked,
): Promise<Buffer> {
  const events = await listEventsFor(store, complaint.id, reading);
  const own = new Set(events.flatMap(({ type, seq }) => (ownTexts.has(type) ? [seq] : [])));
  const paper = toPaper({
    complaint,
    events,
    files: files.map(({ seq, name }) => ({ place: own.has(seq) ? 'text' : seq, name })),
    language,
    nameAgency: (code) => nameAgency(directory, code, language),
    madeAt: new Date(),
  });
  return printPaper(paper);
}

/** The events that say the complaint's own text. */
const ownTexts: ReadonlySet<string> = new Set(['registered', 'revised']);

/** What an agency is called in the reader's language. */
export function nameAgency(
  directory: Pick<Directory, 'findAgency'>,
  code: string,
  language: Language,
): string {
  const name = directory.findAgency(code)?.name;
  const known: Record<string, readonly [string, string]> = vocabulary.agency;
  return name?.[language] ?? name?.ko ?? known[code]?.[language === 'ko' ? 0 : 1] ?? code;
}

/** The name of the file that a document is saved as. */
export const toDocumentName = ({ receiptNumber }: Complaint): string => `${receiptNumber}.pdf`;
