/** Options of watch(): they wait not as long as the defaults. */
export const quick = { reconnect: { initialDelay: 20, maxDelay: 200 } };
