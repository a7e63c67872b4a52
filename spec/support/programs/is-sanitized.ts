/** Whether the addon is built for a sanitizer, which makes programs slower; see `scripts/sanitize.mjs`. */
export const isSanitized = process.env['RXVIRT_REPORTS'] !== undefined;
