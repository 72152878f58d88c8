"""What every answer tells the browser: nothing from other hosts, nothing inline, no frames.

docs/operations.md shows the same for nginx.
"""

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

PAGE_SECONDS = 300
"""How long a browser may keep a published page before it asks whether there is a newer one."""

STATIC_SECONDS = 365 * 24 * 60 * 60
"""How long a browser may keep a file with a hash in its name: its content never changes."""
