import { readParameters } from './header-text.ts';
import { firstOf, type RawMail } from './raw-mail.ts';

/** A mail that a program wrote. `bounce`: a mail of ours did not arrive. */
export type Automatic = { kind: 'auto-reply' } | { kind: 'bounce'; reason: string };

/** What kind of program wrote a mail; undefined: a person did, as far as anybody can tell. */
export function recogniseAutomatic(mail: RawMail): Automatic | undefined {
  const { value, parameters } = readParameters(firstOf(mail, 'content-type'));
  const isReport = value === 'multipart/report';
  if (isReport && parameters['report-type']?.toLowerCase() === 'delivery-status') return readReport(mail);
  // RFC 8098: "was read", "was deleted".
  if (isReport) return { kind: 'auto-reply' };
  if (mail.report !== undefined) return readReport(mail);
  if (isPostmaster(mail))
    return { kind: 'bounce', reason: describeFailure(firstOf(mail, 'x-failed-recipients')) };
  return isAutoReply(mail) ? { kind: 'auto-reply' } : undefined;
}

/** RFC 3464, 2.3: per recipient; `delayed` and `delivered` say that nothing is lost yet. */
function readReport({ report = '' }: RawMail): Automatic {
  const recipients = report
    .split(/\r?\n\s*\r?\n/)
    .map((group) => ({
      action: field(group, 'Action').toLowerCase(),
      recipient: (field(group, 'Original-Recipient') || field(group, 'Final-Recipient')).replace(
        /^[^;]*;\s*/,
        '',
      ),
      status: field(group, 'Status'),
    }))
    .filter(({ action }) => action !== '');
  const failed = recipients.filter(({ action }) => action === 'failed');
  if (recipients.length > 0 && failed.length === 0) return { kind: 'auto-reply' };
  const who = failed.map(({ recipient, status }) => `${recipient} (${status || 'no status'})`);
  return { kind: 'bounce', reason: describeFailure(who.join(', ')) };
}

const field = (group: string, name: string) =>
  new RegExp(`^${name}\\s*:[ \\t]*(.*)$`, 'im').exec(group.replace(/\r?\n[ \t]+/g, ' '))?.[1]?.trim() ?? '';

const describeFailure = (who: string) =>
  `a mail about this complaint did not arrive at ${who || 'an officer'}: correct the address in the settings and send it again`;

/** Reports without RFC 3464, of Korean mailers too: a postmaster writes with no way back, or speaks of a failure. */
function isPostmaster(mail: RawMail): boolean {
  const failure =
    /undeliver|delivery (status|failure|has failed)|returned mail|failure notice|반송|발송\s*실패|전송\s*실패|배달\s*(실패|되지)|전달되지/i;
  const sender = /(mailer-daemon|postmaster|mail[-_.]?delivery)[^\s]*@/i;
  return (
    firstOf(mail, 'x-failed-recipients') !== '' ||
    (sender.test(firstOf(mail, 'from')) && (hasNoWayBack(mail) || failure.test(firstOf(mail, 'subject'))))
  );
}

/** RFC 5321, 4.5.5: only programs send with an empty reverse-path. */
const hasNoWayBack = (mail: RawMail) => firstOf(mail, 'return-path').trim() === '<>';

/** RFC 3834, 5; the headers in use before and beside it; and the subjects of programs that set none. */
function isAutoReply(mail: RawMail): boolean {
  const submitted = firstOf(mail, 'auto-submitted').trim().toLowerCase();
  const subject =
    /^(\[?(부재\s*중|자동\s*(회신|응답|답장)|휴가)|auto(matic)?[- ]?(reply|response)|out of (the )?office|(re:\s*)?부재\s*중)/i;
  return (
    (submitted !== '' && submitted !== 'no' && !submitted.startsWith('no;')) ||
    /^(auto_reply|bulk|junk|list)$/i.test(firstOf(mail, 'precedence').trim()) ||
    firstOf(mail, 'x-autoreply') !== '' ||
    firstOf(mail, 'x-autorespond') !== '' ||
    firstOf(mail, 'list-id') !== '' ||
    hasNoWayBack(mail) ||
    subject.test(firstOf(mail, 'subject').trim())
  );
}
