export async function profile(_out: string, _isQuick: boolean): Promise<void> {}
