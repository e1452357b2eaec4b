"""Signing in elsewhere by OpenID Connect: authorization code with PKCE, state and nonce.

Nothing here asks another host unless a school has set a provider.
"""
