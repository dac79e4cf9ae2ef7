/** One change of the REST API, in Korean and in English. English may have code between backticks. */
type Line = readonly [ko: string, en: string];

export interface RestVersion {
  version: string;
  lines: readonly Line[];
}

/**
 * What changed in `/api/v1`, newest first: the one source of docs/rest-changes.md, of `info.version`, of the page of engineers,
 * and of the mails to them. A new version here is told to them once the hub that has it runs; so it gets its own version, and a
 * version that was released is not added to.
 */
export const restVersions: readonly [RestVersion, ...RestVersion[]] = [
  {
    version: '1.7.0',
    lines: [
      [
        '`GET /complaints/{접수번호}/consents`(`listConsents`), `POST /complaints/{접수번호}/consents`(`giveConsent`), `POST /complaints/{접수번호}/consent-withdrawals`(`withdrawConsent`): 법이 허용하는 범위를 넘어 민원인이 동의한 것. 접수할 때도 `consents`로 함께 보낼 수 있습니다. 기관이 받는 민원인 정보의 항목은 기관 설정의 `disclosure`에 있습니다.',
        '`GET /complaints/{receiptNumber}/consents` (`listConsents`), `POST /complaints/{receiptNumber}/consents` (`giveConsent`), `POST /complaints/{receiptNumber}/consent-withdrawals` (`withdrawConsent`): what a complainant consented to beyond what the law allows. `consents` may come with a registration. Which items of a complainant an agency gets stands in its `disclosure`.',
      ],
      [
        '`GET /ledger`의 통지에 `kept`가 있습니다: `sent` 가운데 발송 수단이 없어 보낸 편지함에만 있는 것.',
        'Notices of `GET /ledger` have `kept`: those of `sent` that only lie in the outbox, because the hub has no provider for them.',
      ],
      [
        '`POST /subject-requests`(`passSubjectRequest`): 정보주체가 기관에 한 개인정보 열람·정정·삭제·처리정지 요구를 허브에 전달합니다(권한 `register`). 같은 `externalId`로 다시 보내면 같은 요구입니다. `GET /subject-requests`(`listSubjectRequests`)와 `GET /subject-requests/{number}`(`getSubjectRequest`)는 전달한 요구의 상태, 답변 기한, 결정을 보입니다(권한 `read`).',
        '`POST /subject-requests` (`passSubjectRequest`, scope `register`) passes on what a person asked your agency about the own data: to see it, correct it, delete it or stop its use. Sent again with the same `externalId`, it is the same request. `GET /subject-requests` (`listSubjectRequests`) and `GET /subject-requests/{number}` (`getSubjectRequest`, scope `read`) show where they stand, when they are due, and what was decided.',
      ],
      [
        '파일의 상태에 `withheld`가 있습니다: 파일 안에 법령 없이 넘길 수 없는 번호가 있어, 처리기관의 담당자가 정할 때까지 보류합니다. 기관 설정의 `uniqueIdentifiers`가 그 번호들의 법령을 대는 기관에는 `held`로 보이고 내려받을 수 있습니다.',
        'A file can be in the state `withheld`: numbers stand in it that may not be passed on without a law, and it waits until an officer of the assignee decides. For an agency whose `uniqueIdentifiers` name a law for all of them it is `held`, and can be read.',
      ],
    ],
  },
  {
    version: '1.6.0',
    lines: [
      [
        '기관 설정에 `parts: true`가 있으면, 다른 기관이 요청한 분담·협조가 변경 피드에 하나의 글로 나옵니다. 번호는 접수번호 뒤에 요청 번호를 붙인 `26-0000-0001-5-2`이고, 변경에 `part`(원 접수번호, 요청 번호, 구분, 요청 기관, 회신 기한)가 있습니다. 그 번호로 `POST /complaints/{번호}/answers`를 보내면 요청 기관에 보내는 회신이 되고, 민원인에게는 가지 않습니다.',
        'With `parts: true` in its configuration, what other agencies ask of an agency comes in its feed as a post of its own: the number is the receipt number with the number of the request behind it (`26-0000-0001-5-2`), and the change has `part` (the receipt number, the number, the kind, who asked, by when). `POST /complaints/{number}/answers` under that number is the reply to the agency that asked, and goes to no complainant.',
      ],
      [
        '`contribution_answered`에 파일(`attachments`)을 붙일 수 있고, `listContributions`가 그 파일을 보입니다. 파일은 그 회신을 볼 수 있는 기관에만 보입니다.',
        '`contribution_answered` takes files (`attachments`), which `listContributions` shows. Only agencies that see the reply see its files.',
      ],
    ],
  },
  {
    version: '1.5.0',
    lines: [
      [
        '여러 기관이 함께 처리하는 민원: 처리기관이 `takeStep`의 `part_asked`(분담)와 `cooperation_asked`(협조)로 다른 기관에 요청하고, 요청받은 기관은 `contribution_answered`, `contribution_refused`, `contribution_extended`로 회신합니다. 처리기관은 요청을 다른 기관으로 바꾸거나(`contribution_moved`), 거두거나(`contribution_taken_back`), 회신을 나눕니다(`contribution_shared`). 이 절차는 기관끼리만 봅니다: 피드, 웹훅, 사건 목록에 나오지 않습니다.',
        'One matter, several agencies: the assignee asks others by `takeStep` with `part_asked` (a part) and `cooperation_asked` (an opinion); the agency that was asked replies with `contribution_answered`, `contribution_refused` or `contribution_extended`. The assignee asks another agency instead (`contribution_moved`), takes a request back (`contribution_taken_back`) or shares a reply (`contribution_shared`). These steps stay between agencies: they are in no feed, webhook or list of events.',
      ],
      [
        '`GET /complaints/{receiptNumber}/contributions`(`listContributions`): 한 민원에서 요청한 것과 회신. `GET /contributions`(`listOwedContributions`): 우리 기관이 회신할 것.',
        '`GET /complaints/{receiptNumber}/contributions` (`listContributions`): what was asked for a complaint, with the replies. `GET /contributions` (`listOwedContributions`): what your agency owes.',
      ],
      [
        '요청받은 기관은 그 민원과 파일을 조회할 수 있습니다. 민원인의 이름은 가려지고 연락처는 없습니다.',
        'An agency that was asked can read the complaint and its files, with the name of the complainant masked and without contact.',
      ],
      [
        '`takeStep`의 새 절차: `joined`(병합)와 `parted`(병합 해제)는 같은 취지의 민원을 이 민원으로 이끌어 처리하고(시행령 제6조), `represented`는 대표자를 적으며(시행령 제8조), `closed_as_repeat`는 결과를 두 번 이상 알린 반복민원을 종결합니다(법 제23조). 모두 처리기관이 권한 `answer`로 보냅니다. 병합된 민원에는 이끄는 민원의 답변, 중간 회신, 이송과 기한에 관한 절차가 그 민원의 사건으로도 나타납니다.',
        'New steps of `takeStep`: `joined` and `parted` let this complaint lead others of one purpose (Decree, article 6), `represented` names representatives (Decree, article 8), and `closed_as_repeat` closes a complaint whose results were told twice or more (Act, article 23). The assignee takes them, with the scope `answer`. What the leading complaint is told, its answers, its transfer and the steps about its deadline, appears as events of the joined ones too.',
      ],
      [
        '`GET /complaints/{receiptNumber}/document`(`getDocument`): 민원과 답변을 인쇄용 PDF 문서로 읽습니다. 쪽 번호, 담당자, 거부 사유와 구제 방법, 붙임 목록, 접수번호 QR 코드가 있습니다. `language=en`이면 영어로 만듭니다. 권한은 `read`입니다.',
        '`GET /complaints/{receiptNumber}/document` (`getDocument`): the complaint and its answers as a PDF to print, with page numbers, officers, reasons and remedies of a refusal, the list of files and a QR code of the receipt number; with `language=en` in English. Scope `read`.',
      ],
    ],
  },
  {
    version: '1.4.0',
    lines: [
      [
        '`POST /complaints/{receiptNumber}/steps`(`takeStep`): 법이 정한 처리 절차. 담당자 지정, 민원 종류 변경, 처리기간 연장, 보완 요구, 처리기간 정지와 재개, 거부, 반려, 종결, 재처리, 장기 반영 등은 처리기관이(권한 `answer`), 보완과 이의신청은 접수기관이(권한 `register`) 보냅니다. 법에 어긋나면 조문과 함께 422로 거절합니다. `POST /batches`도 받습니다.',
        '`POST /complaints/{receiptNumber}/steps` (`takeStep`): steps of the procedure that the law knows. The assignee names an officer, changes the kind, extends the deadline, demands a supplement, stops the clock and lets it go on, refuses, returns, closes, reopens, plans (scope `answer`); the origin passes on a supplement or an objection (scope `register`). What the law does not allow is 422, with the article. `POST /batches` takes it too.',
      ],
      [
        '`GET /complaints/{receiptNumber}/clock`(`getClock`): 지금의 처리기간. 쓴 시간과 남은 시간, 기한, 정지 사유와 함께 절차마다 한 줄씩 조문을 보입니다.',
        '`GET /complaints/{receiptNumber}/clock` (`getClock`): where the statutory clock stands now: used, left, deadline, why it stands, and one line for each step with its article.',
      ],
      [
        '민원에 `takenInAt`(접수한 때), `officer`(담당자), `clock`(처리기간의 상태)이 있습니다. `dueAt`은 처리기간이 멈춘 동안 없습니다. 처리기간은 허브가 알게 된 때가 아니라 접수기관이 접수한 때부터 셉니다: 접수할 때 `takenInAt`으로 알릴 수 있고, 없으면 `filedAt`입니다.',
        'A complaint has `takenInAt`, `officer` and `clock`; `dueAt` is absent while the clock stands. The clock starts when the origin took the complaint in, and not when the hub heard of it: a registration may say so in `takenInAt`, otherwise it is `filedAt`.',
      ],
      [
        '변경 피드, 웹훅, 사건 목록에 새 사건 `step_taken`이 있습니다: `event.step`.',
        'A new kind of event in feed, webhooks and lists of events: `step_taken`, with `event.step`.',
      ],
    ],
  },
  {
    version: '1.3.0',
    lines: [
      [
        '설치형 모듈 로그: `POST /self/agent/logs`로 요청하면 모듈이 다음 통신에서 최근 로그를 가려서 보내고, `GET /self/agent/logs`로 하루 동안 읽습니다.',
        '`POST /self/agent/logs` asks for the newest lines of your agent’s log, which it sends redacted when it next speaks to the hub; `GET /self/agent/logs` shows them for a day.',
      ],
      [
        '`GET /self/webhooks/{name}`, `/self/keys/{id}`, `/self/replays/{id}`: 바꿀 수 있는 것 하나를 ETag와 함께 읽습니다. 바꾸는 호출은 `If-Match`를 받고, 그 사이 바뀌었으면 412로 거절합니다. 보내지 않으면 전과 같습니다.',
        '`GET /self/webhooks/{name}`, `/self/keys/{id}` and `/self/replays/{id}`: one thing that can be changed, with an ETag. The calls that change it take `If-Match` and refuse with 412 where it was changed since. Without it, all is as before.',
      ],
      [
        '`/self`의 목록은 ETag를 주고 `If-None-Match`에 304로 답합니다: 키, 웹훅, 보류, 재전송.',
        'Lists of `/self` have an ETag and answer `If-None-Match` with 304: keys, webhooks, parked items and events, replays.',
      ],
      [
        '`PUT /self/webhooks/{name}`에 이미 그대로인 값을 보내면 설정의 새 판이 생기지 않습니다.',
        '`PUT /self/webhooks/{name}` with what is so already makes no new version of the configuration.',
      ],
      [
        '412의 `title`은 민원에만 맞던 말에서 일반적인 말로 바뀌었습니다. `type`은 같습니다.',
        'The `title` of 412 speaks of complaints alone no more; its `type` is the same.',
      ],
    ],
  },
  {
    version: '1.2.0',
    lines: [
      [
        '`/self/…`: 새 권한 `manage`가 있는 키로 우리 기관의 연계를 관리합니다. 키(만들기, 끊김 없는 교체, 폐기), 웹훅(만들기, 변경, 비밀 교체, 삭제, 상태, 시험, 호출 기록, 다시 보내기, 일시 중지), 호출 기록, 사용량과 한도, 설치형 모듈, 게시판의 보류, 재전송.',
        '`/self/…`: your own connection, for keys with the new scope `manage`: keys (made, replaced without a gap, revoked), webhooks (made, changed, given a new secret, removed; health, test, each call, telling again, holding back), the log of your calls, your use and limits, your agent, what is parked of your board, and repeated deliveries to it.',
      ],
      [
        '한 기관의 유효한 키는 동시에 스무 개까지입니다(전에는 두 개). 키에 이름이 생겼습니다.',
        'Twenty keys of an agency may be valid at once; before it were two. Keys have names.',
      ],
    ],
  },
  {
    version: '1.1.0',
    lines: [
      [
        'OpenAPI에 `POST /boards/{code}/posts`(`sendPosts`)가 있습니다: 게시판이 스스로 보내는 글(JSON, XML, SOAP).',
        'OpenAPI names `POST /boards/{code}/posts` (`sendPosts`): what boards send by themselves, as JSON, XML or SOAP.',
      ],
      [
        'OpenAPI: 주소(`servers`), 두 가지 인증, 304, 응답 헤더, 문제 종류별 예. `/api/v1/openapi.yaml`도 있습니다. `GET /api/v1`은 설명서의 주소를 줍니다.',
        'OpenAPI: addresses (`servers`), both kinds of credentials, 304, headers of replies, a problem of each kind as example; also as `/api/v1/openapi.yaml`. `GET /api/v1` says where the descriptions are.',
      ],
      [
        '파일은 `format: binary`인 `application/octet-stream`으로 설명합니다. 파일 자리에 온 `{}`나 `[object Blob]`은 422로, `*`가 있는 미디어 타입과 `Content-Encoding`은 415로 거절합니다.',
        'Files are described as `application/octet-stream` with `format: binary`. A body that is `{}` or `[object Blob]` in place of a file is refused (422), as are a media type with `*` and a `Content-Encoding` (415).',
      ],
      [
        '`X-Request-Id`와 `traceparent`(W3C)를 받고 돌려줍니다. 문제 응답의 `instance`가 그 요청을 가리킵니다.',
        '`X-Request-Id` and `traceparent` (W3C) are taken and given; problems name their request in `instance`.',
      ],
      [
        'JSON은 `Content-Encoding: gzip`으로 보낼 수 있고, `Accept-Encoding: gzip`이면 그렇게 옵니다. 다른 부호화는 `Accept-Encoding`이 있는 415입니다.',
        'JSON may be sent with `Content-Encoding: gzip`, and comes so with `Accept-Encoding: gzip`; another coding is 415 with `Accept-Encoding`.',
      ],
      [
        '`If-Match`와 `If-None-Match`는 목록, `*`, 중간 서버가 약하게 만든 ETag를 받습니다. 다른 곳의 태그는 400이 아니라 412입니다.',
        '`If-Match` and `If-None-Match` take lists, `*`, and ETags that a proxy made weak. A tag of another origin is 412 and no longer 400.',
      ],
      [
        '다른 기관이 할 말(예: 접수 기관의 답변)은 422가 아니라 403 `forbidden`입니다. `pointer`는 허브의 이름이 아니라 요청의 이름(`/text`, `/to`)을 씁니다.',
        'What is for another agency to say (an answer by the origin, say) is 403 `forbidden` and no longer 422; `pointer` names the field as the request has it (`/text`, `/to`), and no longer as the hub keeps it.',
      ],
      [
        '서명(RFC 9421): `@target-uri`, `@scheme`, `@query-param`을 알고, 쿼리가 없으면 `@path`만으로 됩니다. 중간 서버가 함께 서명해도 됩니다. 401에는 `Accept-Signature`가 있습니다.',
        'Signatures (RFC 9421): `@target-uri`, `@scheme` and `@query-param` are known, `@path` alone is enough without a query, and a proxy may sign beside the caller. 401 has `Accept-Signature`.',
      ],
      [
        '`GET /event-types`는 피드와 웹훅의 사건 종류입니다. CloudEvents의 `source`는 기관의 `settings.source`가 없으면 허브의 주소(`PUBLIC_URL`)입니다(전에는 `/minwon-hub`).',
        '`GET /event-types` lists the kinds of event of feed and webhooks. CloudEvents have the hub’s own address (`PUBLIC_URL`) as `source` where an agency’s `settings.source` says nothing else; before it was `/minwon-hub`.',
      ],
      [
        '맞지 않는 메서드는 404가 아니라 `Allow`가 있는 405이고, OPTIONS에 답합니다. `/api` 아래에 없는 것은 problem+json입니다.',
        'A wrong method is 405 with `Allow` and no longer 404; OPTIONS answers. Below `/api`, what there is not is problem+json.',
      ],
    ],
  },
  { version: '1.0.0', lines: [['첫 판.', 'The first version.']] },
];
