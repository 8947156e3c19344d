package io.sennit.recording;

/// What a machine may ask of its store and its signer. The numbers are those of a recording.
enum Question {
  COUNT,
  POSITION,
  NODE,
  EVENT,
  INTACT,
  PACKED,
  TIPS,
  AUTHOR_TIPS,
  AUTHORS,
  SUMMARY,
  SELECT,
  KEYS,
  IDS_WITH_PREFIX,
  RECEIPT,
  SIGN
}
