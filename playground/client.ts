import { hashes, sign } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import type { APIInteractionResponse } from 'discord-api-types/v10'
import type { Explanation } from '../src/matching/ask.ts'
import type { CommandDefinition, Interaction } from './interaction.ts'

// Web Crypto knows no Ed25519 in older browsers, and is missing altogether where the page isn't on loopback or TLS.
hashes.sha512 = sha512

/** What the server tells the page at its start. */
export interface Setup {
  name: string
  /** The key that interactions are signed with: 64 hexadecimal digits. */
  secret: string
  store: string
  commands: CommandDefinition[]
  /** The ids that citations name. */
  articles: string[]
  answered: string[]
  refused: string[]
}

/** An interaction and what came back. */
export interface Exchange {
  at: Date
  ms: number
  interaction: Interaction
  status: number
  response: APIInteractionResponse | undefined
  /** Why there is no response. */
  error?: string
  /** The addresses of the files that came with it, by name. */
  files: ReadonlyMap<string, string>
}

/** One mistake in a pasted entry. */
export interface Problem {
  file: string
  line: number
  field: string
  message: string
}

export type Tried =
  | { store: string; added: string[]; overlaps: { phrasing: string; question: string; place: string }[] }
  | { problems: Problem[] }

export async function fetchSetup(): Promise<Setup> {
  const response = await fetch('/setup.json')
  if (!response.ok) throw new Error(`The server answers with ${response.status}.`)
  return response.json()
}

/** Signs an interaction and sends it, as Discord does. `store` names the store of a pasted entry. */
export async function send(interaction: Interaction, secret: string, store?: string): Promise<Exchange> {
  const at = new Date()
  const start = performance.now()
  const body = JSON.stringify(interaction)
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signature = sign(new TextEncoder().encode(timestamp + body), fromHex(secret))
  const exchange = { at, interaction, response: undefined, files: new Map<string, string>() }
  try {
    const answer = await fetch(address('/interactions', { store }), {
      method: 'POST',
      body,
      headers: {
        'Content-Type': 'application/json',
        'X-Signature-Ed25519': toHex(signature),
        'X-Signature-Timestamp': timestamp,
      },
    })
    const ms = Math.round(performance.now() - start)
    if (!answer.ok) {
      const { error }: { error?: string } = await answer.json().catch(() => ({}))
      return { ...exchange, ms, status: answer.status, error: error ?? `The server answers with ${answer.status}.` }
    }
    return { ...exchange, ms, status: answer.status, ...(await read(answer)) }
  } catch {
    const ms = Math.round(performance.now() - start)
    return { ...exchange, ms, status: 0, error: 'The server can’t be reached. Is it still running?' }
  }
}

/** How a question was understood. */
export async function fetchWhy(question: string, store?: string): Promise<Explanation> {
  const response = await fetch(address('/why', { question, store }))
  return response.json()
}

/** Has a piece of YAML checked, and added to a store of its own. */
export async function postEntry(yaml: string): Promise<Tried> {
  const response = await fetch('/entries', {
    method: 'POST',
    body: yaml,
    headers: { 'Content-Type': 'application/yaml' },
  })
  if (response.ok) return response.json()
  return {
    problems: [
      {
        file: '',
        line: 1,
        field: '',
        message:
          response.status === 413 ? 'That is too long to be an entry.' : `The server answers with ${response.status}.`,
      },
    ],
  }
}

/** The response is JSON, or a form with the JSON and the files that it names. */
async function read(answer: Response): Promise<Pick<Exchange, 'response' | 'files'>> {
  const files = new Map<string, string>()
  if (!answer.headers.get('Content-Type')?.startsWith('multipart/')) return { response: await answer.json(), files }
  const form = await answer.formData()
  for (const part of form.values()) if (part instanceof File) files.set(part.name, URL.createObjectURL(part))
  return { response: JSON.parse(String(form.get('payload_json'))), files }
}

function address(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return `${path}?${new URLSearchParams(set)}`
}

function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
