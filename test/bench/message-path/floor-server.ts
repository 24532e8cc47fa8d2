/**
 * The floors of the message path: what anybody would write first. Bare `ws`, JSON frames, every message sent on to every teammate,
 * and with `--insert` one INSERT a message before it is acknowledged. Nothing else: no order, no retries, no resume.
 */
import { WebSocketServer, type WebSocket } from 'ws';
import { postgresClient } from '../../../server/database/postgres-client.ts';

const [databaseUrl, mode] = process.argv.slice(2) as [string, 'insert' | 'no-database'];
const sql = postgresClient(databaseUrl, { max: 10, onnotice: () => undefined });
await sql`create table if not exists floor_message (id uuid primary key, conversation_id uuid not null, text text not null, at timestamptz not null)`;

const teammates = new Set<WebSocket>();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });

type Frame =
  | { type: 'hello'; as: string }
  | { type: 'command'; id: string; input: { conversationId: string; text: string } };

async function handle(socket: WebSocket, frame: Frame): Promise<void> {
  if (frame.type === 'hello') {
    if (frame.as === 'teammate') teammates.add(socket);
    socket.send('{"type":"welcome"}');
    return;
  }
  const { id, input } = frame;
  const at = new Date();
  if (mode === 'insert') {
    await sql`insert into floor_message (id, conversation_id, text, at) values (${id}, ${input.conversationId}, ${input.text}, ${at})`;
  }
  socket.send(JSON.stringify({ type: 'ack', id }));
  const event = JSON.stringify({ type: 'event', id, conversationId: input.conversationId, text: input.text, at });
  for (const teammate of teammates) teammate.send(event);
}

server.on('connection', (socket) => {
  socket.on('message', (data) => void handle(socket, JSON.parse(String(data)) as Frame));
});
server.on('listening', () => {
  const address = server.address();
  process.send?.({ url: `ws://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` });
});
