"""How often one address may begin, send or try a link: enough for an office, too little for a flood.

The counts lie in Django's cache. Each process counts for itself, unless the cache is a common one.
"""

from ipaddress import ip_address

from django.core.cache import cache
from django.http import HttpRequest

HOUR = 60 * 60
MOST = {"begin": 30, "send": 60, "attach": 200, "wrong_link": 60}
"""So many times an hour, for each address, by what is done."""


def is_too_much(request: HttpRequest, what: str) -> bool:
    """Count that the address did `what` once more; whether that is more than it may in an hour."""
    key = f"answering:{what}:{address_of(request)}"
    if cache.add(key, 1, HOUR):
        return False
    try:
        return bool(cache.incr(key) > MOST[what])
    except ValueError:  # it ran out between the two
        return False


def address_of(request: HttpRequest) -> str:
    """Where the request came from; told by nginx where that stands in front on the same machine."""
    direct = str(request.META.get("REMOTE_ADDR") or "")
    if _is_loopback(direct):
        return str(request.headers.get("X-Real-IP") or direct)[:45]
    return direct


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return not address
