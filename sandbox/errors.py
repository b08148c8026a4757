"""Refusals in HubSpot's shape."""

from __future__ import annotations

import uuid
from typing import Any


class ApiError(Exception):
    """A refusal that is answered as HubSpot would.

    Reference: https://developers.hubspot.com/docs/api-reference/error-handling
    """

    def __init__(
        self,
        status: int,
        message: str,
        category: str = "VALIDATION_ERROR",
        errors: list[dict[str, Any]] | None = None,
        context: dict[str, list[str]] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.category = category
        self.errors = errors or []
        self.context = context or {}
        self.more = more

    def body(self) -> dict[str, Any]:
        """The whole answer; ``correlationId`` is always there."""
        body: dict[str, Any] = {
            "status": "error",
            "message": self.message,
            "correlationId": str(uuid.uuid4()),
            "category": self.category,
        }
        if self.errors:
            body["errors"] = self.errors
        if self.context:
            body["context"] = self.context
        return body | self.more

    def row(self, context: dict[str, list[str]]) -> dict[str, Any]:
        """The same refusal as one row of a batch's ``errors``."""
        return {
            "status": "error",
            "category": self.category,
            "message": self.message,
            "context": self.context | context,
            "links": {},
            "errors": self.errors,
        }


def not_found(message: str, **context: list[str]) -> ApiError:
    """404 with the category HubSpot uses for missing records."""
    return ApiError(404, message, "OBJECT_NOT_FOUND", context=context)


def property_error(name: str, code: str, message: str) -> dict[str, Any]:
    """One entry of ``errors`` about one property."""
    return {"message": message, "code": code, "in": name, "context": {"propertyName": [name]}}


def invalid_properties(found: list[dict[str, Any]]) -> ApiError:
    """400 that lists every property at fault."""
    told = "; ".join(str(one["message"]) for one in found)
    return ApiError(400, f"Property values were not valid: {told}", errors=found)
