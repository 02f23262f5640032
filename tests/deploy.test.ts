import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { DockerfileParser } from 'dockerfile-ast'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import * as z from 'zod'
import manifest from '../package.json' with { type: 'json' }
import { parseConfig } from '../src/config.ts'
import { exitCodes } from '../src/exit.ts'
import { createHealth } from '../src/health.ts'
import { serve } from '../src/transports/serve.ts'
import { wrangler } from './workerd.ts'

const nodeMajor = /\d+/.exec(manifest.devDependencies.node)?.[0]
/** Every variable that src/config.ts reads. */
const variables = /^# ?[A-Z_]+=|^[A-Z_]+=/gm
const known =
  readFileSync('.env.example', 'utf8')
    .match(variables)
    ?.map((line) => line.replace(/[# =]/g, '')) ?? []
const health = createHealth({ store: () => true })

describe('deploy/vienna-talks.service', () => {
  const lines = readFileSync('deploy/vienna-talks.service', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const settings = new Map(lines.flatMap((line) => (/^\[/.test(line) ? [] : [splitOnce(line)])))

  test('consists of sections and settings, none twice', () => {
    for (const line of lines) expect(line).toMatch(/^(\[(Unit|Service|Install)\]|[A-Z][A-Za-z]+=.*)$/)
    expect(settings.size).toBe(lines.filter((line) => !line.startsWith('[')).length)
  })

  test('starts what npm start starts, with the Node of the project', () => {
    expect(settings.get('ExecStart')).toBe(
      `${settings.get('WorkingDirectory')}/node_modules/.bin/${manifest.scripts.start}`,
    )
  })

  test('starts again after failures that pass, and after no other', () => {
    expect(settings.get('Restart')).toBe('on-failure')
    const { STOPPED, UNUSABLE, UNREACHABLE, INVALID_SHARD, SHARDING_REQUIRED, ...lasting } = exitCodes
    // A bug ends Node with 1 as well, so that code is left to the limit of starts.
    expect([STOPPED, UNUSABLE, UNREACHABLE, INVALID_SHARD, SHARDING_REQUIRED]).toEqual([0, 1, 10, 12, 13])
    expect(settings.get('RestartPreventExitStatus')?.split(' ').map(Number)).toEqual(Object.values(lasting))
    expect(settings.get('StartLimitBurst')).toBe('5')
  })

  test('gives answers under way their three seconds, and reloads with SIGHUP', () => {
    expect(Number(settings.get('TimeoutStopSec'))).toBeGreaterThan(3)
    expect(settings.get('ExecReload')).toBe('/bin/kill -HUP $MAINPID')
  })

  test('runs as a user without rights, and lets V8 compile', () => {
    expect(settings.get('DynamicUser')).toBe('yes')
    expect(settings.get('NoNewPrivileges')).toBe('yes')
    expect(settings.get('CapabilityBoundingSet')).toBe('')
    expect(settings.has('MemoryDenyWriteExecute')).toBe(false)
  })
})

describe('deploy/Dockerfile', () => {
  const file = DockerfileParser.parse(readFileSync('deploy/Dockerfile', 'utf8'))
  const instructions = file.getInstructions().map((one) => ({
    name: one.getKeyword(),
    args: one.getArguments().map((arg) => arg.getValue()),
  }))
  const last = (name: string) => instructions.findLast((one) => one.name === name)?.args ?? []

  test('builds on the Node of the project', () => {
    expect(file.getFROMs().map((from) => from.getImage())).toEqual([`node:${nodeMajor}-slim`])
  })

  test('copies what is there and what the ignore file lets in', () => {
    const allowed = readFileSync('deploy/Dockerfile.dockerignore', 'utf8').match(/(?<=^!).+/gm) ?? []
    const copied = instructions.filter(({ name }) => name === 'COPY').flatMap(({ args }) => args.slice(0, -1))
    expect(copied.sort()).toEqual(allowed.sort())
    for (const path of copied) expect(existsSync(path), path).toBe(true)
  })

  test('runs as a user that is not root, and starts what npm start starts', () => {
    expect(last('USER')).toEqual(['node'])
    expect(JSON.parse(last('CMD').join(' '))).toEqual(manifest.scripts.start.split(' '))
    expect(instructions.findIndex(({ name }) => name === 'USER')).toBeGreaterThan(
      instructions.findLastIndex(({ name }) => name === 'RUN' || name === 'COPY'),
    )
  })

  test('sets variables that the program reads', () => {
    const set = last('ENV').map((pair) => splitOnce(pair))
    expect(set.map(([name]) => name).filter((name) => name !== 'NODE_ENV' && !known.includes(name))).toEqual([])
    expect(parseConfig(Object.fromEntries(set))).toMatchObject({ HOST: '0.0.0.0', PORT: 8787, HEALTH_PORT: 8788 })
    expect(last('EXPOSE')).toEqual(['8787', '8788'])
  })

  test('has a health check that passes while the program is alive and fails when it is gone', async () => {
    const check = readFileSync('deploy/Dockerfile', 'utf8').match(/HEALTHCHECK [^\n]*\\\n\s*CMD (\[.*\])/)?.[1] ?? ''
    const [command, ...args] = z.array(z.string()).parse(JSON.parse(check))
    expect(command).toBe('node')
    const listening = await serve(health, { host: '127.0.0.1', port: 0 })
    const run = async () => {
      const child = spawn(process.execPath, args, { env: { HEALTH_PORT: new URL(listening.url).port } })
      const [code] = await once(child, 'exit')
      return code
    }
    expect(await run()).toBe(0)
    await listening.close()
    expect(await run()).toBe(1)
  })
})

const labels = z.record(z.string(), z.string())
const probe = z.strictObject({
  httpGet: z.strictObject({ path: z.string(), port: z.string() }),
  initialDelaySeconds: z.int().optional(),
  periodSeconds: z.int(),
  timeoutSeconds: z.int().optional(),
  failureThreshold: z.int().optional(),
})
const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  env: z.array(
    z.strictObject({
      name: z.string(),
      value: z.string().optional(),
      valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ name: z.string(), key: z.string() }) }).optional(),
    }),
  ),
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.int() })),
  startupProbe: probe.optional(),
  readinessProbe: probe,
  livenessProbe: probe,
  lifecycle: z
    .strictObject({ preStop: z.strictObject({ exec: z.strictObject({ command: z.array(z.string()) }) }) })
    .optional(),
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
    limits: z.strictObject({ memory: z.string() }),
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
})
const deployment = z.looseObject({
  kind: z.literal('Deployment'),
  metadata: z.strictObject({ name: z.string(), labels }),
  spec: z.strictObject({
    replicas: z.int(),
    selector: z.strictObject({ matchLabels: labels }),
    strategy: z.looseObject({ type: z.string().optional() }),
    template: z.strictObject({
      metadata: z.strictObject({ labels }),
      spec: z.strictObject({
        automountServiceAccountToken: z.literal(false),
        enableServiceLinks: z.literal(false),
        securityContext: z.strictObject({
          runAsNonRoot: z.literal(true),
          runAsUser: z.int().min(1),
          seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
        }),
        topologySpreadConstraints: z.array(z.looseObject({})).optional(),
        terminationGracePeriodSeconds: z.int(),
        containers: z.tuple([container]),
      }),
    }),
  }),
})

