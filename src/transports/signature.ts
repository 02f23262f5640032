/** How long a signed request may be on its way; whoever recorded one can't send it again later. */
const maxAgeMs = 5 * 60_000

/** A request's proof of origin, as Discord sends it. */
export interface Proof {
  /** The header `X-Signature-Ed25519`. */
  signature: string | undefined
  /** The header `X-Signature-Timestamp`: seconds since 1970. */
  timestamp: string | undefined
  body: ArrayBuffer
}

/** Why a request isn't Discord's, in words for whoever sets up the endpoint; undefined where it is. */
export type Verify = (proof: Proof) => Promise<string | undefined>

/** Checks Ed25519 signatures over timestamp + raw body. `publicKey` is 64 hexadecimal digits. */
export function createVerify(publicKey: string, now: () => number): Verify {
  // The key and not its promise is kept: a Worker may not await what another request started.
  let key: CryptoKey | undefined
  return async ({ signature, timestamp, body }) => {
    if (signature === undefined || timestamp === undefined) return 'The request carries no signature.'
    // Web Crypto answers false to a signature of another length on Node and throws in workerd.
    if (!/^[0-9a-f]{128}$/i.test(signature)) return 'The signature is not 64 bytes in hexadecimal digits.'
    if (!/^\d{1,12}$/.test(timestamp)) return 'The timestamp is not a number of seconds.'
    if (now() - Number(timestamp) * 1000 > maxAgeMs)
      return 'The timestamp is older than five minutes: this is an old request sent again, or a clock is wrong.'
    if (body.byteLength === 0) return 'The request has no body.'
    key ??= await crypto.subtle.importKey('raw', fromHex(publicKey), 'Ed25519', false, ['verify'])
    const genuine = await crypto.subtle.verify('Ed25519', key, fromHex(signature), signed(timestamp, body))
    return genuine ? undefined : 'The signature does not fit the request and DISCORD_PUBLIC_KEY.'
  }
}

function signed(timestamp: string, body: ArrayBuffer): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(timestamp.length + body.byteLength)
  new TextEncoder().encodeInto(timestamp, message)
  message.set(new Uint8Array(body), timestamp.length)
  return message
}

function fromHex(digits: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(digits.length / 2)
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16)
  return bytes
}
