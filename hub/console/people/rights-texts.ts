import type { AdminOperation } from '../../access/keys/admin-scopes.ts';
import type { Scope as KeyScope, ScopedOperation } from '../../access/keys/scopes.ts';
import type { Action, rightScopes } from '../../access/people/rights.ts';
import type { Texts } from '../../web/texts.ts';

type Words<Name extends string> = Record<Name, readonly [ko: string, en: string]>;

/** What a person may do. An action without words here does not compile. */
const rights: Words<Action> = {
  read: ['민원 열람', 'Read complaints'],
  see_person: ['민원인 성명·연락처와 원문 열람', 'See names, contacts and originals'],
  register: ['민원 접수', 'Register complaints'],
  follow_up: ['추가 질의 등록', 'Add follow-ups'],
  withdraw: ['취하 처리', 'Withdraw complaints'],
  transfer: ['이송', 'Transfer to another agency'],
  answer: ['답변 등록', 'Answer'],
  interim: ['중간 회신 등록', 'Give interim answers'],
  status: ['처리상태 변경', 'Change the status'],
  see_operations: ['기관·보류함·알림 보관함 열람', 'See agencies, parked things and notices'],
  see_ledger: ['대장 열람', 'See the ledger'],
  see_alerts: ['경보 열람', 'See alerts'],
  acknowledge: ['경보 확인 처리', 'Acknowledge alerts'],
  see_repairs: ['점검·복구 열람', 'See repairs'],
  repair: ['점검·복구와 보류 처리 결정', 'Decide repairs and parked things'],
  see_audit: ['변경 기록 열람', 'See who changed what'],
  see_configuration: ['설정과 업무 규칙 열람', 'See the configuration and the rules'],
  configure: ['설정과 업무 규칙 변경', 'Change the configuration and the rules'],
  manage_connection: ['소속 기관 연계 관리', "Manage the own agency's connection"],
  see_adapters: ['연계 모듈 열람', 'See the adapters'],
  manage_users: ['사용자·기관·인증키 관리', 'Manage users, agencies and keys'],
};

/** How far a right goes. */
const scopes: Words<(typeof rightScopes)[number]> = {
  all: ['모두', 'All'],
  linked: ['소속 기관에 연계된 것', 'What the agency has a link to'],
  assigned: ['소속 기관이 처리하는 것', 'What the agency must answer'],
};

const keyScopes: Words<KeyScope> = {
  read: ['민원 조회', 'Read'],
  register: ['민원 접수', 'Register'],
  answer: ['답변', 'Answer'],
  feed: ['변경분 받기', 'Feed'],
  attach: ['파일 보내기', 'Attach files'],
  manage: ['연계 관리', 'Manage the connection'],
  agent: ['설치형 모듈 전용', 'Agent only'],
};

const operations: Words<ScopedOperation> = {
  registerComplaint: ['민원 접수', 'register a complaint'],
  updateComplaint: ['민원 수정', 'update a complaint'],
  addFollowUp: ['추가 질의', 'add a follow-up'],
  withdrawComplaint: ['취하', 'withdraw a complaint'],
  addAnswer: ['답변', 'answer'],
  addInterimAnswer: ['중간 회신', 'give an interim answer'],
  changeStatus: ['처리상태 변경', 'change the status'],
  transferComplaint: ['이송', 'transfer'],
  takeStep: ['처리 절차 (보완·이의신청은 register)', 'take a step (supplement and objection: register)'],
  getComplaint: ['민원 한 건 조회', 'get a complaint'],
  getClock: ['처리기간 조회', 'get the clock'],
  getDocument: ['인쇄용 문서 조회', 'get the document to print'],
  listEvents: ['이력 조회', 'list events'],
  searchComplaints: ['민원 검색', 'search complaints'],
  getLedger: ['대장 조회', 'get the ledger'],
  fetchChanges: ['변경분 받기', 'fetch changes'],
  acknowledgeChanges: ['받은 변경분 확인', 'acknowledge changes'],
  putAttachment: ['파일 올리기', 'put a file'],
  supplyAttachment: ['빠진 파일 채우기', 'supply a missing file'],
  listAttachments: ['파일 목록', 'list files'],
  getAttachment: ['파일 받기', 'get a file'],
  listKeys: ['키 목록', 'list keys'],
  getKey: ['키 하나 조회', 'get a key'],
  makeKey: ['키 만들기', 'make a key'],
  rotateKey: ['키 교체', 'replace a key'],
  revokeKey: ['키 폐기', 'revoke a key'],
  listWebhooks: ['웹훅 목록', 'list webhooks'],
  getWebhook: ['웹훅 설정 조회', 'get a webhook'],
  putWebhook: ['웹훅 만들기·변경', 'make or change a webhook'],
  renewWebhookSecret: ['웹훅 비밀 교체', 'renew a webhook secret'],
  removeWebhook: ['웹훅 없애기', 'remove a webhook'],
  testWebhook: ['웹훅 시험', 'test a webhook'],
  listWebhookCalls: ['전달 기록', 'list calls to a webhook'],
  resendWebhook: ['웹훅 다시 보내기', 'tell a webhook again'],
  pauseWebhook: ['웹훅 일시 중지', 'hold a webhook back'],
  resumeWebhook: ['웹훅 재개', 'go on with a webhook'],
  listCalls: ['호출 기록', 'list calls'],
  getUsage: ['사용량', 'get the use'],
  getAgent: ['설치형 모듈 상태', 'get the agent'],
  getAgentLogs: ['설치형 모듈 로그 조회', "get the agent's log"],
  askAgentLogs: ['설치형 모듈 로그 요청', "ask for the agent's log"],
  listParkedItems: ['보류된 글 목록', 'list parked posts'],
  getParkedItem: ['보류된 글 보기', 'get a parked post'],
  retryParkedItem: ['보류된 글 다시 처리', 'retry a parked post'],
  listParkedEvents: ['거절된 사건 목록', 'list refused events'],
  retryParkedEvent: ['거절된 사건 다시 전달', 'retry a refused event'],
  previewReplay: ['재전송 미리 보기', 'preview a replay'],
  listReplays: ['재전송 목록', 'list replays'],
  getReplay: ['재전송 하나 조회', 'get a replay'],
  startReplay: ['재전송 시작', 'start a replay'],
  changeReplay: ['재전송 멈춤·재개', 'pause or resume a replay'],
};

