/** The file descriptor has data to read without blocking, or is at its end. */
export const HANDLE_READABLE = 1;
/** The file descriptor can be written to without blocking. */
export const HANDLE_WRITABLE = 2;
/** An error occurred on the file descriptor. Reported whether asked for or not. */
export const HANDLE_ERROR = 4;
/** The other end of the file descriptor was closed. Reported whether asked for or not. */
export const HANDLE_HANGUP = 8;

/** The bits that a watch always gets, unless its mask is 0. */
export const ALWAYS_REPORTED = HANDLE_ERROR | HANDLE_HANGUP;
