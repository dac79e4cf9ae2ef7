<?php
// A client that is not ours: PHP's SoapClient at the SOAP door, every operation. Prints one JSON document.
[, $wsdl, $version, $alphaKey, $betaKey, $alphaSecret] = $argv;

function connect(string $wsdl, string $version, array $options = []): SoapClient {
    return new SoapClient($wsdl . ($version === '1.2' ? '12' : ''), $options + [
        'cache_wsdl' => WSDL_CACHE_NONE,
        'soap_version' => $version === '1.2' ? SOAP_1_2 : SOAP_1_1,
        'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
        'exceptions' => true,
    ]);
}

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';

function token(string $user, string $password, string $more = ''): SoapHeader {
    $wsse = WSS . 'wssecurity-secext-1.0.xsd';
    $xml = "<wsse:Security xmlns:wsse=\"$wsse\"><wsse:UsernameToken><wsse:Username>$user</wsse:Username>"
        . "$password$more</wsse:UsernameToken></wsse:Security>";
    return new SoapHeader($wsse, 'Security', new SoapVar($xml, XSD_ANYXML), true);
}

function digest(string $user, string $secret): SoapHeader {
    $nonce = random_bytes(16);
    $created = gmdate('Y-m-d\TH:i:s\Z');
    $type = WSS . 'username-token-profile-1.0#PasswordDigest';
    $value = base64_encode(sha1($nonce . $created . $secret, true));
    $utility = WSS . 'wssecurity-utility-1.0.xsd';
    return token($user, "<wsse:Password Type=\"$type\">$value</wsse:Password>",
        '<wsse:Nonce>' . base64_encode($nonce) . "</wsse:Nonce><u:Created xmlns:u=\"$utility\">$created</u:Created>");
}

function refused(callable $work): array {
    try {
        $work();
        return [];
    } catch (SoapFault $fault) {
        $refusal = $fault->detail->refusal ?? null;
        // In a fault's detail PHP shows a list of one as the element itself.
        $problems = $refusal->problems ?? [];
        return [
            'fault' => $fault->faultcode,
            'reason' => $fault->faultstring,
            'code' => $refusal->code ?? null,
            'fields' => array_map(fn ($one) => $one->field, is_array($problems) ? $problems : [$problems]),
        ];
    }
}

$content = [
    'title' => '수출 신고 문의',
    'body' => "첫째 줄 <b>&amp;</b> 뷁\r\n둘째 줄",
    'kind' => 'query',
    'category' => '수출',
    'complainant' => ['name' => '김민원', 'phone' => '+821012345678', 'notifyBy' => 'sms'],
    'filedAt' => '2026-11-20T09:30:00+09:00',
    'attachments' => [['name' => '신고서.pdf', 'size' => 1234]],
];
$text = connect($wsdl, $version);
$text->__setSoapHeaders(token('alpha', "<wsse:Password>$alphaKey</wsse:Password>"));
$alpha = connect($wsdl, $version, ['login' => 'alpha', 'password' => $alphaKey]);
$beta = connect($wsdl, $version, ['login' => 'beta', 'password' => $betaKey]);
$id = "php-$version";
$register = fn (string $which) => $alpha->RegisterComplaint(['externalId' => "$id-$which", 'content' => $content])->receipt;

