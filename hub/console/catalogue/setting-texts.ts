import type { Texts } from '../../web/texts.ts';

/** What the settings of the hub's own kinds mean, by their paths. `push.*`: of each kind of event alike. */
const settings: Texts = {
  endpoint: ['게시판 API의 주소', "Address of the board's API"],
  wsdl: ['WSDL의 주소', 'Address of the WSDL'],
  auth: ['허브가 로그인하는 방법', 'How the hub signs in'],
  'auth.user': ['로그인 아이디', 'User name'],
  'auth.password': ['비밀번호가 있는 곳', 'Where the password stands'],
  'auth.passwordType': ['비밀번호를 보내는 방식', 'How the password is sent'],
  'auth.timestamp': ['시각을 함께 보냄', 'Whether a timestamp goes with it'],
  'auth.header': ['키를 넣는 머리글', 'Header of the key'],
  'auth.secret': ['키가 있는 곳', 'Where the key stands'],
  'auth.parameter': ['키를 넣는 매개변수', 'Parameter of the key'],
  ca: ['서버 인증서를 발급한 기관(PEM)', "PEM of who signed the server's certificate"],
  headers: ['호출마다 붙이는 머리글', 'Headers of every call'],
  secrets: ['머리글과 식에서 쓰는 비밀', 'Secrets that headers and expressions use'],
  keyHeader: ['같은 호출을 알아보는 머리글', 'Header by which the board knows a repeated call'],
  errorWhen: ['답이 오류인지 가리는 식', 'Expression: whether a reply is an error'],
  fieldErrors: ['답에서 잘못된 항목을 찾는 식', 'Expression: which fields a reply refuses'],
  faultsMean: ['SOAP 오류 코드의 뜻', 'What codes of faults mean'],
  codes: ['게시판의 코드와 허브의 낱말', "The board's codes and the hub's words"],
  carries: ['이 게시판에 보내는 사건', 'Kinds of event that the board holds'],
  charset: ['문자 집합', 'Character set'],
  maxReplyBytes: ['답의 최대 크기(바이트)', 'Largest reply, in bytes'],
  maxFileBytes: ['파일의 최대 크기(바이트)', 'Largest file, in bytes'],
  pageSize: ['한 번에 읽는 글의 수', 'Posts read at once'],
  pull: ['새 글과 바뀐 글을 읽는 방법', 'How new and changed posts are read'],
  'pull.items': ['답에서 글의 목록을 찾는 식', 'Expression: the posts of a reply'],
  'pull.externalId': ['글의 번호', 'Number of a post'],
  'pull.updatedAt': ['글이 바뀐 시각', 'When a post changed'],
  'pull.version': ['글이 바뀌면 달라지는 값', 'What differs when a post changed'],
  'pull.pageSize': ['한 번에 읽는 글의 수', 'Posts read at once'],
  'pull.overlapSeconds': ['다시 읽는 지난 시간(초)', 'Seconds that are read again'],
  'pull.detail': ['글마다 더 부르는 호출', 'Further calls for each post'],
  'pull.pageDetail': ['글의 목록마다 더 부르는 호출', 'Further calls for each page'],
  'detail[].name': ['결과의 이름', 'Name of the result'],
  'detail[].each': ['무엇마다 부르는지', 'For what it is called'],
  'detail[].most': ['최대 호출 수', 'Most calls'],
  'detail[].result': ['답에서 결과를 찾는 식', 'Expression: the result of a reply'],
  'detail[].optional': ['없어도 되는지', 'Whether it may be missing'],
  'detail[].shared': ['여러 글이 함께 쓰는지', 'Whether posts share it'],
  'detail[].absentWhen': ['없다는 답을 가리는 식', 'Expression: whether the reply says that there is none'],
  normalise: ['글을 허브의 형식으로 바꾸는 식', "Expressions that bring a post into the hub's form"],
  push: ['사건마다 게시판에 쓰는 방법', 'How each kind of event is written to the board'],
  'push.*': ['이 사건을 쓰는 방법', 'How this kind of event is written'],
  'push.*.body': ['본문을 만드는 식', 'Expression: the body'],
  'push.*.externalId': ['답에서 글의 번호를 찾는 식', 'Expression: the number of the post in the reply'],
  'push.*.partId': ['답에서 답변의 번호를 찾는 식', 'Expression: the number of the part in the reply'],
  find: ['쓴 것이 있는지 묻는 방법', 'How the board is asked whether it holds something'],
  'find.ref': ['답에서 글의 번호를 찾는 식', 'Expression: the number of the post in the reply'],
  fingerprints: ['게시판 전체를 대조하는 방법', 'How the whole board is compared'],
  read: ['글 하나를 읽는 방법', 'How one post is read'],
  'read.item': ['답에서 글을 찾는 식', 'Expression: the post of a reply'],
  attachments: ['파일을 주고받는 방법', 'How files come and go'],
  'attachments.fetch': ['파일을 받는 방법', 'How a file is fetched'],
  'attachments.push': ['파일을 보내는 방법', 'How a file is sent'],
  'attachments.find': ['보낸 파일이 있는지 묻는 방법', 'How the board is asked for a file'],
  authors: ['글쓴이를 가리는 방법', 'How authors are told apart'],
  'authors.officers': ['기관 담당자의 표시', 'What marks an officer'],
  'authors.hub': ['허브가 쓴 글의 표시', 'What marks the hub'],
  received: ['게시판이 스스로 보내는 글', 'Posts that the board sends by itself'],
  'received.items': ['받은 것에서 글을 찾는 식', 'Expression: the posts of what came'],
  'received.reply': ['돌려주는 답', 'The reply to it'],
  'received.proof': ['보낸 곳을 확인하는 방법', 'How the sender is known'],
  soapVersion: ['SOAP의 판', 'Version of SOAP'],
  soapActions: ['동작별 SOAPAction', 'SOAPAction by operation'],
  namespaces: ['이름공간', 'Namespaces'],
  lists: ['하나여도 목록인 요소', 'Elements that are lists even if there is one'],
  dialect: ['데이터베이스의 종류', 'Kind of database'],
  host: ['서버 주소', 'Address of the server'],
  port: ['포트', 'Port'],
  database: ['데이터베이스 이름', 'Name of the database'],
  user: ['로그인 아이디', 'User name'],
  password: ['비밀번호가 있는 곳', 'Where the password stands'],
  tls: ['암호화 접속', 'Encryption'],
  filesIn: ['게시판 파일의 폴더', "Folder of the board's files"],
  from: ['보내는 주소', 'Sender address'],
  replyAddress: ['답장을 받는 주소', 'Address for replies'],
  replySecrets: ['답장 주소를 지키는 비밀', 'Secrets that guard the reply address'],
  officers: ['메일을 받는 담당자', 'Officers who get the mails'],
  alsoFrom: ['답장이 올 수 있는 다른 주소', 'Other addresses from which replies may come'],
  smtp: ['메일을 보내는 서버', 'Server that takes the mails'],
  imap: ['메일을 받는 서버', 'Server of the mailbox'],
  'imap.folder': ['읽는 편지함', 'Folder that is read'],
  trustedAuthservId: ['보낸 사람을 확인하는 서버의 이름', 'Server whose checks of senders count'],
  showContact: ['민원인의 연락처를 메일에 적음', 'Whether mails show the contact of the complainant'],
};

