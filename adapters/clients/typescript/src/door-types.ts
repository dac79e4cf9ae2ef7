/**
 * The types of the REST door, made of its OpenAPI document by openapi-typescript. Not written by hand:
 * `npm run client-types` writes it anew.
 */

export interface paths {
    "/api/v1/complaints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search among the complaints that your agency has a part in
         * @description Newest first. The next and the previous page are named by Link headers (RFC 8288).
         *
         *     Scope: `read`.
         */
        get: operations["searchComplaints"];
        put?: never;
        /**
         * Register a complaint: 접수
         * @description The hub routes it to the agency that must answer. Registered again with the same `externalId`, it is changed to what is said now, whatever was said in between.
         *
         *     Scope: `register`.
         */
        post: operations["registerComplaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say the whole content anew (the origin)
         * @description `filedAt` stays what it was when the complaint was registered.
         *
         *     Scope: `register`.
         */
        put: operations["updateComplaint"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer (the assignee): 답변
         * @description Scope: `answer`.
         */
        post: operations["addAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/interim-answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer for the time being (the assignee): 중간 회신
         * @description Scope: `answer`.
         */
        post: operations["addInterimAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/follow-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pass on a further question of the complainant (the origin): 추가 질의
         * @description Scope: `register`.
         */
        post: operations["addFollowUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say where it stands (the assignee): 처리상태
         * @description Scope: `answer`.
         */
        put: operations["changeStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move it to the agency that is right (the assignee): 이송
         * @description Scope: `answer`.
         */
        post: operations["transferComplaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take it back for the complainant (the origin): 취하
         * @description Scope: `register`.
         */
        post: operations["withdrawComplaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a step of the procedure (the assignee, or the origin for the complainant): 처리 절차
         * @description What the law does not allow now is refused (422), with the article and with what would be allowed. A step may change the status by itself. `kind` says which fields there are; those with `?` may be left out:
         *
         *     - `officer_assigned` (담당자 지정, Officer assigned; Decree, article 13): `officer`, `user`?
         *     - `classified` (민원 종류 변경, Kind changed; Decree, articles 14 to 17): `as`, `item`?, `reason`
         *     - `extended` (처리기간 연장, Deadline extended; Decree, article 21): `days`?, `hours`?, `reason`, `consent`?
         *     - `supplement_requested` (보완 요구, Supplement requested; Decree, article 24): `text`, `until`?
         *     - `supplement_extended` (보완 기간 연장, More time to supplement; Decree, article 24): `until`, `reason`?
         *     - `supplemented` (보완, Supplement; the origin, with the scope `register`; Decree, article 24): `text`, `attachments`?
         *     - `clock_stopped` (처리기간 정지, Clock stopped; Decree, article 20): `ground`, `reason`
         *     - `clock_resumed` (처리기간 재개, Clock goes on; Decree, article 20): `ground`
         *     - `survey_extended` (실지조사 연장, Survey extended; Decree, article 17): `reason`
         *     - `transfer_refused` (이송 거부, Transfer refused; Decree, article 13): `reason`
         *     - `refused` (거부, Refused; Act, article 27): `reasons`, `remedies`
         *     - `returned` (반려, Returned; Decree, article 25): `reason`
         *     - `closed` (종결, Closed; Act, article 27): `reason`?
         *     - `reopened` (재처리, Reopened; Act, article 27): `reason`
         *     - `objected` (이의신청, Objection; the origin, with the scope `register`; Act, article 35): `text`, `attachments`?
         *     - `objection_decided` (이의신청 결정, Objection decided; Act, article 35): `outcome`, `text`
         *     - `planned` (장기 반영 계획, Long-term plan; Decree, article 23): `promise`, `reviewOn`
         *     - `plan_reviewed` (장기 반영 점검, Plan reviewed; Decree, article 23): `text`, `kept`
         *     - `part_asked` (분담 요청, Part asked; Act, articles 20 and 31): `to`, `text`, `until`
         *     - `cooperation_asked` (협조 요청, Cooperation asked; Act, article 20): `to`, `text`, `until`
         *     - `contribution_answered` (요청에 회신, Reply to a request; the agency that was asked; Act, article 20): `contribution`, `text`, `attachments`?
         *     - `contribution_refused` (요청 거절, Request refused; the agency that was asked; Act, article 20): `contribution`, `reason`
         *     - `contribution_extended` (회신기간 연장, More time to reply; the agency that was asked; Act, article 20): `contribution`, `until`, `reason`
         *     - `contribution_moved` (요청 기관 변경, Asked of another agency; Act, article 20): `contribution`, `to`, `until`?, `reason`
         *     - `contribution_taken_back` (요청 회수, Request taken back; Act, article 20): `contribution`, `reason`
         *     - `contribution_shared` (회신 공유, Reply shared; Act, article 20): `contribution`
         *     - `joined` (병합, Joined; Decree, article 6): `complaints`, `reason`
         *     - `parted` (병합 해제, Parted; Decree, article 6): `complaints`, `reason`
         *     - `represented` (대표자 선정, Represented; Decree, article 8): `representatives`, `people`?
         *     - `closed_as_repeat` (반복민원 종결, Closed as a repeat; Act, article 23): `earlier`, `reason`
         *
         *     The last eight stay between agencies: no board, feed or webhook and no complainant is told of them. `listContributions` shows what was asked of whom, `listOwedContributions` what your agency owes.
         *
         *     Scope: `answer`.
         */
        post: operations["takeStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a complaint
         * @description Scope: `read`.
         */
        get: operations["getComplaint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where its statutory clock stands now, and why: 처리기간
         * @description Counted from the history, by the calendar, the periods and the office hours in force at the agency that answers. Each line is a step, with what it did to the deadline and the article that says so.
         *
         *     Scope: `read`.
         */
        get: operations["getClock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/contributions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was asked of other agencies for a complaint, and their replies: 분담·협조
         * @description The agency that answers the complaint sees all. An agency that was asked sees its own request, and the replies that were shared with it. To every other agency the list is empty.
         *
         *     Scope: `read`.
         */
        get: operations["listContributions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contributions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What other agencies asked of yours and still wait for
         * @description The most urgent first, at most 200. What was asked, in words, stands in `listContributions` of the complaint; a reply is the step `contribution_answered`.
         *
         *     Scope: `read`.
         */
        get: operations["listOwedContributions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the complainant consented to: 동의
         * @description The origin sees all, each in force with what follows when it is taken back. Another agency sees those to itself. The transfer and the cooperation that handling needs rest on the law and need no consent.
         *
         *     Scope: `read`.
         */
        get: operations["listConsents"];
        put?: never;
        /**
         * Pass on a consent of the complainant (the origin): 동의
         * @description To what an agency asks for in its configuration, in the words that were shown (`version`). From then on the agency gets these items in whatever role. Said again, it changes nothing.
         *
         *     Scope: `register`.
         */
        post: operations["giveConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/consent-withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pass on that the complainant takes a consent back (the origin): 동의 철회
         * @description From then on nothing goes by it. `listConsents` says before what stops, what stays by the law, and how many copies left.
         *
         *     Scope: `register`.
         */
        post: operations["withdrawConsent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that happened to a complaint, with its answers and follow-ups
         * @description Scope: `read`.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The complaint and its answers as a document to print: 민원 처리 결과 (PDF)
         * @description PDF on A4, tagged for screen readers, with its fonts: what was asked, every answer with officer and date, reasons and remedies of a refusal, the names of files, and a QR code of the receipt number.
         *
         *     Scope: `read`.
         */
        get: operations["getDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Fetch what your copies lack
         * @description Changes come in order; those of one complaint by `event.seq`. Without `after` the feed begins at the first change that is not acknowledged, so nothing is lost when your program stops: fetch, store, acknowledge, fetch on with `after`. An `after` that was never given out is refused (409 unknown-cursor): the hub was restored from an older copy, or the cursor is of another hub; fetch once without it. With `wait` the call is held until there is something (long poll). For agencies with `feed: true`.
         *
         *     Scope: `feed`.
         */
        get: operations["fetchChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/changes/acknowledgements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what your copies hold now
         * @description All up to a cursor (`upTo`), single complaints (`changes`), or both. Harmless to send again; what was never given out is refused. With `externalId` the hub learns your own id of the complaint; with `refused` a person looks why you cannot take a change.
         *
         *     Scope: `feed`.
         */
        post: operations["acknowledgeChanges"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Many writes in one request, a result for each
         * @description Items of one complaint are done in their order, others side by side. Each counts as one request towards the limits. Send the whole batch again after a lost reply: with `idempotencyKey` what was done is recognised; without, the complaint ends as the last item says.
         */
        post: operations["runBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your days: what came in and what was due: 대사 내역
         * @description Days are those of Asia/Seoul, the newest first; the last seven without `from` and `to`, 31 at the most. A day balances when no side has a difference. `sent` notices hold the `kept` ones: those lie in the outbox of the hub, which has no provider for them, and reached nobody yet.
         *
         *     Scope: `read`.
         */
        get: operations["getLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/subject-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The requests that you passed on
         * @description Newest first. The next and the previous page are named by Link headers (RFC 8288).
         *
         *     Scope: `read`.
         */
        get: operations["listSubjectRequests"];
        put?: never;
        /**
         * Pass on what a person asks about the own data: 개인정보 열람·정정·삭제·처리정지 요구
         * @description The people of the hub check who asks, find what is held, decide and answer within ten days of `receivedAt` (개인정보 보호법, articles 35 to 38). Send no resident registration number: it is masked.
         *
         *     Scope: `register`.
         */
        post: operations["passSubjectRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/subject-requests/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a request stands that you passed on
         * @description Scope: `read`.
         */
        get: operations["getSubjectRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your keys: 연계 키
         * @description Newest first; without those of your agent, which change by themselves.
         *
         *     Scope: `manage`.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make a key: 새 키
         * @description Twenty valid keys are the most.
         *
         *     Scope: `manage`.
         */
        post: operations["makeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of your keys: 연계 키 하나
         * @description Without what passes by itself, as the time of its last use. Its ETag is for If-Match of `rotateKey` and `revokeKey`.
         *
         *     Scope: `manage`.
         */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /**
         * Revoke a key: 키 폐기
         * @description It is refused everywhere within ten seconds. A key may revoke itself.
         *
         *     Scope: `manage`.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/keys/{id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace a key: 키 교체
         * @description A new key with the same name and scopes; the old one stays valid until `endsAt`.
         *
         *     Scope: `manage`.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your webhooks and how each fares: 웹훅
         * @description Scope: `manage`.
         */
        get: operations["listWebhooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/webhooks/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test: 시험 전송
         * @description A signed delivery of a CloudEvent `….ping.v1` that says nothing of any complaint. The call is held until your program has answered or the time-out is over.
         *
         *     Scope: `manage`.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/webhooks/{name}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Each call to a webhook: 전달 기록
         * @description Newest first, for 90 days; tests too.
         *
         *     Scope: `manage`.
         */
        get: operations["listWebhookCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/webhooks/{name}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell a webhook again: 다시 보내기
         * @description Under the same `webhook-id`, so that a receiver takes nothing twice.
         *
         *     Scope: `manage`.
         */
        post: operations["resendWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/webhooks/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hold a webhook back: 일시 중지
         * @description What happens meanwhile waits, and is told in order afterwards.
         *
         *     Scope: `manage`.
         */
        put: operations["pauseWebhook"];
        post?: never;
        /**
         * Go on with a webhook: 재개
         * @description What happens meanwhile waits, and is told in order afterwards.
         *
         *     Scope: `manage`.
         */
        delete: operations["resumeWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/webhooks/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What may be changed of a webhook: 웹훅 설정
         * @description As it is in force now; how it fares stands in `listWebhooks`. Its ETag is for If-Match of the calls that change it.
         *
         *     Scope: `manage`.
         */
        get: operations["getWebhook"];
        /**
         * Make a webhook or change it: 웹훅 만들기
         * @description The hub makes and keeps the secret of a new one. With another address, what an administrator allowed for the old one (networks, credentials) is gone. It is a version of your configuration, and administrators see who made it.
         *
         *     Scope: `manage`.
         */
        put: operations["putWebhook"];
        post?: never;
        /**
         * Remove a webhook: 웹훅 없애기
         * @description What waits for it is lost.
         *
         *     Scope: `manage`.
         */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/webhooks/{name}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new secret beside the newest one: 웹훅 비밀 교체
         * @description Both sign until the next renewal, so that your program can change over at any time.
         *
         *     Scope: `manage`.
         */
        post: operations["renewWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your last 10,000 calls at all doors: 호출 기록
         * @description Newest first: what was called, how it ended and how long it took, and nothing of what was said. A call is here about a second after it was answered. Calls without a valid key are not here: try those at `POST /self-test`.
         *
         *     Scope: `manage`.
         */
        get: operations["listCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your limits and what you used: 사용량
         * @description The last 14 days of Asia/Seoul, by door. `limited`: told to wait (429).
         *
         *     Scope: `manage`.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/agent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your agent: 에이전트
         * @description Scope: `manage`.
         */
        get: operations["getAgent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/agent/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your agent's log, as it was asked for: 설치형 모듈 로그
         * @description Kept for a day. 404: your agency is connected without an agent.
         *
         *     Scope: `manage`.
         */
        get: operations["getAgentLogs"];
        put?: never;
        /**
         * Ask for your agent's newest log lines: 설치형 모듈 로그 요청
         * @description Your agent sees it in its open call to the hub, or when it is back, and sends what it has kept of its log since its start, redacted as the log is. The same question again changes nothing while it waits; another one takes its place. 409: your agent was never heard of, or its version cannot send logs.
         *
         *     Scope: `manage`.
         */
        post: operations["askAgentLogs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/parked/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came from your board and cannot be applied: 보류된 글
         * @description Newest first.
         *
         *     Scope: `manage`.
         */
        get: operations["listParkedItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/parked/items/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them, with persons masked
         * @description Scope: `manage`.
         */
        get: operations["getParkedItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/parked/items/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Judge it again, perhaps corrected: 다시 판정
         * @description With today's mapping. Without `body`, it is judged as it came in.
         *
         *     Scope: `manage`.
         */
        post: operations["retryParkedItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/parked/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events that your board refuses: 게시판이 거절한 사건
         * @description The oldest complaint first; `seq` is the event that waits.
         *
         *     Scope: `manage`.
         */
        get: operations["listParkedEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/parked/events/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver it again: 다시 전달
         * @description Scope: `manage`.
         */
        post: operations["retryParkedEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/replays/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a replay would bring your board: 재전송 미리 보기
         * @description Scope: `manage`.
         */
        get: operations["previewReplay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Replays to your board and how far they are
         * @description Scope: `manage`.
         */
        get: operations["listReplays"];
        put?: never;
        /**
         * Bring your board again what it lost: 재전송
         * @description Preview it first. `mayDouble` accepts that a board which cannot be asked may hold it twice.
         *
         *     Scope: `manage`.
         */
        post: operations["startReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of your replays: 재전송 하나
         * @description Without how far it is, which stands in `listReplays`. Its ETag is for If-Match of `changeReplay`.
         *
         *     Scope: `manage`.
         */
        get: operations["getReplay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/replays/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Pause it, go on, or end it
         * @description Scope: `manage`.
         */
        put: operations["changeReplay"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a file before what names it
         * @description The body is the file as it is, streamed. `Content-Digest` with sha-256 (RFC 9530) is checked where it is sent; what the file is, the hub finds out by itself. Within a day its `id` goes into the `attachments` of a complaint, an answer or a follow-up.
         *
         *     Scope: `attach`.
         */
        post: operations["putAttachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The files of a complaint, and how far each has come
         * @description Scope: `read`.
         */
        get: operations["listAttachments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/complaints/{receiptNumber}/attachments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a file
         * @description Scope: `read`.
         */
        get: operations["getAttachment"];
        /**
         * Send a file that your agency named without it
         * @description The body is the file as it is, streamed. `Content-Digest` with sha-256 (RFC 9530) is checked where it is sent; what the file is, the hub finds out by itself.
         *
         *     Scope: `attach`.
         */
        put: operations["supplyAttachment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The kinds of event that feed and webhooks bring: 사건 종류
         * @description More kinds may come: pass over one that you do not know. No key is needed.
         */
        get: operations["listEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/boards/{code}/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send posts in the board's own format: 게시판이 직접 보내는 글
         * @description For boards that call by themselves (webhooks, SOAP). The agency's mapping (`board.settings.received`) reads the body, and may answer in the board's own words. An envelope is answered by an envelope, or by a Fault. The credentials are those of `received.proof`, or the agency's API key; in an envelope also as WS-Security UsernameToken. Scope: `register`.
         */
        post: operations["sendPosts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self-test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try credentials, clock, charset and signature: 연결 시험
         * @description Always answered with 200 and a report. Send the same headers as with real calls and the body `{"text": "민원 연계 시험 뷁 😀 ABC", "time": "…"}`.
         */
        post: operations["selfTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * 사건 수신 (변경 수신 대신) / An event of a complaint, or a ping: instead of the feed
         * @description 민원별 순서대로 옵니다. webhook-id가 같으면 같은 사건입니다. / In order per complaint; the same webhook-id is the same event. Signed by Standard Webhooks (standardwebhooks.com): check it before anything else. See adapters/webhook/README.md; GET /api/v1/event-types lists the kinds of event.
         */
        post: operations["receiveEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        Complaint: {
            /** Format: uuid */
            id: string;
            receiptNumber: string;
            /** 기관 코드 */
            origin: string;
            originNumber?: string;
            /** 기관 코드 */
            assignee: string;
            /**
             * 처리상태
             * @enum {string}
             */
            status: "received" | "assigned" | "in_progress" | "supplement_requested" | "answered" | "closed" | "transferred" | "withdrawn" | "rejected" | "merged";
            content: components["schemas"]["ComplaintContent"];
            /** Format: date-time */
            registeredAt: string;
            /**
             * Format: date-time
             * @description When the origin took it in: the start of the statutory clock. Absent in old records: `registeredAt`
             */
            takenInAt?: string;
            /**
             * Format: date-time
             * @description Statutory deadline. Absent where no period applies, or while the clock stands with no end in sight
             */
            dueAt?: string;
            officer?: {
                department?: string;
                name?: string;
                contact?: string;
            };
            clock?: components["schemas"]["ClockFace"];
            lastSeq: number;
        };
        /** @description Where the statutory clock (처리기간) stands after the newest event; what is used and left: `getClock` */
        ClockFace: {
            /**
             * @description `none`: no period applies
             * @enum {string}
             */
            phase: "none" | "running" | "stopped" | "ended";
            /**
             * @description Whether office hours or days are counted (Act, article 19)
             * @enum {string}
             */
            unit?: "hours" | "days";
            /** @description The period with its extensions, in units */
            total?: number;
            /**
             * Format: date-time
             * @description Since when it stands
             */
            stoppedSince?: string;
            /** @description Why it stands */
            grounds?: ("supplement" | "hearing" | "review" | "representatives" | "transfer" | "precondition" | "survey")[];
            /**
             * Format: date-time
             * @description When the complaint ended: answered, refused, returned, withdrawn, closed
             */
            endedAt?: string;
            /** @description It ended after the deadline */
            late?: boolean;
        };
        ComplaintContent: {
            title: string;
            body: string;
            /**
             * 민원 종류
             * @enum {string}
             */
            kind: "law_query" | "query" | "suggestion" | "other" | "grievance" | "statutory";
            category?: string;
            region?: string;
            complainant: components["schemas"]["Complainant"];
            /** Format: date-time */
            filedAt: string;
            attachments?: {
                id?: string;
                name: string;
                mediaType?: string;
                size?: number;
                sha256?: string;
                /** Format: uri */
                url?: string;
            }[];
        };
        Complainant: {
            name: string;
            company?: string;
            /** Format: email */
            email?: string;
            phone?: string;
            /**
             * 통지 방법
             * @enum {string}
             */
            notifyBy?: "email" | "sms";
            /** @enum {string} */
            language?: "ko" | "en";
        };
        Registration: {
            externalId: string;
            content: components["schemas"]["ComplaintContent"];
            /**
             * Format: date-time
             * @description When your agency took it in (접수): the statutory clock starts then, otherwise at `filedAt`. It is for the first registration alone
             */
            takenInAt?: string;
            /** @description What the complainant consented to when filing. It is for the first registration alone */
            consents?: {
                /** 기관 코드 */
                agency: string;
                /**
                 * 동의 목적
                 * @enum {string}
                 */
                purpose: "contact" | "aftercare" | "survey";
                version: string;
                /**
                 * Format: date-time
                 * @description When the person consented. Absent: now
                 */
                givenAt?: string;
            }[];
        };
        Receipt: {
            /** @enum {string} */
            outcome: "applied" | "duplicate";
            /** Format: uuid */
            id: string;
            receiptNumber: string;
            lastSeq: number;
        };
        Answer: {
            id?: string;
            interim?: boolean;
            text: string;
            /** Format: date-time */
            answeredAt?: string;
            officer?: {
                department?: string;
                name?: string;
                contact?: string;
            };
            attachments?: {
                id?: string;
                name: string;
                mediaType?: string;
                size?: number;
                sha256?: string;
                /** Format: uri */
                url?: string;
            }[];
        };
        InterimAnswer: {
            id?: string;
            text: string;
            /** Format: date-time */
            answeredAt?: string;
            officer?: {
                department?: string;
                name?: string;
                contact?: string;
            };
            attachments?: {
                id?: string;
                name: string;
                mediaType?: string;
                size?: number;
                sha256?: string;
                /** Format: uri */
                url?: string;
            }[];
        };
        FollowUp: {
            id?: string;
            text: string;
            /** Format: date-time */
            writtenAt?: string;
            attachments?: {
                id?: string;
                name: string;
                mediaType?: string;
                size?: number;
                sha256?: string;
                /** Format: uri */
                url?: string;
            }[];
        };
        StatusChange: {
            /**
             * 처리상태
             * @enum {string}
             */
            status: "received" | "assigned" | "in_progress" | "supplement_requested" | "answered" | "closed" | "transferred" | "withdrawn" | "rejected" | "merged";
        };
        Transfer: {
            /** 기관 코드 */
            to: string;
            reason: string;
        };
        Withdrawal: {
            reason?: string;
        };
        /** @description One step of the procedure; what each kind requires: `takeStep` */
        Step: {
            /** @enum {string} */
            kind: "officer_assigned" | "classified" | "extended" | "supplement_requested" | "supplement_extended" | "supplemented" | "clock_stopped" | "clock_resumed" | "survey_extended" | "transfer_refused" | "refused" | "returned" | "closed" | "reopened" | "objected" | "objection_decided" | "planned" | "plan_reviewed" | "part_asked" | "cooperation_asked" | "contribution_answered" | "contribution_refused" | "contribution_extended" | "contribution_moved" | "contribution_taken_back" | "contribution_shared" | "joined" | "parted" | "represented" | "closed_as_repeat";
            id?: string;
            /**
             * Format: date-time
             * @description When it was taken. Absent: when the hub learnt of it
             */
            at?: string;
            by?: {
                department?: string;
                name?: string;
                contact?: string;
            };
            officer?: {
                department?: string;
                name?: string;
                contact?: string;
            };
            /** @description Login at the console, where there is one */
            user?: string;
            /**
             * 민원 종류
             * @enum {string}
             */
            as?: "law_query" | "query" | "suggestion" | "other" | "grievance" | "statutory";
            /** @description Of the table of statutory complaints */
            item?: string;
            reason?: string;
            days?: number;
            hours?: number;
            /** @description Evidence of the complainant's consent to a second extension */
            consent?: string;
            text?: string;
            /**
             * Format: date-time
             * @description By when the supplement or the reply is awaited
             */
            until?: string;
            attachments?: {
                id?: string;
                name: string;
                mediaType?: string;
                size?: number;
                sha256?: string;
                /** Format: uri */
                url?: string;
            }[];
            /**
             * 정지 사유
             * @enum {string}
             */
            ground?: "hearing" | "review" | "representatives" | "transfer" | "precondition" | "survey";
            reasons?: string;
            remedies?: string;
            /**
             * 결정
             * @enum {string}
             */
            outcome?: "upheld" | "partly_upheld" | "dismissed";
            promise?: string;
            /** @description The days on which it is looked at again and told */
            reviewOn?: string[];
            /** @description Nothing more is to be looked at */
            kept?: boolean;
            /** 기관 코드 */
            to?: string;
            /** @description The number of what was asked of an agency, counted from 1 within the complaint */
            contribution?: number;
            /** @description Receipt numbers of the complaints that are joined to this one no longer */
            complaints?: string[];
            /** @description Names of the representatives */
            representatives?: string[];
            /** @description For how many people it speaks */
            people?: number;
            /** @description Receipt numbers of the earlier identical complaints whose results were told */
            earlier?: string[];
        };
        StatutoryClock: {
            receiptNumber: string;
            /**
             * Format: date-time
             * @description The instant for which this holds
             */
            at: string;
            /**
             * @description `none`: no period applies
             * @enum {string}
             */
            phase: "none" | "running" | "stopped" | "ended";
            /** Format: date-time */
            startedAt?: string;
            /**
             * Format: date-time
             * @description The deadline. Absent: no period applies, or it depends on when the clock goes on
             */
            dueAt?: string;
            /**
             * @description Whether office hours or days are counted (Act, article 19)
             * @enum {string}
             */
            unit?: "hours" | "days";
            /** @description The period with its extensions, in units */
            total: number;
            /** @description Units counted so far; of an ended complaint, until its end */
            used: number;
            /** @description `total` without `used`, never below 0 */
            left: number;
            /** @description The deadline has passed, or the complaint ended after it */
            overdue: boolean;
            /** @description Units counted beyond the deadline */
            over: number;
            /** Format: date-time */
            stoppedSince?: string;
            /**
             * Format: date-time
             * @description When days count again although the survey goes on
             */
            stoppedUntil?: string;
            /** @description Why it stands; empty: it runs */
            grounds: ("supplement" | "hearing" | "review" | "representatives" | "transfer" | "precondition" | "survey")[];
            /** Format: date-time */
            endedAt?: string;
            /** @description Which gives the period */
            article?: string;
            /** @description Oldest first */
            lines: components["schemas"]["ClockLine"][];
        };
        Contribution: {
            /** @description Counted from 1 within the complaint */
            number: number;
            /**
             * @description `part`: the agency answers a part of the matter (분담). `cooperation`: it gives its opinion (협조)
             * @enum {string}
             */
            kind: "part" | "cooperation";
            /**
             * 기관 코드
             * @description The agency that asked: it answers the complaint
             */
            by: string;
            /** Format: date-time */
            askedAt: string;
            /**
             * Format: date-time
             * @description By when the reply is awaited
             */
            dueAt: string;
            /**
             * 기관 코드
             * @description The agency that is asked
             */
            to: string;
            /** @description What is asked */
            text: string;
            /** @enum {string} */
            state: "asked" | "answered" | "refused" | "taken_back";
            /** @description It is still awaited, and its date has passed */
            overdue: boolean;
            /** @description More time was taken; once is all (Act, article 20) */
            extended: boolean;
            /** @description The other agencies that were asked may read the reply */
            shared: boolean;
            /** @description What the agency said */
            reply?: string;
            /** @description The files of the reply, as it named them */
            attachments?: {
                id?: string;
                name: string;
                mediaType?: string;
                size?: number;
                sha256?: string;
                /** Format: uri */
                url?: string;
            }[];
            officer?: {
                department?: string;
                name?: string;
                contact?: string;
            };
            /** @description Why it was refused or taken back */
            reason?: string;
            /**
             * Format: date-time
             * @description When it was answered, refused or taken back
             */
            endedAt?: string;
        };
        OwedContribution: {
            receiptNumber: string;
            /** @description The complaint's */
            title: string;
            /** @description Counted from 1 within the complaint */
            number: number;
            /**
             * @description `part`: the agency answers a part of the matter (분담). `cooperation`: it gives its opinion (협조)
             * @enum {string}
             */
            kind: "part" | "cooperation";
            /**
             * 기관 코드
             * @description The agency that asked: it answers the complaint
             */
            by: string;
            /** Format: date-time */
            askedAt: string;
            /**
             * Format: date-time
             * @description By when the reply is awaited
             */
            dueAt: string;
            overdue: boolean;
        };
        ClockLine: {
            /** Format: date-time */
            at: string;
            /**
             * @description `restarted`: an ended complaint was taken up again
             * @enum {string}
             */
            step: "started" | "classified" | "stopped" | "resumed" | "survey_extended" | "extended" | "ended" | "restarted";
            /** @description The step in words */
            name: {
                ko: string;
                en: string;
            };
            /**
             * @description `counted`: it moved the clock. `late`: the deadline had passed, so it moved nothing. `idle`: it changed nothing
             * @enum {string}
             */
            effect: "counted" | "late" | "idle";
            /**
             * Format: date-time
             * @description The deadline after it. Absent: there is none, or it depends on when the clock goes on
             */
            dueAt?: string;
            /** @description Of the Civil Complaints Treatment Act (`Act`) or of its Enforcement Decree (`Decree`) */
            article: string;
            /**
             * 정지 사유
             * @enum {string}
             */
            ground?: "supplement" | "hearing" | "review" | "representatives" | "transfer" | "precondition" | "survey";
            /**
             * 민원 종류
             * @enum {string}
             */
            kind?: "law_query" | "query" | "suggestion" | "other" | "grievance" | "statutory";
            item?: string;
            /** @description Of an extension, or of a period of its own */
            days?: number;
            hours?: number;
        };
        ComplaintSummary: {
            /** Format: uuid */
            id: string;
            receiptNumber: string;
            title: string;
            /**
             * 민원 종류
             * @enum {string}
             */
            kind: "law_query" | "query" | "suggestion" | "other" | "grievance" | "statutory";
            /**
             * 처리상태
             * @enum {string}
             */
            status: "received" | "assigned" | "in_progress" | "supplement_requested" | "answered" | "closed" | "transferred" | "withdrawn" | "rejected" | "merged";
            /** 기관 코드 */
            origin: string;
            /** 기관 코드 */
            assignee: string;
            /** Format: date-time */
            registeredAt: string;
            /** Format: date-time */
            dueAt?: string;
            overdue: boolean;
        };
        SearchResult: {
            complaints: components["schemas"]["ComplaintSummary"][];
            next?: string;
            previous?: string;
        };
        Upload: {
            /** Format: uuid */
            id: string;
            name: string;
            mediaType: string;
            size: number;
            sha256: string;
        };
        AttachmentSummary: {
            /** Format: uuid */
            id: string;
            event: number;
            /** 기관 코드 */
            agency: string;
            name: string;
            /** @enum {string} */
            state: "wanted" | "held" | "failed" | "refused" | "withheld";
            mediaType?: string;
            size?: number;
            sha256?: string;
            reason?: string;
        };
        AgencyEvent: {
            seq: number;
            /** @enum {string} */
            type: "registered" | "revised" | "assigned" | "transferred" | "status_changed" | "interim_answered" | "answered" | "followed_up" | "step_taken" | "withdrawn";
            /** Format: date-time */
            at: string;
            /** 기관 코드 */
            by: string;
            content?: components["schemas"]["ComplaintContent"];
            answer?: components["schemas"]["Answer"];
            followUp?: components["schemas"]["FollowUp"];
            /**
             * 처리상태
             * @enum {string}
             */
            fromStatus?: "received" | "assigned" | "in_progress" | "supplement_requested" | "answered" | "closed" | "transferred" | "withdrawn" | "rejected" | "merged";
            /**
             * 처리상태
             * @enum {string}
             */
            toStatus?: "received" | "assigned" | "in_progress" | "supplement_requested" | "answered" | "closed" | "transferred" | "withdrawn" | "rejected" | "merged";
            /** 기관 코드 */
            fromAgency?: string;
            /** 기관 코드 */
            toAgency?: string;
            step?: components["schemas"]["Step"];
            reason?: string;
        };
        AgencyChange: {
            cursor: string;
            receiptNumber: string;
            /** @enum {string} */
            role: "origin" | "assignee" | "copy";
            externalId?: string;
            event: components["schemas"]["AgencyEvent"];
            complaint: components["schemas"]["Complaint"];
            /** @description Present: the post is what an agency was asked for (분담·협조), and no complaint */
            part?: {
                /** @description The receipt number of the complaint that it is a part of */
                of: string;
                /** @description Counted from 1 within the complaint */
                number: number;
                /**
                 * @description `part`: the agency answers a part of the matter (분담). `cooperation`: it gives its opinion (협조)
                 * @enum {string}
                 */
                kind: "part" | "cooperation";
                /**
                 * 기관 코드
                 * @description The agency that asked: it answers the complaint
                 */
                by: string;
                /**
                 * Format: date-time
                 * @description By when the reply is awaited
                 */
                dueAt: string;
            };
        };
        PushedChange: {
            receiptNumber: string;
            /** @enum {string} */
            role: "origin" | "assignee" | "copy";
            externalId?: string;
            event: components["schemas"]["AgencyEvent"];
            complaint: components["schemas"]["Complaint"];
            /** @description Present: the post is what an agency was asked for (분담·협조), and no complaint */
            part?: {
                /** @description The receipt number of the complaint that it is a part of */
                of: string;
                /** @description Counted from 1 within the complaint */
                number: number;
                /**
                 * @description `part`: the agency answers a part of the matter (분담). `cooperation`: it gives its opinion (협조)
                 * @enum {string}
                 */
                kind: "part" | "cooperation";
                /**
                 * 기관 코드
                 * @description The agency that asked: it answers the complaint
                 */
                by: string;
                /**
                 * Format: date-time
                 * @description By when the reply is awaited
                 */
                dueAt: string;
            };
        };
        WebhookEvent: {
            /** @constant */
            specversion: "1.0";
            id: string;
            /** Format: uri-reference */
            source: string;
            /** Format: date-time */
            time: string;
            /** @constant */
            datacontenttype: "application/json";
            type: string;
            subject: string;
            sequence: string;
            data: components["schemas"]["PushedChange"];
        };
        WebhookPing: {
            /** @constant */
            specversion: "1.0";
            id: string;
            /** Format: uri-reference */
            source: string;
            /** Format: date-time */
            time: string;
            /** @constant */
            datacontenttype: "application/json";
            type: string;
            data: {
                /** 기관 코드 */
                agency: string;
            };
        };
        Changes: {
            changes: components["schemas"]["AgencyChange"][];
            cursor: string;
            more: boolean;
        };
        Acknowledgement: {
            upTo?: string;
            changes?: {
                receiptNumber: string;
                seq: number;
                externalId?: string;
                refused?: string;
            }[];
        };
        Acknowledged: {
            acknowledged: number;
            outstanding: number;
        };
        Batch: {
            items: components["schemas"]["BatchItem"][];
        };
        BatchItem: {
            /** @enum {string} */
            operation: "registerComplaint" | "updateComplaint" | "addAnswer" | "addInterimAnswer" | "addFollowUp" | "changeStatus" | "transferComplaint" | "withdrawComplaint" | "takeStep";
            /** @description of which complaint; not for registerComplaint */
            receiptNumber?: string;
            /** @description the body of the operation's own route */
            value: unknown;
            /** @description as the header Idempotency-Key, for this item */
            idempotencyKey?: string;
            /** @description as If-Match */
            expectedSeq?: number;
        };
        BatchResult: {
            /** @description what the single call would have been answered with */
            status: number;
            receipt?: components["schemas"]["Receipt"];
            problem?: components["schemas"]["Problem"];
        };
        LedgerDays: {
            /** 기관 코드 */
            agency: string;
            from: string;
            to: string;
            balanced: boolean;
            days: {
                day: string;
                received: {
                    total: number;
                    applied: number;
                    duplicate: number;
                    parked: number;
                    discarded: number;
                    difference: number;
                };
                due: {
                    total: number;
                    held: number;
                    waiting: number;
                    parked: number;
                    difference: number;
                };
                notices: {
                    total: number;
                    sent: number;
                    kept: number;
                    waiting: number;
                    failed: number;
                    unreachable: number;
                    difference: number;
                };
                balanced: boolean;
                differences: {
                    /** @enum {string} */
                    side: "received" | "due" | "notices";
                    /** @enum {string} */
                    kind: "item-without-complaint" | "repetition-without-original" | "complaint-without-item" | "events-missing" | "event-not-due" | "link-ahead" | "link-missing" | "call-abandoned" | "notice-missing" | "sent-without-trace" | "sending-abandoned";
                    item: string;
                    receiptNumber: string | null;
                    event: number | null;
                }[];
            }[];
        };
        SubjectRequest: {
            /** @description Your own number of it: sent again, it is the same one */
            externalId: string;
            /** @enum {string} */
            kind: "access" | "correct" | "delete" | "stop";
            /** Format: date-time */
            receivedAt?: string;
            name: string;
            /** @description E.164, for example +821012345678 */
            phone?: string;
            /** Format: email */
            email?: string;
            address?: string;
            /** @description What is asked, in the words of the person */
            wants: string;
            representative?: {
                name: string;
                contact: string;
                /** @enum {string} */
                mandate: "legal" | "power_of_attorney";
                shown: string;
            };
            correction?: {
                name?: string;
                company?: string;
                /** @description E.164, for example +821012345678 */
                phone?: string;
                /** Format: email */
                email?: string;
            };
        };
        SubjectRequestStanding: {
            number: string;
            externalId: string;
            /** @enum {string} */
            kind: "access" | "correct" | "delete" | "stop";
            /** @enum {string} */
            state: "received" | "identified" | "decided" | "told" | "withdrawn";
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            dueAt: string;
            decision: ("granted" | "partly" | "refused") | null;
            toldAt: string | null;
        };
        PostsTaken: {
            posts: {
                /** @description The id of the post at its board */
                externalId: string;
                /**
                 * @description `parked`: it is safe, and a person looks at it. Do not send it again
                 * @enum {unknown}
                 */
                outcome: "applied" | "duplicate" | "parked";
                /** @description The receipt number (접수번호) */
                receiptNumber?: string;
                problems?: {
                    pointer: string;
                    message: string;
                }[];
            }[];
        };
        EventTypes: {
            eventTypes: {
                /**
                 * @description `event.type` in the feed and in lists of events
                 * @enum {string}
                 */
                type: "registered" | "revised" | "assigned" | "transferred" | "status_changed" | "interim_answered" | "answered" | "followed_up" | "step_taken" | "withdrawn";
                /** @description `type` of the CloudEvent at a webhook; an agency may have another beginning */
                cloudEvent: string;
                name: {
                    ko: string;
                    en: string;
                };
                /** @description Of `event`, beside seq, type, at and by */
                fields: string[];
            }[];
        };
        SelfTestReport: {
            ok: boolean;
            /** Format: date-time */
            time: string;
            checks: components["schemas"]["SelfTestCheck"][];
        };
        SelfTestCheck: {
            /** @enum {string} */
            check: "credentials" | "signature" | "rules" | "digest" | "charset" | "clock";
            ok: boolean;
            ko: string;
            en: string;
        };
        Problem: {
            /**
             * Format: uri
             * @description `urn:minwon-hub:problem:` and one of malformed, invalid, unauthenticated, forbidden, not-found, method-not-allowed, conflict, changed-meanwhile, key-reused, unknown-cursor, too-large, unsupported-media-type, unsupported-encoding, too-many-requests, too-slow, unavailable; more may come
             */
            type: string;
            /** @description The same for every problem of this type */
            title: string;
            status: number;
            /** @description What is wrong with this request */
            detail?: string;
            /**
             * Format: uri
             * @description Names this request, as X-Request-Id does: quote it to the operator of the hub
             */
            instance?: string;
            errors?: {
                /** @description JSON pointer (RFC 6901) to the field */
                pointer: string;
                /** @description What is wrong there, and what would be accepted */
                message: string;
            }[];
        };
    };
    responses: {
        /** @description The request cannot be read: no JSON, no UTF-8, or a header that stands there twice. */
        Unreadable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Traceparent: components["headers"]["Traceparent"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No valid API key or signature was sent. */
        Unauthenticated: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Traceparent: components["headers"]["Traceparent"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "Accept-Signature": components["headers"]["Accept-Signature"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key's scope, the network or the certificate does not allow this, or it is for another agency to say. */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Traceparent: components["headers"]["Traceparent"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such complaint or file for this agency. */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Traceparent: components["headers"]["Traceparent"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description This does not go with how the agency is connected, or with what it was given. */
        Conflict: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Traceparent: components["headers"]["Traceparent"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was changed since the ETag in If-Match was read, or what is no more is expected. */
        ChangedMeanwhile: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Traceparent: components["headers"]["Traceparent"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        TooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Traceparent: components["headers"]["Traceparent"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body has a media type or a content coding that is not taken here. */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Traceparent: components["headers"]["Traceparent"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Accept-Encoding": components["headers"]["Accept-Encoding"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Something in the request is not acceptable; `errors` names the places (JSON pointers, RFC 6901). */
        Invalid: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Traceparent: components["headers"]["Traceparent"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A limit is reached; wait as many seconds as Retry-After says. */
        TooManyRequests: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Traceparent: components["headers"]["Traceparent"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The hub cannot take this now: send the same again. Or it asks for too much: narrow it. */
        Unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                Traceparent: components["headers"]["Traceparent"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description The name of this request in the log of the hub: your own X-Request-Id if it was 1 to 128 of A-Z a-z 0-9 . _ ~ -
         * @example 4bf92f3577b34da6a3ce929d0e0e4736
         */
        "X-Request-Id": string;
        /**
         * @description W3C Trace Context: your own trace goes on, with a span of the hub
         * @example 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
         */
        Traceparent: string;
        /**
         * @description How many requests are open in this window (`r`) and its seconds that are left (`t`): draft-ietf-httpapi-ratelimit-headers
         * @example "minute";r=59940;t=37
         */
        RateLimit: string;
        /**
         * @description How many requests (`q`) are open in a window of so many seconds (`w`)
         * @example "minute";q=60000;w=60
         */
        "RateLimit-Policy": string;
        /**
         * @description Seconds after which the same request may succeed (RFC 9110, 10.2.3)
         * @example 12
         */
        "Retry-After": number;
        /**
         * @description The credentials that open this door (RFC 9110, 11.6.1)
         * @example Bearer
         */
        "WWW-Authenticate": string;
        /**
         * @description How a request is to be signed (RFC 9421, 5.1)
         * @example sig1=("@method" "@request-target" "content-digest");created;nonce;alg="hmac-sha256"
         */
        "Accept-Signature": string;
        /**
         * @description The content codings that are taken here (RFC 9110, 12.5.3)
         * @example gzip
         */
        "Accept-Encoding": string;
        /**
         * @description The state of what was read, for If-Match and If-None-Match (RFC 9110, 8.8.3). Of a complaint: the number of its newest event
         * @example "2"
         */
        ETag: string;
        /**
         * @description The path of the complaint
         * @example /api/v1/complaints/26-0000-4711-1
         */
        Location: string;
        /**
         * @description The next and the previous page (RFC 8288)
         * @example </api/v1/complaints?after=1763598665120_019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f>; rel="next"
         */
        Link: string;
        /**
         * @description The name of the file (RFC 6266)
         * @example attachment; filename="plan.pdf"
         */
        "Content-Disposition": string;
        /**
         * @description SHA-256 of the file (RFC 9530)
         * @example sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:
         */
        "Repr-Digest": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    searchComplaints: {
        parameters: {
            query?: {
                text?: string;
                status?: "received" | "assigned" | "in_progress" | "supplement_requested" | "answered" | "closed" | "transferred" | "withdrawn" | "rejected" | "merged";
                kind?: "law_query" | "query" | "suggestion" | "other" | "grievance" | "statutory";
                origin?: string;
                assignee?: string;
                limit?: number;
                after?: string;
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "complaints": [
                     *         {
                     *           "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *           "receiptNumber": "26-0000-4711-1",
                     *           "title": "수출 신고 절차 문의",
                     *           "kind": "query",
                     *           "status": "assigned",
                     *           "origin": "kotra",
                     *           "assignee": "customs",
                     *           "registeredAt": "2026-11-20T00:31:05.120Z",
                     *           "dueAt": "2026-11-30T09:00:00.000Z",
                     *           "overdue": false
                     *         }
                     *       ],
                     *       "next": "1763598665120_019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f"
                     *     }
                     */
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    registerComplaint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "externalId": "VOC-2026-000123",
                 *       "content": {
                 *         "title": "수출 신고 절차 문의",
                 *         "body": "처음 수출하는 업체입니다. 신고에 필요한 서류와 처리기간을 알려 주십시오.",
                 *         "kind": "query",
                 *         "category": "수출",
                 *         "complainant": {
                 *           "name": "김민원",
                 *           "company": "민원상사",
                 *           "email": "kim@example.kr",
                 *           "phone": "+821012345678",
                 *           "notifyBy": "email"
                 *         },
                 *         "filedAt": "2026-11-20T09:30:00+09:00"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description It is so already, or was taken in before; nothing changed. Or, of a change: it was made. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description Registered, durably. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateComplaint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
                /**
                 * @description The ETag that you read, or several: the write is refused with 412 when the complaint was changed since (RFC 9110, 13.1.1).
                 * @example "2"
                 */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "수출 신고 절차 문의",
                 *       "body": "처음 수출하는 업체입니다. 신고에 필요한 서류와 처리기간을 알려 주십시오.",
                 *       "kind": "query",
                 *       "category": "수출",
                 *       "complainant": {
                 *         "name": "김민원",
                 *         "company": "민원상사",
                 *         "email": "kim@example.kr",
                 *         "phone": "+821012345678",
                 *         "notifyBy": "email"
                 *       },
                 *       "filedAt": "2026-11-20T09:30:00+09:00"
                 *     }
                 */
                "application/json": components["schemas"]["ComplaintContent"];
            };
        };
        responses: {
            /** @description It is so already, or was taken in before; nothing changed. Or, of a change: it was made. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    addAnswer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
                /**
                 * @description The ETag that you read, or several: the write is refused with 412 when the complaint was changed since (RFC 9110, 13.1.1).
                 * @example "2"
                 */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "A-77",
                 *       "text": "수출신고서와 송품장을 제출하시면 3일 안에 처리됩니다.",
                 *       "answeredAt": "2026-11-23T14:00:00+09:00",
                 *       "officer": {
                 *         "department": "통관과",
                 *         "name": "이담당",
                 *         "contact": "02-123-4567"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["Answer"];
            };
        };
        responses: {
            /** @description It is so already, or was taken in before; nothing changed. Or, of a change: it was made. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description Taken in, durably. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    addInterimAnswer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
                /**
                 * @description The ETag that you read, or several: the write is refused with 412 when the complaint was changed since (RFC 9110, 13.1.1).
                 * @example "2"
                 */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "관계 부서와 협의하고 있습니다. 12월 1일까지 답변드리겠습니다."
                 *     }
                 */
                "application/json": components["schemas"]["InterimAnswer"];
            };
        };
        responses: {
            /** @description It is so already, or was taken in before; nothing changed. Or, of a change: it was made. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description Taken in, durably. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    addFollowUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
                /**
                 * @description The ETag that you read, or several: the write is refused with 412 when the complaint was changed since (RFC 9110, 13.1.1).
                 * @example "2"
                 */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "F-1",
                 *       "text": "송품장 서식은 어디에 있습니까?"
                 *     }
                 */
                "application/json": components["schemas"]["FollowUp"];
            };
        };
        responses: {
            /** @description It is so already, or was taken in before; nothing changed. Or, of a change: it was made. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description Taken in, durably. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeStatus: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
                /**
                 * @description The ETag that you read, or several: the write is refused with 412 when the complaint was changed since (RFC 9110, 13.1.1).
                 * @example "2"
                 */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "in_progress"
                 *     }
                 */
                "application/json": components["schemas"]["StatusChange"];
            };
        };
        responses: {
            /** @description It is so already, or was taken in before; nothing changed. Or, of a change: it was made. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    transferComplaint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
                /**
                 * @description The ETag that you read, or several: the write is refused with 412 when the complaint was changed since (RFC 9110, 13.1.1).
                 * @example "2"
                 */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "customs",
                 *       "reason": "관세청 소관 업무입니다."
                 *     }
                 */
                "application/json": components["schemas"]["Transfer"];
            };
        };
        responses: {
            /** @description It is so already, or was taken in before; nothing changed. Or, of a change: it was made. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description Taken in, durably. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    withdrawComplaint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
                /**
                 * @description The ETag that you read, or several: the write is refused with 412 when the complaint was changed since (RFC 9110, 13.1.1).
                 * @example "2"
                 */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "민원인이 취하하였습니다."
                 *     }
                 */
                "application/json": components["schemas"]["Withdrawal"];
            };
        };
        responses: {
            /** @description It is so already, or was taken in before; nothing changed. Or, of a change: it was made. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description Taken in, durably. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    takeStep: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
                /**
                 * @description The ETag that you read, or several: the write is refused with 412 when the complaint was changed since (RFC 9110, 13.1.1).
                 * @example "2"
                 */
                "if-match"?: string;
            };
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        /** @description One step of the procedure; what each kind requires: `takeStep` */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "extended",
                 *       "days": 5,
                 *       "reason": "관계 기관의 현장 확인이 필요합니다.",
                 *       "by": {
                 *         "department": "통관과",
                 *         "name": "이담당",
                 *         "contact": "02-123-4567"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["Step"];
            };
        };
        responses: {
            /** @description It is so already, or was taken in before; nothing changed. Or, of a change: it was made. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description Taken in, durably. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "outcome": "applied",
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "lastSeq": 2
                     *     }
                     */
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getComplaint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have, or several: answered with 304 and without a body where it is still so (RFC 9110, 13.1.2).
                 * @example "2"
                 */
                "if-none-match"?: string;
            };
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it stands now. Its ETag is for If-Match and If-None-Match. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "origin": "kotra",
                     *       "assignee": "customs",
                     *       "status": "assigned",
                     *       "content": {
                     *         "title": "수출 신고 절차 문의",
                     *         "body": "처음 수출하는 업체입니다. 신고에 필요한 서류와 처리기간을 알려 주십시오.",
                     *         "kind": "query",
                     *         "category": "수출",
                     *         "complainant": {
                     *           "name": "김민원",
                     *           "company": "민원상사",
                     *           "email": "kim@example.kr",
                     *           "phone": "+821012345678",
                     *           "notifyBy": "email"
                     *         },
                     *         "filedAt": "2026-11-20T09:30:00+09:00"
                     *       },
                     *       "registeredAt": "2026-11-20T00:31:05.120Z",
                     *       "takenInAt": "2026-11-20T00:30:00.000Z",
                     *       "dueAt": "2026-11-30T09:00:00.000Z",
                     *       "officer": {
                     *         "department": "통관과",
                     *         "name": "이담당",
                     *         "contact": "02-123-4567"
                     *       },
                     *       "clock": {
                     *         "phase": "running",
                     *         "unit": "days",
                     *         "total": 7
                     *       },
                     *       "lastSeq": 3
                     *     }
                     */
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description You have it as it stands now. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getClock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As of now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "at": "2026-11-26T05:00:00.000Z",
                     *       "phase": "running",
                     *       "startedAt": "2026-11-20T00:30:00.000Z",
                     *       "dueAt": "2026-12-07T09:00:00.000Z",
                     *       "unit": "days",
                     *       "total": 12,
                     *       "used": 5,
                     *       "left": 7,
                     *       "overdue": false,
                     *       "over": 0,
                     *       "grounds": [],
                     *       "article": "Decree, article 14",
                     *       "lines": [
                     *         {
                     *           "at": "2026-11-20T00:30:00.000Z",
                     *           "step": "started",
                     *           "name": {
                     *             "ko": "처리기간 시작",
                     *             "en": "Clock started"
                     *           },
                     *           "effect": "counted",
                     *           "dueAt": "2026-11-30T09:00:00.000Z",
                     *           "article": "Act, article 19",
                     *           "kind": "query"
                     *         },
                     *         {
                     *           "at": "2026-11-25T02:10:00.000Z",
                     *           "step": "extended",
                     *           "name": {
                     *             "ko": "처리기간 연장",
                     *             "en": "Deadline extended"
                     *           },
                     *           "effect": "counted",
                     *           "dueAt": "2026-12-07T09:00:00.000Z",
                     *           "article": "Decree, article 21",
                     *           "days": 5
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["StatutoryClock"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listContributions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of their numbers. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "contributions": [
                     *         {
                     *           "number": 1,
                     *           "kind": "part",
                     *           "by": "customs",
                     *           "askedAt": "2026-11-24T01:00:00.000Z",
                     *           "dueAt": "2026-11-27T09:00:00.000Z",
                     *           "to": "kotra",
                     *           "text": "수출 바우처 부분에 대한 답변을 부탁드립니다.",
                     *           "state": "answered",
                     *           "overdue": false,
                     *           "extended": false,
                     *           "shared": false,
                     *           "reply": "바우처는 내년 2월에 다시 접수합니다.",
                     *           "officer": {
                     *             "department": "수출지원팀",
                     *             "name": "박담당"
                     *           },
                     *           "endedAt": "2026-11-25T02:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        contributions: components["schemas"]["Contribution"][];
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOwedContributions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What your agency owes now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "contributions": [
                     *         {
                     *           "receiptNumber": "26-0000-4711-1",
                     *           "title": "수출 신고 절차 문의",
                     *           "number": 1,
                     *           "kind": "part",
                     *           "by": "customs",
                     *           "askedAt": "2026-11-24T01:00:00.000Z",
                     *           "dueAt": "2026-11-27T09:00:00.000Z",
                     *           "overdue": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        contributions: components["schemas"]["OwedContribution"][];
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listConsents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "consents": [
                     *         {
                     *           "agency": "kotra",
                     *           "purpose": "contact",
                     *           "version": "2026-1",
                     *           "items": [
                     *             "phone",
                     *             "email"
                     *           ],
                     *           "required": false,
                     *           "givenAt": "2026-11-20T00:30:00.000Z",
                     *           "until": "2027-11-20T00:30:00.000Z",
                     *           "state": "in_force",
                     *           "onWithdrawal": {
                     *             "stops": [
                     *               "phone"
                     *             ],
                     *             "stays": [
                     *               "email"
                     *             ],
                     *             "sent": 1
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        consents: {
                            /** 기관 코드 */
                            agency: string;
                            /**
                             * 동의 목적
                             * @enum {string}
                             */
                            purpose: "contact" | "aftercare" | "survey";
                            items: ("name" | "company" | "email" | "phone")[];
                            required: boolean;
                            version: string;
                            /**
                             * Format: date-time
                             * @description When the person consented
                             */
                            givenAt: string;
                            /**
                             * Format: date-time
                             * @description Until when it holds
                             */
                            until: string;
                            /** @enum {string} */
                            state: "in_force" | "over" | "withdrawn";
                            /**
                             * Format: date-time
                             * @description When it was taken back
                             */
                            withdrawnAt?: string;
                            /** @description What follows when it is taken back. Present while it is in force */
                            onWithdrawal?: {
                                /** @description Items that go to the agency no more */
                                stops: ("name" | "company" | "email" | "phone")[];
                                /** @description Items that it gets all the same: the law allows it for handling, or another consent */
                                stays: ("name" | "company" | "email" | "phone")[];
                                /** @description Copies that left by it already, 20 at the most: the agency has to destroy them */
                                sent: number;
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    giveConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "agency": "kotra",
                 *       "purpose": "contact",
                 *       "version": "2026-1"
                 *     }
                 */
                "application/json": {
                    /** 기관 코드 */
                    agency: string;
                    /**
                     * 동의 목적
                     * @enum {string}
                     */
                    purpose: "contact" | "aftercare" | "survey";
                    version: string;
                    /**
                     * Format: date-time
                     * @description When the person consented. Absent: now
                     */
                    givenAt?: string;
                };
            };
        };
        responses: {
            /** @description It stands. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "agency": "kotra",
                     *       "purpose": "contact",
                     *       "version": "2026-1",
                     *       "items": [
                     *         "phone",
                     *         "email"
                     *       ],
                     *       "required": false,
                     *       "givenAt": "2026-11-20T00:30:00.000Z",
                     *       "until": "2027-11-20T00:30:00.000Z",
                     *       "state": "in_force"
                     *     }
                     */
                    "application/json": {
                        /** 기관 코드 */
                        agency: string;
                        /**
                         * 동의 목적
                         * @enum {string}
                         */
                        purpose: "contact" | "aftercare" | "survey";
                        items: ("name" | "company" | "email" | "phone")[];
                        required: boolean;
                        version: string;
                        /**
                         * Format: date-time
                         * @description When the person consented
                         */
                        givenAt: string;
                        /**
                         * Format: date-time
                         * @description Until when it holds
                         */
                        until: string;
                        /** @enum {string} */
                        state: "in_force" | "over" | "withdrawn";
                        /**
                         * Format: date-time
                         * @description When it was taken back
                         */
                        withdrawnAt?: string;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    withdrawConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "agency": "kotra",
                 *       "purpose": "contact"
                 *     }
                 */
                "application/json": {
                    /** 기관 코드 */
                    agency: string;
                    /**
                     * 동의 목적
                     * @enum {string}
                     */
                    purpose: "contact" | "aftercare" | "survey";
                };
            };
        };
        responses: {
            /** @description It is taken back, or was before. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "agency": "kotra",
                     *       "purpose": "contact",
                     *       "version": "2026-1",
                     *       "items": [
                     *         "phone",
                     *         "email"
                     *       ],
                     *       "required": false,
                     *       "givenAt": "2026-11-20T00:30:00.000Z",
                     *       "until": "2027-11-20T00:30:00.000Z",
                     *       "state": "withdrawn",
                     *       "withdrawnAt": "2026-11-24T01:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /** 기관 코드 */
                        agency: string;
                        /**
                         * 동의 목적
                         * @enum {string}
                         */
                        purpose: "contact" | "aftercare" | "survey";
                        items: ("name" | "company" | "email" | "phone")[];
                        required: boolean;
                        version: string;
                        /**
                         * Format: date-time
                         * @description When the person consented
                         */
                        givenAt: string;
                        /**
                         * Format: date-time
                         * @description Until when it holds
                         */
                        until: string;
                        /** @enum {string} */
                        state: "in_force" | "over" | "withdrawn";
                        /**
                         * Format: date-time
                         * @description When it was taken back
                         */
                        withdrawnAt?: string;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": [
                     *         {
                     *           "seq": 2,
                     *           "type": "assigned",
                     *           "at": "2026-11-20T00:31:05.120Z",
                     *           "by": "hub",
                     *           "toAgency": "customs",
                     *           "reason": "분류가 수출입니다."
                     *         },
                     *         {
                     *           "seq": 3,
                     *           "type": "answered",
                     *           "at": "2026-11-23T05:00:02.000Z",
                     *           "by": "customs",
                     *           "answer": {
                     *             "id": "A-77",
                     *             "text": "수출신고서와 송품장을 제출하시면 3일 안에 처리됩니다.",
                     *             "answeredAt": "2026-11-23T14:00:00+09:00",
                     *             "officer": {
                     *               "department": "통관과",
                     *               "name": "이담당",
                     *               "contact": "02-123-4567"
                     *             }
                     *           }
                     *         },
                     *         {
                     *           "seq": 4,
                     *           "type": "step_taken",
                     *           "at": "2026-11-25T02:10:00.000Z",
                     *           "by": "customs",
                     *           "step": {
                     *             "kind": "closed",
                     *             "reason": "추가 질의가 없어 종결합니다."
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        events: components["schemas"]["AgencyEvent"][];
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocument: {
        parameters: {
            query?: {
                language?: "ko" | "en";
            };
            header?: never;
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As of now, `application/pdf`. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    fetchChanges: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                wait?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Some of what is missing, possibly nothing. Link names where to read on. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changes": [
                     *         {
                     *           "cursor": "42",
                     *           "receiptNumber": "26-0000-4711-1",
                     *           "role": "origin",
                     *           "externalId": "VOC-2026-000123",
                     *           "event": {
                     *             "seq": 3,
                     *             "type": "answered",
                     *             "at": "2026-11-23T05:00:02.000Z",
                     *             "by": "customs",
                     *             "answer": {
                     *               "id": "A-77",
                     *               "text": "수출신고서와 송품장을 제출하시면 3일 안에 처리됩니다.",
                     *               "answeredAt": "2026-11-23T14:00:00+09:00",
                     *               "officer": {
                     *                 "department": "통관과",
                     *                 "name": "이담당",
                     *                 "contact": "02-123-4567"
                     *               }
                     *             }
                     *           },
                     *           "complaint": {
                     *             "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *             "receiptNumber": "26-0000-4711-1",
                     *             "origin": "kotra",
                     *             "assignee": "customs",
                     *             "status": "answered",
                     *             "content": {
                     *               "title": "수출 신고 절차 문의",
                     *               "body": "처음 수출하는 업체입니다. 신고에 필요한 서류와 처리기간을 알려 주십시오.",
                     *               "kind": "query",
                     *               "category": "수출",
                     *               "complainant": {
                     *                 "name": "김민원",
                     *                 "company": "민원상사",
                     *                 "email": "kim@example.kr",
                     *                 "phone": "+821012345678",
                     *                 "notifyBy": "email"
                     *               },
                     *               "filedAt": "2026-11-20T09:30:00+09:00"
                     *             },
                     *             "registeredAt": "2026-11-20T00:31:05.120Z",
                     *             "takenInAt": "2026-11-20T00:30:00.000Z",
                     *             "dueAt": "2026-11-30T09:00:00.000Z",
                     *             "officer": {
                     *               "department": "통관과",
                     *               "name": "이담당",
                     *               "contact": "02-123-4567"
                     *             },
                     *             "clock": {
                     *               "phase": "running",
                     *               "unit": "days",
                     *               "total": 7
                     *             },
                     *             "lastSeq": 3
                     *           }
                     *         }
                     *       ],
                     *       "cursor": "42",
                     *       "more": false
                     *     }
                     */
                    "application/json": components["schemas"]["Changes"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    acknowledgeChanges: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "upTo": "42"
                 *     }
                 */
                "application/json": components["schemas"]["Acknowledgement"];
            };
        };
        responses: {
            /** @description Noted, durably. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "acknowledged": 1,
                     *       "outstanding": 0
                     *     }
                     */
                    "application/json": components["schemas"]["Acknowledged"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    runBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "operation": "registerComplaint",
                 *           "value": {
                 *             "externalId": "VOC-2026-000123",
                 *             "content": {
                 *               "title": "수출 신고 절차 문의",
                 *               "body": "처음 수출하는 업체입니다. 신고에 필요한 서류와 처리기간을 알려 주십시오.",
                 *               "kind": "query",
                 *               "category": "수출",
                 *               "complainant": {
                 *                 "name": "김민원",
                 *                 "company": "민원상사",
                 *                 "email": "kim@example.kr",
                 *                 "phone": "+821012345678",
                 *                 "notifyBy": "email"
                 *               },
                 *               "filedAt": "2026-11-20T09:30:00+09:00"
                 *             }
                 *           }
                 *         },
                 *         {
                 *           "operation": "addAnswer",
                 *           "receiptNumber": "26-0000-4711-1",
                 *           "value": {
                 *             "id": "A-77",
                 *             "text": "수출신고서와 송품장을 제출하시면 3일 안에 처리됩니다.",
                 *             "answeredAt": "2026-11-23T14:00:00+09:00",
                 *             "officer": {
                 *               "department": "통관과",
                 *               "name": "이담당",
                 *               "contact": "02-123-4567"
                 *             }
                 *           },
                 *           "idempotencyKey": "answer-77"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Batch"];
            };
        };
        responses: {
            /** @description One result per item, in the order of the items. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "status": 201,
                     *           "receipt": {
                     *             "outcome": "applied",
                     *             "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *             "receiptNumber": "26-0000-4711-1",
                     *             "lastSeq": 2
                     *           }
                     *         },
                     *         {
                     *           "status": 404,
                     *           "problem": {
                     *             "type": "urn:minwon-hub:problem:not-found",
                     *             "title": "There is nothing here for the caller",
                     *             "status": 404
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        results: components["schemas"]["BatchResult"][];
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLedger: {
        parameters: {
            query?: {
                /** @description a day, for example 2026-11-20 */
                from?: string;
                /** @description a day, for example 2026-11-20 */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The days with anything in them. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "agency": "kotra",
                     *       "from": "2026-11-20",
                     *       "to": "2026-11-20",
                     *       "balanced": true,
                     *       "days": [
                     *         {
                     *           "day": "2026-11-20",
                     *           "received": {
                     *             "total": 3,
                     *             "applied": 2,
                     *             "duplicate": 1,
                     *             "parked": 0,
                     *             "discarded": 0,
                     *             "difference": 0
                     *           },
                     *           "due": {
                     *             "total": 1,
                     *             "held": 1,
                     *             "waiting": 0,
                     *             "parked": 0,
                     *             "difference": 0
                     *           },
                     *           "notices": {
                     *             "total": 2,
                     *             "sent": 2,
                     *             "kept": 0,
                     *             "waiting": 0,
                     *             "failed": 0,
                     *             "unreachable": 0,
                     *             "difference": 0
                     *           },
                     *           "balanced": true,
                     *           "differences": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LedgerDays"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSubjectRequests: {
        parameters: {
            query?: {
                after?: string;
                before?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "requests": [
                     *         {
                     *           "number": "12",
                     *           "externalId": "PI-2026-17",
                     *           "kind": "access",
                     *           "state": "received",
                     *           "receivedAt": "2026-12-01T01:00:00.000Z",
                     *           "dueAt": "2026-12-11T14:59:59.000Z",
                     *           "decision": null,
                     *           "toldAt": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        requests: components["schemas"]["SubjectRequestStanding"][];
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    passSubjectRequest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "externalId": "PI-2026-17",
                 *       "kind": "access",
                 *       "receivedAt": "2026-12-01T10:00:00+09:00",
                 *       "name": "김민원",
                 *       "phone": "+821012345678",
                 *       "email": "kim@example.kr",
                 *       "wants": "저에 관하여 가지고 있는 것을 모두 보고 싶습니다."
                 *     }
                 */
                "application/json": components["schemas"]["SubjectRequest"];
            };
        };
        responses: {
            /** @description It was passed on before. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "number": "12",
                     *       "externalId": "PI-2026-17",
                     *       "kind": "access",
                     *       "state": "received",
                     *       "receivedAt": "2026-12-01T01:00:00.000Z",
                     *       "dueAt": "2026-12-11T14:59:59.000Z",
                     *       "decision": null,
                     *       "toldAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["SubjectRequestStanding"];
                };
            };
            /** @description Taken in, durably. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "number": "12",
                     *       "externalId": "PI-2026-17",
                     *       "kind": "access",
                     *       "state": "received",
                     *       "receivedAt": "2026-12-01T01:00:00.000Z",
                     *       "dueAt": "2026-12-11T14:59:59.000Z",
                     *       "decision": null,
                     *       "toldAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["SubjectRequestStanding"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSubjectRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As of now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "number": "12",
                     *       "externalId": "PI-2026-17",
                     *       "kind": "access",
                     *       "state": "received",
                     *       "receivedAt": "2026-12-01T01:00:00.000Z",
                     *       "dueAt": "2026-12-11T14:59:59.000Z",
                     *       "decision": null,
                     *       "toldAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["SubjectRequestStanding"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have, or several: answered with 304 and without a body where it is still so (RFC 9110, 13.1.2).
                 * @example "2"
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *           "name": "statistics",
                     *           "hint": "x9Qe",
                     *           "scopes": [
                     *             "read"
                     *           ],
                     *           "valid": true,
                     *           "madeBy": "park",
                     *           "createdAt": "2026-11-20T00:31:05.120Z",
                     *           "expiresAt": null,
                     *           "revokedAt": null,
                     *           "lastUsedAt": "2026-11-20T00:31:05.120Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            name: string;
                            /** @description Its last characters */
                            hint: string;
                            scopes: ("read" | "register" | "answer" | "feed" | "attach" | "manage")[];
                            valid: boolean;
                            madeBy: string | null;
                            /** Format: date-time */
                            createdAt: string;
                            expiresAt: string | null;
                            revokedAt: string | null;
                            lastUsedAt: string | null;
                        }[];
                        next?: string;
                        previous?: string;
                    };
                };
            };
            /** @description You have it as it is now. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    makeKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "statistics",
                 *       "scopes": [
                 *         "read"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description What the key is for */
                    name: string;
                    /** @description Not more than the key that asks has itself */
                    scopes: ("read" | "register" | "answer" | "feed" | "attach" | "manage")[];
                    /** Format: date-time */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description It was made under this Idempotency-Key before; the key itself is not shown again. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "name": "statistics",
                     *       "scopes": [
                     *         "read"
                     *       ],
                     *       "expiresAt": null,
                     *       "key": "mwk_…"
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        scopes: ("read" | "register" | "answer" | "feed" | "attach" | "manage")[];
                        expiresAt: string | null;
                        /** @description Shown this once, and not when the call is repeated */
                        key?: string;
                        /** @description To sign requests (RFC 9421); `id` is the keyid. Shown this once */
                        signingSecret?: string;
                    };
                };
            };
            /** @description Made. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "name": "statistics",
                     *       "scopes": [
                     *         "read"
                     *       ],
                     *       "expiresAt": null,
                     *       "key": "mwk_…"
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        scopes: ("read" | "register" | "answer" | "feed" | "attach" | "manage")[];
                        expiresAt: string | null;
                        /** @description Shown this once, and not when the call is repeated */
                        key?: string;
                        /** @description To sign requests (RFC 9421); `id` is the keyid. Shown this once */
                        signingSecret?: string;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have, or several: answered with 304 and without a body where it is still so (RFC 9110, 13.1.2).
                 * @example "2"
                 */
                "if-none-match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "name": "statistics",
                     *       "hint": "x9Qe",
                     *       "scopes": [
                     *         "read"
                     *       ],
                     *       "madeBy": "park",
                     *       "createdAt": "2026-11-20T00:31:05.120Z",
                     *       "expiresAt": null,
                     *       "revokedAt": null
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        /** @description Its last characters */
                        hint: string;
                        scopes: ("read" | "register" | "answer" | "feed" | "attach" | "manage")[];
                        madeBy: string | null;
                        /** Format: date-time */
                        createdAt: string;
                        expiresAt: string | null;
                        revokedAt: string | null;
                    };
                };
            };
            /** @description You have it as it is now. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you change, as you read it: refused with 412 where it is another one now (RFC 9110, 13.1.1). Without it, whatever is there is changed.
                 * @example "n4bQgYhMfWWaL-qgxVrQFa"
                 */
                "if-match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
                /**
                 * @description The ETag of what you change, as you read it: refused with 412 where it is another one now (RFC 9110, 13.1.1). Without it, whatever is there is changed.
                 * @example "n4bQgYhMfWWaL-qgxVrQFa"
                 */
                "if-match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "endsAt": "2026-12-07T09:00:00+09:00"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: date-time
                     * @description When the old key ends: 90 days ahead at the most. Until then both are valid.
                     */
                    endsAt: string;
                    /** Format: date-time */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description It was made under this Idempotency-Key before; the key itself is not shown again. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "name": "statistics",
                     *       "scopes": [
                     *         "read"
                     *       ],
                     *       "expiresAt": null,
                     *       "key": "mwk_…"
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        scopes: ("read" | "register" | "answer" | "feed" | "attach" | "manage")[];
                        expiresAt: string | null;
                        /** @description Shown this once, and not when the call is repeated */
                        key?: string;
                        /** @description To sign requests (RFC 9421); `id` is the keyid. Shown this once */
                        signingSecret?: string;
                    };
                };
            };
            /** @description The new key. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "name": "statistics",
                     *       "scopes": [
                     *         "read"
                     *       ],
                     *       "expiresAt": null,
                     *       "key": "mwk_…"
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        name: string;
                        scopes: ("read" | "register" | "answer" | "feed" | "attach" | "manage")[];
                        expiresAt: string | null;
                        /** @description Shown this once, and not when the call is repeated */
                        key?: string;
                        /** @description To sign requests (RFC 9421); `id` is the keyid. Shown this once */
                        signingSecret?: string;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have, or several: answered with 304 and without a body where it is still so (RFC 9110, 13.1.2).
                 * @example "2"
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "statistics",
                     *           "url": "https://stats.example.kr/minwon",
                     *           "events": [
                     *             "registered",
                     *             "answered"
                     *           ],
                     *           "waiting": 0,
                     *           "parked": 0,
                     *           "failures": 0,
                     *           "leftAloneUntil": null,
                     *           "lastError": null,
                     *           "deliveredAt": "2026-11-20T00:31:05.120Z",
                     *           "pausedAt": null,
                     *           "pausedBy": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: {
                            name: string;
                            url: string;
                            events: ("registered" | "revised" | "assigned" | "transferred" | "status_changed" | "interim_answered" | "answered" | "followed_up" | "step_taken" | "withdrawn")[] | null;
                            waiting: number;
                            parked: number;
                            /** @description Failed calls in a row */
                            failures: number;
                            leftAloneUntil: string | null;
                            lastError: {
                                code: string;
                                message: string;
                            } | null;
                            deliveredAt: string | null;
                            pausedAt: string | null;
                            pausedBy: string | null;
                        }[];
                        next?: string;
                        previous?: string;
                    };
                };
            };
            /** @description You have it as it is now. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example statistics */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How it ended. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "event": "kotra/ping/019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "outcome": "done",
                     *       "status": 204,
                     *       "ms": 41,
                     *       "reason": null
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @description `id` of the CloudEvent `….ping.v1`, and `webhook-id` */
                        event: string;
                        /**
                         * @description `unknown`: it was sent, and no trustworthy reply came
                         * @enum {string}
                         */
                        outcome: "done" | "retry" | "refused" | "unknown";
                        status: number | null;
                        ms: number;
                        reason: {
                            code: string;
                            message: string;
                        } | null;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookCalls: {
        parameters: {
            query?: {
                after?: string;
                before?: string;
                /** @description 20 without it */
                limit?: number;
                failed?: "true";
            };
            header?: never;
            path: {
                /** @example statistics */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *           "at": "2026-11-20T00:31:05.120Z",
                     *           "ms": 318,
                     *           "outcome": "retry",
                     *           "status": 503,
                     *           "reason": {
                     *             "code": "said",
                     *             "message": "503 Service Unavailable"
                     *           },
                     *           "testBy": null,
                     *           "delivery": {
                     *             "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *             "event": "26-0000-4711-1/3",
                     *             "type": "answered",
                     *             "state": "waiting",
                     *             "tries": 2
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            at: string;
                            ms: number;
                            /**
                             * @description `unknown`: it was sent, and no trustworthy reply came
                             * @enum {string}
                             */
                            outcome: "done" | "retry" | "refused" | "unknown";
                            status: number | null;
                            reason: {
                                code: string;
                                message: string;
                            } | null;
                            testBy: string | null;
                            delivery: {
                                /** Format: uuid */
                                id: string;
                                /** @description Receipt number and number of the event */
                                event: string;
                                /** @enum {string} */
                                type: "registered" | "revised" | "assigned" | "transferred" | "status_changed" | "interim_answered" | "answered" | "followed_up" | "step_taken" | "withdrawn";
                                /** @enum {string} */
                                state: "waiting" | "parked" | "done" | "skipped";
                                tries: number;
                            } | null;
                        }[];
                        next?: string;
                        previous?: string;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    resendWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
            };
            path: {
                /** @example statistics */
                name: string;
            };
            cookie?: never;
        };
        /** @description One of them: one delivery, what failed since then, or all since then (90 days at the most) */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "failedSince": "2026-11-20T09:00:00+09:00"
                 *     }
                 */
                "application/json": {
                    /** Format: uuid */
                    delivery?: string;
                    /** Format: date-time */
                    failedSince?: string;
                    /** Format: date-time */
                    allSince?: string;
                };
            };
        };
        responses: {
            /** @description How many events are told again. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": 12
                     *     }
                     */
                    "application/json": {
                        events: number;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    pauseWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example statistics */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description So it is now. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    resumeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example statistics */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description So it is now. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have, or several: answered with 304 and without a body where it is still so (RFC 9110, 13.1.2).
                 * @example "2"
                 */
                "if-none-match"?: string;
            };
            path: {
                /** @example statistics */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its settings. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "statistics",
                     *       "url": "https://stats.example.kr/minwon",
                     *       "events": [
                     *         "registered",
                     *         "answered"
                     *       ],
                     *       "secrets": [
                     *         "5d41402abc4b",
                     *         "7d793037a076"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        name: string;
                        url: string;
                        events: ("registered" | "revised" | "assigned" | "transferred" | "status_changed" | "interim_answered" | "answered" | "followed_up" | "step_taken" | "withdrawn")[] | null;
                        /** @description Marks that tell the secrets apart that sign now, newest first; none is a secret */
                        secrets: string[];
                    };
                };
            };
            /** @description You have it as it is now. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    putWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you change, as you read it: refused with 412 where it is another one now (RFC 9110, 13.1.1). Without it, whatever is there is changed.
                 * @example "n4bQgYhMfWWaL-qgxVrQFa"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example statistics */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://stats.example.kr/minwon",
                 *       "events": [
                 *         "answered"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** Format: uri */
                    url: string;
                    /** @description Absent: all kinds */
                    events?: ("registered" | "revised" | "assigned" | "transferred" | "status_changed" | "interim_answered" | "answered" | "followed_up" | "step_taken" | "withdrawn")[];
                };
            };
        };
        responses: {
            /** @description It is in force within seconds, or proposed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "whsec_…",
                     *       "isProposed": false
                     *     }
                     */
                    "application/json": {
                        /** @description Standard Webhooks (`whsec_…`); of a new one, shown this once */
                        secret?: string;
                        /** @description true: it is in force when a second person of the hub has agreed */
                        isProposed: boolean;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you change, as you read it: refused with 412 where it is another one now (RFC 9110, 13.1.1). Without it, whatever is there is changed.
                 * @example "n4bQgYhMfWWaL-qgxVrQFa"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example statistics */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is in force within seconds, or proposed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "isProposed": false
                     *     }
                     */
                    "application/json": {
                        /** @description Standard Webhooks (`whsec_…`); of a new one, shown this once */
                        secret?: string;
                        /** @description true: it is in force when a second person of the hub has agreed */
                        isProposed: boolean;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    renewWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you change, as you read it: refused with 412 where it is another one now (RFC 9110, 13.1.1). Without it, whatever is there is changed.
                 * @example "n4bQgYhMfWWaL-qgxVrQFa"
                 */
                "if-match"?: string;
            };
            path: {
                /** @example statistics */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is in force within seconds, or proposed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "whsec_…",
                     *       "isProposed": false
                     *     }
                     */
                    "application/json": {
                        /** @description Standard Webhooks (`whsec_…`); of a new one, shown this once */
                        secret?: string;
                        /** @description true: it is in force when a second person of the hub has agreed */
                        isProposed: boolean;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCalls: {
        parameters: {
            query?: {
                after?: string;
                before?: string;
                /** @description 20 without it */
                limit?: number;
                failed?: "true";
                /** @description `operationId` */
                operation?: string;
                /** @description X-Request-Id */
                request?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *           "at": "2026-11-20T00:31:05.120Z",
                     *           "door": "rest",
                     *           "operation": "addAnswer",
                     *           "status": 422,
                     *           "problem": "invalid",
                     *           "ms": 12,
                     *           "request": "4bf92f3577b34da6a3ce929d0e0e4736",
                     *           "keyId": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *           "key": "board"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            door: "rest" | "soap" | "agent" | "posts";
                            operation: string | null;
                            status: number;
                            problem: string | null;
                            ms: number;
                            /** @description X-Request-Id */
                            request: string;
                            keyId: string | null;
                            key: string | null;
                        }[];
                        next?: string;
                        previous?: string;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "agency": "kotra",
                     *       "limits": {
                     *         "requestsPerMinute": 60000,
                     *         "concurrency": 64,
                     *         "bodyBytes": null,
                     *         "networks": [
                     *           "203.0.113.0/24"
                     *         ],
                     *         "certificates": null,
                     *         "signed": false
                     *       },
                     *       "window": {
                     *         "taken": 120,
                     *         "endsAt": "2026-11-20T00:31:05.120Z"
                     *       },
                     *       "days": [
                     *         {
                     *           "day": "2026-11-20",
                     *           "door": "rest",
                     *           "calls": 1204,
                     *           "failed": 3,
                     *           "limited": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** 기관 코드 */
                        agency: string;
                        limits: {
                            requestsPerMinute: number;
                            concurrency: number;
                            bodyBytes: number | null;
                            networks: string[] | null;
                            certificates: number | null;
                            signed: boolean;
                        };
                        window: {
                            taken: number;
                            /** Format: date-time */
                            endsAt: string;
                        } | null;
                        days: {
                            day: string;
                            /** @enum {string} */
                            door: "rest" | "soap" | "agent" | "posts";
                            calls: number;
                            failed: number;
                            limited: number;
                        }[];
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAgent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it said last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "well",
                     *       "version": "0.1.0",
                     *       "newestVersion": "0.1.0",
                     *       "heartbeatAt": "2026-11-20T00:31:05.120Z",
                     *       "configuration": 4,
                     *       "backlog": {
                     *         "posts": 0,
                     *         "changes": 0,
                     *         "outcomes": 0
                     *       },
                     *       "oldest": null,
                     *       "readAt": "2026-11-20T00:31:05.120Z",
                     *       "writtenAt": "2026-11-20T00:31:05.120Z",
                     *       "problem": null,
                     *       "certificateExpiresAt": null
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        state: "not_installed" | "enrolled" | "silent" | "troubled" | "well";
                        version: string | null;
                        newestVersion: string | null;
                        heartbeatAt: string | null;
                        configuration: number | null;
                        backlog: {
                            posts: number;
                            changes: number;
                            outcomes: number;
                        } | null;
                        oldest: string | null;
                        readAt: string | null;
                        writtenAt: string | null;
                        problem: {
                            code: string;
                            message: string;
                        } | null;
                        certificateExpiresAt: string | null;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAgentLogs: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have, or several: answered with 304 and without a body where it is still so (RFC 9110, 13.1.2).
                 * @example "2"
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How it stands, and the lines that came last. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "sent",
                     *       "asked": {
                     *         "level": "warn",
                     *         "lines": 100,
                     *         "by": "park",
                     *         "at": "2026-11-20T00:31:05.120Z"
                     *       },
                     *       "sentAt": "2026-11-20T00:31:05.120Z",
                     *       "lines": [
                     *         {
                     *           "at": "2026-11-20T00:31:05.120Z",
                     *           "level": "warn",
                     *           "message": "the hub does not answer",
                     *           "fields": "reason=hub_unreachable"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description `none`: nobody asked within a day; `impossible`: the version of your agent sends no logs, update it; `asked`: it waits for your agent, lines of an earlier question may be there meanwhile; `sent`: the lines are what was asked for
                         * @enum {string}
                         */
                        state: "none" | "impossible" | "asked" | "sent";
                        asked: {
                            /** @enum {string} */
                            level: "error" | "warn" | "info" | "debug";
                            lines: number;
                            by: string;
                            /** Format: date-time */
                            at: string;
                        } | null;
                        sentAt: string | null;
                        /** @description Oldest first, redacted by the agent */
                        lines: {
                            at: string | null;
                            level: ("error" | "warn" | "info" | "debug") | null;
                            message: string;
                            /** @description What else the line says: `name=value` */
                            fields: string;
                        }[];
                    };
                };
            };
            /** @description You have it as it is now. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    askAgentLogs: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "level": "warn",
                 *       "lines": 100
                 *     }
                 */
                "application/json": {
                    /**
                     * @description From this level on; `info` without it
                     * @enum {string}
                     */
                    level?: "error" | "warn" | "info" | "debug";
                    /** @description 500 without it */
                    lines?: number;
                };
            };
        };
        responses: {
            /** @description It waits for your agent. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "asked",
                     *       "asked": {
                     *         "level": "warn",
                     *         "lines": 100,
                     *         "by": "park",
                     *         "at": "2026-11-20T00:31:05.120Z"
                     *       },
                     *       "sentAt": null,
                     *       "lines": []
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description `none`: nobody asked within a day; `impossible`: the version of your agent sends no logs, update it; `asked`: it waits for your agent, lines of an earlier question may be there meanwhile; `sent`: the lines are what was asked for
                         * @enum {string}
                         */
                        state: "none" | "impossible" | "asked" | "sent";
                        asked: {
                            /** @enum {string} */
                            level: "error" | "warn" | "info" | "debug";
                            lines: number;
                            by: string;
                            /** Format: date-time */
                            at: string;
                        } | null;
                        sentAt: string | null;
                        /** @description Oldest first, redacted by the agent */
                        lines: {
                            at: string | null;
                            level: ("error" | "warn" | "info" | "debug") | null;
                            message: string;
                            /** @description What else the line says: `name=value` */
                            fields: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listParkedItems: {
        parameters: {
            query?: {
                after?: string;
                before?: string;
                /** @description 20 without it */
                limit?: number;
            };
            header?: {
                /**
                 * @description The ETag of what you have, or several: answered with 304 and without a body where it is still so (RFC 9110, 13.1.2).
                 * @example "2"
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *           "source": "poll",
                     *           "externalId": "1187",
                     *           "receivedAt": "2026-11-20T00:31:05.120Z",
                     *           "problems": [
                     *             {
                     *               "pointer": "/status",
                     *               "code": "said",
                     *               "message": "the code 이관대기 is in no table"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            source: string;
                            externalId: string;
                            /** Format: date-time */
                            receivedAt: string;
                            problems: {
                                pointer: string;
                                code: string;
                                message: string;
                            }[];
                            /** @description The board's own record, with what could name a person masked */
                            body?: unknown;
                        }[];
                        next?: string;
                        previous?: string;
                    };
                };
            };
            /** @description You have it as it is now. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getParkedItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it came in. Words are masked; codes, dates and what the problems name stay. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "source": "poll",
                     *       "externalId": "1187",
                     *       "receivedAt": "2026-11-20T00:31:05.120Z",
                     *       "problems": [
                     *         {
                     *           "pointer": "/status",
                     *           "code": "said",
                     *           "message": "the code 이관대기 is in no table"
                     *         }
                     *       ],
                     *       "body": {
                     *         "no": 1187,
                     *         "title": "가가 가가가",
                     *         "state": "이관대기"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        source: string;
                        externalId: string;
                        /** Format: date-time */
                        receivedAt: string;
                        problems: {
                            pointer: string;
                            code: string;
                            message: string;
                        }[];
                        /** @description The board's own record, with what could name a person masked */
                        body?: unknown;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    retryParkedItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description The record as it was read here, corrected. What stays masked keeps its real value. */
                    body?: unknown;
                };
            };
        };
        responses: {
            /** @description Applied, or still parked and why. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "applied": true,
                     *       "receiptNumber": "26-0000-4711-1",
                     *       "problems": []
                     *     }
                     */
                    "application/json": {
                        applied: boolean;
                        receiptNumber?: string;
                        problems: {
                            pointer: string;
                            code: string;
                            message: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listParkedEvents: {
        parameters: {
            query?: {
                after?: string;
                before?: string;
                /** @description 20 without it */
                limit?: number;
            };
            header?: {
                /**
                 * @description The ETag of what you have, or several: answered with 304 and without a body where it is still so (RFC 9110, 13.1.2).
                 * @example "2"
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *           "receiptNumber": "26-0000-4711-1",
                     *           "externalId": "1187",
                     *           "seq": 3,
                     *           "tries": 1,
                     *           "reason": {
                     *             "code": "said",
                     *             "message": "503 Service Unavailable"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            receiptNumber: string;
                            externalId: string | null;
                            seq: number;
                            tries: number;
                            reason: {
                                code: string;
                                message: string;
                            } | null;
                        }[];
                        next?: string;
                        previous?: string;
                    };
                };
            };
            /** @description You have it as it is now. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    retryParkedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is delivered again. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    previewReplay: {
        parameters: {
            query?: {
                receiptNumber?: string;
                type?: "registered" | "revised" | "assigned" | "transferred" | "status_changed" | "interim_answered" | "answered" | "followed_up" | "step_taken" | "withdrawn";
                from?: string;
                to?: string;
                parked?: "only" | "not";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing is sent. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "complaints": 3,
                     *       "events": 7,
                     *       "mayDouble": false
                     *     }
                     */
                    "application/json": {
                        complaints: number;
                        events: number;
                        /** @description Your board cannot be asked what it holds: what it holds already would stand there twice */
                        mayDouble: boolean;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listReplays: {
        parameters: {
            query?: {
                after?: string;
                before?: string;
                /** @description 20 without it */
                limit?: number;
            };
            header?: {
                /**
                 * @description The ETag of what you have, or several: answered with 304 and without a body where it is still so (RFC 9110, 13.1.2).
                 * @example "2"
                 */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *           "state": "running",
                     *           "perMinute": 60,
                     *           "askedBy": "park",
                     *           "askedAt": "2026-11-20T00:31:05.120Z",
                     *           "finishedAt": null,
                     *           "complaints": 3,
                     *           "begun": 1,
                     *           "level": 1,
                     *           "parked": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: {
                            /** Format: uuid */
                            id: string;
                            /** @enum {string} */
                            state: "running" | "paused" | "cancelled" | "done";
                            perMinute: number;
                            askedBy: string;
                            /** Format: date-time */
                            askedAt: string;
                            finishedAt: string | null;
                            complaints: number;
                            begun: number;
                            level: number;
                            parked: number;
                        }[];
                        next?: string;
                        previous?: string;
                    };
                };
            };
            /** @description You have it as it is now. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    startReplay: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2026-11-20T00:00:00+09:00",
                 *       "perMinute": 60
                 *     }
                 */
                "application/json": {
                    receiptNumber?: string;
                    /** @enum {string} */
                    type?: "registered" | "revised" | "assigned" | "transferred" | "status_changed" | "interim_answered" | "answered" | "followed_up" | "step_taken" | "withdrawn";
                    /** Format: date-time */
                    from?: string;
                    /** Format: date-time */
                    to?: string;
                    /** @enum {string} */
                    parked?: "only" | "not";
                    /** @description 60 without it */
                    perMinute?: number;
                    mayDouble?: boolean;
                };
            };
        };
        responses: {
            /** @description It was started under this Idempotency-Key before. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f"
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
            /** @description It is under way. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f"
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getReplay: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you have, or several: answered with 304 and without a body where it is still so (RFC 9110, 13.1.2).
                 * @example "2"
                 */
                "if-none-match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The replay. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                     *       "state": "running",
                     *       "perMinute": 60,
                     *       "askedBy": "park",
                     *       "askedAt": "2026-11-20T00:31:05.120Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        id: string;
                        /** @enum {string} */
                        state: "running" | "paused" | "cancelled" | "done";
                        perMinute: number;
                        askedBy: string;
                        /** Format: date-time */
                        askedAt: string;
                        finishedAt: string | null;
                    };
                };
            };
            /** @description You have it as it is now. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeReplay: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag of what you change, as you read it: refused with 412 where it is another one now (RFC 9110, 13.1.1). Without it, whatever is there is changed.
                 * @example "n4bQgYhMfWWaL-qgxVrQFa"
                 */
                "if-match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "state": "paused"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    state: "paused" | "running" | "cancelled";
                };
            };
        };
        responses: {
            /** @description So it is now. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["ChangedMeanwhile"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    putAttachment: {
        parameters: {
            query: {
                /** @description Its name with its ending */
                name: string;
            };
            header?: {
                /**
                 * @description SHA-256 of the body (RFC 9530): a file that lost or changed a byte on the way is refused.
                 * @example sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:
                 */
                "content-digest"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Taken in. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "019a9f3c-6a01-7d20-8c1b-2e4f6a8c0d1e",
                     *       "name": "사업계획서.pdf",
                     *       "mediaType": "application/pdf",
                     *       "size": 48213,
                     *       "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                     *     }
                     */
                    "application/json": components["schemas"]["Upload"];
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAttachments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order of its events. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "attachments": [
                     *         {
                     *           "id": "019a9f3c-7b12-7e31-9d2c-3f5a7b9d1e2f",
                     *           "event": 1,
                     *           "agency": "kotra",
                     *           "state": "held",
                     *           "name": "사업계획서.pdf",
                     *           "mediaType": "application/pdf",
                     *           "size": 48213,
                     *           "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        attachments: components["schemas"]["AttachmentSummary"][];
                    };
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
                /** @description As the list of files gives it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, with its own media type. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    "Repr-Digest": components["headers"]["Repr-Digest"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    supplyAttachment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description SHA-256 of the body (RFC 9530): a file that lost or changed a byte on the way is refused.
                 * @example sha-256=:n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=:
                 */
                "content-digest"?: string;
            };
            path: {
                /**
                 * @description The receipt number (접수번호)
                 * @example 26-0000-0001-5
                 */
                receiptNumber: string;
                /** @description As the list of files gives it */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Taken in, now or before. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Unreadable"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEventTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In no order that means anything. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "eventTypes": [
                     *         {
                     *           "type": "registered",
                     *           "cloudEvent": "minwon.complaint.registered.v1",
                     *           "name": {
                     *             "ko": "접수",
                     *             "en": "Registered"
                     *           },
                     *           "fields": [
                     *             "content"
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EventTypes"];
                };
            };
            400: components["responses"]["Unreadable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    sendPosts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The code of the agency
                 * @example kotra
                 */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "issue": {
                 *         "no": 1187
                 *       }
                 *     }
                 */
                "application/json": Record<string, never>;
                /** @example <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><sendMinwon xmlns="urn:old-board:minwon"><MINWON><MW_NO>1187</MW_NO></MINWON></sendMinwon></soap:Body></soap:Envelope> */
                "text/xml": string;
                /** @example <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><sendMinwon xmlns="urn:old-board:minwon"><MINWON><MW_NO>1187</MW_NO></MINWON></sendMinwon></soap:Body></soap:Envelope> */
                "application/soap+xml": string;
            };
        };
        responses: {
            /** @description What became of each post. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "posts": [
                     *         {
                     *           "externalId": "1187",
                     *           "outcome": "applied",
                     *           "receiptNumber": "26-0000-0001-5"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PostsTaken"] | Record<string, never>;
                    /** @example <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body></soap:Body></soap:Envelope> */
                    "text/xml": string;
                    /** @example <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body></soap:Body></soap:Envelope> */
                    "application/soap+xml": string;
                };
            };
            /** @description The request cannot be read: no JSON, no UTF-8, or a header that stands there twice. */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    /** @example <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>the body is no post</faultstring></soap:Fault></soap:Body></soap:Envelope> */
                    "application/soap+xml": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            /** @description A Fault: a call of SOAP 1.1 was refused, or the hub cannot take it now. */
            500: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>the body is no post</faultstring></soap:Fault></soap:Body></soap:Envelope> */
                    "text/xml": string;
                    /** @example <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>the body is no post</faultstring></soap:Fault></soap:Body></soap:Envelope> */
                    "application/soap+xml": string;
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    selfTest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "민원 연계 시험 뷁 😀 ABC",
                 *       "time": "2026-11-20T00:31:05.120Z"
                 *     }
                 */
                "application/json": {
                    /** @description Send exactly: 민원 연계 시험 뷁 😀 ABC */
                    text?: string;
                    /** @description Your clock now, RFC 3339 with offset. */
                    time?: string;
                };
            };
        };
        responses: {
            /** @description What is right and what is not. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    Traceparent: components["headers"]["Traceparent"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ok": false,
                     *       "time": "2026-11-20T00:31:05.120Z",
                     *       "checks": [
                     *         {
                     *           "check": "credentials",
                     *           "ok": true,
                     *           "ko": "기관 kotra의 키입니다.",
                     *           "en": "This is a key of the agency kotra."
                     *         },
                     *         {
                     *           "check": "clock",
                     *           "ok": false,
                     *           "ko": "보내신 시각이 허브보다 540초 늦습니다. 시계를 맞추십시오(NTP).",
                     *           "en": "Your clock is 540 s behind the hub's: set it (NTP)."
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SelfTestReport"];
                };
            };
            400: components["responses"]["Unreadable"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    receiveEvent: {
        parameters: {
            query?: never;
            header: {
                /** @description the same each time that the event is sent; equal to `id` */
                "webhook-id": string;
                /** @description seconds since 1970, of this attempt */
                "webhook-timestamp": string;
                /** @description `v1,` and the signature in base64; two with a space while secrets change */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "specversion": "1.0",
                 *       "id": "kotra/26-0000-4711-1/3",
                 *       "source": "https://hub.example",
                 *       "type": "minwon.complaint.answered.v1",
                 *       "time": "2026-11-23T05:00:02.000Z",
                 *       "datacontenttype": "application/json",
                 *       "subject": "26-0000-4711-1",
                 *       "sequence": "0000000003",
                 *       "data": {
                 *         "receiptNumber": "26-0000-4711-1",
                 *         "role": "origin",
                 *         "externalId": "VOC-2026-000123",
                 *         "event": {
                 *           "seq": 3,
                 *           "type": "answered",
                 *           "at": "2026-11-23T05:00:02.000Z",
                 *           "by": "customs",
                 *           "answer": {
                 *             "id": "A-77",
                 *             "text": "수출신고서와 송품장을 제출하시면 3일 안에 처리됩니다.",
                 *             "answeredAt": "2026-11-23T14:00:00+09:00",
                 *             "officer": {
                 *               "department": "통관과",
                 *               "name": "이담당",
                 *               "contact": "02-123-4567"
                 *             }
                 *           }
                 *         },
                 *         "complaint": {
                 *           "id": "019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f",
                 *           "receiptNumber": "26-0000-4711-1",
                 *           "origin": "kotra",
                 *           "assignee": "customs",
                 *           "status": "answered",
                 *           "content": {
                 *             "title": "수출 신고 절차 문의",
                 *             "body": "처음 수출하는 업체입니다. 신고에 필요한 서류와 처리기간을 알려 주십시오.",
                 *             "kind": "query",
                 *             "category": "수출",
                 *             "complainant": {
                 *               "name": "김민원",
                 *               "company": "민원상사",
                 *               "email": "kim@example.kr",
                 *               "phone": "+821012345678",
                 *               "notifyBy": "email"
                 *             },
                 *             "filedAt": "2026-11-20T09:30:00+09:00"
                 *           },
                 *           "registeredAt": "2026-11-20T00:31:05.120Z",
                 *           "takenInAt": "2026-11-20T00:30:00.000Z",
                 *           "dueAt": "2026-11-30T09:00:00.000Z",
                 *           "officer": {
                 *             "department": "통관과",
                 *             "name": "이담당",
                 *             "contact": "02-123-4567"
                 *           },
                 *           "clock": {
                 *             "phase": "running",
                 *             "unit": "days",
                 *             "total": 7
                 *           },
                 *           "lastSeq": 3
                 *         }
                 *       }
                 *     }
                 */
                "application/cloudevents+json": components["schemas"]["WebhookEvent"] | components["schemas"]["WebhookPing"];
            };
        };
        responses: {
            /** @description later: `Retry-After` is heeded; likewise 503 */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description durably taken; `externalId`: your own id of the complaint, quoted with later events */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        externalId?: string;
                    };
                };
            };
            /** @description refused: parked until a person has looked; the reason as application/problem+json */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description sent again, after pauses that grow */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
