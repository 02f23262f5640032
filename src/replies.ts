import type { APIInteractionResponse } from 'discord-api-types/v10'
import { LRUCache } from 'lru-cache'
import { fillInOwner, leaveOutOwner, type Ownerless } from './discord/custom-id.ts'

/** A file that goes out with a response. */
export interface Attachment {
  name: string
  type: string
  bytes: Uint8Array<ArrayBuffer>
}

/** What an interaction came to: the response, and what the log says of it. */
export interface Made {
  response: APIInteractionResponse
  files: readonly Attachment[]
  command: string
  outcome: string
  /** Something is missing that may be there the next time. */
  incomplete?: boolean
}

type Kept = Omit<Made, 'response' | 'incomplete'> & Ownerless

const utf8 = new TextEncoder()

/** What is kept at most, in bytes. */
export const maxBytes = 8 * 1024 * 1024

/** The replies that one store gave last: most of what is asked and clicked was asked and clicked before. */
export interface Replies {
  /**
   * The reply for `owner`, made anew unless one is kept. `key` holds all that it depends on but the owner, who may
   * stand in its `custom_id`s only; without a key it is not kept.
   */
  recall: (
    key: string | undefined,
    owner: string,
    make: () => Promise<Made>,
  ) => Promise<Omit<Kept, keyof Ownerless> & { json: Uint8Array<ArrayBuffer> }>
  /** Bytes that are kept now. */
  size: () => number
}

export function createReplies(): Replies {
  const kept = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    // A character of the key takes two; a picture counts with each reply that carries it, though it is there once.
    sizeCalculation: ({ bytes, gaps, files }, key) =>
      500 + bytes.length + 8 * gaps.length + 2 * key.length + files.reduce((sum, { bytes }) => sum + bytes.length, 0),
  })
  return {
    recall: async (key, owner, make) => {
      const known = key === undefined ? undefined : kept.get(key)
      if (known) {
        const { bytes, gaps, ...rest } = known
        return { ...rest, json: fillInOwner({ bytes, gaps }, owner) }
      }
      const { response, incomplete, ...rest } = await make()
      const json = JSON.stringify(response)
      if (key !== undefined && !incomplete) kept.set(key, { ...rest, ...leaveOutOwner(json) })
      return { ...rest, json: utf8.encode(json) }
    },
    size: () => kept.calculatedSize,
  }
}
