import { readFileSync } from 'node:fs'
import dotenv from 'dotenv'
import { describe, expect, test } from 'vitest'
import { ConfigError, parseConfig, variables } from '../src/config.ts'
import { token } from './fake-discord.ts'

const defaults = { KNOWLEDGE_DIR: 'knowledge', PORT: 8787, HOST: '127.0.0.1', LOG_LEVEL: 'info' }

describe('takes', () => {
  test.each<[string, Record<string, string>, Record<string, unknown>]>([
    ['nothing at all', {}, {}],
    ['empty variables as if they weren’t there', { DISCORD_TOKEN: '', PORT: '', HEALTH_PORT: '', HOST: '' }, {}],
    ['variables of other programs', { PATH: '/bin', NODE_ENV: 'production' }, {}],
    ['a bot token', { DISCORD_TOKEN: token }, { DISCORD_TOKEN: token }],
    ['ids', { DISCORD_GUILD_ID: '223344556677889900' }, { DISCORD_GUILD_ID: '223344556677889900' }],
    ['a public key', { DISCORD_PUBLIC_KEY: 'a1'.repeat(32) }, { DISCORD_PUBLIC_KEY: 'a1'.repeat(32) }],
    ['ports as numbers', { PORT: '80', HEALTH_PORT: '0' }, { PORT: 80, HEALTH_PORT: 0 }],
    ['a log level', { LOG_LEVEL: 'debug' }, { LOG_LEVEL: 'debug' }],
    ['another folder', { KNOWLEDGE_DIR: '../other' }, { KNOWLEDGE_DIR: '../other' }],
    ['another API', { DISCORD_API_URL: 'http://proxy:8080/api' }, { DISCORD_API_URL: 'http://proxy:8080/api' }],
    ['one with a slash', { DISCORD_API_URL: 'http://proxy:8080/api/' }, { DISCORD_API_URL: 'http://proxy:8080/api' }],
    ['one with its version', { DISCORD_API_URL: 'http://proxy/api/v10' }, { DISCORD_API_URL: 'http://proxy/api' }],
  ])('%s', (_name, env, config) => {
    expect(parseConfig(env)).toEqual({ ...defaults, ...config })
  })
})

describe('refuses, in one line that says where to get it and never shows the value', () => {
  const portal = 'discord.com/developers → your application →'
  test.each<[keyof typeof variables.shape, string, string]>([
    ['DISCORD_TOKEN', 'hunter2hunter2', `${portal} Bot → Reset Token`],
    ['DISCORD_TOKEN', `Bot ${token}`, `${portal} Bot → Reset Token`],
    ['DISCORD_TOKEN', `${token} `, `${portal} Bot → Reset Token`],
    ['DISCORD_APPLICATION_ID', 'my-application', `${portal} General Information`],
    ['DISCORD_PUBLIC_KEY', 'c0ffee', `${portal} General Information`],
    ['DISCORD_PUBLIC_KEY', 'g'.repeat(64), `${portal} General Information`],
    ['DISCORD_GUILD_ID', 'my-server', 'Copy Server ID'],
    ['DISCORD_API_URL', 'proxy-8080', 'http://localhost:8080/api'],
    ['DISCORD_API_URL', 'ftp://proxy', 'http://localhost:8080/api'],
    ['PORT', 'eighty-seven', 'such as 8787'],
    ['PORT', '87.875', 'a whole number'],
    ['PORT', '-80', 'from 0'],
    ['HEALTH_PORT', '65537', 'to 65535'],
    ['LOG_LEVEL', 'loudest', 'debug'],
  ])('%s=%s', (name, value, advice) => {
    const error = refusal({ [name]: value })
    expect(error.message).toMatch(new RegExp(`^${name} [^\\n]+$`))
    expect(error.message).toContain(advice)
    expect(error.message).not.toContain(value)
  })

  test('each wrong variable has its line', () => {
    const names = refusal({ DISCORD_TOKEN: 'x', PORT: 'y', LOG_LEVEL: 'z' }).message.split('\n')
    expect(names.map((line) => line.split(' ')[0])).toEqual(['DISCORD_TOKEN', 'PORT', 'LOG_LEVEL'])
  })
})

describe('.env.example', () => {
  const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const example = dotenv.parse(text.replace(/^# (?=[A-Z_]+=)/gm, ''))

  test('names the variables that the program reads, and no other', () => {
    expect(Object.keys(example).toSorted()).toEqual(Object.keys(variables.shape).toSorted())
  })

  test('shows the defaults, and changes nothing as it is', () => {
    expect(parseConfig(example)).toEqual(defaults)
    expect(parseConfig(dotenv.parse(text))).toEqual(defaults)
  })

  test('says something about each variable', () => {
    for (const name of Object.keys(variables.shape))
      expect(text).toMatch(new RegExp(`^# .+\\n(# )?([A-Z_]+=.*\\n(# )?)?${name}=`, 'm'))
  })
})

function refusal(env: Record<string, string>): ConfigError {
  try {
    parseConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error
  }
  throw new Error('it was taken')
}
