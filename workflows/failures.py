"""Refusals across Temporal's border: one place turns a named refusal into a non-retryable failure, one turns it back."""

from __future__ import annotations

from temporalio.exceptions import ApplicationError

from engine.errors import FieldsInvalid, Refusal, revive


def failure(refusal: Refusal) -> ApplicationError:
    """The failure whose type is the refusal's code. A bare exception here would park the case until the code is mended."""
    errors = refusal.errors if isinstance(refusal, FieldsInvalid) else {}
    return ApplicationError(refusal.message, errors, type=refusal.code, non_retryable=True)


def refusal(error: BaseException | None) -> Refusal | None:
    """The refusal inside a failure chain, or None when it is something else (a crash, a time-out)."""
    while error is not None:
        if isinstance(error, ApplicationError) and error.type:
            errors = error.details[0] if error.details and isinstance(error.details[0], dict) else {}
            return revive(error.type, error.message, {str(key): str(value) for key, value in errors.items()})
        error = getattr(error, "cause", None) or error.__cause__
    return None
