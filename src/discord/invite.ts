/**
 * How to add the bot, a line each: to a server, without any permission, and to a user's own account. Nothing where the
 * application's id isn't known.
 */
export function inviteLines(applicationId: string | undefined): string[] {
  if (applicationId === undefined) return []
  const link = (query: Record<string, string>) =>
    `https://discord.com/oauth2/authorize?${new URLSearchParams({ client_id: applicationId, ...query })}`
  return [
    `Invite it to a server (it needs no permission): ${link({ scope: 'bot applications.commands', permissions: '0', integration_type: '0' })}`,
    `Install it for yourself, to use it everywhere: ${link({ scope: 'applications.commands', integration_type: '1' })}`,
  ]
}
