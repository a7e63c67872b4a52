import { chmodSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Guest } from './guest.js';

/** What an agent was asked. */
export interface AgentCommand {
  readonly execute: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

/**
 * An agent for a guest that has no operating system. It listens on the socket to which QEMU and libvirt connect. The guest
 * needs the program `openAgentChannel`: libvirt talks to no agent before that.
 */
export class FakeAgent implements AsyncDisposable {
  /** What libvirt has asked, without what it asks to find the beginning of an answer. */
  readonly asked: AgentCommand[] = [];
  /** Answers by the names of commands, in JSON. Other commands are refused. */
  readonly answers = new Map<string, string>();
  readonly #server = createServer((socket) => {
    this.#serve(socket);
  });
  readonly #sockets = new Set<Socket>();

  private constructor(readonly path: string) {}

  static async on(guest: Guest): Promise<FakeAgent> {
    const agent = new FakeAgent(guest.path('agent.sock'));
    agent.#server.listen(agent.path);
    await once(agent.#server, 'listening');
    // QEMU runs as another user.
    chmodSync(agent.path, 0o777);
    return agent;
  }

  /** The channel of the guest, at the PCI slot that the guest programs use. */
  get xml(): string {
    return `<controller type="virtio-serial"><address type="pci" slot="0x06"/></controller>
    <channel type="unix">
      <source mode="connect" path="${this.path}"/>
      <target type="virtio" name="org.qemu.guest_agent.0"/>
      <address type="virtio-serial" controller="0" bus="0" port="1"/>
    </channel>`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    createInterface(socket).on('line', (line) => {
      socket.write(`${this.#answer(JSON.parse(line) as AgentCommand)}\n`);
    });
  }

  #answer(command: AgentCommand): string {
    if (command.execute === 'guest-sync') return `{"return": ${String(command.arguments?.['id'])}}`;
    this.asked.push(command);
    const answer = this.answers.get(command.execute);
    return answer === undefined
      ? `{"error": {"class": "CommandNotFound", "desc": "no ${command.execute}"}}`
      : `{"return": ${answer}}`;
  }
}
