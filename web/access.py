"""Every route says who may open it, through one dependency. A route that says nothing does not start (``web.app`` refuses it)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from db.desk import sign_ins
from engine.errors import FactorStale, SignInFailed, TooManyTries
from web import answers, language
from web.agents import address_of
from web.context import Context, context_of
from web.language import _
from web.policy import Policy, Viewer, judge
from web.proving import prove

Dependency = Callable[[Request], Awaitable[Viewer | None]]
SEEN_AFTER = sign_ins.SEEN_EVERY


def cookie_name(secure: bool) -> str:
    """``__Host-`` binds the cookie to this host over TLS; browsers refuse it on plain HTTP, where only localhost is served."""
    return "__Host-alur" if secure else "alur-lokal"


def requires(policy: Policy) -> Dependency:
    """The dependency of a policy. It carries ``policy`` so that the guard test can read it off a route."""

    async def enter(request: Request) -> Viewer | None:
        context = context_of(request)
        viewer = await viewer_of(request, context)
        request.state.viewer = viewer
        if viewer is not None:
            language.use(viewer.language)
        refusal = judge(policy, viewer, context.clock())
        if isinstance(refusal, FactorStale) and viewer is not None and request.method == "POST":
            return await _proven_again(request, context, viewer, refusal)
        if refusal is not None:
            raise refusal
        return viewer

    enter.policy = policy  # type: ignore[attr-defined]
    return enter


async def _proven_again(request: Request, context: Context, viewer: Viewer, stale: FactorStale) -> Viewer:
    """The viewer, when the password came along with the form (the page of ``web.fresh``). FactorStale without one or with a wrong one."""
    given = await answers.secret(request)
    if given is None:
        raise stale
    return await proven(request, context, viewer, given)


async def proven(request: Request, context: Context, viewer: Viewer, given: str) -> Viewer:
    """The viewer with a fresh factor. FactorStale with the words and ``status`` of why not: wrong (422) or too often (429)."""
    try:
        await prove(context, viewer.person, viewer.person.nip or viewer.person.id, given, address_of(request))
    except SignInFailed as wrong:
        raise FactorStale(_("Kata sandi salah. Ketik sekali lagi."), status=wrong.status) from None
    except TooManyTries as often:
        raise FactorStale(often.message, status=often.status) from None
    now = context.clock()
    async with context.desk.begin() as connection:
        await sign_ins.prove(connection, viewer.device, 1, now)
    return replace(viewer, factor_at=now)


async def viewer_of(request: Request, context: Context) -> Viewer | None:
    """Who holds the cookie of this request; None without one, or when the sign-in ended."""
    token = request.cookies.get(cookie_name(context.secure), "")
    if not token:
        return None
    now = context.clock()
    async with context.pages.connect() as connection:
        found = await sign_ins.find(connection, token, now)
    known = await context.directory.known(found.person, now) if found else None
    if found is None or known is None or not known.person.active:
        return None
    if found.seen_at < now - SEEN_AFTER:
        async with context.desk.begin() as connection:
            await sign_ins.seen(connection, found.ref, now)
    acting = next((one for one in known.capacities if one.position == found.position), known.capacities[0] if known.capacities else None)
    return Viewer(
        person=known.person, device=found.ref, factor_at=found.factor_at, capacities=known.capacities, acting=acting, functions=known.functions,
        theme=found.theme, language=found.language, shortcuts=found.shortcuts, unread=found.unread,
    )  # fmt: skip


public = requires(Policy("public"))
signed_in = requires(Policy("signed_in"))
fresh_factor = requires(Policy("fresh_factor"))

Public = Annotated[Viewer | None, Depends(public)]
SignedIn = Annotated[Viewer, Depends(signed_in)]
Fresh = Annotated[Viewer, Depends(fresh_factor)]


def policy_of(route: RouteContext) -> Policy | None:
    """The policy a route declares, None when it declares none (a mount, a foreign route)."""
    if not isinstance(route.original_route, APIRoute):
        return None
    todo: list[Any] = [route.dependant]
    while todo:
        one = todo.pop()
        found = getattr(one.call, "policy", None)
        if isinstance(found, Policy):
            return found
        todo.extend(one.dependencies)
    return None


def policies(app: FastAPI) -> dict[str, Policy | None]:
    """``GET /path`` → policy, for every route of the app, also of the routers it includes."""
    return {f"{'|'.join(sorted(route.methods or {'*'}))} {route.path}": policy_of(route) for route in iter_route_contexts(app.routes)}


def undeclared(app: FastAPI) -> list[str]:
    """Routes without a policy."""
    return [name for name, policy in policies(app).items() if policy is None]
