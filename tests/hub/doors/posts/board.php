<?php
// A board program that is not ours: PHP's SoapClient without WSDL, in the board's own element names.
// Prints what it was answered: {"result": …} or {"fault": …}, and the envelope as it came.
[, $address, $version, $style, $login, $password, $token] = $argv;
$namespace = 'urn:old-board:minwon';
$options = [
    'location' => $address,
    'uri' => $namespace,
    'trace' => true,
    'soap_version' => $version === '1.2' ? SOAP_1_2 : SOAP_1_1,
    'style' => $style === 'document' ? SOAP_DOCUMENT : SOAP_RPC,
    'use' => $style === 'document' ? SOAP_LITERAL : SOAP_ENCODED,
];
if ($login !== '') {
    $options += ['login' => $login, 'password' => $password];
}
$client = new SoapClient(null, $options);
if ($token !== '') {
    $wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
    [$user, $key] = explode(' ', $token);
    $xml = "<w:Security xmlns:w=\"$wsse\"><w:UsernameToken><w:Username>$user</w:Username><w:Password>$key</w:Password></w:UsernameToken></w:Security>";
    $client->__setSoapHeaders(new SoapHeader($wsse, 'Security', new SoapVar($xml, XSD_ANYXML), true));
}
$post = json_decode(stream_get_contents(STDIN), true);
try {
    $result = $client->__soapCall('sendMinwon', [new SoapParam(new SoapVar((object) $post, SOAP_ENC_OBJECT), 'MINWON')]);
    $told = ['result' => $result];
} catch (SoapFault $fault) {
    $told = ['fault' => ['code' => $fault->faultcode, 'string' => $fault->faultstring]];
}
echo json_encode($told + ['sent' => $client->__getLastRequest(), 'reply' => $client->__getLastResponse()]);