/** Parts that mean the same wherever they stand. */
const parts: Texts = {
  path: ['주소의 뒷부분', 'Path of the address'],
  query: ['주소의 매개변수', 'Parameters of the address'],
  method: ['HTTP 방식', 'Method of HTTP'],
  operation: ['SOAP 동작', 'Operation of SOAP'],
  request: ['요청을 만드는 식', 'Expression: the request'],
  host: ['서버 주소', 'Address of the server'],
  port: ['포트', 'Port'],
  tls: ['암호화 접속', 'Encryption'],
  ca: ['서버 인증서를 발급한 기관(PEM)', "PEM of who signed the server's certificate"],
  user: ['로그인 아이디', 'User name'],
  password: ['비밀번호가 있는 곳', 'Where the password stands'],
  address: ['주소', 'Address'],
  name: ['이름', 'Name'],
  department: ['부서', 'Department'],
  contact: ['연락처', 'Contact'],
};

const inArea = (area: string, words: Texts): Texts =>
  Object.fromEntries(Object.entries(words).map(([name, text]) => [`${area}.${name}`, text]));

export const settingTexts: Texts = { ...inArea('setting', settings), ...inArea('setting_part', parts) };

/** The key of the text for a setting of the hub's own kinds. Undefined: its schema or its document tells of it. */
export function findSettingText(path: string): string | undefined {
  const alike = path
    .replace(/^push\.[a-z_]+/, 'push.*')
    .replace(/^pull\.(?:pageDetail|detail)\[\]/, 'detail[]');
  if (Object.hasOwn(settings, alike)) return `setting.${alike}`;
  const last = path.split('.').at(-1) ?? '';
  return path.includes('.') && Object.hasOwn(parts, last) ? `setting_part.${last}` : undefined;
}
