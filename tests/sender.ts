/** Whoever signs requests to an interactions endpoint, as Discord does. */
export interface Signer {
  /** The headers that prove a body; `timestamp` in seconds. */
  sign: (body: string, timestamp?: number | string) => Promise<Record<string, string>>
  /** A signed `POST /interactions`. */
  request: (origin: string, body: string) => Promise<Request>
}

export interface Sender extends Signer {
  /** 64 hexadecimal digits, as the developer portal shows them. */
  publicKey: string
}

/** Discord's side of an endpoint, with a key pair of its own. */
export async function createSender(): Promise<Sender> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  const raw = await crypto.subtle.exportKey('raw', publicKey)
  return { publicKey: Buffer.from(raw).toString('hex'), ...signWith(privateKey) }
}

/** Signs with a secret key of 64 hexadecimal digits. */
export async function createSigner(secret: string): Promise<Signer> {
  // What PKCS #8 puts before the 32 bytes of an Ed25519 key.
  const pkcs8 = Buffer.from(`302e020100300506032b657004220420${secret}`, 'hex')
  return signWith(await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']))
}

function signWith(key: CryptoKey): Signer {
  const sign: Signer['sign'] = async (body, timestamp = Math.floor(Date.now() / 1000)) => {
    const signature = await crypto.subtle.sign('Ed25519', key, new TextEncoder().encode(timestamp + body))
    return {
      'content-type': 'application/json',
      'x-signature-ed25519': Buffer.from(signature).toString('hex'),
      'x-signature-timestamp': String(timestamp),
    }
  }
  return {
    sign,
    request: async (origin, body) =>
      new Request(`${origin}/interactions`, { method: 'POST', body, headers: await sign(body) }),
  }
}
