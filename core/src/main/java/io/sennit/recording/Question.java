package io.sennit.recording;

/// What a machine may ask of its store and its signer.
enum Question {
  COUNT(1),
  POSITION(2),
  NODE(3),
  EVENT(4),
  INTACT(5),
  PACKED(6),
  TIPS(7),
  AUTHOR_TIPS(8),
  AUTHORS(9),
  SUMMARY(10),
  SELECT(11),
  KEYS(12),
  IDS_WITH_PREFIX(13),
  RECEIPT(14),
  SIGN(15);

  /// In the hash of questions, the same for ever.
  final int number;

  Question(int number) {
    this.number = number;
  }
}
