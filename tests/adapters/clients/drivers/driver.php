<?php

// A partner's program in PHP: does the steps that come as JSON on standard input with the one file of the client.

declare(strict_types=1);

error_reporting(E_ALL);
set_error_handler(static function (int $level, string $message): bool {
    // What PHP warns of is a fault of the client; what it silences by `@` comes here too.
    if ((error_reporting() & $level) !== 0) {
        throw new ErrorException($message);
    }
    return false;
});
require $argv[1];

['options' => $options, 'steps' => $steps] = json_decode(stream_get_contents(STDIN), true) + ['options' => null];
if ($options !== null) {
    $options['timeout'] = ($options['timeout'] ?? 30000) / 1000;
    $options += $options['retries'] ?? [];
    $options['giveUpAfter'] = ($options['giveUpAfter'] ?? 120000) / 1000;
    $hub = new MinwonHub\Client($options);
}

$own = [
    'searchComplaints' => static function (array $query = []) use (&$hub): array {
        $found = [];
        foreach ($hub->searchComplaints($query) as $complaint) {
            $found[] = $complaint['receiptNumber'];
        }
        return $found;
    },
    'follow' => static function (array $followed, ?int $throwAt = null) use (&$hub): array {
        $handled = [];
        $error = null;
        try {
            $hub->follow(static function (array $change) use (&$handled, $throwAt): array {
                if (count($handled) === $throwAt) {
                    throw new LogicException('the disk is full');
                }
                $handled[] = $change['receiptNumber'] . '/' . $change['event']['seq'];
                return ['externalId' => 'OWN-' . $change['receiptNumber']];
            }, $followed);
        } catch (LogicException $thrown) {
            $error = $thrown->getMessage();
        }
        return ['handled' => $handled] + ($error === null ? [] : ['error' => $error]);
    },
    'changes' => static function (array $followed, ?int $breakAt = null) use (&$hub): array {
        $handled = [];
        foreach ($hub->changes($followed) as $change) {
            if (count($handled) === $breakAt) {
                break;
            }
            $handled[] = $change['receiptNumber'] . '/' . $change['event']['seq'];
        }
        return ['handled' => $handled];
    },
    'verifyWebhook' => static function (string $body, array $headers, $secrets): array {
        return MinwonHub\Webhook::verify($body, $headers, $secrets);
    },
];

$results = [];
foreach ($steps as $step) {
    $method = array_shift($step);
    try {
        $results[] = ['result' => isset($own[$method]) ? $own[$method](...$step) : $hub->$method(...$step)];
    } catch (Throwable $error) {
        $name = preg_replace('/^.*\\\\/', '', get_class($error));
        $said = ['name' => ['Problem' => 'HubProblem', 'Unreachable' => 'HubUnreachable'][$name] ?? $name];
        $said['message'] = $error->getMessage();
        if ($error instanceof MinwonHub\HubException) {
            $said['requestId'] = $error->requestId;
        }
        if ($error instanceof MinwonHub\Problem) {
            $said += ['status' => $error->status, 'code' => $error->problemCode, 'errors' => $error->errors];
            $said += $error->retryAfter === null ? [] : ['retryAfter' => $error->retryAfter];
        }
        $results[] = ['error' => $said];
    }
}
echo json_encode($results, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
