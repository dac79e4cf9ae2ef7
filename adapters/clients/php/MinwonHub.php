<?php

/**
 * 민원 허브 클라이언트 / A client of the complaint hub's REST door, in one file. PHP 7.4 or newer with curl, json and hash.
 *
 *   $hub = new MinwonHub\Client(['url' => 'https://hub.example', 'key' => 'mwk_…']);
 *
 * Values are arrays as the hub's OpenAPI document (/api/v1/docs/) describes them, in UTF-8.
 */

declare(strict_types=1);

namespace MinwonHub;

/** Whatever a call of the hub may end with, other than its result. */
abstract class HubException extends \RuntimeException
{
    /** Quote it to the operator of the hub: the same for all tries of a call. */
    public string $requestId;

    public function __construct(string $message, string $requestId)
    {
        parent::__construct($message);
        $this->requestId = $requestId;
    }
}

/** No reply of the hub came, at any try. The call may have been done: the same call again is safe with its key. */
final class Unreachable extends HubException
{
}

/** The hub refused the call: problem+json (RFC 9457). */
final class Problem extends HubException
{
    public int $status;
    /** `invalid`, `conflict`, `key-reused` …; `unknown`: it is no problem of the hub. */
    public string $problemCode;
    public ?string $detail;
    /** @var list<array{pointer: string, message: string}> Where it is wrong: JSON pointers (RFC 6901). */
    public array $errors;
    /** Seconds after which the same call may succeed, where the hub or a proxy said so. */
    public ?float $retryAfter;

    public function __construct(Reply $reply, string $requestId)
    {
        $isJson = preg_match('~^application/(problem\+)?json\b~i', $reply->headers['content-type'] ?? '') === 1;
        $said = $isJson ? json_decode($reply->body, true) : null;
        $said = is_array($said) ? $said : ['detail' => substr($reply->body, 0, 500)];
        // What is no problem of the hub may have anything under these names.
        $text = static fn (string $name): ?string => is_string($said[$name] ?? null) ? $said[$name] : null;
        $this->status = $reply->status;
        $this->problemCode = preg_match('/^urn:minwon-hub:problem:(.+)$/', (string) $text('type'), $found) ? $found[1] : 'unknown';
        $this->detail = $text('detail');
        $this->errors = is_array($said['errors'] ?? null) ? $said['errors'] : [];
        $this->retryAfter = self::readRetryAfter($reply->headers['retry-after'] ?? '');
        $words = [trim($reply->status . ' ' . ($text('title') ?? $reply->headers['location'] ?? '')), $this->detail];
        foreach ($this->errors as $error) {
            $words[] = ($error['pointer'] ?: '/') . ': ' . $error['message'];
        }
        parent::__construct(implode('; ', array_filter($words)), $reply->headers['x-request-id'] ?? $requestId);
    }

    /** RFC 9110, 10.2.3: seconds, or a date. */
    private static function readRetryAfter(string $said): ?float
    {
        if (ctype_digit($said)) {
            return (float) $said;
        }
        $time = strtotime($said);
        return $time === false ? null : (float) max(0, $time - time());
    }
}

/** The request is not signed by the hub, or too old: answer 401, and look no further. */
final class ForgedWebhook extends \RuntimeException
{
}

/** One reply, as it came. */
final class Reply
{
    public int $status = 0;
    /** @var array<string, string> Names in small letters. */
    public array $headers = [];
    public string $body = '';
}

/** The hub, as a partner's program sees it. Methods are named after the operations of the OpenAPI document. */
final class Client
{
    /** The hub is busy or away, or what stands in front of it says so. A refusal (4xx) stays one however often it is sent. */
    private const WORTH_RETRY = [429, 502, 503, 504];
    private const LONGEST_PAUSE = 30.0;

    private string $url;
    private array $options;

    /**
     * `url`; `key`, or `keyId` with `signingSecret` (RFC 9421: the key is then never sent). Seconds: `timeout` of a try (30),
     * `fileTimeout` of a file (600), `giveUpAfter` (120); `tries` (6). `curl`: options of curl, such as CURLOPT_CAINFO.
     */
    public function __construct(array $options)
    {
        $parts = parse_url($options['url']);
        $this->url = $parts['scheme'] . '://' . $parts['host'] . (isset($parts['port']) ? ':' . $parts['port'] : '');
        $this->options = $options + ['timeout' => 30, 'fileTimeout' => 600, 'giveUpAfter' => 120, 'tries' => 6, 'curl' => []];
    }

