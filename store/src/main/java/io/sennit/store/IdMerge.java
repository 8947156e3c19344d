package io.sennit.store;

/// Four lists of one level that are becoming one, some buckets with each batch, so that nobody
/// waits for it. It is found again as it was when the store is opened.
///
/// @param number of the list that is being made
/// @param level of the four
/// @param chunk the first that is to be done
record IdMerge(long number, int level, int chunk) {}
