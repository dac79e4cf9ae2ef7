import { type Reason, toReason } from '../../schemas/reason.ts';
import { readMailbox } from './mailbox.ts';
import { decodeWords, readParameters } from './mime/header-text.ts';
import { firstOf, type RawMail } from './mime/raw-mail.ts';

/**
 * A mail that a program wrote, or that looks like one.
 *
 * - `bounce`: one of our mails did not arrive
 * - `noted`: certainly nothing has to be done
 * - `doubtful`: a person may have written it; somebody has to look
 */
export type Automatic = { kind: 'bounce' | 'noted' | 'doubtful'; reason: Reason };

/**
 * Recognises the kind of program that wrote a mail. Undefined: as far as can be told, a person wrote it. Nothing counts
 * as `noted` on a guess: after a failure that nobody notices, nobody would answer the complaint. `isOfficer`: true for
 * an address that may answer.
 */
export function recogniseAutomatic(
  mail: RawMail,
  isOfficer: (address: string) => boolean,
): Automatic | undefined {
  const { value } = readParameters(firstOf(mail, 'content-type'));
  if (mail.report !== undefined) return readReport(mail.report);
  // RFC 8098: "was read", "was deleted".
  if (mail.isReceipt) return { kind: 'noted', reason: toReason('mail_noted_receipt') };
  if (isFailure(mail, isOfficer) || value === 'multipart/report')
    return { kind: 'bounce', reason: toBounced(firstOf(mail, 'x-failed-recipients').slice(0, 300)) };
  if (isAutoReply(mail)) {
    const sender = readMailbox(firstOf(mail, 'from'))?.address ?? '';
    if (isOfficer(sender)) return { kind: 'noted', reason: toReason('mail_noted_reply') };
    return { kind: 'doubtful', reason: toReason('mail_by_program') };
  }
  return isDoubtful(mail) ? { kind: 'doubtful', reason: toReason('mail_like_program') } : undefined;
}

/** RFC 3464, 2.3.3: nothing is lost yet, or all is well. Other words of programs mean a failure (`expired`). */
const harmless: ReadonlySet<string> = new Set(['delayed', 'delivered', 'relayed', 'expanded']);

/** Recipients that are named from a report, and the characters about each. Anybody can send such a report. */
const mostRecipients = 20;
const longestWord = 100;

/** Reads groups of fields, one per recipient (RFC 3464, 2.3; RFC 6533 in UTF-8). */
function readReport(report: string): Automatic {
  const recipients = toGroups(report).filter((group) => group.has('action') || group.has('final-recipient'));
  const failed = recipients.filter((group) => !harmless.has(group.get('action') ?? ''));
  if (recipients.length > 0 && failed.length === 0)
    return { kind: 'noted', reason: toReason('mail_noted_delivery') };
  const who = failed.slice(0, mostRecipients).map((group) => {
    const given = group.get('original-recipient') || group.get('final-recipient') || '';
    const address = given.replace(/^[^;]{0,40};\s*/, '').slice(0, longestWord);
    const status = group.get('status')?.slice(0, longestWord) || toReason('mail_no_status');
    return toReason('mail_recipient', { address, status });
  });
  return { kind: 'bounce', reason: toBounced(who) };
}

function toGroups(report: string): Map<string, string>[] {
  const groups: Map<string, string>[] = [new Map()];
  let last = '';
  for (const line of report.split(/\r?\n/)) {
    const group = groups.at(-1) as Map<string, string>;
    const [, name = '', value = ''] = /^([\w-]{1,60})[ \t]*:(.*)$/.exec(line) ?? [];
    if (line.trim() === '') groups.push(new Map());
    else if (/^[ \t]/.test(line)) group.set(last, `${group.get(last) ?? ''} ${line.trim()}`);
    else if (name) {
      last = name.toLowerCase();
      if (!group.has(last)) group.set(last, last === 'action' ? value.trim().toLowerCase() : value.trim());
    }
  }
  return groups;
}

const toBounced = (who: string | Reason[]): Reason =>
  toReason('mail_bounced', { who: who.length === 0 ? toReason('mail_an_officer') : who });

const failureWords =
  /undeliver|deliver\w* ?(status|fail|has failed|problem|incomplete)|(could not|cannot|can't|not) be delivered|returned mail|returned to sender|mail (system )?(error|failed|failure)|failure notice|message (blocked|rejected)|반송|(발송|전송|배달|송신) ?(실패|되지|할 수 없|오류)|전달되지|보낼 수 없/i;

/** Senders of mail systems. The second kind also sends other mails, so another sign of failure must be present. */
const systemName = /^(mailer-daemon|post[-_.]?master|mail[-_.]?(delivery|daemon|system))/;
const deafName = /^(no[-_.]?reply|do[-_.]?not[-_.]?reply)/;

/**
 * Recognises reports without RFC 3464, also of Korean mailers. They come from a mail system, from an empty sender
 * (`From: <>`), or from a program that mentions a failure. One look of a person too many is better than one too few.
 */
function isFailure(mail: RawMail, isOfficer: (address: string) => boolean): boolean {
  const from = firstOf(mail, 'from');
  if (firstOf(mail, 'x-failed-recipients') !== '') return true;
  const address = readMailbox(from)?.address ?? '';
  if (systemName.test(address) && !isOfficer(address)) return true;
  const isNobody = !from.includes('@') || deafName.test(address);
  if (isNobody && hasNoWayBack(mail)) return true;
  return (isNobody || isByProgram(mail)) && failureWords.test(subjectOf(mail));
}

const subjectOf = (mail: RawMail) => decodeWords(firstOf(mail, 'subject')).trim().slice(0, 300);

/** RFC 5321, 4.5.5: only programs send with an empty reverse-path. */
const hasNoWayBack = (mail: RawMail) => firstOf(mail, 'return-path').trim() === '<>';

/** RFC 3834, 5. `no` means that a person sent it. */
function submittedAs(mail: RawMail): string {
  const word = /^[\w-]+/.exec(firstOf(mail, 'auto-submitted').trim().toLowerCase())?.[0] ?? '';
  return word === 'no' ? '' : word;
}

const isByProgram = (mail: RawMail) => submittedAs(mail) !== '' || hasNoWayBack(mail);

/**
 * True if a program certainly answered for somebody who is away (RFC 3834). Either a header says so, or the subject
 * begins as in programs without such a header.
 */
function isAutoReply(mail: RawMail): boolean {
  const subject =
    /^(re:\s?)?\[?(부재\s?중\s?)?(자동\s?(회신|응답|답장)|auto(matic)?[- ]?(reply|response))\s?(\]|:|$)|^out of (the )?office\s?(:|$)/i;
  return (
    submittedAs(mail) === 'auto-replied' ||
    /^auto_reply$/i.test(firstOf(mail, 'precedence').trim()) ||
    firstOf(mail, 'x-autoreply') !== '' ||
    firstOf(mail, 'x-autorespond') !== '' ||
    subject.test(subjectOf(mail))
  );
}

/**
 * Signs that both programs and people leave: a mailing list, another Auto-Submitted, an empty reverse-path, a subject
 * about absence. `Precedence` and `List-Id` tell only how a mail travelled, so they do not count.
 */
const isDoubtful = (mail: RawMail) =>
  isByProgram(mail) ||
  /^(re:\s?)?\[?(휴가|출장|연가|병가|부재)\s?중?\s?(입니다|안내|공지|알림|이므로|이라|\]|:|$)/i.test(
    subjectOf(mail),
  ) ||
  /^(re:\s?)?\[?(휴가|출장|연가|병가|부재)\s?중(?![가-힣])/i.test(subjectOf(mail));