    /** What is right and what is wrong with key, clock and charset; `checks` say it in Korean and English. */
    public function selfTest(): array
    {
        return $this->call('POST', '/self-test', ['text' => '민원 연계 시험 뷁 😀 ABC', 'time' => gmdate('Y-m-d\TH:i:s\Z')]);
    }

    /** 접수. `$options` of each write: `idempotencyKey` (made for you), `lastSeq` that you have read (412 if others changed it). */
    public function registerComplaint(array $registration, array $options = []): array
    {
        return $this->call('POST', '/complaints', $registration, $options);
    }

    public function getComplaint(string $number): array
    {
        return $this->call('GET', self::path($number));
    }

    /** 처리기간: where the statutory clock stands now, and by which steps it came there. */
    public function getClock(string $number): array
    {
        return $this->call('GET', self::path($number, 'clock'));
    }

    /** 분담·협조: what was asked of other agencies, and their replies, as far as your agency may see them. */
    public function listContributions(string $number): array
    {
        return $this->call('GET', self::path($number, 'contributions'))['contributions'];
    }

    /** What other agencies asked of yours and still wait for, the most urgent first. */
    public function listOwedContributions(): array
    {
        return $this->call('GET', '/contributions')['contributions'];
    }

    /** Oldest first. */
    public function listEvents(string $number): array
    {
        return $this->call('GET', self::path($number, 'events'))['events'];
    }

    public function updateComplaint(string $number, array $content, array $options = []): array
    {
        return $this->call('PUT', self::path($number, 'content'), $content, $options);
    }

    /** 답변 */
    public function addAnswer(string $number, array $answer, array $options = []): array
    {
        return $this->call('POST', self::path($number, 'answers'), $answer, $options);
    }

    /** 중간 회신 */
    public function addInterimAnswer(string $number, array $answer, array $options = []): array
    {
        return $this->call('POST', self::path($number, 'interim-answers'), $answer, $options);
    }

    /** 추가 질의 */
    public function addFollowUp(string $number, array $followUp, array $options = []): array
    {
        return $this->call('POST', self::path($number, 'follow-ups'), $followUp, $options);
    }

    /** 처리상태 */
    public function changeStatus(string $number, string $status, array $options = []): array
    {
        return $this->call('PUT', self::path($number, 'status'), ['status' => $status], $options);
    }

    /** 이송: `to` and `reason`. */
    public function transferComplaint(string $number, array $transfer, array $options = []): array
    {
        return $this->call('POST', self::path($number, 'transfer'), $transfer, $options);
    }

    /** 취하, with or without a `reason`. */
    public function withdrawComplaint(string $number, array $withdrawal = [], array $options = []): array
    {
        return $this->call('POST', self::path($number, 'withdrawal'), $withdrawal, $options);
    }

    /** 처리 절차: extension, supplement, refusal … `kind` says which fields there are. 422: the law does not allow it now. */
    public function takeStep(string $number, array $step, array $options = []): array
    {
        return $this->call('POST', self::path($number, 'steps'), $step, $options);
    }

    /** All that fit, newest first, page by page as they are asked for. */
    public function searchComplaints(array $query = []): \Generator
    {
        do {
            $page = $this->call('GET', '/complaints?' . http_build_query($query));
            foreach ($page['complaints'] as $complaint) {
                yield $complaint;
            }
            $query['after'] = $page['next'] ?? null;
        } while ($query['after'] !== null);
    }

    /**
     * The changes that the agency's copies lack. Each is acknowledged after the loop has asked for the next one: what a
     * `break` or an exception leaves comes again. `$options`: `wait` seconds for which the hub holds a call (25), `limit` of
     * a page (100), `untilEmpty` to end when there is nothing more, for programs that cron starts.
     */
    public function changes(array $options = []): \Generator
    {
        foreach ($this->steps($options) as $step) {
            yield $step->change;
        }
    }

    /** The same with a handler. It may return `['externalId' => …]`, the agency's own id, or `['refused' => reason]`. */
    public function follow(callable $handler, array $options = []): void
    {
        foreach ($this->steps($options) as $step) {
            $step->taken = $handler($step->change) ?? [];
        }
    }

    /** Sends a file before what names it: its `id` goes into `attachments` within a day. `$file`: a path, or a stream. */
    public function putAttachment(string $name, $file): array
    {
        return $this->sendFile('POST', '/attachments?name=' . rawurlencode($name), $file);
    }

    /** Sends a file that your agency named without it. */
    public function supplyAttachment(string $number, string $id, $file): void
    {
        $this->sendFile('PUT', self::path($number, 'attachments') . '/' . rawurlencode($id), $file);
    }

    public function listAttachments(string $number): array
    {
        return $this->call('GET', self::path($number, 'attachments'))['attachments'];
    }

