<?php
// SPDX-License-Identifier: EUPL-1.2
// Ranks the demo with FFI: PASSEND_LIBRARY=… php -d ffi.enable=1 demo.php fixtures/demo
declare(strict_types=1);

$passend = FFI::cdef('
    typedef struct passend_engine passend_engine;
    typedef struct { const char *data; size_t len; const char *report; size_t report_len; void *owner; } passend_buffer;
    typedef struct {
        const char *message; const char *code; const char *field; const char *detail;
        size_t detail_len; int32_t status; void *owner;
    } passend_error;
    int32_t passend_engine_new(const char *config, size_t len, passend_engine **out, passend_error *err);
    void passend_engine_free(passend_engine *engine);
    int32_t passend_run(const passend_engine *engine, const char *op, size_t op_len, const char *json, size_t json_len,
        const void *options, passend_buffer *out, passend_error *err);
    void passend_buffer_free(passend_buffer *buffer);
    void passend_error_free(passend_error *error);
', getenv('PASSEND_LIBRARY') ?: 'libpassend_c.so.1');

function check(int $status, FFI\CData $error): void
{
    global $passend;
    if ($status !== 0) {
        $message = FFI::string($error->message);
        $passend->passend_error_free(FFI::addr($error));
        throw new InvalidArgumentException($message);
    }
}

function run(FFI\CData $engine, string $op, array $request): string
{
    global $passend;
    $json = json_encode($request, JSON_THROW_ON_ERROR);
    $buffer = $passend->new('passend_buffer');
    $error = $passend->new('passend_error');
    check($passend->passend_run($engine, $op, strlen($op), $json, strlen($json), null,
        FFI::addr($buffer), FFI::addr($error)), $error);
    $answer = FFI::string($buffer->data, $buffer->len);
    $passend->passend_buffer_free(FFI::addr($buffer));
    return $answer;
}

$folder = $argv[1] ?? 'fixtures/demo';
$engine = $passend->new('passend_engine *');
$error = $passend->new('passend_error');
check($passend->passend_engine_new(null, 0, FFI::addr($engine), FFI::addr($error)), $error);
$lines = run($engine, 'match', [
    'candidates' => file_get_contents("$folder/candidates.jsonl"),
    'vacancies' => file_get_contents("$folder/vacancies.jsonl"),
    'as_of' => '2026-11-25',
    'format' => 'jsonl',
]);
$passend->passend_engine_free($engine);
echo hash('sha256', $lines), "\n";