function read(name: string): { kind: string; [key: string]: unknown }[] {
  return parseAllDocuments(readFileSync(`deploy/${name}.yaml`, 'utf8')).map((document) => {
    expect(document.errors).toEqual([])
    return z.looseObject({ apiVersion: z.string(), kind: z.string() }).parse(document.toJS())
  })
}

describe.for(['kubernetes-http', 'kubernetes-gateway'])('deploy/%s.yaml', (name) => {
  const { metadata, spec } = deployment.parse(read(name).find(({ kind }) => kind === 'Deployment'))
  const { template } = spec
  const [bot] = template.spec.containers
  const env = Object.fromEntries(bot.env.map((one) => [one.name, one.value ?? '']))

  test('selects the pods that it makes', () => {
    expect(spec.selector.matchLabels).toEqual(template.metadata.labels)
    expect(metadata.labels).toEqual(template.metadata.labels)
  })

  test('sets variables that the program reads, and takes secrets from the secret', () => {
    expect(Object.keys(env).filter((variable) => !known.includes(variable))).toEqual([])
    for (const { name, valueFrom } of bot.env)
      expect(valueFrom?.secretKeyRef).toEqual(
        name.startsWith('DISCORD_') ? { name: 'vienna-talks', key: name } : undefined,
      )
  })

  test('probes what the program answers, at the port that it is told', async () => {
    const config = parseConfig(env)
    const ports = new Map(bot.ports.map(({ name, containerPort }) => [name, containerPort]))
    expect(ports.get('health')).toBe(config.HEALTH_PORT)
    if (ports.has('http')) expect(ports.get('http')).toBe(config.PORT)
    expect(config.HOST).toBe('0.0.0.0')
    for (const one of [bot.startupProbe, bot.readinessProbe, bot.livenessProbe]) {
      if (!one) continue
      expect(one.httpGet.port).toBe('health')
      expect((await health.request(one.httpGet.path)).status, one.httpGet.path).toBe(200)
    }
    const waiting = createHealth({ gateway: () => false })
    expect((await waiting.request(bot.readinessProbe.httpGet.path)).status).toBe(503)
    expect((await waiting.request(bot.livenessProbe.httpGet.path)).status).toBe(200)
  })

  test('waits for the answers under way', () => {
    const pause = Number(bot.lifecycle?.preStop.exec.command[1] ?? 0)
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(pause + 3)
  })
})

test('Kubernetes runs one gateway at a time', () => {
  const { spec } = deployment.parse(read('kubernetes-gateway')[0])
  expect([spec.replicas, spec.strategy.type]).toEqual([1, 'Recreate'])
})

test('everything around the HTTP replicas points at them, and lets /interactions through', () => {
  const all = read('kubernetes-http')
  const find = (kind: string) => all.find((one) => one.kind === kind)
  const app = { app: 'vienna-talks-http' }
  expect(all.map(({ kind }) => kind)).toEqual([
    'Deployment',
    'Service',
    'Ingress',
    'PodDisruptionBudget',
    'HorizontalPodAutoscaler',
  ])
  const port = { name: 'http' }
  expect(find('Service')).toMatchObject({ spec: { selector: app, ports: [{ ...port, targetPort: 'http' }] } })
  const path = { path: '/interactions', pathType: 'Exact', backend: { service: { name: app.app, port } } }
  expect(find('Ingress')).toMatchObject({ spec: { rules: [{ http: { paths: [path] } }] } })
  expect(find('PodDisruptionBudget')).toMatchObject({ spec: { minAvailable: 1, selector: { matchLabels: app } } })
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: app.app }
  expect(find('HorizontalPodAutoscaler')).toMatchObject({ spec: { scaleTargetRef: target, minReplicas: 2 } })
})

test('wrangler.jsonc deploys what npm run worker writes', () => {
  expect(wrangler.build.command).toBe('npm run worker')
  expect(Object.keys(manifest.scripts)).toContain('worker')
  expect(readFileSync(manifest.scripts.worker.replace('node ', ''), 'utf8')).toContain(wrangler.main)
})

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return [pair.slice(0, at), pair.slice(at + 1)]
}
