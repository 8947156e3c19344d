package io.sennit.machine;

/// What an application calls its request, so that it may ask again without writing twice.
///
/// @param key any text that the application never uses for anything else
/// @param fingerprint of what it asks for: SHA-256, 64 hexadecimal digits
public record RequestKey(String key, String fingerprint) {}