    /** Reads a file into `$target`: a path, or a stream that can be set back. Returns `name`, `mediaType` and `size`. */
    public function getAttachment(string $number, string $id, $target): array
    {
        $stream = self::open($target, 'w+b');
        $start = (int) ftell($stream);
        $path = self::path($number, 'attachments') . '/' . rawurlencode($id);
        try {
            $reply = $this->send('GET', $path, [], ['into' => $stream, 'start' => $start, 'timeout' => $this->options['fileTimeout']]);
        } catch (HubException $error) {
            // Nobody is to take half of a file, or none of it, for the file.
            is_string($target) ? unlink($target) : ftruncate($stream, $start);
            throw $error;
        }
        $size = ftell($stream) - $start;
        $disposition = $reply->headers['content-disposition'] ?? '';
        return ['name' => self::readFileName($disposition), 'mediaType' => $reply->headers['content-type'] ?? '', 'size' => $size];
    }

    /** Every operation that has no method here. `$value`: what becomes JSON. */
    public function call(string $method, string $path, ?array $value = null, array $options = []): array
    {
        $headers = [];
        $body = [];
        if ($value !== null) {
            $flags = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_PRESERVE_ZERO_FRACTION | JSON_THROW_ON_ERROR;
            $headers['content-type'] = 'application/json';
            $body['text'] = json_encode($value === [] ? (object) [] : $value, $flags);
            $body['digest'] = self::toDigest(hash('sha256', $body['text'], true));
        }
        if ($method !== 'GET') {
            // One key for all tries of a call: the hub does once what it is sent twice. Quoted, as the draft of the IETF
            // (httpapi-idempotency-key-header) writes it: a key may have blanks.
            $headers['idempotency-key'] = '"' . addcslashes($options['idempotencyKey'] ?? bin2hex(random_bytes(16)), '"\\') . '"';
        }
        if (isset($options['lastSeq'])) {
            $headers['if-match'] = '"' . $options['lastSeq'] . '"';
        }
        $reply = $this->send($method, $path, $headers, $body + ['timeout' => $options['timeout'] ?? $this->options['timeout']]);
        return json_decode($reply->body, true, 512, JSON_THROW_ON_ERROR | JSON_BIGINT_AS_STRING);
    }

    private function steps(array $options): \Generator
    {
        $untilEmpty = $options['untilEmpty'] ?? false;
        // Without any wait, an empty feed would be asked for without end.
        $query = ['limit' => $options['limit'] ?? 100, 'wait' => $untilEmpty ? 0 : max(1, $options['wait'] ?? 25)];
        while (true) {
            $page = $this->fetchPage($query);
            if ($untilEmpty && $page['changes'] === []) {
                return;
            }
            $handled = [];
            try {
                foreach ($page['changes'] as $change) {
                    $step = (object) ['change' => $change, 'taken' => []];
                    yield $step;
                    $handled[] = ['receiptNumber' => $change['receiptNumber'], 'seq' => $change['event']['seq']] + $step->taken;
                }
            } finally {
                if ($handled !== []) {
                    $this->call('POST', '/changes/acknowledgements', ['changes' => $handled]);
                }
            }
            $query['after'] = $page['cursor'];
        }
    }

    private function fetchPage(array &$query): array
    {
        $longer = ['timeout' => $this->options['timeout'] + $query['wait']];
        try {
            return $this->call('GET', '/changes?' . http_build_query($query), null, $longer);
        } catch (Problem $problem) {
            if ($problem->problemCode !== 'unknown-cursor' || !isset($query['after'])) {
                throw $problem;
            }
            // The hub was restored from an older copy: the feed begins again at what is not acknowledged.
            unset($query['after']);
            return $this->call('GET', '/changes?' . http_build_query($query), null, $longer);
        }
    }

    /** Reads the file once for its digest, and once for each try; nothing of it is kept in memory. */
    private function sendFile(string $method, string $path, $file): array
    {
        $stream = self::open($file, 'rb');
        $start = (int) ftell($stream);
        $hash = hash_init('sha256');
        $size = hash_update_stream($hash, $stream);
        $body = ['from' => $stream, 'start' => $start, 'size' => $size, 'digest' => self::toDigest(hash_final($hash, true))];
        $headers = ['content-type' => 'application/octet-stream'];
        $reply = $this->send($method, $path, $headers, $body + ['timeout' => $this->options['fileTimeout']]);
        return $reply->body === '' ? [] : json_decode($reply->body, true, 512, JSON_THROW_ON_ERROR);
    }

