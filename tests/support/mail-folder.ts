import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A mail as Python's parser reads it, so that our own reader is not tested by itself. */
export interface FoundMail {
  headers: Record<string, string>;
  text: string;
  files: { name: string; sha256: string }[];
}

const script = `
import email, email.policy, hashlib, json, os, sys
found = []
for folder in ('cur', 'new'):
    path = os.path.join(sys.argv[1], folder)
    for name in os.listdir(path) if os.path.isdir(path) else []:
        with open(os.path.join(path, name), 'rb') as file:
            mail = email.message_from_binary_file(file, policy=email.policy.default)
        body = mail.get_body(('plain',))
        files = [{'name': part.get_filename(), 'sha256': hashlib.sha256(part.get_payload(decode=True)).hexdigest()}
                 for part in mail.iter_attachments()]
        text = body.get_content().replace('\\r\\n', '\\n') if body else ''
        found.append((name, {'headers': {key.lower(): str(value) for key, value in mail.items()}, 'text': text, 'files': files}))
print(json.dumps([mail for name, mail in sorted(found)]))
`;

/** Every mail of a Maildir, oldest first. */
export function readMailFolder(folder: string): FoundMail[] {
  return JSON.parse(
    execFileSync('python3', ['-c', script, folder], { encoding: 'utf8', maxBuffer: 2 ** 28 }),
  );
}

let count = 0;

/** Puts a mail into a Maildir as a mail server does: it writes the mail elsewhere and then moves it in. */
export function dropMail(folder: string, mail: string | Buffer, user = 8): void {
  for (const path of [folder, ...['tmp', 'new', 'cur'].map((name) => join(folder, name))]) {
    mkdirSync(path, { recursive: true });
    chownSync(path, user, user);
  }
  count += 1;
  // Each mail gets its own second, because Dovecot keeps no order within a second.
  const name = `${1_700_000_000 + count}.P${process.pid}.test`;
  writeFileSync(join(folder, 'tmp', name), mail);
  chownSync(join(folder, 'tmp', name), user, user);
  renameSync(join(folder, 'tmp', name), join(folder, 'new', name));
}
