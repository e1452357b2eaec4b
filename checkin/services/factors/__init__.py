"""Second factors: an app that shows codes, passkeys, recovery codes, and who must have one."""