    /**
     * Calls the hub until it answers or it is no use. The pause doubles, and is shortened by chance: else all clients of a
     * hub that was away would come back at the same moment.
     */
    private function send(string $method, string $path, array $headers, array $body): Reply
    {
        $headers['x-request-id'] = bin2hex(random_bytes(16));
        $begun = microtime(true);
        for ($tries = 1;; $tries++) {
            $ended = $this->tryOnce($method, '/api/v1' . $path, $headers, $body);
            if ($ended instanceof Reply) {
                return $ended;
            }
            $isProblem = $ended instanceof Problem;
            $pause = min(self::LONGEST_PAUSE, 0.5 * 2 ** ($tries - 1)) * random_int(500, 1000) / 1000;
            if ($isProblem && $ended->retryAfter !== null) {
                $pause = $ended->retryAfter + random_int(0, 250) / 1000;
            }
            // `too-slow` is a 503 that asks for a narrower question.
            $isFinal = $isProblem && (!in_array($ended->status, self::WORTH_RETRY, true) || $ended->problemCode === 'too-slow');
            $isLate = microtime(true) - $begun + $pause > $this->options['giveUpAfter'];
            if ($isFinal || $isLate || $tries >= $this->options['tries']) {
                throw $ended;
            }
            usleep((int) ($pause * 1e6));
        }
    }

    /** @return Reply|HubException */
    private function tryOnce(string $method, string $target, array $headers, array $body)
    {
        $requestId = $headers['x-request-id'];
        $headers += isset($body['digest']) ? ['content-digest' => $body['digest']] : [];
        $headers += $this->toCredentials($method, $target, $body['digest'] ?? null);
        $reply = new Reply();
        $hash = hash_init('sha256');
        $curl = curl_init($this->url . $target);
        curl_setopt_array($curl, $this->toCurl($method, $headers, $body, $reply, $hash) + $this->options['curl']);
        $went = curl_exec($curl);
        $error = curl_error($curl);
        $reply->status = (int) curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        if ($went === false) {
            return new Unreachable("$method $target: $error", $requestId);
        }
        if ($reply->status < 200 || $reply->status > 299) {
            return new Problem($reply, $requestId);
        }
        $type = $reply->headers['content-type'] ?? '';
        // A page in HTML with 200 is no reply of the hub: something in front of it answered, and the hub was not reached.
        if (!isset($body['into']) && $reply->status !== 204 && stripos($type, 'application/json') !== 0) {
            return new Unreachable("something that is not the hub replied $type", $requestId);
        }
        $expected = $reply->headers['repr-digest'] ?? null;
        if (isset($body['into'], $expected) && self::toDigest(hash_final($hash, true)) !== $expected) {
            return new Unreachable('the file did not arrive as the hub has it', $requestId);
        }
        return $reply;
    }

    private function toCurl(string $method, array $headers, array $body, Reply $reply, $hash): array
    {
        $lines = ['expect:', 'user-agent: minwon-hub-client/0.1 (php)'];
        foreach ($headers as $name => $value) {
            $lines[] = "$name: $value";
        }
        $into = $body['into'] ?? null;
        if ($into !== null) {
            // What an earlier try has left goes.
            ftruncate($into, $body['start']);
            fseek($into, $body['start']);
        }
        $options = [
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_HTTPHEADER => $lines,
            CURLOPT_CONNECTTIMEOUT => 10,
            CURLOPT_NOSIGNAL => true,
            CURLOPT_TIMEOUT_MS => (int) ($body['timeout'] * 1000),
            // A redirect would turn POST into GET, and take the key elsewhere.
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            CURLOPT_HEADERFUNCTION => static function ($curl, string $line) use ($reply): int {
                [$name, $value] = explode(':', $line, 2) + [1 => ''];
                $reply->headers[strtolower(trim($name))] = trim($value);
                return strlen($line);
            },
            CURLOPT_WRITEFUNCTION => static function ($curl, string $bytes) use ($reply, $into, $hash): int {
                if ($into === null || curl_getinfo($curl, CURLINFO_RESPONSE_CODE) !== 200) {
                    $reply->body .= $bytes;
                    return strlen($bytes);
                }
                hash_update($hash, $bytes);
                return (int) fwrite($into, $bytes);
            },
        ];
        if ($into === null) {
            // Pages of the feed are large: packed where curl can. A file comes as it is.
            $options[CURLOPT_ENCODING] = '';
        }
        if (isset($body['text'])) {
            $options[CURLOPT_POSTFIELDS] = $body['text'];
        }
        if (isset($body['from'])) {
            fseek($body['from'], $body['start']);
            $options += [CURLOPT_UPLOAD => true, CURLOPT_INFILE => $body['from'], CURLOPT_INFILESIZE => $body['size']];
        }
        return $options;
    }

