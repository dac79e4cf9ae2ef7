/** Sends everything that is due, as a process of its own that a test can kill. Arguments: database, SMTP and Solapi URL. */
import { createSmtp } from '../../../hub/notify/providers/smtp.ts';
import { createSolapi } from '../../../hub/notify/providers/solapi.ts';
import { openStore } from '../../../hub/store/database.ts';
import { createExclusive } from '../../../hub/store/exclusive.ts';
import { createSender } from './saved.ts';

const [database = '', smtp = '', solapi = ''] = process.argv.slice(2);
const store = openStore(database);
const exclusive = createExclusive(store);
const providers = {
  email: createSmtp({ url: smtp, from: 'minwon@hub.example.kr', timeout: 5_000 }),
  sms: createSolapi({ key: 'NCSKEY', secret: 'secret', sender: '0317901234', url: solapi }),
};
const sender = createSender(store, exclusive, providers);
await Promise.all([sender.drain('email'), sender.drain('sms')]);
await sender.stop();
await Promise.all([exclusive.close(), providers.email.close(), providers.sms.close()]);
await store.close();
