/** Limits of the bundle file that more than the reader of bundles must know. */

/** A larger file is refused unread. */
export const MAX_BUNDLE_BYTES = 256 * 1024 * 1024;

/** Every bundle's readable head lies within this many bytes from the start of the file. */
export const BUNDLE_HEAD_BYTES = 32 * 1024;
