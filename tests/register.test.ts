import { describe, expect, onTestFinished, test } from 'vitest'
import { commands } from '../commands/index.ts'
import { register } from '../src/discord/register.ts'
import { toRegistration } from '../src/discord/registration.ts'
import { applicationId, startFakeDiscord, token } from './fake-discord.ts'
import { start } from './program.ts'

type Wire = ReturnType<typeof toRegistration>

async function open() {
  const discord = await startFakeDiscord()
  onTestFinished(discord.stop)
  return {
    discord,
    puts: () => discord.calls.filter(({ method }) => method === 'PUT').map(({ path }) => path),
    register: (guildId?: string) => register({ commands, token, api: discord.api, guildId }),
  }
}

/** The commands with a change to one of them. */
function but(change: (command: Wire) => unknown, name = 'quote'): unknown[] {
  return commands.map(toRegistration).map((command) => (command.name === name ? change(command) : command))
}

/** A command with a change to its first option. */
const optionBut = (change: object) =>
  but((one) => ({ ...one, options: one.options?.map((o, at) => (at === 0 ? { ...o, ...change } : o)) }))

const global = `/api/v10/applications/${applicationId}/commands`
const guild = `/api/v10/applications/${applicationId}/guilds/223344556677889900/commands`

describe('puts all commands, once, where Discord has', () => {
  test.each<[string, unknown[]]>([
    ['none', []],
    ['one too few', commands.map(toRegistration).slice(1)],
    ['one too many', [...commands.map(toRegistration), { type: 1, name: 'old', description: 'gone' }]],
    ['another description', but((one) => ({ ...one, description: 'other' }))],
    ['another name', but((one) => ({ ...one, name: 'cite' }))],
    ['one for administrators only', but((one) => ({ ...one, default_member_permissions: '8' }))],
    ['one for adults only', but((one) => ({ ...one, nsfw: true }))],
    ['one that isn’t for direct messages', but((one) => ({ ...one, contexts: [0] }))],
    ['one that users can’t install', but((one) => ({ ...one, integration_types: [0] }))],
    ['no options', but((one) => ({ ...one, options: [] }))],
    ['options in another order', but((one) => ({ ...one, options: one.options?.toReversed() }))],
    ['an option that may be left out', optionBut({ required: false })],
    ['an option that doesn’t complete', optionBut({ autocomplete: false })],
    ['an option of another length', optionBut({ max_length: 7 })],
    ['an option with fixed choices', optionBut({ choices: [{ name: 'a', value: 'a' }] })],
    ['an option of another type', optionBut({ type: 4 })],
    ['an option with another description', optionBut({ description: 'other' })],
  ])('%s', async (_name, had) => {
    const { discord, puts, register } = await open()
    discord.registered.set('', had)
    expect(await register()).toMatchObject({ applicationId, changed: true })
    expect(puts()).toEqual([global])
    expect(discord.registered.get('')).toEqual(commands.map(toRegistration))
  })
})

describe('puts nothing where Discord has', () => {
  test.each<[string, unknown[]]>([
    ['the same', commands.map(toRegistration)],
    ['the same in another order', commands.map(toRegistration).toReversed()],
    ['the same places in another order', but((one) => ({ ...one, contexts: [2, 0, 1], integration_types: [1, 0] }))],
    ['the same, with fields that are news to us', but((one) => ({ ...one, handler: 1, dm_permission: true }))],
  ])('%s', async (_name, had) => {
    const { discord, puts, register } = await open()
    discord.registered.set('', had)
    expect(await register()).toMatchObject({ changed: false })
    expect(puts()).toEqual([])
  })

  test('what it was told a moment ago', async () => {
    const { puts, register } = await open()
    expect((await register()).changed).toBe(true)
    expect((await register()).changed).toBe(false)
    expect(puts()).toHaveLength(1)
  })
})

describe('for one server', () => {
  test('puts the commands there and nowhere else, without the places that only apply to all of Discord', async () => {
    const { discord, puts, register } = await open()
    expect((await register('223344556677889900')).changed).toBe(true)
    expect(puts()).toEqual([guild])
    const told = discord.registered.get('/guilds/223344556677889900') ?? []
    expect(told).toHaveLength(commands.length)
    for (const command of told) expect(Object.keys(Object(command))).toEqual(['type', 'name', 'description', 'options'])
    expect((await register('223344556677889900')).changed).toBe(false)
  })

  test('says what to do where the bot isn’t in it', async () => {
    const { discord, register } = await open()
    discord.trouble(({ path }) => (path === guild ? { status: 403, code: 50001 } : undefined))
    await expect(register('223344556677889900')).rejects.toMatchObject({
      exit: 'UNUSABLE',
      message: expect.stringContaining('invite it there first'),
    })
  })
})

describe('npm run register', () => {
  const run = (env: Record<string, string>) => start('src/cli/register.ts', env).ended

  test('registers once, and prints the links', async () => {
    const { discord, puts } = await open()
    const env = { DISCORD_TOKEN: token, DISCORD_API_URL: `${discord.api}/v10/` }
    const first = await run(env)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.lines).toEqual([
      `${commands.length} commands registered for all servers`,
      expect.stringMatching(/^Invite it to a server .*&permissions=0&/),
      expect.stringMatching(/^Install it for yourself.*&integration_type=1$/),
    ])
    expect((await run(env)).lines[0]).toBe(`${commands.length} commands were registered already for all servers`)
    expect(puts()).toHaveLength(1)
  })

  test('ends with 11 and one line where Discord refuses the token', async () => {
    const { discord } = await open()
    const wrong = token.replace('Gfake', 'Wrong')
    const { code, lines, stderr } = await run({ DISCORD_TOKEN: wrong, DISCORD_API_URL: discord.api })
    expect({ code, lines }).toEqual({ code: 11, lines: [] })
    expect(stderr).toMatch(/^BAD_TOKEN: [^\n]+Reset Token\n$/)
    expect(stderr).not.toContain(wrong)
  })

  test('ends with 10 and one line where Discord isn’t there', async () => {
    expect(await run({ DISCORD_TOKEN: token, DISCORD_API_URL: 'http://127.0.0.1:9/api' })).toEqual({
      code: 10,
      lines: [],
      stderr: expect.stringMatching(/^UNREACHABLE: Discord can’t be reached [^\n]+ECONNREFUSED[^\n]+\n$/),
    })
  })

  test('ends with 1 and one line without a token', async () => {
    expect(await run({})).toEqual({
      code: 1,
      lines: [],
      stderr: 'DISCORD_TOKEN is missing: discord.com/developers → your application → Bot → Reset Token\n',
    })
  })
})
