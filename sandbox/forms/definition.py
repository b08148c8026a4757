"""The hosted form's four questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.times import iso

TITLE = "More credits for a client"
THANKS = "Thank you. We will write to you as soon as there is news."
MADE_MS = 1_760_000_000_000


@dataclass(frozen=True)
class FormField:
    """One question. ``kind`` is HubSpot's word for how it is asked."""

    name: str
    label: str
    kind: str
    required: bool = True
    object_type_id: str = "0-1"

    def as_json(self) -> dict[str, Any]:
        """The question in the shape of a form definition."""
        shown: dict[str, Any] = {
            "objectTypeId": self.object_type_id,
            "name": self.name,
            "label": self.label,
            "required": self.required,
            "hidden": False,
            "fieldType": self.kind,
            "dependentFields": [],
        }
        if self.kind == "email":
            shown["validation"] = {"blockedEmailDomains": [], "useDefaultBlockList": False}
        return shown


FORM_FIELDS = (
    FormField("client_email", "Client's email", "email"),
    FormField(
        "employer_or_wellbeing_hub", "Client's employer or Wellbeing Hub", "single_line_text"
    ),
    FormField("email", "Your email", "email"),
    FormField(
        "additional_information", "Additional information (optional)", "multi_line_text", False
    ),
)
FIELD_NAMES = tuple(one.name for one in FORM_FIELDS)


def form_definition(form_guid: str) -> dict[str, Any]:
    """The form as ``GET /marketing/v3/forms/{formId}`` shows it."""
    return {
        "id": form_guid,
        "name": TITLE,
        "formType": "hubspot",
        "createdAt": iso(MADE_MS),
        "updatedAt": iso(MADE_MS),
        "archived": False,
        "fieldGroups": [
            {"groupType": "default_group", "richTextType": "text", "fields": [one.as_json()]}
            for one in FORM_FIELDS
        ],
        "configuration": _configuration(),
        "displayOptions": _display_options(),
        "legalConsentOptions": {"type": "none"},
    }


def _configuration() -> dict[str, Any]:
    return {
        "language": "en",
        "cloneable": True,
        "editable": True,
        "archivable": True,
        "recaptchaEnabled": False,
        "createNewContactForNewEmail": True,
        "prePopulateKnownValues": False,
        "allowLinkToResetKnownValues": False,
        "notifyContactOwner": False,
        "notifyRecipients": [],
        "lifecycleStages": [],
        "postSubmitAction": {"type": "thank_you", "value": THANKS},
    }


def _display_options() -> dict[str, Any]:
    sizes = dict.fromkeys(("labelTextSize", "helpTextSize", "legalConsentTextSize"), "13px")
    colours = ("labelTextColor", "helpTextColor", "legalConsentTextColor", "submitColor")
    style = sizes | dict.fromkeys(colours, "#33475b")
    return {
        "renderRawHtml": False,
        "theme": "default_style",
        "submitButtonText": "Send",
        "style": style
        | {
            "fontFamily": "sans-serif",
            "backgroundWidth": "100%",
            "submitFontColor": "#ffffff",
            "submitAlignment": "left",
            "submitSize": "12px",
        },
    }
