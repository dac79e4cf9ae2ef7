<?php
// A client that is not ours: PHP's SoapClient against the sample board. Prints one JSON document.
[, $wsdl, $user, $password] = $argv;

function token(string $user, string $password): SoapHeader {
    $wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
    $wsu = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
    $nonce = random_bytes(16);
    $created = gmdate('Y-m-d\TH:i:s\Z');
    $digest = base64_encode(sha1($nonce . $created . $password, true));
    $xml = "<wsse:Security xmlns:wsse=\"$wsse\" xmlns:wsu=\"$wsu\"><wsse:UsernameToken>"
        . "<wsse:Username>$user</wsse:Username><wsse:Password>$digest</wsse:Password>"
        . '<wsse:Nonce>' . base64_encode($nonce) . "</wsse:Nonce><wsu:Created>$created</wsu:Created>"
        . '</wsse:UsernameToken></wsse:Security>';
    return new SoapHeader($wsse, 'Security', new SoapVar($xml, XSD_ANYXML));
}

$client = new SoapClient($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE, 'features' => SOAP_SINGLE_ELEMENT_ARRAYS]);
$call = function (string $operation, array $request, ?SoapHeader $header = null) use ($client, $user, $password) {
    $client->__setSoapHeaders($header ?? token($user, $password));
    return $client->__soapCall($operation, [$request]);
};
$fault = function (callable $work) {
    try {
        $work();
        return null;
    } catch (SoapFault $caught) {
        return $caught->faultcode;
    }
};

$post = ['LINK_KEY' => 'foreign-1', 'CVPL_SJ' => '다른 도구의 제목', 'CVPL_CN' => "첫째 & <줄>\r\n둘째", 'APLCNT_NM' => '김'];
$first = $call('insertCvpl', $post);
$again = $call('insertCvpl', $post);
$once = token($user, $password);
$call('selectByLinkKey', ['LINK_KEY' => 'foreign-1'], $once);
echo json_encode([
    'first' => $first,
    'again' => $again,
    'missing' => $call('insertCvpl', ['CVPL_SJ' => 'x', 'CVPL_CN' => '', 'APLCNT_NM' => '김']),
    'detail' => $call('selectCvplDetail', ['CVPL_NO' => $first->CVPL_NO])->cvpl,
    'list' => $call('selectCvplList', ['PAGE_NO' => '1', 'PAGE_SIZE' => '10']),
    'wrongPassword' => $fault(fn () => $call('selectCvplList', [], token($user, 'wrong'))),
    'replayed' => $fault(fn () => $call('selectByLinkKey', ['LINK_KEY' => 'foreign-1'], $once)),
], JSON_UNESCAPED_UNICODE);