    /** The key, or a signature (RFC 9421, hmac-sha256). A signature is let in once, so each try has its own. */
    private function toCredentials(string $method, string $target, ?string $digest): array
    {
        if (isset($this->options['key'])) {
            return ['authorization' => 'Bearer ' . $this->options['key']];
        }
        $covered = ['"@method"' => $method, '"@request-target"' => $target];
        $covered += $digest === null ? [] : ['"content-digest"' => $digest];
        $params = '(' . implode(' ', array_keys($covered)) . ');created=' . time();
        $params .= ';nonce="' . bin2hex(random_bytes(16)) . '";keyid="' . $this->options['keyId'] . '"';
        $base = '';
        foreach ($covered as $name => $value) {
            $base .= "$name: $value\n";
        }
        $mac = hash_hmac('sha256', $base . '"@signature-params": ' . $params, $this->options['signingSecret'], true);
        return ['signature-input' => "sig1=$params", 'signature' => 'sig1=:' . base64_encode($mac) . ':'];
    }

    /** PHP closes what it opened here when nobody has it any more. */
    private static function open($pathOrStream, string $mode)
    {
        $stream = is_string($pathOrStream) ? @fopen($pathOrStream, $mode) : $pathOrStream;
        if (is_resource($stream) && !stream_get_meta_data($stream)['seekable']) {
            throw new \InvalidArgumentException('a stream has to be one that can be set back: it may be sent twice');
        }
        if (!is_resource($stream)) {
            throw new \InvalidArgumentException('cannot be opened: ' . (error_get_last()['message'] ?? 'no path and no stream'));
        }
        return $stream;
    }

    private static function path(string $number, string $part = ''): string
    {
        return rtrim('/complaints/' . rawurlencode($number) . '/' . $part, '/');
    }

    /** RFC 9530. */
    private static function toDigest(string $sha256): string
    {
        return 'sha-256=:' . base64_encode($sha256) . ':';
    }

    /** RFC 6266 as the hub writes it: `filename*` (RFC 8187) for names that are not ASCII. */
    private static function readFileName(string $disposition): ?string
    {
        if (preg_match("/;\s*filename\*=UTF-8''([^;\s]+)/i", $disposition, $found)) {
            return rawurldecode($found[1]);
        }
        preg_match('/;\s*filename=(?|"((?:[^"\\\\]|\\\\.)*)"|([^;\s]+))/i', $disposition, $found);
        return isset($found[1]) ? stripslashes($found[1]) : null;
    }
}

/** Requests that the hub sends to a partner's address. */
final class Webhook
{
    /**
     * Checks a request by Standard Webhooks and reads its CloudEvent. `$body`: file_get_contents('php://input'), before
     * anything parsed it. `$headers`: getallheaders(), or $_SERVER. `$secrets`: one `whsec_…`, or several while they change;
     * one of them has to fit. `$tolerance`: seconds by which clocks may differ. The type of the connection test ends with
     * `.ping.v1`. Throws ForgedWebhook.
     *
     * @param string|list<string> $secrets
     */
    public static function verify(string $body, array $headers, $secrets, int $tolerance = 300): array
    {
        $id = self::header($headers, 'webhook-id');
        $timestamp = self::header($headers, 'webhook-timestamp');
        if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > $tolerance) {
            throw new ForgedWebhook('the timestamp is missing, too old or ahead');
        }
        $isSigned = false;
        foreach ((array) $secrets as $secret) {
            $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
            if ($key === false || $key === '') {
                throw new \InvalidArgumentException('a secret is whsec_ and base64');
            }
            $mac = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
            foreach (explode(' ', self::header($headers, 'webhook-signature')) as $signature) {
                $isSigned = hash_equals($mac, $signature) || $isSigned;
            }
        }
        if (!$isSigned) {
            throw new ForgedWebhook('no signature is by one of the secrets');
        }
        $event = json_decode($body, true, 512, JSON_THROW_ON_ERROR | JSON_BIGINT_AS_STRING);
        if (!is_string($event['type'] ?? null)) {
            throw new \UnexpectedValueException('no structured CloudEvent: mode binary has its attributes in headers ce-…');
        }
        return $event;
    }

    private static function header(array $headers, string $name): string
    {
        foreach ($headers as $key => $value) {
            $plain = strtolower(str_replace('_', '-', preg_replace('/^HTTP_/', '', (string) $key)));
            if ($plain === $name) {
                return (string) $value;
            }
        }
        throw new ForgedWebhook("there is no $name");
    }
}
