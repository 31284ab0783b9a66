-- What a caller makes an Idempotency-Key of isn't kept: answers stand under its SHA-256.
update answer set key = encode(sha256(convert_to(key, 'UTF8')), 'hex');
