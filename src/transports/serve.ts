import type { Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { ConfigError } from '../config.ts'

/** An app as Hono makes it; `fetch` turns a Request into a Response. */
export interface App {
  fetch: (request: Request) => Response | Promise<Response>
}

export interface Listening {
  /** Where it is reached, without a slash at the end. */
  url: string
  /** Takes no new request, lets those under way finish, and resolves when the last connection is gone. */
  close: () => Promise<void>
}

/** Discord gives up on a response after three seconds; nothing under way is worth waiting for longer. */
const drainMs = 3000

interface Place {
  host: string
  port: number
  /** The variable that sets the port, for errors. */
  variable?: string
}

/** Serves an app on node:http; resolves once it listens. Port 0 takes any free one. */
export async function serve(app: App, { host, port, variable = 'PORT' }: Place): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    // A request of Discord's arrives in one go: whoever dribbles holds a connection for nothing.
    serverOptions: { headersTimeout: 5000, requestTimeout: 10_000 },
  })
  if (!('closeAllConnections' in server)) throw new TypeError('a node:http server was expected')
  const sockets = new Set<Socket>()
  const busy = new Set<Socket>()
  let closing = false
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('request', ({ socket }, response) => {
    busy.add(socket)
    response.once('close', () => {
      busy.delete(socket)
      if (closing) socket.destroySoon()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, host, port, variable)))
    server.listen(port, host, resolve)
  })

  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        closing = true
        const late = setTimeout(() => server.closeAllConnections(), drainMs)
        server.close(() => {
          clearTimeout(late)
          resolve()
        })
        // Node counts a connection that never sent anything as one at work, and keeps others alive for the next request.
        for (const socket of sockets) if (!busy.has(socket)) socket.destroy()
      }),
  }
}

function explain(error: Error, host: string, port: number, variable: string): Error {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return new ConfigError(
      `${variable} ${port} on ${host} is taken by another program: set ${variable} to a free one, such as ${port + 1}`,
    )
  if (code === 'EACCES')
    return new ConfigError(`${variable} ${port} needs more rights: set ${variable} to one above 1023`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new ConfigError(
      `HOST ${host} is no address of this machine: 127.0.0.1 is reached from here only, 0.0.0.0 from everywhere`,
    )
  return error
}