$first = $register('first');
$number = ['receiptNumber' => $first->receiptNumber];
$out = ['first' => $first, 'again' => $register('first')];
$update = $number + ['content' => ['title' => '수출 신고 재문의'] + $content, 'idempotencyKey' => "$id-key"];
$out['updated'] = $alpha->UpdateComplaint($update)->receipt;
$out['updatedAgain'] = $alpha->UpdateComplaint($update)->receipt;
$changes = $beta->FetchChanges(['request' => ['limit' => 500]])->result;
$mine = array_values(array_filter($changes->changes, fn ($one) => $one->receiptNumber === $first->receiptNumber));
$out['changes'] = array_map(fn ($one) => $one->event->type, $mine);
$out['role'] = $mine[0]->role;
$acknowledged = $beta->AcknowledgeChanges(['acknowledgement' => ['upTo' => $changes->cursor]])->result;
$out['outstanding'] = $acknowledged->outstanding;
$out['status'] = $beta->ChangeStatus($number + ['status' => 'in_progress'])->receipt;
$out['interim'] = $beta->AddInterimAnswer($number + ['answer' => ['text' => '확인 중입니다.']])->receipt;
$out['answer'] = $beta->AddAnswer($number + ['answer' => ['interim' => false, 'text' => '답변', 'officer' => ['name' => '이담당']]])->receipt;
$out['followUp'] = $alpha->AddFollowUp($number + ['followUp' => ['text' => '추가 질의']])->receipt;
$out['complaint'] = $beta->GetComplaint($number)->complaint;
$out['events'] = array_map(fn ($one) => $one->type, $beta->ListEvents($number)->events);
$found = $alpha->SearchComplaints(['search' => ['text' => $first->receiptNumber, 'limit' => 5]])->result;
$out['found'] = array_map(fn ($one) => $one->receiptNumber, $found->complaints);
$moved = ['receiptNumber' => $register('moved')->receiptNumber];
$out['transferred'] = $beta->TransferComplaint($moved + ['transfer' => ['to' => 'gamma', 'reason' => '소관이 다릅니다.']])->receipt;
$out['assignee'] = $alpha->GetComplaint($moved)->complaint->assignee;
$withdrawn = ['receiptNumber' => $register('withdrawn')->receiptNumber];
$out['withdrawn'] = $alpha->WithdrawComplaint($withdrawn + ['withdrawal' => []])->receipt;
$out['ended'] = $alpha->GetComplaint($withdrawn)->complaint->status;
$stepped = ['receiptNumber' => $alpha->RegisterComplaint(['externalId' => "$id-stepped", 'content' => ['filedAt' => date(DATE_ATOM)] + $content])->receipt->receiptNumber];
$out['unlawful'] = refused(fn () => $beta->TakeStep($stepped + ['step' => ['kind' => 'extended', 'days' => 8, 'reason' => '바쁨']]));
$demand = ['kind' => 'supplement_requested', 'text' => '사업자등록증', 'until' => date(DATE_ATOM, time() + 30 * 86400)];
$out['demanded'] = $beta->TakeStep($stepped + ['step' => $demand])->receipt;
$clock = $beta->GetClock($stepped)->clock;
$steps = array_map(fn ($one) => $one->step, $clock->lines);
$out['clock'] = ['phase' => $clock->phase, 'total' => $clock->total, 'grounds' => $clock->grounds, 'steps' => $steps];
$out['supplemented'] = $alpha->TakeStep($stepped + ['step' => ['kind' => 'supplemented', 'text' => '보냅니다.']])->receipt;
$step = array_values(array_filter($alpha->ListEvents($stepped)->events, fn ($one) => isset($one->step)))[0]->step;
$out['step'] = ['kind' => $step->kind, 'text' => $step->text];
$out['byText'] = $text->GetComplaint($number)->complaint->receiptNumber;
$byDigest = connect($wsdl, $version);
$byDigest->__setSoapHeaders(digest('alpha', $alphaSecret));
$out['byDigest'] = $byDigest->GetComplaint($number)->complaint->receiptNumber;
$out['replayed'] = refused(fn () => $byDigest->GetComplaint($number));
$stranger = connect($wsdl, $version);
$stranger->__setSoapHeaders(token('beta', "<wsse:Password>$alphaKey</wsse:Password>"));
$wrong = ['complainant' => ['name' => '김', 'phone' => '010']] + $content;
$out['invalid'] = refused(fn () => $alpha->RegisterComplaint(['externalId' => 'x', 'content' => $wrong]));
$out['unknown'] = refused(fn () => $alpha->GetComplaint(['receiptNumber' => '26-0000-0001-9']));
$out['stranger'] = refused(fn () => $stranger->GetComplaint($number));
$out['stale'] = refused(fn () => $alpha->AddFollowUp($number + ['followUp' => ['text' => '늦은 질의'], 'expectedSeq' => 1]));
$bytes = "%PDF-1.7\n" . implode('', array_map('chr', range(0, 255)));
$file = ['name' => '영수증.pdf', 'mediaType' => 'application/pdf', 'content' => $bytes];
$upload = $alpha->PutAttachment($file + ['sha256' => hash('sha256', $bytes)])->upload;
$alpha->AddFollowUp($number + ['followUp' => ['text' => '첨부', 'attachments' => [['id' => $upload->id, 'name' => $upload->name]]]]);
$files = $beta->ListAttachments($number)->attachments;
$held = array_values(array_filter($files, fn ($one) => $one->state === 'held'))[0];
$got = $beta->GetAttachment($number + ['id' => $held->id])->attachment;
$out['file'] = ['name' => $got->name, 'mediaType' => $got->mediaType, 'size' => $got->size, 'same' => $got->content === $bytes];
$out['damaged'] = refused(fn () => $alpha->PutAttachment($file + ['sha256' => str_repeat('0', 64)]));
$out['noFile'] = refused(fn () => $beta->GetAttachment($number + ['id' => 'x']));
echo json_encode($out, JSON_UNESCAPED_UNICODE);