const adminOperations: Words<AdminOperation> = {
  getOwnKey: ['자기 키 확인', 'see the own key'],
  listDocuments: ['설정 목록', 'list documents'],
  getDocument: ['설정 한 건', 'get a document'],
  planDocument: ['변경 미리 보기', 'plan a change'],
  listVersions: ['판 목록', 'list versions'],
  getVersion: ['지난 판', 'get a version'],
  planRollback: ['되돌리기 미리 보기', 'plan a rollback'],
  getConfiguration: ['설정 모두 받기', 'get the whole configuration'],
  putConfiguration: [
    '설정 모두 넣기 (미리 보기만, 적용은 configure)',
    'put the whole configuration (to bring it into force: configure)',
  ],
  listProposals: ['설정 제안 목록', 'list proposals'],
  getProposal: ['설정 제안 한 건', 'get a proposal'],
  listAudit: ['변경 기록', 'read the audit log'],
  listBoards: ['게시판 상태', 'list boards'],
  listTests: ['시험 민원 목록', 'list test complaints'],
  putDocument: ['설정 바꾸기', 'put a document'],
  deleteDocument: ['설정 없애기', 'delete a document'],
  rollBack: ['되돌리기', 'roll back'],
  agreeToProposal: ['설정 제안 동의', 'agree to a proposal'],
  refuseProposal: ['설정 제안 거절', 'refuse a proposal'],
  withdrawProposal: ['설정 제안 철회', 'withdraw a proposal'],
  checkBoard: ['게시판 점검', 'check a board'],
  makeTest: ['시험 민원 만들기', 'make a test complaint'],
  removeTests: ['시험 민원 모두 지우기', 'remove test complaints'],
  listUsers: ['사용자 목록', 'list people'],
  inviteUser: ['초대', 'invite a person'],
  disableUser: ['사용 중지', 'disable a person'],
  enableUser: ['사용 재개', 'enable a person'],
  listAccountProposals: ['계정 제안 목록', 'list proposals for accounts'],
  agreeToAccountProposal: ['계정 제안 동의', 'agree to one'],
  refuseAccountProposal: ['계정 제안 거절', 'refuse one'],
  withdrawAccountProposal: ['계정 제안 철회', 'withdraw one'],
};

const inArea = (area: string, words: Texts): Texts =>
  Object.fromEntries(Object.entries(words).map(([name, text]) => [`${area}.${name}`, text]));

/** Texts of the table of rights. */
export const rightsTexts: Texts = {
  ...inArea('right', rights),
  ...inArea('right_scope', scopes),
  ...inArea('key_scope', keyScopes),
  ...inArea('operation', operations),
  ...inArea('admin_operation', adminOperations),
  'rights.admin_keys': ['관리 API 키의 범위', 'Scopes of admin API keys'],
  'rights.admin_lead': [
    '관리자의 프로그램이 쓰는 키입니다. 계정의 이름으로 일합니다.',
    "Keys of administrators' programs, which act in the name of the account.",
  ],
  'rights.admin_also': ['설정 읽기 범위의 모든 것,', 'All that read-configuration opens,'],
  'rights.title': ['역할과 권한', 'Roles and rights'],
  'rights.lead': [
    '허브가 실제로 판단하는 표에서 만든 화면입니다. 표에 없는 일은 할 수 없습니다.',
    'Made from the tables by which the hub decides. What is not listed is not allowed.',
  ],
  'rights.people': ['사람의 역할', 'Roles of people'],
  'rights.caption': ['역할마다 할 수 있는 일과 그 범위', 'What each role may do, and how far'],
  'rights.action': ['할 수 있는 일', 'Right'],
  'rights.none': ['할 수 없음', 'Not allowed'],
  'rights.keys': ['인증키의 범위', 'Scopes of keys'],
  'rights.keys_caption': ['인증키 범위마다 열리는 기능', 'Operations that each scope of a key opens'],
  'rights.scope': ['범위', 'Scope'],
  'rights.operations': ['열리는 기능', 'What it opens'],
  'rights.agent_only': [
    '설치형 모듈이 쓰는 통로만 열립니다. 다른 범위로는 그 통로가 열리지 않습니다.',
    'The door for agents alone; no other scope opens it.',
  ],
};
