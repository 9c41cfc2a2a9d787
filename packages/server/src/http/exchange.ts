import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Exchange } from '@pumpiq/api'

/** What a handler that signs people in and out may see and say of HTTP itself. */
export const exchangeOf = (request: FastifyRequest, reply: FastifyReply): Exchange => ({
  address: request.ip,
  header(name) {
    const value = request.headers[name]
    return typeof value === 'string' ? value : null
  },
  setCookies: (cookies) => void reply.header('set-cookie', [...cookies]),
})
